"use strict";
// Open screens follow what others do. A part says by words what it shows (`data-follows`); the server says which words
// are stale, and those parts are asked for again, from `data-from` or from the page itself. What somebody has in hand is
// left as it is until he lets go of it. Without this file, pages show what they showed when they were loaded.
globalThis.live = (() => {
  const { dataset: words } = document.currentScript;
  const policy = globalThis.trustedTypes?.createPolicy("parts", { createHTML: (html) => html });
  const parse = (html) => new DOMParser().parseFromString(policy ? policy.createHTML(html) : html, "text/html");
  const LOST_MS = 3000, SILENT_MS = 45000, AGAIN_MS = 5000, SPEAK_MS = 5000, PAUSE_MS = 1000, SPREAD_MS = 200, FEW = 3;
  const OUT = /^\/(connexion|verrou)/;
  // A server that is slow is asked less: a tenth of the time at most is spent waiting for it.
  const SPARING = 9;

  const line = (className) => Object.assign(document.createElement("p"), { className, role: "status" });
  const notice = line("note warn cut no-print"), voice = line("vh");
  notice.hidden = true;

  const parts = () => [...document.querySelectorAll("[data-follows]")];
  const follows = (part) => part.dataset.follows.split(" ").filter(Boolean);
  // As it was sent, without what is another each time: the same is not drawn again.
  const sent = (part) => part.outerHTML.replace(/(name="once" value=")[^"]*/g, "$1");
  const drawn = new Map();
  const due = new Set(), behind = new Set(), spoken = new Map();
  let seen = words.at, source, losing, silent, looking, next = 0, speaking, isPressed = false, isOver = false;

  // What somebody has in hand: where he is, what he typed or ticked, and what he opened.
  function isChanged(field) {
    if (field.type === "checkbox" || field.type === "radio") return field.checked !== field.defaultChecked;
    if (field.tagName !== "SELECT") return field.type !== "hidden" && field.value !== field.defaultValue;
    return field.selectedIndex !== Math.max(0, [...field.options].findIndex((one) => one.defaultSelected));
  }
  function held(part) {
    const found = [...part.querySelectorAll("input, select, textarea")].filter(isChanged);
    found.push(...part.querySelectorAll("details[open]:not([data-open])"));
    const { activeElement: at } = document;
    if (at !== part && part.contains(at)) found.push(at);
    return found;
  }

  // A part as it came: what is open in it nobody has opened.
  function note(part, html) {
    drawn.set(part.id, html);
    for (const one of part.querySelectorAll("details[open]")) one.dataset.open = "";
  }

  // The child that stands for this one in what was sent: of several alike none does.
  function same(child, old, fresh) {
    const name = (one) => one.id || one.getAttribute("aria-labelledby") || one.className;
    for (const is of [(one) => name(one) === name(child), () => !child.id]) {
      const [mine, theirs] = [old, fresh].map((within) => [...within.children].filter((one) => one.tagName === child.tagName && is(one)));
      if (mine.length === 1 && theirs.length === 1) return theirs[0];
    }
    return null;
  }

  // Draw what is new around what is in hand, never another deed under the same key; false where something stayed.
  function draw(old, fresh, inHand) {
    if (!inHand.some((one) => old.contains(one))) { old.replaceWith(fresh); return true; }
    if (inHand.includes(old) || old.tagName === "FORM") return false;
    const staying = [...old.children].filter((child) => inHand.some((one) => child.contains(one)));
    const places = staying.map((child) => same(child, old, fresh));
    const order = places.map((place) => [...fresh.children].indexOf(place));
    if (places.includes(null) || order.some((n, i) => i && n < order[i - 1])) return false;
    for (const { name, value } of [...fresh.attributes]) if (name !== "open") old.setAttribute(name, value);
    for (const child of [...old.childNodes]) if (!staying.includes(child)) child.remove();
    let isWhole = true;
    let after = 0;
    for (const child of [...fresh.childNodes]) {
      const at = places.indexOf(child);
      if (at < 0) old.insertBefore(child, staying[after] ?? null);
      else { isWhole = draw(staying[at], child, inHand) && isWhole; after = at + 1; }
    }
    return isWhole;
  }

  function put(part, fresh) {
    const now = sent(fresh);
    if (drawn.get(part.id) === now && !behind.has(part.id)) return;
    const sum = fresh.dataset.sum;
    if (sum && sum !== part.dataset.sum) say(part.id, sum);
    const isHere = document.activeElement === part;
    behind.delete(part.id);
    note(fresh, now);
    if (!draw(part, fresh, held(part))) behind.add(part.id);
    if (isHere) fresh.focus({ preventScroll: true });
    document.dispatchEvent(new CustomEvent("drawn", { detail: part.id }));
  }

  // A short sum now and then, whatever happens meanwhile; more than a few at once are counted.
  function say(id, sum) {
    spoken.set(id, sum);
    speaking ??= setTimeout(() => {
      voice.textContent = spoken.size > FEW ? words.many.replace("%(n)s", spoken.size) : [...spoken.values()].join(". ");
      spoken.clear();
      speaking = setTimeout(() => { speaking = null; if (spoken.size) say(...[...spoken][0]); }, SPEAK_MS);
    }, PAUSE_MS);
  }

  async function ask(address) {
    const answer = await fetch(address, { headers: { "X-Live": "1" } });
    if (answer.status === 401 || (answer.redirected && OUT.test(new URL(answer.url).pathname))) { end(); return null; }
    if (answer.status >= 500 || answer.status === 429) throw new Error(answer.status);
    return answer.ok ? parse(await answer.text()) : null;
  }

  async function look() {
    looking = null;
    if (document.hidden || isPressed) { plan(PAUSE_MS); return; }
    const began = performance.now();
    const wanted = parts().filter((part) => due.has(part.id));
    due.clear();
    const apart = wanted.filter((part) => part.dataset.from);
    const from = (part) => (apart.length <= FEW && part.dataset.from) || location.pathname + location.search;
    looking = true;
    try {
      for (const address of new Set(wanted.map(from))) {
        const fresh = await ask(address);
        for (const part of wanted) {
          if (!fresh || from(part) !== address || !part.isConnected) continue;
          const found = fresh.getElementById(part.id);
          if (found) put(part, found);
          else if ("reload" in part.dataset) location.reload();
        }
      }
      next = performance.now() + Math.max(PAUSE_MS, SPARING * (performance.now() - began));
    } catch {
      for (const part of wanted) due.add(part.id);
      next = performance.now() + AGAIN_MS;
    }
    looking = null;
    if (due.size) plan();
  }

  function plan(pause = 0) {
    looking ??= setTimeout(look, Math.max(pause, next - performance.now(), Math.random() * SPREAD_MS));
  }

  function stale(told) {
    for (const part of parts()) {
      // Who draws a part himself says so.
      if (follows(part).some((word) => told.includes(word)) && part.dispatchEvent(new CustomEvent("stale", { bubbles: true, cancelable: true }))) due.add(part.id);
    }
    if (due.size) plan();
  }

  function tell(word) {
    const text = words[word] ? words[word].replace("%(at)s", new Date(Number(seen)).toLocaleTimeString(document.documentElement.lang, { hour: "numeric", minute: "2-digit" })) : "";
    if (notice.textContent !== text) notice.textContent = text;
    notice.hidden = !text;
  }

  function end() {
    isOver = true;
    clearTimeout(losing);
    source?.close();
    tell("over");
  }

  const lose = (pause) => { losing ??= setTimeout(() => tell(navigator.onLine ? "lost" : "network"), pause); };
  function heard() {
    clearTimeout(losing);
    losing = null;
    isOver = false;
    tell("");
    clearTimeout(silent);
    silent = setTimeout(() => { lose(0); listen(); }, SILENT_MS);
  }

  function listen() {
    source?.close();
    clearTimeout(silent);
    for (const part of parts()) if (!drawn.has(part.id)) note(part, sent(part));
    const followed = [...new Set(parts().flatMap(follows))];
    if (document.hidden || !followed.length || !document.body.contains(notice)) { clearTimeout(losing); losing = null; return; }
    source = new EventSource(`/direct?suit=${followed.join()}&vu=${seen}`);
    const mine = source;
    mine.onopen = () => { heard(); document.dispatchEvent(new Event("found")); };
    mine.onmessage = ({ data, lastEventId }) => { seen = lastEventId; heard(); stale(data.split(" ")); };
    mine.onerror = () => {
      lose(LOST_MS);
      if (mine.readyState !== EventSource.CLOSED) return;
      // Refused, and not asked again by the browser: signed out, or a server in front that has none behind it.
      ask(location.pathname + location.search).catch(() => {});
      setTimeout(() => { if (mine === source && !isOver) listen(); }, AGAIN_MS);
    };
  }

  document.addEventListener("DOMContentLoaded", () => {
    document.body.append(notice, voice);
    listen();
  });
  document.addEventListener("visibilitychange", listen);
  addEventListener("pagehide", () => source?.close());
  addEventListener("pageshow", ({ persisted }) => { if (persisted) listen(); });
  addEventListener("online", listen);
  addEventListener("offline", () => lose(0));
  addEventListener("pointerdown", () => { isPressed = true; });
  for (const kind of ["pointerup", "pointercancel", "blur"]) addEventListener(kind, () => { isPressed = false; });
  // What was in hand and is let go of is drawn then.
  setInterval(() => {
    for (const part of parts()) if (behind.has(part.id) && !held(part).length) due.add(part.id);
    if (due.size) plan();
  }, PAUSE_MS);
  return { parse, listen };
})();
