"use strict";
// Marks stay on this device until the server has them, each with a key of its own and the time it was made: one entry
// of the browser's storage each, so that no tab overwrites another's. Of people there is only the name of who came
// without a booking, until it is sent.
(() => {
  const box = document.querySelector("[data-kept]");
  if (!box) return;
  const { staff } = box.dataset;
  const START = `mark:${staff}:`;
  const AGAIN_MS = 5000;
  // A network that is there and carries nothing is as good as none.
  const PATIENCE_MS = 8000;
  let { token } = box.dataset;
  let trouble = "";
  let last = 0;

  const read = (name) => ({ ...JSON.parse(localStorage.getItem(name)), name });
  const write = ({ name, ...entry }) => localStorage.setItem(name, JSON.stringify(entry));
  const all = () => Object.keys(localStorage).filter((name) => name.startsWith(START)).sort().map(read);
  const of = (booking) => all().filter((entry) => entry.booking === booking && entry.meeting === box.dataset.meeting);
  const row = (entry) => entry.meeting + (entry.booking ?? entry.key);
  const tell = (kind, entry) => document.dispatchEvent(new CustomEvent(kind, { detail: entry }));
  const key = () => [...crypto.getRandomValues(new Uint8Array(12))].map((byte) => byte.toString(16).padStart(2, "0")).join("");

  // Raises where nothing can be kept: then nothing is said to be.
  function add(entry) {
    const newest = all().at(-1)?.name.slice(START.length, START.length + 15) ?? 0;
    last = Math.max(Date.now(), last + 1, Number(newest) + 1);
    write({ made: new Date().toISOString(), by: box.dataset.name, ...entry, key: key(), name: `${START}${String(last).padStart(15, "0")}` });
    show();
    send();
  }

  // How the marks stand as the server last said: a page that was kept may be older.
  const day = new Date().toDateString();
  const place = (meeting) => `stand:${staff}:${meeting}`;
  const stands = (meeting) => JSON.parse(localStorage.getItem(place(meeting)) ?? "{}").marks ?? {};
  function note(meeting, booking, { mark, reason, at }) {
    const marks = { ...stands(meeting), [booking]: { mark, reason, at } };
    localStorage.setItem(place(meeting), JSON.stringify({ day, marks }));
  }
  for (const name of Object.keys(localStorage)) {
    if (name.startsWith("stand:") && JSON.parse(localStorage.getItem(name)).day !== day) localStorage.removeItem(name);
  }

  async function refresh(meeting) {
    const answer = await fetch(`/presence/${meeting}/etat`, { headers: { Accept: "application/json" }, signal: AbortSignal.timeout(PATIENCE_MS) });
    if (answer.redirected || answer.status === 401) { trouble = "signedOut"; return null; }
    if (!answer.ok) { trouble = answer.status >= 500 ? "server" : trouble; return null; }
    const state = await answer.json();
    if (state.staff !== staff) { trouble = "signedOut"; return null; }
    token = state.token;
    return state;
  }

  const said = (entry) => entry.who
    ? { ...entry.who, once: entry.key, made_at: entry.made }
    : { mark: entry.mark, reason: entry.reason, seen: entry.seen, seen_reason: entry.seenReason, made_at: entry.made };
  const post = (entry) => fetch(`/presence/${entry.meeting}/${entry.booking ?? "venu"}`, {
    method: "POST",
    signal: AbortSignal.timeout(PATIENCE_MS),
    headers: { "Idempotency-Key": entry.key },
    body: new URLSearchParams({ form_token: token, ...said(entry) }),
  });

  // A refusal of the rules, not of the form, whose token may be of a sign-in before.
  const isWord = (answer) => answer.headers.get("content-type")?.startsWith("application/json");

  // True when the next may be sent.
  async function sendOne(entry) {
    let answer = await post(entry);
    if (answer.status === 403 && !isWord(answer)) {
      trouble = "";
      if (await refresh(entry.meeting)) answer = await post(entry);
      else if (trouble) return false;
    }
    if (answer.status === 401) { trouble = "signedOut"; return false; }
    if (answer.status >= 500 || answer.status === 429) { trouble = "server"; return false; }
    trouble = "";
    if (answer.ok) {
      const { at } = await answer.json();
      if (entry.booking) note(entry.meeting, entry.booking, { ...entry, at });
      localStorage.removeItem(entry.name);
      tell(entry.booking ? "mark-saved" : "came", { ...entry, at });
    } else {
      const said = await answer.json().catch(() => ({ code: String(answer.status) }));
      // The first try is still on its way there: nothing to decide.
      if (said.code === "request-running") { trouble = "server"; return false; }
      write({ ...entry, answer: said });
      tell("mark-asked", { ...entry, answer: said });
    }
    return true;
  }

  async function sendAll() {
    for (let entry = next(); entry; entry = next()) if (!(await sendOne(entry))) return;
    if (all().length) return;
    const { meeting } = box.dataset;
    if (!meeting) trouble = navigator.onLine ? "" : "network";
    else if (trouble) { trouble = ""; await refresh(meeting); }
  }

  // The oldest one of which no earlier one waits for an answer of the person.
  function next() {
    const asked = new Set();
    for (const entry of all()) {
      if (entry.answer) asked.add(row(entry));
      else if (!asked.has(row(entry))) return entry;
    }
    return null;
  }

  let running = Promise.resolve();
  const alone = (act) => (navigator.locks ? navigator.locks.request("presence", act) : act());
  function send() {
    running = running.then(() => alone(sendAll)).catch(() => { trouble = "network"; }).then(show);
    return running;
  }

  // Mine is sent again, as a change of what stands there now; else what stands there stays.
  function settle(booking, isMine) {
    const entries = of(booking);
    const { theirs } = entries.find((entry) => entry.answer).answer;
    const { name, answer, ...mine } = entries.at(-1);
    if (isMine) add(theirs ? { ...mine, seen: theirs.mark, seenReason: theirs.reason } : mine);
    for (const entry of entries) localStorage.removeItem(entry.name);
    show();
    if (isMine) send();
    else tell("mark-left", { booking, theirs });
  }

  // What was asked about somebody who came is answered: sent anew with a key of its own, or given up. Not twice, where
  // another tab was quicker.
  function decide({ name }, more) {
    const entry = localStorage.getItem(name) && read(name);
    if (!entry?.answer) return show();
    const { answer, ...mine } = entry;
    if (more) write({ ...mine, key: key(), who: { ...mine.who, ...more } });
    else localStorage.removeItem(name);
    show();
    return send();
  }

  function show() {
    const entries = all();
    const asked = entries.filter((entry) => entry.answer);
    const waiting = entries.length - asked.length;
    const say = trouble && box.dataset[trouble + (waiting > 1 ? "Many" : waiting ? "One" : "None")].replace("%(n)s", waiting);
    box.querySelector("[data-trouble]").textContent = say;
    box.querySelector("[data-sign-in]").hidden = trouble !== "signedOut";
    const elsewhere = asked.find((entry) => entry.meeting !== box.dataset.meeting);
    const link = box.querySelector("[data-asked]");
    link.hidden = !elsewhere;
    if (elsewhere) link.href = `/presence/${elsewhere.meeting}`;
    box.hidden = !(say || elsewhere);
    tell("marks-shown", { trouble, waiting });
  }

  const isOut = () => Boolean(trouble) || !navigator.onLine;
  // Somebody is typing: the page does not load again by itself.
  const isBusy = () => false;
  globalThis.kept = { add, of, all, send, settle, decide, refresh, stands, note, keepPage, isOut, isBusy };
  // A network that went while the roll was being kept may have left it out.
  addEventListener("online", () => { send(); keepPage(); });
  addEventListener("offline", () => { trouble = "network"; show(); });
  addEventListener("pageshow", send);
  document.addEventListener("visibilitychange", () => { if (!document.hidden) send(); });
  setInterval(() => {
    // A page left open shows no names of the day before.
    if (new Date().toDateString() !== day) location.replace("/presence");
    if ((trouble && trouble !== "signedOut") || next()) send();
  }, AGAIN_MS);

  // The page as it is now is what opens without network.
  const page = location.pathname + (box.dataset.meeting ? "" : location.search);
  let soon;
  function keepPage() {
    clearTimeout(soon);
    soon = setTimeout(() => navigator.serviceWorker?.controller?.postMessage({ pages: [page] }), 1000);
  }

  // A roll that opens without network: only where the browser can keep a page to itself.
  const policy = globalThis.trustedTypes?.createPolicy("worker", { createScriptURL: (address) => address });
  const { worker } = box.dataset;
  navigator.serviceWorker?.register(policy ? policy.createScriptURL(worker) : worker, { scope: "/presence" }).then(async () => {
    const ready = await navigator.serviceWorker.ready;
    const files = performance.getEntriesByType("resource").map((one) => one.name).filter((name) => /^\/(static|fonts)\//.test(new URL(name).pathname));
    const rolls = [...document.querySelectorAll("a[data-roll]")].map((one) => one.pathname).slice(0, 8);
    const here = navigator.serviceWorker.controller ? [] : [page];
    ready.active.postMessage({ pages: [...here, ...rolls], files: files.map((name) => name.split("#")[0]) });
  }).catch(() => {});
})();
