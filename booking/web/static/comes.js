"use strict";
// Who comes without a booking while there is no network: written on the roll, kept like a mark, and sent later. Where
// something stands in the way, the person who calls the roll decides.
const comes = document.querySelector("[data-comes]");
if (comes && globalThis.kept) {
  const words = comes.dataset;
  const form = comes.querySelector("form");
  const list = comes.querySelector("ul");
  const warns = form.querySelector("[data-warns]");
  const { first_name: first, last_name: last } = form.elements;
  kept.isBusy = () => !form.hidden && Boolean(first.value || last.value);

  function open(isOpen = true) {
    form.hidden = !isOpen;
    draw();
    if (isOpen) first.focus();
  }

  function button(label, act, kind = "") {
    const made = Object.assign(document.createElement("button"), { type: "button", className: `btn ${kind}`, textContent: label });
    made.addEventListener("click", act);
    return made;
  }

  // What can be done, by what stands in the way.
  function choices(entry) {
    const { code, people = [] } = entry.answer;
    const same = people.map((one) => button(
      words.same.replace("%(name)s", one.name) + (one.born ? words.born.replace("%(year)s", one.born) : ""),
      () => kept.decide(entry, { person: one.id }),
    ));
    const go = {
      "possible-duplicates": [words.other, { sure: "1" }],
      "roll-closed": [words.late, { after_closing: "1" }],
    }[code] ?? [words.again, {}];
    return [...same, button(go[0], () => kept.decide(entry, go[1])), button(words.drop, () => kept.decide(entry, null), "danger")];
  }

  function says(entry) {
    if (!entry.answer) return [words.waits];
    const { code, title, advice } = entry.answer;
    return [code === "session-full" ? words.full : [title ?? words.refused, advice].filter(Boolean).join(". "), ...choices(entry)];
  }

  function line(entry) {
    const item = document.createElement("li");
    const name = document.createElement("p");
    name.className = "nm";
    name.append(Object.assign(document.createElement("b"), { textContent: entry.who.last_name.toUpperCase() }), ` ${entry.who.first_name}`);
    const said = Object.assign(document.createElement("div"), { className: entry.answer ? "rowsays" : "rowsays calm" });
    said.append(...says(entry));
    item.className = entry.answer ? "p failed" : "p";
    item.append(name, said);
    return item;
  }

  let shown = "";
  function draw() {
    const mine = kept.all().filter((entry) => entry.who && entry.meeting === words.meeting);
    comes.hidden = form.hidden && !mine.length;
    const now = JSON.stringify(mine);
    if (now === shown) return;
    shown = now;
    list.replaceChildren(...mine.map(line));
  }

  for (const link of document.querySelectorAll("[data-walk-in]")) link.addEventListener("click", (event) => {
    if (!kept.isOut()) return;
    event.preventDefault();
    open();
  });
  form.querySelector("[data-close]").addEventListener("click", () => open(false));
  form.addEventListener("submit", (event) => {
    event.preventDefault();
    const who = { first_name: first.value.trim(), last_name: last.value.trim() };
    try {
      kept.add({ meeting: words.meeting, who });
    } catch {
      warns.textContent = words.cannot;
      return;
    }
    warns.textContent = "";
    form.reset();
    open(false);
    comes.scrollIntoView({ block: "nearest" });
  });

  // Who has a seat now stands on the roll as it is when it is asked for again.
  let came = false;
  document.addEventListener("came", ({ detail }) => { came ||= detail.meeting === words.meeting; });
  document.addEventListener("marks-shown", ({ detail }) => {
    draw();
    if (came && !detail.waiting && !kept.isBusy()) { came = false; location.replace(location.pathname); }
  });
  if (location.hash === "#sur-place") open();
  draw();
}
