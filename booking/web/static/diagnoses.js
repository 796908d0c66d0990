"use strict";
// The diagnosis by keyboard, and what it suggests as one answers. Without this file all of it works, with a button more.
const policy = globalThis.trustedTypes?.createPolicy("parts", { createHTML: (html) => html });
const form = document.querySelector("form[data-live-to]");
const asks = [...form.querySelectorAll("[data-ask]")];
const answersOf = (ask) => [...ask.querySelectorAll("input")];
let asking, waiting;

function enter(ask) {
  const answers = answersOf(ask);
  (answers.find((answer) => answer.checked) ?? answers[0])?.focus();
  ask.scrollIntoView({ block: "nearest" });
}

// An answer that stands alone takes the others away, and the other way round.
function settle(answer) {
  if (answer.type !== "checkbox" || !answer.checked) return;
  for (const other of answersOf(answer.closest("[data-ask]"))) {
    if (other !== answer && ("alone" in answer.dataset || "alone" in other.dataset)) other.checked = false;
  }
}

async function suggest() {
  asking?.abort();
  asking = new AbortController();
  const said = new URLSearchParams(new FormData(form));
  try {
    const answer = await fetch(form.dataset.liveTo, { method: "POST", body: said, headers: { "X-Parts": "1" }, signal: asking.signal });
    if (answer.headers.get("X-Parts") !== "1") return;
    const html = await answer.text();
    const parts = new DOMParser().parseFromString(policy ? policy.createHTML(html) : html, "text/html");
    document.getElementById("suggere").replaceWith(parts.getElementById("suggere"));
  } catch (error) {
    if (error.name !== "AbortError") form.classList.add("by-button");
  }
}

function later() {
  clearTimeout(waiting);
  waiting = setTimeout(suggest, 200);
}

form.addEventListener("change", ({ target }) => { settle(target); later(); });
form.addEventListener("reset", later);

form.addEventListener("keydown", (event) => {
  const ask = event.target.closest("[data-ask]");
  if (!ask || event.ctrlKey || event.metaKey || event.altKey) return;
  const step = { ArrowDown: 1, ArrowUp: -1 }[event.key];
  const at = asks.indexOf(ask);
  if (step) {
    event.preventDefault();
    const next = asks[at + step];
    if (next) enter(next); else if (step > 0) form.querySelector("button.primary").focus();
  } else if (event.key === "0") {
    event.preventDefault();
    for (const answer of answersOf(ask)) answer.checked = false;
    later();
  } else if (/^[1-9]$/.test(event.key) && answersOf(ask)[event.key - 1]) {
    event.preventDefault();
    const answer = answersOf(ask)[event.key - 1];
    answer.checked = answer.type === "radio" || !answer.checked;
    answer.focus();
    settle(answer);
    later();
    if (answer.type === "radio" && asks[at + 1]) enter(asks[at + 1]);
  }
});

if (!document.querySelector("[data-focus]")) enter(asks[0]);
