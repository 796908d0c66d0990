"use strict";
// Everything works without this file; it saves keystrokes and second clicks.

// A menu is left by Escape, and its button has the focus again.
document.addEventListener("keydown", (event) => {
  const open = event.key === "Escape" && event.target.closest("details:is(.account, .pull)[open]");
  if (!open) return;
  open.open = false;
  open.querySelector("summary").focus();
});

// A sheet of paper says who printed it, and when by the clock of that place.
addEventListener("beforeprint", () => {
  const name = document.querySelector(".account .name"), main = document.querySelector("main");
  if (!name || !main) return;
  const at = new Date().toLocaleString(document.documentElement.lang, { dateStyle: "long", timeStyle: "short" });
  const line = main.querySelector(".printed") ?? document.createElement("p");
  line.className = "printed";
  line.textContent = `${name.textContent} · ${at}`;
  main.append(line);
});

// A form is sent once; coming back to the page makes its buttons usable again.
document.addEventListener("submit", (event) => {
  const form = event.target;
  // One that answers with a file leaves its page where it is.
  if (form.method !== "post" || event.defaultPrevented || "stays" in form.dataset) return;
  setTimeout(() => form.querySelectorAll("button").forEach((button) => { button.disabled = true; }));
});
// Names that were kept for the day leave the device with whoever signs out or locks it, and wherever one signs in.
function forgetNames() {
  globalThis.caches?.delete("presence");
  Object.keys(localStorage).filter((name) => name.startsWith("stand:")).forEach((name) => localStorage.removeItem(name));
}
if (/^\/connexion(\/|$)/.test(location.pathname)) forgetNames();
document.addEventListener("submit", ({ target }) => {
  if (/^\/((de)?connexion(\/.*)?|verrouiller)$/.test(new URL(target.action, location.href).pathname)) forgetNames();
});
addEventListener("pageshow", (event) => {
  if (event.persisted) document.querySelectorAll("form button").forEach((button) => { button.disabled = false; });
});

// A filter applies as soon as it is chosen.
document.addEventListener("change", (event) => {
  event.target.closest("form[data-live]")?.requestSubmit();
});

// What was refused, or done, is read first.
document.querySelector("[data-focus]")?.focus();

document.addEventListener("click", (event) => {
  for (const open of document.querySelectorAll("details:is(.account, .pull)[open]")) {
    if (!open.contains(event.target)) open.open = false;
  }
  const copied = event.target.closest("[data-copy]");
  if (copied) navigator.clipboard?.writeText(copied.dataset.copy).then(() => {
    copied.dataset.done = "1";
    const told = document.getElementById(copied.dataset.say ?? "");
    if (told) told.textContent = copied.dataset.said;
  });
});

// A menu ends where its button ends, unless it would begin beside the window.
document.addEventListener("toggle", ({ target }) => {
  if (!target.matches("details.pull[open]")) return;
  target.classList.remove("begins");
  const { left } = target.querySelector(".menu").getBoundingClientRect();
  target.classList.toggle("begins", left < 0);
}, true);
