"use strict";
// Keeps the rolls of the day on this device, so that they open without network. Marks are kept by the page.
const SHELF = "presence";
const DAY = "/presence/jour";
const PATIENCE_MS = 4000;
const ROLL = /^\/presence\/[0-9a-f-]{36}$/;
const COMES = /^(\/presence\/[0-9a-f-]{36})\/sur-place$/;

// One after another: on the first visit of a day everything of the day before goes.
let turn = Promise.resolve();
function shelf() {
  turn = turn.catch(() => {}).then(async () => {
    const today = new Date().toDateString();
    const kept = await caches.open(SHELF);
    const day = await kept.match(DAY);
    if (day && (await day.text()) === today) return kept;
    await caches.delete(SHELF);
    const empty = await caches.open(SHELF);
    await empty.put(DAY, new Response(today));
    return empty;
  });
  return turn;
}

const find = (cache, key) => cache.match(key, { ignoreVary: true });
const isPage = (answer) => answer.ok && !answer.redirected && answer.headers.get("content-type")?.startsWith("text/html");

async function keepFile(cache, address) {
  if (await find(cache, address)) return;
  const answer = await fetch(address);
  if (!answer.ok) throw new Error(address);
  await cache.put(address, answer);
}

// A page is kept with the files that it names, or not at all: without its script it would lose what is tapped.
async function keepPage(cache, key, answer) {
  if (!isPage(answer)) return;
  const html = await answer.clone().text();
  const files = new Set([...html.matchAll(/(?:href|src)="(\/static\/[^"#]+)/g)].map(([, address]) => address));
  await Promise.all([...files].map((address) => keepFile(cache, address)));
  await cache.put(key, answer);
}

const gone = () => new Response("Pas de réseau. Cette page n’est pas gardée sur cet appareil : revenez en arrière.", { status: 503, headers: { "content-type": "text/plain; charset=utf-8" } });

async function newest(request, key) {
  const cache = await shelf();
  const known = await find(cache, key);
  const asked = fetch(request).then((answer) => {
    keepPage(cache, key, answer.clone()).catch(() => {});
    return answer;
  });
  if (!known) return asked.catch(gone);
  const late = new Promise((tell) => setTimeout(tell, PATIENCE_MS, known));
  return Promise.race([asked.then((answer) => (answer.status >= 500 ? known : answer), () => known), late]);
}

// Who comes while there is no network is written on the roll itself.
async function orOnTheRoll(request, roll) {
  const late = new Promise((tell) => setTimeout(tell, PATIENCE_MS, null));
  const answer = await Promise.race([fetch(request).catch(() => null), late]);
  if (answer) return answer;
  return (await find(await shelf(), roll)) ? Response.redirect(`${roll}#sur-place`) : gone();
}

// The address of a file changes with what is in it.
async function sameForever(request) {
  const known = await find(await caches.open(SHELF), request.url);
  return known ?? fetch(request);
}

addEventListener("fetch", (event) => {
  const { request } = event;
  const { origin, pathname, search } = new URL(request.url);
  if (request.method !== "GET" || origin !== location.origin) return;
  if (/^\/(static|fonts)\//.test(pathname)) event.respondWith(sameForever(request));
  else if (request.mode !== "navigate") return;
  else if (pathname === "/presence") event.respondWith(newest(request, pathname + search));
  else if (ROLL.test(pathname)) event.respondWith(newest(request, pathname));
  else if (COMES.test(pathname)) event.respondWith(orOnTheRoll(request, COMES.exec(pathname)[1]));
  else event.respondWith(fetch(request).catch(gone));
});

// What a page that was opened before this worker needs, and the rolls that it names.
addEventListener("message", (event) => event.waitUntil(keep(event.data)));
async function keep({ pages = [], files = [] }) {
  const cache = await shelf();
  const acts = [...files.map((address) => keepFile(cache, address)), ...pages.map(async (page) => keepPage(cache, page, await fetch(page)))];
  await Promise.allSettled(acts);
}

addEventListener("install", () => skipWaiting());
addEventListener("activate", (event) => event.waitUntil(clients.claim()));
