"use strict";
// Choosing several lines of a list, and how far a long work is. Without this file every box is ticked by hand, and a
// link shows how far it is.
(() => {
  const bar = document.querySelector("[data-several]");
  const PAUSE_MS = 1500;
  if (bar) {
    const every = bar.querySelector("[data-every]");
    const said = bar.querySelector("[data-picked]");
    const picked = new Set();
    const boxes = () => [...document.querySelectorAll("[data-pick]")];
    let last = null;

    const count = () => {
      const here = boxes();
      const number = every?.checked ? Number(every.dataset.every) : here.filter((box) => box.checked).length;
      const told = number ? bar.dataset.someSaid.replace("%(n)s", number) : bar.dataset.noneSaid;
      if (said.textContent !== told) said.textContent = told;
      const all = document.querySelector("[data-pick-all]");
      if (all) {
        all.checked = here.length > 0 && here.every((box) => box.checked);
        all.indeterminate = !all.checked && here.some((box) => box.checked);
      }
      bar.toggleAttribute("data-some", number > 0);
      for (const button of bar.querySelectorAll("button")) button.disabled = number === 0;
    };
    const keep = () => {
      picked.clear();
      for (const box of boxes()) if (box.checked) picked.add(box.value);
      count();
    };

    document.addEventListener("click", (event) => {
      const box = event.target;
      if (!box.matches?.("[data-pick]")) return;
      // With the shift key held, all between the last box and this one.
      const here = boxes();
      if (event.shiftKey && here.includes(last)) {
        const [from, to] = [here.indexOf(last), here.indexOf(box)].sort((a, b) => a - b);
        for (const between of here.slice(from, to + 1)) between.checked = box.checked;
      }
      last = box;
    });
    document.addEventListener("change", ({ target }) => {
      if (target.matches("[data-pick-all]")) for (const box of boxes()) box.checked = target.checked;
      if (target === every || target.matches("[data-pick], [data-pick-all]")) keep();
    });
    // A list that was drawn anew keeps what was chosen in it.
    const list = document.querySelector("[data-follows]");
    if (list) new MutationObserver(() => {
      for (const box of boxes()) if (picked.has(box.value)) box.checked = true;
      count();
    }).observe(list.parentElement, { childList: true, subtree: true });
    addEventListener("pageshow", keep);
    keep();
  }

  const work = document.querySelector("[data-progress]");
  if (!work) return;
  const look = async () => {
    if (document.hidden) return;
    const answer = await fetch(work.dataset.progress, { headers: { Accept: "application/json" } });
    if (!answer.ok || answer.redirected) return;
    const found = await answer.json();
    if (found.over) return location.reload();
    work.querySelector("progress").value = found.done;
    const told = work.querySelector("[data-said]");
    if (told.textContent !== found.said) told.textContent = found.said;
  };
  setInterval(() => look().catch(() => {}), PAUSE_MS);
})();
