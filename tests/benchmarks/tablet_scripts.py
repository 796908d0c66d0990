"""What is done on the page of a roll as a finger does it: scripts for the browser; none does anything twice."""

TAP = """([row, mark]) => new Promise((done) => {
  const start = performance.now();
  document.addEventListener("mark-saved", () => done(performance.now() - start), { once: true });
  document.querySelector(`[data-row="${row}"] .att input[value="${mark}"]`).click();
})"""
CLICK = """([row, mark]) => {
  const input = document.querySelector(`[data-row="${row}"] .att input[value="${mark}"]`);
  if (!input.checked) input.click();
}"""
COME = """(last) => {
  if (kept.all().some((entry) => entry.who?.last_name === last)) return;
  if (document.querySelector("#roll").textContent.includes(last.toUpperCase())) return;
  const form = document.querySelector("[data-comes] form");
  form.elements.first_name.value = "Malika";
  form.elements.last_name.value = last;
  form.requestSubmit();
}"""
# Whoever calls the roll keeps his own mark where somebody else has marked otherwise.
ANSWER = """() => {
  for (const entry of kept.all()) {
    if (!entry.answer) continue;
    if (entry.who) kept.decide(entry, { sure: "1" });
    else if (kept.of(entry.booking).length) kept.settle(entry.booking, true);
  }
  return kept.send().then(() => kept.all().length);
}"""
READY = "globalThis.kept && document.querySelector('[data-comes]')"
