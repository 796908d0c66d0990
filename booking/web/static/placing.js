"use strict";
// Pages in parts: what changes is fetched and put in its place. Without this file, or without network, pages load whole.
const root = document.querySelector("[data-parts]");
const paths = root.dataset.parts.split(" ");
const byId = (within, id) => id && within.querySelector(`#${CSS.escape(id)}`);
let asking;
let here = location.pathname + location.search;

async function ask(address, init = {}) {
  const answer = await fetch(address, { ...init, headers: { "X-Parts": "1" } });
  if (answer.headers.get("X-Parts") !== "1") return { answer };
  return { answer, parts: live.parse(await answer.text()) };
}

function put(parts, keepsFocus) {
  const held = document.activeElement?.id;
  document.title = parts.title;
  for (const part of [...parts.body.children]) {
    const old = document.getElementById(part.id);
    if ("say" in part.dataset) old.textContent = part.textContent;
    else old?.replaceWith(part);
  }
  const same = keepsFocus && byId(root, held);
  (same || root.querySelector("[data-focus]") || byId(root, held) || document.getElementById("places")).focus();
  live.listen();
}

// Go there, or send this form; what is no page of parts, or cannot be reached, is left to the browser.
async function go(address, init, { keepsFocus, isBack, otherwise }) {
  asking?.abort();
  asking = new AbortController();
  const { signal } = asking;
  root.setAttribute("aria-busy", "true");
  try {
    const { answer, parts } = await ask(address, init.method ? init : { ...init, signal });
    if (signal.aborted) return;
    if (!parts) { if (answer.redirected) location.assign(answer.url); else otherwise(); return; }
    if (!isBack && answer.ok && answer.url !== location.href) history.pushState(null, "", answer.url);
    here = location.pathname + location.search;
    put(parts, keepsFocus);
  } catch (error) {
    if (error.name !== "AbortError") otherwise();
  } finally {
    root.removeAttribute("aria-busy");
  }
}

document.addEventListener("click", (event) => {
  const link = event.target.closest?.("a[href]");
  if (!link || !root.contains(link) || event.defaultPrevented || event.button || event.ctrlKey || event.metaKey || event.shiftKey || event.altKey) return;
  if (link.origin !== location.origin || !paths.includes(link.pathname) || link.getAttribute("href").startsWith("#")) return;
  event.preventDefault();
  go(link.href, {}, { keepsFocus: true, otherwise: () => location.assign(link.href) });
});

document.addEventListener("submit", (event) => {
  const { target: form, submitter } = event;
  // A button without an address of its own says that of the page.
  const action = new URL(submitter?.getAttribute("formaction") ?? form.getAttribute("action"), location.href);
  if (!root.contains(form) || event.defaultPrevented || !paths.some((path) => action.pathname === path || action.pathname.startsWith(`${path}/`))) return;
  event.preventDefault();
  const said = new URLSearchParams(new FormData(form, submitter));
  if (form.method !== "post") {
    action.search = new URLSearchParams([...said].filter(([, value]) => value));
    go(action.href, {}, { keepsFocus: "live" in form.dataset, otherwise: () => location.assign(action.href) });
    return;
  }
  const otherwise = () => {
    const plain = document.createElement("form");
    plain.method = "post";
    plain.action = action.href;
    for (const [name, value] of said) plain.append(Object.assign(document.createElement("input"), { type: "hidden", name, value }));
    document.body.append(plain);
    plain.submit();
  };
  go(action.href, { method: "POST", body: said }, { otherwise });
});

addEventListener("popstate", () => {
  if (location.pathname + location.search === here) return;
  go(location.href, {}, { isBack: true, otherwise: () => location.reload() });
});

// How long a seat is still held.
const ends = new WeakMap();
setInterval(() => {
  for (const left of document.querySelectorAll("[data-left]")) {
    if (!ends.has(left)) ends.set(left, performance.now() + left.dataset.left * 1000);
    const seconds = Math.max(0, Math.ceil((ends.get(left) - performance.now()) / 1000));
    left.textContent = `${Math.floor(seconds / 60)}:${String(seconds % 60).padStart(2, "0")}`;
  }
}, 500);
