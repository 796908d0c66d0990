"""A list of school holidays, read row by row: as the ministry of education publishes it, or in a simple form.

The ministry (data set fr-en-calendrier-scolaire) writes midnight in Paris as an instant, overseas too; its last day is
the day on which school begins again. The simple form has zone, name, first_on, last_on, both days included.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta

from booking.domain.fields import has_hidden_characters
from booking.domain.job_seekers import folded
from booking.domain.rooms import FIRST_YEAR, LAST_YEAR, SchoolHoliday
from booking.services.read_rows import Remark
from booking.services.row_files import Row, RowFile, UnreadableFile
from calendars.territories import OVERSEAS
from calendars.zones import wall

PARIS = "Europe/Paris"
DAY = timedelta(days=1)
LONGEST_NAME = 80
LONGEST = timedelta(days=120)
# Names as French and English lists write them; compared without accents, blanks and underscores.
GUESSES = {
    "zone": "zones zone",
    "name": "description name nom libelle vacances",
    "first_on": "datededebut firston startdate datedebut debut",
    "last_on": "datedefin laston enddate datefin fin",
    "population": "population",
    "academy": "academies location academie",
}
MINISTRY = {"description", "datededebut", "datedefin", "startdate", "enddate"}
TEACHERS = "enseignants"
ZONES = {"a": "A", "b": "B", "c": "C", "corse": "corse"} | {
    name.replace("-", ""): name for name, _ in OVERSEAS.values()
}
ZONES |= {"lareunion": "reunion", "polynesiefrancaise": "polynesie"}


@dataclass(slots=True)
class SchoolRow:
    """What a row says: a holiday, or why it is none; ``is_set_aside`` is for what concerns teachers alone."""

    row: Row
    columns: Mapping[str, str]
    holiday: SchoolHoliday | None = None
    is_set_aside: bool = False
    refusals: list[Remark] = field(default_factory=list)

    def said(self, name: str) -> str:
        """The text of a field with single blanks."""
        return " ".join((self.row.cells.get(self.columns.get(name, ""), "") or "").split())

    def refuse(self, name: str, code: str, said: str = "") -> None:
        """This row is not imported."""
        self.refusals.append(Remark(self.row.line, self.columns.get(name, ""), code, said))


def columns_of(file: RowFile) -> dict[str, str]:
    """By field, the column that holds it. Raises :class:`UnreadableFile` where one is missing."""
    plain = {_plain(column): column for column in reversed(file.columns)}
    found = {name: next((plain[g] for g in said.split() if g in plain), "") for name, said in GUESSES.items()}
    missing = [name for name in ("name", "first_on", "last_on") if not found[name]]
    missing += [] if found["zone"] or found["academy"] else ["zone"]
    if missing:
        raise UnreadableFile("missing-columns", missing=missing, columns=file.columns)
    return {name: column for name, column in found.items() if column}


def read_row(row: Row, columns: Mapping[str, str]) -> SchoolRow:
    """One row as a school holiday; what is wrong with it is noted."""
    read = SchoolRow(row, columns)
    if row.fault:
        read.refuse("", row.fault)
        return read
    if _plain(read.said("population")) == TEACHERS:
        read.is_set_aside = True
        return read
    zone, name = _zone(read), read.said("name")
    _check_name(read, name)
    first_on, last_on = _days(read)
    if not read.refusals and zone and first_on and last_on:
        read.holiday = SchoolHoliday(zone=zone, name=name, first_on=first_on, last_on=last_on)
    return read


def read_rows(file: RowFile) -> list[SchoolRow]:
    """Every row of a file. Raises :class:`UnreadableFile` for one that is no such list."""
    columns = columns_of(file)
    return [read_row(row, columns) for row in file.rows]


def merged(found: Sequence[SchoolHoliday]) -> list[SchoolHoliday]:
    """One for each holiday of a zone: the list names it for every academy; of two that overlap the longer stands."""
    kept: list[SchoolHoliday] = []
    for one in sorted(found, key=lambda one: (one.zone, one.first_on, -one.last_on.toordinal(), one.name)):
        if kept and kept[-1].overlaps(one):
            if _length(one) > _length(kept[-1]):
                kept[-1] = one
        else:
            kept.append(one)
    return kept


def _length(one: SchoolHoliday) -> timedelta:
    return one.last_on - one.first_on


def _plain(said: str) -> str:
    return folded(said).replace(" ", "")


def _zone(read: SchoolRow) -> str:
    """The zone as :func:`calendars.territories.school_zone_of` names it; overseas the academy may say it alone."""
    for name in ("zone", "academy"):
        said = _plain(read.said(name)).removeprefix("zone")
        if said in ZONES:
            return ZONES[said]
    said = read.said("zone") or read.said("academy")
    read.refuse("zone", "unknown-zone" if said else "required", said)
    return ""


def _check_name(read: SchoolRow, name: str) -> None:
    if not name:
        read.refuse("name", "required")
    elif len(name) > LONGEST_NAME:
        read.refuse("name", "too-long", str(len(name)))
    elif has_hidden_characters(name):
        read.refuse("name", "bad-characters")


def _days(read: SchoolRow) -> tuple[date | None, date | None]:
    first_on, last_on = _day(read, "first_on"), _day(read, "last_on")
    if first_on is None or last_on is None:
        return None, None
    # A single day begins and ends at once in the ministry's list.
    if _plain(read.columns["last_on"]) in MINISTRY and last_on > first_on:
        last_on -= DAY
    if last_on < first_on:
        read.refuse("last_on", "ends-before-it-starts", read.said("last_on"))
    elif last_on - first_on > LONGEST:
        read.refuse("last_on", "lasts-too-long", read.said("last_on"))
    return first_on, last_on


def _day(read: SchoolRow, name: str) -> date | None:
    said = read.said(name)
    found = _day_of(said)
    if found is None or not FIRST_YEAR <= found.year <= LAST_YEAR:
        read.refuse(name, "not-a-day" if said else "required", said)
        return None
    return found


def _day_of(said: str) -> date | None:
    """A day, or an instant with its zone: then the day it is in Paris."""
    try:
        if len(said) == 10 and "/" in said:
            return datetime.strptime(said, "%d/%m/%Y").date()  # noqa: DTZ007 - a day has no zone
        read = datetime.fromisoformat(said)
        return wall(read, PARIS).date() if read.tzinfo else read.date()
    except (ValueError, OverflowError):
        return None
