"use strict";
// Arrow keys walk from meeting to meeting; the Tab key does without this file.
const steps = { ArrowUp: [0, -1], ArrowDown: [0, 1], ArrowLeft: [-1, 0], ArrowRight: [1, 0] };

document.querySelector("main").addEventListener("keydown", (event) => {
  const step = steps[event.key];
  const sheet = event.target.closest("[data-blocks]");
  const here = event.target.closest("li > a:first-child");
  if (!step || !sheet || !here || event.ctrlKey || event.metaKey || event.altKey) return;
  event.preventDefault();
  event.stopPropagation();
  const days = [...sheet.querySelectorAll("section, td")].map((day) => [...day.querySelectorAll("li > a:first-child")]).filter((day) => day.length);
  const at = days.findIndex((day) => day.includes(here));
  const row = days[at].indexOf(here);
  const day = days[at + step[0]];
  const next = step[0] ? day?.[Math.min(row, day.length - 1)] : days.flat()[days.flat().indexOf(here) + step[1]];
  next?.focus();
});
