"use strict";
// What somebody else noted on this device and has not been sent yet: it waits for himself, and is never dropped in
// silence. What is left of another day may be given up by who says so twice.
const others = document.querySelector("[data-others-wait]");
if (others) {
  const { staff, one, many, somebody, old, sure } = others.dataset;
  const text = others.querySelector("[data-says]");
  const drop = others.querySelector("[data-drop]");
  const today = new Date().toDateString();

  function waiting() {
    const names = Object.keys(localStorage).filter((name) => /^mark:./.test(name) && name.split(":")[1] !== staff);
    return names.map((name) => ({ name, whose: name.split(":")[1], ...JSON.parse(localStorage.getItem(name)), key: name }));
  }
  const isOld = (entry) => new Date(entry.made).toDateString() !== today;

  function draw() {
    const by = new Map();
    const entries = waiting();
    for (const entry of entries) by.set(entry.whose, [...(by.get(entry.whose) ?? []), entry]);
    const lines = [...by.values()].map((mine) => (mine.length > 1 ? many : one).replace("%(n)s", mine.length).replace("%(who)s", mine[0].by ?? somebody));
    text.textContent = lines.join(" ");
    others.hidden = !lines.length;
    drop.hidden = !staff || !entries.some(isOld);
    drop.textContent = old;
    delete drop.dataset.asked;
  }

  drop.addEventListener("click", () => {
    if (!drop.dataset.asked) {
      drop.dataset.asked = "1";
      drop.textContent = sure;
      return;
    }
    for (const entry of waiting().filter(isOld)) localStorage.removeItem(entry.key);
    draw();
  });
  addEventListener("storage", draw);
  draw();
}
