"use strict";
(() => {
  const ready = () => {
    for (const button of document.querySelectorAll("[data-copy]")) {
      button.hidden = false;
      button.addEventListener("click", async () => {
        await navigator.clipboard.writeText(document.getElementById(button.dataset.copy).textContent);
        button.textContent = button.dataset.done;
      });
    }
  };
  ready();
  const live = document.getElementById("live");
  if (!live) return;
  const wait = async () => {
    const { world, change } = live.dataset;
    const query = `for=change&after=${change}&timeout_ms=25000`;
    const answer = await fetch(`/_sandbox/worlds/${encodeURIComponent(world)}/wait?${query}`);
    if (answer.status === 408) return true;
    if (!answer.ok) return false;
    const page = await fetch(location.href);
    if (!page.ok) return false;
    const fresh = new DOMParser().parseFromString(await page.text(), "text/html").getElementById("live");
    if (!fresh) return false;
    live.replaceChildren(...fresh.childNodes);
    live.dataset.change = fresh.dataset.change;
    ready();
    return true;
  };
  const follow = async () => {
    let tries = 0;
    while (tries < 5) {
      try {
        if (!(await wait())) return;
        tries = 0;
      } catch {
        tries += 1;
        await new Promise((again) => setTimeout(again, 1000 * tries));
      }
    }
  };
  follow();
})();
