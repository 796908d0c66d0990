"""A calendar that somebody else wrote, taken apart: only the few properties that say when somebody is busy are read.

A content line is read for itself (RFC 5545, 3.1): one that cannot be read spoils its own component and no other.
"""

import re
from codecs import BOM_UTF8, BOM_UTF16_BE, BOM_UTF16_LE
from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass, field
from enum import StrEnum

MOST_BYTES = 5 * 1024 * 1024
MOST_COMPONENTS = 20_000
DEEPEST = 12
KEPT = frozenset(
    "UID DTSTART DTEND DURATION RRULE RDATE EXDATE EXRULE RECURRENCE-ID STATUS TRANSP SEQUENCE ATTENDEE FREEBUSY"
    " TZID TZOFFSETFROM TZOFFSETTO X-LIC-LOCATION X-WR-TIMEZONE X-WR-CALNAME X-WR-RELCALID"
    " X-MICROSOFT-CDO-BUSYSTATUS".split()
)
NAME = re.compile(rb"\s*([A-Za-z0-9-]+)[;:]")
PARAMETER = re.compile(r';([A-Za-z0-9-]+)=("[^"]*"|[^";:]*)(?:,(?:"[^"]*"|[^";:,]*))*')
FOLD = re.compile(rb"\n[ \t]")
MARKUP = re.compile(rb"\s*(<!doctype|<html|<head|<body|<\?xml|<!--)", re.IGNORECASE)
LONGEST_LINE = 200_000


class Why(StrEnum):
    """Why a calendar was not read."""

    TOO_LARGE = "too-large"
    WEB_PAGE = "web-page"
    NOT_A_CALENDAR = "not-a-calendar"
    CUT_OFF = "cut-off"
    TOO_MANY_ENTRIES = "too-many-entries"
    TOO_OFTEN = "too-often"
    TOO_MUCH = "too-much"
    NOTHING_READ = "nothing-read"


class Unreadable(ValueError):
    """This cannot be read as a calendar."""

    def __init__(self, why: Why) -> None:
        super().__init__(why)
        self.why = why


@dataclass(frozen=True, slots=True)
class Property:
    """One line: its parameters, in capitals, and its value."""

    parameters: dict[str, str]
    value: str


@dataclass(slots=True)
class Component:
    """What stands between BEGIN and END; ``is_broken`` when a line of it cannot be read."""

    name: str
    properties: dict[str, list[Property]] = field(default_factory=lambda: defaultdict(list))
    parts: list["Component"] = field(default_factory=list)
    is_broken: bool = False

    def first(self, name: str) -> Property | None:
        """The first line of this name."""
        found = self.properties.get(name)
        return found[0] if found else None

    def text(self, name: str) -> str:
        """What it says, without blanks around."""
        found = self.first(name)
        return found.value.strip() if found else ""


def take_apart(body: bytes) -> list[Component]:
    """The calendars in a file. Raises :class:`Unreadable`."""
    if len(body) > MOST_BYTES:
        raise Unreadable(Why.TOO_LARGE)
    text = _as_utf8(body)
    if MARKUP.match(text[:200]):
        raise Unreadable(Why.WEB_PAGE)
    if b"\0" in text or b"BEGIN:VCALENDAR" not in text.upper():
        raise Unreadable(Why.NOT_A_CALENDAR)
    root = Component("")
    _fill(root, text)
    return [part for part in root.parts if part.name == "VCALENDAR"]


def _as_utf8(body: bytes) -> bytes:
    """Unfolded, with one kind of line end. Folds may cut a sign in two, so signs are made of the bytes afterwards."""
    if body.startswith((BOM_UTF16_LE, BOM_UTF16_BE)):
        body = body.decode("utf-16", errors="replace").encode(errors="replace")
    elif body[1:2] == b"\0":
        body = body.decode("utf-16-le", errors="replace").encode(errors="replace")
    elif body[:1] == b"\0":
        body = body.decode("utf-16-be", errors="replace").encode(errors="replace")
    text = body.removeprefix(BOM_UTF8).replace(b"\r\n", b"\n").replace(b"\r", b"\n")
    return FOLD.sub(b"", text)


def _fill(root: Component, text: bytes) -> None:
    """Put each component into the one around it."""
    around, found = [root], 0
    for name, line in _lines(text):
        here = around[-1]
        if name == "BEGIN":
            found += 1
            if found > MOST_COMPONENTS or len(around) > DEEPEST:
                raise Unreadable(Why.TOO_MANY_ENTRIES)
            around.append(Component(line[6:].strip().upper()))
            here.parts.append(around[-1])
        elif name == "END":
            # An end without its beginning spoils what it stands in.
            if len(around) > 1 and line[4:].strip().upper() == here.name:
                around.pop()
            else:
                here.is_broken = True
        elif name in KEPT:
            _keep(here, name, line)
    if len(around) > 1:
        raise Unreadable(Why.CUT_OFF)


def _lines(text: bytes) -> Iterator[tuple[str, str]]:
    """Each line that says something here, with its name."""
    begins = 0
    while begins < len(text):
        ends = text.find(b"\n", begins)
        ends = len(text) if ends < 0 else ends
        match = NAME.match(text, begins, min(ends, begins + 40))
        name = match[1].decode().upper() if match else ""
        if name in KEPT or name in ("BEGIN", "END"):
            yield name, text[begins : min(ends, begins + LONGEST_LINE)].decode(errors="replace").strip()
        begins = ends + 1


def _keep(component: Component, name: str, line: str) -> None:
    parameters, place = {}, len(name)
    while match := PARAMETER.match(line, place):
        parameters[match[1].upper()] = match[2].strip('"')
        place = match.end()
    if line[place : place + 1] != ":" or len(line) >= LONGEST_LINE:
        component.is_broken = True
    else:
        component.properties[name].append(Property(parameters, line[place + 1 :]))
