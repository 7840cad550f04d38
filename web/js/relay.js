// Makes this browser a client of the relay: it is where the relay's users are, outside. Without this script the page lacks only
// that test.
"use strict";
(() => {
  const PATIENCE_MS = 10000;
  const place = document.getElementById("browser-test");
  if (!place || !window.RTCPeerConnection) {
    return;
  }
  place.hidden = false;
  const list = place.querySelector("ul");
  const button = document.getElementById("run-browser-test");

  function tell(words) {
    const line = document.createElement("li");
    line.textContent = words;
    list.append(line);
  }

  const fill = (words, ...values) => values.reduce((text, value, i) => text.replace(`{${i}}`, value), words);

  async function ticket() {
    const body = new URLSearchParams({ csrf: place.dataset.csrf });
    const answer = await fetch(place.dataset.ticket, { method: "POST", body, credentials: "same-origin" });
    if (!answer.ok) {
      throw new Error(String(answer.status));
    }
    return answer.json();
  }

  // Whether an address relayed there can be had: the port reaches the relay, the credential is taken, a relayed port is open.
  function relayed(server) {
    return new Promise((resolve) => {
      const connection = new RTCPeerConnection({ iceServers: [server], iceTransportPolicy: "relay" });
      let reason = "";
      const end = (works) => {
        connection.close();
        resolve({ works, reason });
      };
      setTimeout(() => end(false), PATIENCE_MS);
      connection.onicecandidateerror = (event) => { reason = `${event.errorCode} ${event.errorText}`; };
      connection.onicecandidate = (event) => {
        if (event.candidate && event.candidate.candidate.includes(" typ relay")) {
          end(true);
        } else if (!event.candidate) {
          end(false);
        }
      };
      connection.createDataChannel("test");
      connection.createOffer().then((offer) => connection.setLocalDescription(offer));
    });
  }

  // Whether data pass between a relayed address and this browser's own one: then relayed ports are reached from outside too.
  async function through(server, stun) {
    const far = new RTCPeerConnection({ iceServers: [server], iceTransportPolicy: "relay" });
    const near = new RTCPeerConnection({ iceServers: [stun] });
    const give = (from, to) => { from.onicecandidate = (event) => { to.addIceCandidate(event.candidate).catch(() => {}); }; };
    give(far, near);
    give(near, far);
    const open = new Promise((resolve) => {
      far.createDataChannel("test").onopen = () => resolve(true);
      setTimeout(() => resolve(false), PATIENCE_MS);
    });
    await far.setLocalDescription(await far.createOffer());
    await near.setRemoteDescription(far.localDescription);
    await near.setLocalDescription(await near.createAnswer());
    await far.setRemoteDescription(near.localDescription);
    const passes = await open;
    far.close();
    near.close();
    return passes;
  }

  async function test() {
    list.replaceChildren();
    const { uris, username, credential } = await ticket();
    const stun = { urls: uris[0] };
    let first = null;
    for (const urls of uris.slice(1)) {
      const server = { urls, username, credential };
      const { works, reason } = await relayed(server);
      tell(fill(works ? place.dataset.works : place.dataset.fails, urls, reason));
      first = first || (works ? server : null);
    }
    if (first) {
      tell(fill(await through(first, stun) ? place.dataset.range : place.dataset.none));
    }
  }

  button.addEventListener("click", () => {
    button.disabled = true;
    test().catch((error) => tell(fill(place.dataset.unable, error.message))).finally(() => { button.disabled = false; });
  });
})();
