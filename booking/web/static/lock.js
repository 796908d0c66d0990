"use strict";
// A shared screen is locked at once: the page with all that was typed waits unseen in memory, and comes back with the
// password. The server shows and does nothing meanwhile; without this file the lock is a page of its own.
(() => {
  const button = document.querySelector("form[data-lock]");
  const gate = document.querySelector("template[data-gate]");
  if (!button || !gate) return;
  const hidden = document.createDocumentFragment();
  const others = "BroadcastChannel" in globalThis ? new BroadcastChannel("verrou") : null;
  const { title } = document;
  let before;

  const post = (address, form) => fetch(address, { method: "POST", body: new URLSearchParams(new FormData(form)) });
  const isLocked = () => hidden.childNodes.length > 0;

  function hide() {
    if (isLocked()) return;
    before = document.activeElement;
    hidden.append(...document.body.childNodes);
    document.body.append(gate.content.cloneNode(true));
    document.title = gate.dataset.title;
    const form = document.body.querySelector("[data-unlock]");
    form.addEventListener("submit", (event) => { event.preventDefault(); unlock(form).catch(() => say(form, "network")); });
    form.password.focus();
  }

  function show() {
    if (!isLocked()) return;
    document.body.replaceChildren(hidden);
    document.title = title;
    before?.focus();
    // What waited for the sign-in is sent now, and a roll opens without network again.
    dispatchEvent(new Event("online"));
    globalThis.kept?.keepPage();
  }

  function say(form, word) {
    form.querySelector("[data-wrong]").textContent = form.dataset[word];
    form.querySelector("button").disabled = false;
    form.password.select();
  }

  async function unlock(form) {
    const answer = await post(form.action, form);
    if (answer.status === 204) { show(); others?.postMessage("show"); }
    else if (answer.status === 401) say(form, "refused");
    else location.assign(`/connexion?suite=${encodeURIComponent(location.pathname + location.search)}`);
  }

  button.addEventListener("submit", (event) => {
    event.preventDefault();
    hide();
    others?.postMessage("hide");
    post(button.action, button).catch(() => {});
  });
  document.addEventListener("keydown", (event) => {
    if (!(event.ctrlKey && event.altKey && event.code === "KeyL") || isLocked()) return;
    event.preventDefault();
    button.requestSubmit();
  });
  if (others) others.onmessage = ({ data }) => (data === "hide" ? hide() : show());
})();
