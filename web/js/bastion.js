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

  setInterval(() => refresh().catch(() => {}), EVERY_MS);
})();
