"use strict";
// Single keys act on the page: "/" goes to the search, J and K from line to line, the others press the button that is
// marked with them. Never while somebody writes; whoever has switched them off does not get this file.
(() => {
  const NO_TEXT = /^(button|checkbox|color|file|image|radio|range|reset|submit)$/;
  const writes = (element) => element.isContentEditable || /^(SELECT|TEXTAREA)$/.test(element.tagName) || (element.tagName === "INPUT" && !NO_TEXT.test(element.type));
  const isSeen = (element) => element.checkVisibility?.({ visibilityProperty: true }) ?? true;
  const seen = (selector, within = document) => [...within.querySelectorAll(selector)].find(isSeen);
  const DEEDS = "a[href], summary, button:not(:disabled)";

  function search() {
    const found = seen("main [data-search]") ?? seen("[data-search]");
    found?.focus();
    found?.select?.();
    found?.click();
    return found;
  }

  seen("main [data-search]")?.setAttribute("aria-keyshortcuts", "/");

  // The lines of a page: what is listed and leads somewhere, but not what is listed within a line or only leads about.
  function lines() {
    const all = [...document.querySelectorAll("main :is(li, tbody > tr)")];
    return all.filter((line) => !line.closest("nav, .seg, [role=listbox]") && !line.parentElement.closest("main li, main tbody tr") && isSeen(line) && seen(DEEDS, line));
  }

  function step(by) {
    const all = lines();
    const here = all.findIndex((line) => line.contains(document.activeElement));
    const next = here < 0 ? all[by > 0 ? 0 : all.length - 1] : all[here + by];
    if (next) seen(DEEDS, next).focus();
    return next;
  }

  // The card of the keys, over the page so that nothing is lost; without network it is a page of its own.
  async function help() {
    const link = document.querySelector("[data-keys]");
    const card = await globalThis.readParts(link.href).catch(() => null);
    if (!card) { location.assign(link.href); return; }
    const dialog = document.createElement("dialog");
    dialog.className = "card keys-card";
    dialog.setAttribute("aria-labelledby", "keys-title");
    dialog.append(...card.body.children);
    dialog.addEventListener("close", () => dialog.remove());
    document.body.append(dialog);
    dialog.showModal();
  }

  function press(key) {
    const found = seen(`[data-key~="${CSS.escape(key)}"]`);
    found?.click();
    return found;
  }

  const DO = { "/": search, "j": () => step(1), "k": () => step(-1), "?": () => { if (document.querySelector("[data-keys]")) return help(); } };

  document.addEventListener("keydown", (event) => {
    const { key, target } = event;
    if (!key || event.ctrlKey || event.metaKey || event.altKey || event.isComposing || event.defaultPrevented) return;
    if (writes(target) || document.querySelector("dialog[open]")) return;
    const lower = key.toLowerCase();
    if (DO[lower] ? DO[lower]() : press(lower)) event.preventDefault();
  });
})();
