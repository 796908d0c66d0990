"use strict";
// The roll by taps: each is kept on this device, then sent; without this file the button saves.
// Nothing is said to be saved before the server has said so.
const roll = document.querySelector("#roll");
if (roll && globalThis.kept) {
  const live = roll.querySelector("[data-live]");
  const rows = new Map([...roll.querySelectorAll("[data-row]")].map((row) => [row.dataset.row, row]));
  const { meeting } = roll.dataset;
  const field = (row, start) => row.querySelector(`[name^="${start}."]`);
  const checked = (row) => row.querySelector(".att :checked")?.value ?? "";
  const cell = { attended: "present", late: "late", absent: "absent", "": "" };
  const SHOWN_AS = { left_early: "attended", excused: "absent" };

  function say(words, isBad) {
    live.textContent = words;
    live.classList.toggle("bad", Boolean(isBad));
  }

  function tapped(row) {
    const reason = checked(row) === "absent" ? field(row, "why").value : "";
    const early = checked(row) === "attended" && field(row, "left").checked;
    return { mark: reason ? "excused" : early ? "left_early" : checked(row), reason };
  }

  function put(row, { mark, reason }) {
    for (const radio of row.querySelectorAll(".att input")) radio.checked = radio.value === (SHOWN_AS[mark] ?? mark);
    field(row, "left").checked = mark === "left_early";
    field(row, "why").value = reason;
  }

  function stand(row, { mark, reason }) {
    field(row, "was").value = mark;
    field(row, "wasreason").value = reason;
  }

  const standing = (row) => ({ mark: field(row, "was").value, reason: field(row, "wasreason").value });

  function keep(row, mine) {
    const before = kept.of(row.dataset.row).at(-1) ?? standing(row);
    if (before.mark === mine.mark && before.reason === mine.reason) return;
    try {
      kept.add({ meeting, booking: row.dataset.row, ...mine, seen: before.mark, seenReason: before.reason });
    } catch {
      say(roll.dataset.again, true);
    }
    draw();
  }

  function count() {
    const marks = [...rows.values()].map(checked);
    const of = (mark) => marks.filter((m) => m === mark).length;
    const sums = { done: marks.length - of(""), present: of("attended"), late: of("late"), absent: of("absent"), open: of("") };
    for (const [name, n] of Object.entries(sums)) roll.querySelector(`[data-count="${name}"]`).textContent = n;
    roll.querySelectorAll("[data-cells] > *").forEach((one, n) => { one.className = cell[marks[n]]; });
    const others = roll.querySelector("[data-others]");
    if (!others) return;
    others.disabled = !sums.open;
    others.textContent = others.dataset.words.replace("%(n)s", sums.open);
  }

  // What somebody else has marked stands beside one's own until the person has chosen.
  function ask(row, entry) {
    const { theirs, title, advice } = entry.answer;
    const says = row.querySelector("[data-says]");
    const wanted = JSON.stringify(entry.answer);
    if (says.dataset.said === wanted) return;
    says.dataset.said = wanted;
    const { other, nothing, mine, leave, againLabel, drop, refused } = roll.dataset;
    const words = theirs ? (theirs.mark ? other : nothing) : [title ?? refused, advice].filter(Boolean).join(". ");
    const text = document.createElement("span");
    text.textContent = words.replace("%(who)s", theirs?.by).replace("%(what)s", theirs?.words).replace("%(at)s", theirs?.at);
    says.replaceChildren(text, ...[[true, theirs ? mine : againLabel], [false, theirs ? leave : drop]].map(([isMine, label]) => {
      const button = Object.assign(document.createElement("button"), { type: "button", className: "btn small", textContent: label });
      button.addEventListener("click", () => kept.settle(row.dataset.row, isMine));
      return button;
    }));
  }

  let trouble = "";
  function draw() {
    for (const row of rows.values()) {
      const entries = kept.of(row.dataset.row);
      const asked = entries.find((entry) => entry.answer);
      const says = row.querySelector("[data-says]");
      row.classList.toggle("failed", Boolean(asked));
      if (asked) ask(row, asked);
      else { delete says.dataset.said; says.textContent = entries.length && trouble ? roll.dataset.kept : ""; }
      says.classList.toggle("calm", !asked);
    }
    count();
  }

  async function look() {
    const state = await kept.refresh(meeting);
    if (!state) return;
    const newer = kept.stands(meeting);
    const ids = Object.keys(state.marks);
    if (ids.length !== rows.size || !ids.every((id) => rows.has(id))) {
      // Once only: on a slow network the page that was kept may come again.
      const others = `${meeting} ${ids.sort()}`;
      if (sessionStorage.getItem("others") !== others && !kept.isBusy()) {
        sessionStorage.setItem("others", others);
        location.reload();
        return;
      }
    }
    for (const [id, one] of Object.entries(state.marks)) {
      if (!rows.has(id)) continue;
      // Saved since this was asked.
      if (newer[id]?.at > state.at) continue;
      kept.note(meeting, id, { ...one, at: state.at });
      if (standing(rows.get(id)).mark !== one.mark) kept.keepPage();
      stand(rows.get(id), one);
      if (!kept.of(id).length) put(rows.get(id), one);
    }
    draw();
  }

  roll.addEventListener("change", (event) => {
    const row = event.target.closest("[data-row]");
    if (row) keep(row, tapped(row));
  });
  roll.addEventListener("submit", (event) => {
    event.preventDefault();
    const { name, value } = event.submitter ?? {};
    if (name === "clear") { put(rows.get(value), { mark: "", reason: "" }); keep(rows.get(value), { mark: "", reason: "" }); }
    if (value === "others") for (const row of rows.values()) if (!checked(row)) { put(row, { mark: "attended", reason: "" }); keep(row, tapped(row)); }
    kept.send();
  });
  const name = (row) => row.querySelector("legend").textContent;
  document.addEventListener("mark-saved", ({ detail }) => {
    const row = detail.meeting === meeting && rows.get(detail.booking);
    if (!row) return;
    stand(row, detail);
    kept.keepPage();
    say(`${name(row)}, ${roll.dataset.saved}`);
  });
  document.addEventListener("mark-asked", ({ detail }) => {
    const row = detail.meeting === meeting && rows.get(detail.booking);
    if (row) say(`${name(row)}, ${roll.dataset.failed}`, true);
  });
  document.addEventListener("mark-left", ({ detail: { booking, theirs } }) => {
    const row = rows.get(booking);
    if (theirs) stand(row, theirs);
    put(row, standing(row));
    draw();
  });
  document.addEventListener("marks-shown", ({ detail }) => {
    trouble = detail.trouble;
    // The banner may have been scrolled away; the count never is.
    const held = trouble && detail.waiting ? roll.dataset.held.replace("%(n)s", detail.waiting) : "";
    if (held ? live.textContent !== held : live.dataset.held) say(held, true);
    live.dataset.held = held && "1";
    draw();
  });

  const closing = document.querySelector("form.closing");
  closing?.addEventListener("submit", (event) => {
    if (!kept.all().length) return;
    event.preventDefault();
    closing.querySelector(".rowsays").textContent = closing.dataset.waits;
  });

  // What others mark is shown as it comes, around what is kept here.
  roll.addEventListener("stale", (event) => { event.preventDefault(); look().catch(() => {}); });
  document.addEventListener("found", () => { kept.send(); look().catch(() => {}); });
  // Every tap is sent by itself.
  roll.querySelector("[data-save]")?.remove();
  for (const [id, one] of Object.entries(kept.stands(meeting))) {
    if (rows.has(id) && one.at > Number(roll.dataset.at)) { stand(rows.get(id), one); put(rows.get(id), one); }
  }
  for (const [id, row] of rows) if (kept.of(id).length) put(row, kept.of(id).at(-1));
  draw();
}
