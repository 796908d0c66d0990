"use strict";
// Choosing several lines of a list. Without this file every box is ticked by hand.
(() => {
  const bar = document.querySelector("[data-several]");
  if (!bar) return;
  const every = bar.querySelector("[data-every]");
  const said = bar.querySelector("[data-picked]");
  const picked = new Set();
  const within = (part) => [...part.querySelectorAll("[data-pick]")];
  const boxes = () => within(document);
  // What a box for all stands for: the part of the page that it is in.
  const part = (all) => all.closest("[data-picks]") ?? document;
  let last = null;

  const count = () => {
    const number = every?.checked ? Number(every.dataset.every) : boxes().filter((box) => box.checked).length;
    const told = number ? bar.dataset.someSaid.replace("%(n)s", number) : bar.dataset.noneSaid;
    if (said.textContent !== told) said.textContent = told;
    for (const all of document.querySelectorAll("[data-pick-all]")) {
      const here = within(part(all));
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
    if (target.matches("[data-pick-all]")) for (const box of within(part(target))) box.checked = target.checked;
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
})();
