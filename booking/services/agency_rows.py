"""One row of a list of agencies, read with care: what it says, what is wrong with it, what is in doubt."""

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from booking.domain.departments import CORSICA, department, of_commune, of_postcode
from booking.domain.fields import has_hidden_characters
from booking.services.contacts import phone
from booking.services.row_files import Row
from calendars.territories import MAINLAND, territory_of, zone_of

LONGEST = {"reference": 80, "code": 20, "name": 120, "address": 200, "commune": 80, "phone": 30}
CEDEX = re.compile(r"\bcedex\b", re.IGNORECASE)
BOX = re.compile(r"(BP|CS|TSA|CP) ?(\d+)", re.IGNORECASE)
SHORT_NUMBER = re.compile(r"3\d{3}|10\d{2}|1\d{2}")
INSEE = re.compile(r"(?:\d\d|2[AB])\d{3}")
POSTCODE = re.compile(r"\d{5}")
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
class AgencyRow:
    """What a row says of an agency, by field; what is refused, in doubt, and worth no more than counting."""

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
        return " ".join(raw.split())

    def refuse(self, name: str, code: str, said: str = "", instead: str = "") -> None:
        """This row is not imported."""
        self.refusals.append(Remark(self.row.line, self.columns.get(name, ""), code, said, instead))

    def doubt(self, name: str, code: str, said: str = "", instead: str = "") -> None:
        """Somebody should look at this."""
        self.doubts.append(Remark(self.row.line, self.columns.get(name, ""), code, said, instead))


def read_row(row: Row, columns: Mapping[str, str]) -> AgencyRow:
    """The row as an agency's fields; only those for which the file has a column, so that others stay as they are."""
    read = AgencyRow(row, columns)
    if row.fault:
        read.refuse("", row.fault)
        return read
    _read_texts(read)
    _read_codes(read)
    _read_department(read)
    if "phone" in columns:
        read.fields["phone"] = _phone(read)
    if {"latitude", "longitude"} <= columns.keys():
        read.fields["latitude"], read.fields["longitude"] = _coordinates(read)
    return read


def _read_texts(read: AgencyRow) -> None:
    for name, longest in LONGEST.items():
        if name in read.columns:
            _check_text(read, name, longest)
            read.fields[name] = read.said(name)
    for name in ("reference", "name"):
        if not read.said(name):
            read.refuse(name, "required")
    if "code" in read.fields:
        read.fields["code"] = read.said("code").upper() or None
    if "address" in read.fields:
        read.fields["address"] = _address(read)
    if "commune" in read.fields:
        read.fields["commune"] = CEDEX.sub("Cedex", read.said("commune"))
        read.trifles += ["cedex"] * bool(CEDEX.search(read.said("commune")))


def _check_text(read: AgencyRow, name: str, longest: int) -> None:
    raw, said = read.row.cells.get(read.columns[name], ""), read.said(name)
    if raw is None:
        read.refuse(name, "not-a-text")
    elif not said.isprintable() and has_hidden_characters(said):
        read.refuse(name, "bad-characters")
    elif len(said) > longest:
        read.refuse(name, "too-long", str(len(said)), str(longest))
    elif "  " in raw.strip():
        read.trifles.append("blanks")


def _address(read: AgencyRow) -> str:
    """The street first and the box after it, on one line."""
    raw = read.row.cells.get(read.columns["address"]) or ""
    parts = [" ".join(part.split()) for part in re.split(r" / |[\r\n]+", raw) if part.strip()]
    street = [part for part in parts if not BOX.fullmatch(part)]
    boxes = [f"{box[1].upper()} {box[2]}" for part in parts if (box := BOX.fullmatch(part))]
    read.trifles += ["box-first"] * bool(boxes and street and BOX.fullmatch(parts[0]))
    return ", ".join(street + boxes)


def _read_codes(read: AgencyRow) -> None:
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


def _read_department(read: AgencyRow) -> None:
    commune = of_commune(read.fields.get("insee", ""))
    post = of_postcode(read.fields.get("postcode", ""))
    said = read.said("department")
    found = department(said) if said else commune or post
    if found == CORSICA:
        found = commune or post or CORSICA
    if found is None:
        read.refuse("department", "unknown-department" if said else "no-department", said)
        return
    if found == CORSICA:
        read.doubt("department", "undivided-corsica", said)
    read.fields["department"] = found
    _compare(read, found, commune, post)
    _set_clock(read, "2A" if found == CORSICA else found)


def _compare(read: AgencyRow, found: str, commune: str | None, post: str | None) -> None:
    """Whether INSEE's code, which is the surest, agrees with the department and the post code."""
    if commune and commune != found:
        read.doubt("insee", "insee-elsewhere", read.said("insee"), found)
    if post and post != (commune or found):
        read.doubt("postcode", "postcode-elsewhere", read.said("postcode"), commune or found)


def _set_clock(read: AgencyRow, found: str) -> None:
    zone = read.fields["time_zone"] = zone_of(found)
    read.fields["holiday_territory"] = territory_of(found)
    said = read.said("time_zone")
    if said and said != zone:
        read.doubt("time_zone", "zone-differs", said, zone)


def _phone(read: AgencyRow) -> str:
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


def _coordinates(read: AgencyRow) -> tuple[float | None, float | None]:
    said = [read.said(name).replace(",", ".") for name in ("latitude", "longitude")]
    if not any(said):
        read.trifles.append("no-coordinates")
        return None, None
    try:
        latitude, longitude = map(float, said)
    except ValueError:
        latitude = longitude = float("nan")
    south, north, west, east = MAINLAND_BOX if read.fields.get("department") in MAINLAND else (-90, 90, -180, 180)
    if not (south <= latitude <= north and west <= longitude <= east):
        read.doubt("latitude", "bad-coordinates", " ; ".join(said))
        return None, None
    return latitude, longitude
