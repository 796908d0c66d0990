"use strict";
// Counts a text message while it is typed; without this file the button for the preview does the same.
const field = document.querySelector("textarea[data-examples]");
const read = (name) => JSON.parse(field.dataset[name]);
const [basic, extended] = [new Set(read("basic")), new Set(read("extended"))];
const [instead, examples] = [read("instead"), read("examples")];
const isWide = field.lang === "ar";

const known = (sign) => {
  if (basic.has(sign) || extended.has(sign)) return sign;
  return [...sign.normalize("NFKD")].map((part) => (basic.has(part) ? part : /\s/u.test(part) ? " " : "")).join("");
};
const folded = (said) => [...said.normalize("NFC")].map((sign) => instead[sign] ?? sign)
  .flatMap((signs) => [...signs]).map(known).join("").split(/\s+/u).filter(Boolean).join(" ");
const filled = (said) => said.split("\n").map((line) => [line, line.replace(/\{\s*([^{}\n]*?)\s*\}/gu, (whole, name) => examples[name] ?? whole)])
  .filter(([line, made]) => made.trim() || !line.trim()).map(([, made]) => made).join(" ").split(/\s+/u).filter(Boolean).join(" ");

const measured = (said) => {
  const signs = [...said];
  const isBasic = signs.every((sign) => basic.has(sign) || extended.has(sign));
  const weights = signs.map((sign) => (isBasic ? (extended.has(sign) ? 2 : 1) : sign.length));
  const [one, each] = isBasic ? [160, 153] : [70, 67];
  const sum = weights.reduce((all, weight) => all + weight, 0);
  if (sum <= one) return [sum, 1];
  let [count, room] = [1, each];
  for (const weight of weights) {
    if (weight > room) [count, room] = [count + 1, each];
    room -= weight;
  }
  return [sum, count];
};

const show = () => {
  const plain = filled(field.value);
  const said = isWide ? plain : folded(plain);
  const [signs, segments] = measured(said);
  document.querySelector("[data-bubble]").textContent = said;
  document.querySelector("[data-signs]").textContent = signs;
  document.querySelector("[data-segments]").textContent = segments;
  document.querySelector("[data-measure]").hidden = false;
  document.querySelector("[data-measure]").classList.toggle("wrong", segments > Number(field.dataset.most));
  document.querySelector("[data-folded]").hidden = isWide || said === plain;
};
field.addEventListener("input", show);
