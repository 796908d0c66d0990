"""One row of a list of sessions: a meeting, read with care, in our own columns or in the employment service's words."""

import json
import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime, time, timedelta
from typing import Any

from booking.domain.job_seekers import folded
from booking.domain.languages import LANGUAGES
from booking.domain.rooms import FIRST_YEAR, LAST_YEAR
from booking.services.row_files import Row, RowFile, UnreadableFile, read

# Names as lists write them; compared without accents, blanks and underscores.
COLUMNS = {
    "key": "session idsession identifiantsession numerosession cycle",
    "agency": "agence agency safir codeagence codesafir nomagence",
    "workshop": "atelier workshop theme codetheme titre intitule",
    "day": "date jour day",
    "begins": "debut heuredebut start datedebut",
    "ends": "fin heurefin end datefinprevue datefin",
    "minutes": "duree minutes dureeminutes",
    "room": "salle room",
    "leader": "animation animateur animatrice facilitator",
    "assistants": "assistance assistants",
    "capacity": "places capacite capacity nombreplaces nombreplacestotal",
    "state": "etat state statut",
    "because": "motif because",
    "languages": "langues langue languages aidelangue",
}
NEEDED = ("agency", "workshop", "begins")
DRAFT_WORDS = {"", "brouillon", "draft"}
OPEN_WORDS = {"ouverte", "publiee", "open", "published"}
DAY_FORMS = ("%Y-%m-%d", "%d/%m/%Y")
HOUR = re.compile(r"(\d{1,2}) ?[:h] ?(\d{2})?", re.IGNORECASE)
MINUTES_IN = {"minute": 1, "heure": 60, "jour": 24 * 60}


@dataclass(frozen=True, slots=True)
class SessionRemark:
    """Something about rows: a stable code, what the file says, and what is there instead."""

    code: str
    said: str = ""
    instead: str = ""


@dataclass(slots=True)
class MeetingRow:
    """What a row says of a meeting; ``begins`` and ``ends`` are wall times unless the file wrote their zone."""

    line: int
    said: Mapping[str, str]
    begins: datetime | None = None
    ends: datetime | None = None
    capacity: int | None = None
    is_open: bool = False
    languages: tuple[str, ...] = ()
    remarks: list[SessionRemark] = field(default_factory=list)

    def refuse(self, code: str, said: str = "", instead: str = "") -> None:
        """The session of this row is not planned."""
        self.remarks.append(SessionRemark(code, said, instead))


def meeting_rows(content: bytes) -> list[MeetingRow]:
    """The meetings of a CSV or JSON file. Raises :class:`UnreadableFile`."""
    file = read(_flattened(content))
    columns = _columns_of(file)
    return [read_meeting(row, columns, NEEDED) for row in file.rows]


def grouped(rows: Sequence[MeetingRow]) -> list[list[MeetingRow]]:
    """The rows of each session, in the order of the file; a row without a key is a session of its own."""
    groups: dict[object, list[MeetingRow]] = {}
    for row in rows:
        groups.setdefault(row.said.get("key") or row.line, []).append(row)
    return list(groups.values())


def _columns_of(file: RowFile) -> dict[str, str]:
    plain = {folded(column).replace(" ", "").replace("_", ""): column for column in reversed(file.columns)}
    guesses = {name: (plain[one] for one in guessed.split() if one in plain) for name, guessed in COLUMNS.items()}
    found = {name: column for name, columns in guesses.items() if (column := next(columns, None))}
    missing = [name for name in NEEDED if name not in found]
    if missing:
        raise UnreadableFile("missing-session-columns", missing=missing, columns=file.columns)
    return found


def read_meeting(row: Row, columns: Mapping[str, str], needed: Sequence[str]) -> MeetingRow:
    """What a row says of its meeting; remarks say what cannot be read."""
    said = {name: " ".join((row.cells.get(column) or "").split()) for name, column in columns.items()}
    found = MeetingRow(row.line, said)
    if row.fault:
        found.refuse(row.fault)
        return found
    for name in needed:
        if not said.get(name):
            found.refuse(f"{name}-required")
    _read_hours(found)
    _read_seats(found)
    return found


def _read_hours(row: MeetingRow) -> None:
    day = _day(row)
    row.begins = _moment(row, "begins", day)
    ends = row.said.get("ends", "")
    minutes = row.said.get("minutes", "")
    if ends:
        row.ends = _moment(row, "ends", day or (row.begins.date() if row.begins else None))
    elif _is_number(minutes, 5) and row.begins:
        row.ends = row.begins + timedelta(minutes=int(minutes))
    elif row.begins:
        row.refuse("ends-required")


def _day(row: MeetingRow) -> date | None:
    said = row.said.get("day", "")
    for form in DAY_FORMS:
        try:
            found = datetime.strptime(said, form)  # noqa: DTZ007 - a day of the agency's calendar
        except ValueError:
            continue
        return found.date() if _is_near(row, found) else None
    if said:
        row.refuse("no-such-day", said)
    return None


def _is_near(row: MeetingRow, found: datetime) -> bool:
    """Whether calendars and clocks reach this far; noted otherwise."""
    if FIRST_YEAR <= found.year <= LAST_YEAR:
        return True
    row.refuse("far-away", f"{found.day:02}/{found.month:02}/{found.year:04}")
    return False


def _moment(row: MeetingRow, name: str, day: date | None) -> datetime | None:
    """An hour of the row's day, or a whole instant, with or without its zone."""
    said = row.said.get(name, "")
    hour = HOUR.fullmatch(said)
    try:
        if hour and day:
            return datetime.combine(day, time(int(hour[1]), int(hour[2] or 0)))
        if not hour and said:
            found = datetime.fromisoformat(said)
            return found if _is_near(row, found) else None
    except ValueError:
        pass
    is_day_refused = bool(hour and day is None and row.said.get("day"))
    if said and not is_day_refused:
        row.refuse("no-such-hour-written", said)
    return None


def _read_seats(row: MeetingRow) -> None:
    seats, state = row.said.get("capacity", ""), folded(row.said.get("state", ""))
    if seats and not _is_number(seats):
        row.refuse("no-such-number", seats)
    row.capacity = int(seats) if seats and not row.remarks else None
    row.is_open = state in OPEN_WORDS
    row.languages = tuple(row.said.get("languages", "").lower().replace(",", " ").split())
    if set(row.languages) - set(LANGUAGES):
        row.refuse("unknown-language", row.said["languages"])
    if state not in DRAFT_WORDS | OPEN_WORDS:
        row.refuse("no-such-state", row.said["state"])


def _is_number(said: str, figures: int = 4) -> bool:
    return said.isascii() and said.isdigit() and len(said) <= figures


def _flattened(content: bytes) -> bytes:
    """A JSON list in the employment service's words as one without nesting; anything else as it is."""
    try:
        found = json.loads(content)
    except (ValueError, RecursionError):
        return content
    if not isinstance(found, list):
        return content
    return json.dumps([dict(_flat(thing)) if isinstance(thing, dict) else thing for thing in found]).encode()


def _flat(thing: Mapping[str, Any]) -> Iterator[tuple[str, Any]]:
    theme, ids, length = (_inner(thing, name) for name in ("themeAtelier", "identifiants", "duree"))
    plain = {name: value for name, value in thing.items() if not isinstance(value, dict | list)}
    yield from plain.items()
    if theme:
        yield "atelier", theme.get("libelle") or theme.get("code")
    if ids and ids.get("safir"):
        yield "safir", ids["safir"]
    if length and _is_number(str(length.get("valeur", ""))):
        unit = folded(str(length.get("unite", "minute"))).rstrip("s")
        yield "minutes", int(length["valeur"]) * MINUTES_IN.get(unit, 1)


def _inner(thing: Mapping[str, Any], name: str) -> Mapping[str, Any]:
    found = thing.get(name)
    return found if isinstance(found, dict) else {}
