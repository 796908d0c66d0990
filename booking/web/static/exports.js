"use strict";
// How far long files and lists are, looked at again every two seconds. Without this file, a link does it.
(() => {
  const list = document.querySelector("[data-exports]");
  const PAUSE_MS = 2000;
  const isUnderWay = (state) => state === "waiting" || state === "running";
  const states = list?.dataset.exports.split(" ") ?? [];
  const settledBefore = states.filter((state) => !isUnderWay(state)).length;
  if (settledBefore === states.length) return;

  async function look() {
    if (document.hidden) return;
    const answer = await fetch(list.dataset.look, { headers: { Accept: "application/json" } });
    if (!answer.ok || answer.redirected) return;
    const found = await answer.json();
    // What is ready gets its button, and the page says so.
    const settled = found.filter((one) => !isUnderWay(one.state)).length;
    if (settled !== settledBefore || found.length !== list.children.length) {
      location.assign(location.pathname);
      return;
    }
    for (const one of found) {
      const bar = document.getElementById(`p-${one.id}`);
      if (!bar) continue;
      bar.max = Math.max(one.total, 1);
      bar.value = one.done;
      document.getElementById(`s-${one.id}`).textContent = one.said;
    }
  }
  setInterval(() => look().catch(() => {}), PAUSE_MS);
})();
