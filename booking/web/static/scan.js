"use strict";
// A photo is sent as soon as it is taken; without this file the button does it.
const form = document.querySelector("[data-scan]");
const saying = form.querySelector("[data-scan-say]");

form.elements.photo.addEventListener("change", () => {
  if (form.elements.photo.files.length) form.requestSubmit();
});
form.addEventListener("submit", () => { saying.textContent = saying.dataset.scanSay; });
