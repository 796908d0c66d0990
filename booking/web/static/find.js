"use strict";
// Search everywhere: the first hits stand under the field while somebody types. Without this file the form leads to a page.
(() => {
  const policy = globalThis.trustedTypes?.createPolicy("search", { createHTML: (html) => html });
  const SOON_MS = 150;

  // A part of a page of ours; null where the answer is another page, to sign in for instance.
  globalThis.readParts = async (address, init = {}) => {
    const answer = await fetch(address, { ...init, headers: { "X-Parts": "1" } });
    if (answer.headers.get("X-Parts") !== "1") return null;
    const html = await answer.text();
    return new DOMParser().parseFromString(policy ? policy.createHTML(html) : html, "text/html");
  };

  function listen(form) {
    const field = form.elements.q;
    const box = Object.assign(document.createElement("div"), { className: "hits card", hidden: true });
    const said = Object.assign(document.createElement("p"), { className: "hits-none small muted", role: "status" });
    let list = document.createElement("div");
    let active = null;
    // What the page itself shows already needs no list over it.
    const there = field.closest("main") ? field.value.trim() : null;
    let soon, asking, shown;

    list.id = `${field.id}-hits`;
    box.append(list, said);
    form.append(box);
    for (const [name, value] of Object.entries({ role: "combobox", "aria-autocomplete": "list", "aria-expanded": "false", "aria-controls": list.id })) field.setAttribute(name, value);

    const options = () => [...list.querySelectorAll("[role=option]")];

    function choose(option) {
      active?.setAttribute("aria-selected", "false");
      active = option ?? null;
      active?.setAttribute("aria-selected", "true");
      active?.scrollIntoView({ block: "nearest" });
      if (active) field.setAttribute("aria-activedescendant", active.id);
      else field.removeAttribute("aria-activedescendant");
    }

    function open(isOpen) {
      box.hidden = !isOpen;
      field.setAttribute("aria-expanded", String(isOpen && options().length > 0));
      if (!isOpen) choose(null);
    }

    // What stands there stays until the next answer is there, so that nothing flashes.
    async function ask() {
      const query = field.value.trim();
      if (query === there) { open(false); return; }
      if (query === shown) { open(Boolean(query || options().length)); return; }
      asking?.abort();
      asking = new AbortController();
      const { signal } = asking;
      const parts = await globalThis.readParts(`/recherche?q=${encodeURIComponent(query)}`, { signal });
      if (signal.aborted || !parts || document.activeElement !== field) return;
      const next = parts.querySelector("[role=listbox]");
      next.id = list.id;
      choose(null);
      list.replaceWith(next);
      list = next;
      shown = query;
      open(Boolean(query || options().length));
      said.textContent = parts.querySelector("[data-say]").textContent;
    }

    function askSoon(milliseconds) {
      clearTimeout(soon);
      soon = setTimeout(() => ask().catch(() => {}), milliseconds);
    }

    function step(by) {
      const all = options();
      if (box.hidden) { askSoon(0); return; }
      const next = all.indexOf(active) + by;
      choose(active || by > 0 ? all[next] : all.at(-1));
    }

    const KEYS = {
      ArrowDown: () => step(1),
      ArrowUp: () => step(-1),
      Enter: (event) => { if (!active) return false; if (event.ctrlKey || event.metaKey) window.open(active.href, "_blank", "noopener"); else active.click(); },
      Escape: () => { if (box.hidden) return false; open(false); },
    };

    field.addEventListener("keydown", (event) => {
      if (event.isComposing || event.altKey || !KEYS[event.key]) return;
      if (KEYS[event.key](event) !== false) event.preventDefault();
    });
    field.addEventListener("input", () => askSoon(SOON_MS));
    // Whoever only passes through with the tabulator is shown nothing; the key of the search clicks.
    field.addEventListener("click", () => askSoon(0));
    field.addEventListener("blur", () => { clearTimeout(soon); asking?.abort(); open(false); });
    // A click on a line leaves the field where it is until it leads away.
    box.addEventListener("mousedown", (event) => event.preventDefault());
  }

  for (const form of document.querySelectorAll("form[data-find]")) listen(form);
})();
