// What node-ical, the reader of Node-RED and MagicMirror, finds in the calendar on standard input.
import { readFileSync } from "node:fs";
import ical from "node-ical";

const text = (value) => (typeof value === "object" ? value.val : value ?? "");
const entries = Object.values(ical.sync.parseICS(readFileSync(0, "utf8")));

const found = entries.filter((entry) => entry.type === "VEVENT").map((event) => ({
  uid: event.uid,
  start: event.start.getTime() / 1000,
  end: event.end.getTime() / 1000,
  sequence: Number(event.sequence),
  summary: text(event.summary),
  description: text(event.description),
  location: text(event.location),
  status: event.status,
}));
console.log(JSON.stringify(found));
