"use strict";
// Each tap is saved at once. Nothing is said to be saved before the server has said so; without this file the button saves.
const roll = document.querySelector("#roll");
const live = roll?.querySelector("[data-live]");
const rows = roll ? [...roll.querySelectorAll("[data-row]")] : [];

function say(words, isBad) {
  live.textContent = words;
  live.classList.toggle("bad", isBad);
}

const marked = (row) => row.querySelector(".att :checked")?.value ?? "";

function count() {
  const marks = rows.map(marked);
  const of = (mark) => marks.filter((m) => m === mark).length;
  const open = of("");
  const sums = { done: marks.length - open, present: of("attended"), late: of("late"), absent: of("absent"), open };
  for (const [name, n] of Object.entries(sums)) roll.querySelector(`[data-count="${name}"]`).textContent = n;
  const others = roll.querySelector("[data-others]");
  others.disabled = !open;
  others.textContent = others.dataset.words.replace("%(n)s", open);
}

function settled(row) {
  const field = (start) => row.querySelector(`[name^="${start}."]`);
  const reason = marked(row) === "absent" ? field("why").value : "";
  const early = marked(row) === "attended" && field("left").checked;
  field("was").value = reason ? "excused" : early ? "left_early" : marked(row);
  field("wasreason").value = reason;
}

async function save(row) {
  const sent = new URLSearchParams([["form_token", roll.elements.form_token.value]]);
  for (const field of row.querySelectorAll("input, select")) {
    if (field.type === "hidden" || field.checked || field.tagName === "SELECT") sent.append(field.name, field.value);
  }
  const answer = await fetch(roll.getAttribute("action"), { method: "POST", body: sent, headers: { "X-Row": "1" } }).catch(() => null);
  const problem = answer?.status === 204 ? "" : answer?.status === 412 ? roll.dataset.stale : roll.dataset.again;
  row.classList.toggle("failed", Boolean(problem));
  row.querySelector("[data-says]").textContent = problem;
  if (!problem) settled(row);
  say(`${row.querySelector("legend").textContent}, ${problem ? roll.dataset.failed : roll.dataset.saved}`, Boolean(problem));
}

// One after another: a second tap on a row must know what the first has changed.
let before = Promise.resolve();
roll?.addEventListener("change", (event) => {
  const row = event.target.closest("[data-row]");
  count();
  if (row) before = before.then(() => save(row));
});
