"use strict";
// All letters as one file: shows how many are done. Without this file the browser waits for the whole.
const link = document.querySelector("[data-batch]");
const bar = document.querySelector("[data-batch-bar]");
const saying = document.querySelector("[data-batch-say]");
let working = false;

async function fetched() {
  const answer = await fetch(link.href, { headers: { "X-Progress": "1" } });
  if (!answer.ok) throw new Error(answer.status);
  const reader = answer.body.getReader();
  const parts = [];
  let line = "";
  let length = -1;
  for (let { done, value } = await reader.read(); !done; { done, value } = await reader.read()) {
    let at = 0;
    while (length < 0 && at < value.length) {
      const byte = value[at++];
      if (byte !== 10) { line += String.fromCharCode(byte); continue; }
      const said = JSON.parse(line);
      line = "";
      if ("length" in said) length = said.length;
      else show(said.done, said.all);
    }
    if (at < value.length) parts.push(value.subarray(at));
  }
  const file = new Blob(parts, { type: "application/pdf" });
  if (file.size !== length) throw new Error("cut");
  return file;
}

function show(done, all) {
  bar.max = all;
  bar.value = done;
  saying.textContent = link.dataset.going.replace("%(done)s", done).replace("%(all)s", all);
}

link.addEventListener("click", async (event) => {
  event.preventDefault();
  if (working) return;
  working = true;
  bar.hidden = false;
  try {
    const made = document.createElement("a");
    made.href = URL.createObjectURL(await fetched());
    made.download = link.dataset.name;
    made.click();
    saying.textContent = link.dataset.done;
    setTimeout(() => URL.revokeObjectURL(made.href), 60000);
  } catch {
    saying.textContent = link.dataset.failed;
  }
  bar.hidden = true;
  working = false;
});
