"""One row of a list of places, read with care: what it says, what is wrong with it, what is in doubt."""

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from booking.domain.fields import has_hidden_characters
from booking.services.contacts import phone
from booking.services.row_files import Row
from calendars.territories import MAINLAND

CEDEX = re.compile(r"\bcedex\b", re.IGNORECASE)
BOX = re.compile(r"(BP|CS|TSA|CP) ?(\d+)", re.IGNORECASE)
SHORT_NUMBER = re.compile(r"3\d{3}|10\d{2}|1\d{2}")
INSEE = re.compile(r"(?:\d\d|2[AB])\d{3}")
POSTCODE = re.compile(r"\d{5}")
QUOTED = re.compile("'[=+@＝＋－＠-]")
# Corners of the mainland with Corsica: south, north, west, east. Swapped coordinates lie far outside.
MAINLAND_BOX = (41.0, 51.5, -5.5, 10.0)


@dataclass(frozen=True, slots=True)
class Remark:
    """Something about one row: where, a stable code, what the file says, and what was taken instead."""

    line: int
    column: str
    code: str
    said: str = ""
    instead: str = ""


@dataclass(slots=True)
class ReadRow:
    """What a row says of a place, by field; what is refused, in doubt, and worth no more than counting."""

    row: Row
    columns: Mapping[str, str]
    fields: dict[str, Any] = field(default_factory=dict)
    refusals: list[Remark] = field(default_factory=list)
    doubts: list[Remark] = field(default_factory=list)
    trifles: list[str] = field(default_factory=list)

    @property
    def reference(self) -> str:
        """Its key in the list."""
        return str(self.fields.get("reference", ""))

    def said(self, name: str) -> str:
        """The text of a field with single blanks; empty where the file has no such column."""
        raw = self.row.cells.get(self.columns.get(name, ""), "") or ""
        # What lists of ours put before what a spreadsheet would run.
        return " ".join((raw[1:] if QUOTED.match(raw) else raw).split())

    def refuse(self, name: str, code: str, said: str = "", instead: str = "") -> None:
        """This row is not imported."""
        self.refusals.append(Remark(self.row.line, self.columns.get(name, ""), code, said, instead))

    def doubt(self, name: str, code: str, said: str = "", instead: str = "") -> None:
        """Somebody should look at this."""
        self.doubts.append(Remark(self.row.line, self.columns.get(name, ""), code, said, instead))


def read_texts(read: ReadRow, longest: Mapping[str, int], *, required: tuple[str, ...]) -> None:
    """The fields for which the file has a column, so that others stay as they are; the required ones say something."""
    for name, most in longest.items():
        if name in read.columns:
            _check_text(read, name, most)
            read.fields[name] = read.said(name)
    for name in required:
        if not read.said(name):
            read.refuse(name, "required")


def _check_text(read: ReadRow, name: str, longest: int) -> None:
    raw, said = read.row.cells.get(read.columns[name], ""), read.said(name)
    if raw is None:
        read.refuse(name, "not-a-text")
    elif not said.isprintable() and has_hidden_characters(said):
        read.refuse(name, "bad-characters")
    elif len(said) > longest:
        read.refuse(name, "too-long", str(len(said)), str(longest))
    elif "  " in raw.strip():
        read.trifles.append("blanks")


def read_address(read: ReadRow) -> None:
    """The street first and the box after it, on one line; a commune with its Cedex in one spelling."""
    if "address" in read.fields:
        read.fields["address"] = _address(read)
    if "commune" in read.fields:
        read.fields["commune"] = CEDEX.sub("Cedex", read.said("commune"))
        read.trifles += ["cedex"] * bool(CEDEX.search(read.said("commune")))


def _address(read: ReadRow) -> str:
    raw = read.row.cells.get(read.columns["address"]) or ""
    parts = [" ".join(part.split()) for part in re.split(r" / |[\r\n]+", raw) if part.strip()]
    street = [part for part in parts if not BOX.fullmatch(part)]
    boxes = [f"{box[1].upper()} {box[2]}" for part in parts if (box := BOX.fullmatch(part))]
    read.trifles += ["box-first"] * bool(boxes and street and BOX.fullmatch(parts[0]))
    return ", ".join(street + boxes)


def read_codes(read: ReadRow) -> None:
    """INSEE's code and the post code; what cannot be one is left out."""
    for name, shape in (("insee", INSEE), ("postcode", POSTCODE)):
        if name not in read.columns:
            continue
        # Spreadsheets eat the first zero.
        code = read.said(name).upper().replace(" ", "")
        code = code.zfill(5) if len(code) == 4 else code
        if code and not shape.fullmatch(code):
            read.doubt(name, "bad-code", read.said(name))
            code = ""
        read.fields[name] = code


def read_phone(read: ReadRow) -> None:
    """E.164, or a short number as it is; what is no number is left out."""
    if "phone" in read.columns:
        read.fields["phone"] = _phone(read)


def _phone(read: ReadRow) -> str:
    said = read.said("phone")
    if not said:
        read.trifles.append("no-phone")
    if not said or SHORT_NUMBER.fullmatch(said.replace(" ", "")):
        return said.replace(" ", "")
    number = phone(said)
    if number is None:
        read.doubt("phone", "no-such-phone", said)
        return ""
    return number.number


def read_coordinates(read: ReadRow, department: str | None) -> None:
    """Degrees within the country; both or none."""
    if {"latitude", "longitude"} <= read.columns.keys():
        read.fields["latitude"], read.fields["longitude"] = _coordinates(read, department)


def _coordinates(read: ReadRow, department: str | None) -> tuple[float | None, float | None]:
    said = [read.said(name).replace(",", ".") for name in ("latitude", "longitude")]
    if not any(said):
        read.trifles.append("no-coordinates")
        return None, None
    try:
        latitude, longitude = map(float, said)
    except ValueError:
        latitude = longitude = float("nan")
    south, north, west, east = MAINLAND_BOX if department in MAINLAND else (-90, 90, -180, 180)
    if not (south <= latitude <= north and west <= longitude <= east):
        read.doubt("latitude", "bad-coordinates", " ; ".join(said))
        return None, None
    return latitude, longitude
