// Keeps the parts marked data-live up to date. Without this script the pages work the same; they just stand still.
"use strict";
(() => {
  const EVERY_MS = 10000;
  const IDLE_MS = 15 * 60000; // then the console's own login may expire as it would without us
  let lastTouched = Date.now();
  for (const kind of ["keydown", "pointerdown", "scroll"]) {
    addEventListener(kind, () => { lastTouched = Date.now(); }, { passive: true });
  }

  const busy = (part) => part.contains(document.activeElement) || part.querySelector("details[open]") !== null;

  async function refresh() {
    if (document.hidden || Date.now() - lastTouched > IDLE_MS) {
      return;
    }
    const answer = await fetch(location.pathname + location.search, { credentials: "same-origin", redirect: "error" });
    if (!answer.ok) {
      return;
    }
    const page = new DOMParser().parseFromString(await answer.text(), "text/html");
    for (const part of document.querySelectorAll("[data-live]")) {
      const fresh = page.querySelector(`[data-live="${CSS.escape(part.dataset.live)}"]`);
      if (fresh && !busy(part) && fresh.innerHTML !== part.innerHTML) {
        part.replaceChildren(...fresh.childNodes);
      }
    }
    const made = page.querySelector(".bastion-made");
    if (made) {
      document.querySelector(".bastion-made").replaceWith(made);
    }
  }

  // What a form would change, while it is filled in, and once more while that takes its time.
  async function attempt(form) {
    const body = new URLSearchParams(new FormData(form));
    body.set("action", form.dataset.try);
    const answer = await fetch(form.action, { method: "POST", body, credentials: "same-origin", redirect: "error" });
    const page = new DOMParser().parseFromString(await answer.text(), "text/html");
    const fresh = answer.ok ? page.getElementById("changes") : page.querySelector(".bastion-box[role=alert]");
    document.getElementById("changes").replaceChildren(...(answer.ok ? fresh.childNodes : [fresh]));
    pressAgain();
  }

  function pressAgain() {
    for (const button of document.querySelectorAll("button[data-again]")) {
      setTimeout(() => { if (button.isConnected) { button.click(); } }, Number(button.dataset.again));
    }
  }

  for (const form of document.querySelectorAll("form[data-try]")) {
    let waiting;
    form.addEventListener("change", () => {
      clearTimeout(waiting);
      waiting = setTimeout(() => attempt(form).catch(() => {}), 800);
    });
  }
  pressAgain();

  setInterval(() => refresh().catch(() => {}), EVERY_MS);
})();
