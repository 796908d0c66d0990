"""One row of a list of what was: somebody at a past meeting of a workshop, and whether he came."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, timedelta

from booking.domain.attendance import Mark, Reason
from booking.domain.imports import RowRemark
from booking.domain.job_seekers import folded
from booking.services.contacts import phone
from booking.services.row_files import Row
from booking.services.session_rows import DAY_FORMS, MeetingRow, read_meeting
from calendars.zones import NonexistentTime, to_utc

MARKS = {
    Mark.ATTENDED: "present presente oui effectue venu venue 1 x p attended",
    Mark.LATE: "retard enretard late",
    Mark.LEFT_EARLY: "partiavantlafin departanticipe leftearly",
    Mark.EXCUSED: "excuse excusee absentexcuse absenteexcusee absentexc excused",
    Mark.ABSENT: "absent absente non absentnonexcuse absentenonexcusee 0 a",
}
REASONS = {
    Reason.ILL: "maladie malade ill",
    Reason.JOB: "emploi travail entretien job",
    Reason.TRAINING: "formation stage training",
    Reason.FAMILY: "famille garde enfant family",
    Reason.TRANSPORT: "transport",
    Reason.OTHER: "autre autreraison other",
}
# Booked, and nobody wrote whether he came: the mark stays not filled in.
UNKNOWN = ("", "pris", "nonrenseigne", "nonrenseignee", "inconnu")
# Places that were given up are no history of a workshop.
CANCELLED = ("annule", "annulee", "cancelled")
MOVED = ("modifie", "deplace", "deplacee")
YEAR = re.compile(r"(?:19|20)\d\d")


@dataclass(slots=True)
class HistoryRow:
    """What a row says: the meeting (instants), the person in the words of the file, and the mark."""

    row: Row
    columns: Mapping[str, str]
    starts_at: datetime | None = None
    ends_at: datetime | None = None
    mark: Mark | None = None
    reason: Reason | None = None
    is_left_out: bool = False
    booked_on: date | None = None
    remarks: list[RowRemark] = field(default_factory=list)

    def said(self, name: str) -> str:
        """The text of a field with single blanks."""
        return " ".join((self.row.cells.get(self.columns.get(name, "")) or "").split())

    def refuse(self, name: str, code: str, said: str = "", instead: str = "") -> None:
        """This row is not written."""
        self.remarks.append(RowRemark(self.columns.get(name, ""), code, said[:80], instead[:80]))

    @property
    def phone(self) -> str | None:
        """The number as entries have it, if it is one."""
        found = phone(self.said("phone")) if self.said("phone") else None
        return found.number if found else None

    @property
    def birth_year(self) -> int | None:
        """The year in which the file says that the person was born."""
        found = YEAR.findall(self.said("birth_year"))
        return int(found[0]) if len(found) == 1 else None


# The column at which what is wrong with a meeting is to be mended.
AT = {
    "workshop-required": "workshop",
    "begins-required": "begins",
    "ends-required": "ends",
    "no-such-day": "day",
    "far-away": "day",
    "no-such-hour-written": "begins",
}
HOUR_COLUMNS = ("workshop", "day", "begins", "ends", "minutes", "key", "agency")


def read_history(row: Row, columns: Mapping[str, str], zone: str, minutes: int, now: datetime) -> HistoryRow:
    """The row of an agency in this zone; ``minutes`` is how long a meeting lasts of which the file does not say it."""
    found = HistoryRow(row, columns)
    of_meeting = {name: column for name, column in columns.items() if name in HOUR_COLUMNS}
    meeting = read_meeting(row, of_meeting, ("workshop", "begins"))
    _read_times(found, meeting, zone, timedelta(minutes=minutes), now)
    if row.fault:
        return found
    _read_mark(found)
    if not (found.said("identifier") or found.said("last_name")):
        found.refuse("identifier", "person-required")
    return found


def in_sessions(rows: Sequence[HistoryRow]) -> list[list[HistoryRow]]:
    """The rows of each session, in the order of the file: one key, or else one workshop at one moment."""
    groups: dict[object, list[HistoryRow]] = {}
    for row in rows:
        same = row.said("key") or row.starts_at
        groups.setdefault((folded(row.said("workshop")), same), []).append(row)
    return list(groups.values())


def _read_times(found: HistoryRow, meeting: MeetingRow, zone: str, usual: timedelta, now: datetime) -> None:
    for remark in meeting.remarks:
        lacks_end = remark.code == "ends-required"
        if not lacks_end:
            found.refuse(AT.get(remark.code, ""), remark.code, remark.said)
    if meeting.begins is None:
        if not found.remarks:
            found.refuse("begins", "no-such-hour-written", found.said("begins"))
        return
    try:
        found.starts_at = _instant(meeting.begins, zone)
        found.ends_at = _instant(meeting.ends, zone) if meeting.ends else found.starts_at + usual
    except NonexistentTime:
        found.refuse("begins", "no-such-hour", found.said("begins"))
        return
    if found.ends_at <= found.starts_at:
        found.refuse("ends", "ends-before-it-starts", found.said("ends"))
    elif found.ends_at > now:
        found.refuse("day", "not-past", found.said("day") or found.said("begins"))


def _read_mark(found: HistoryRow) -> None:
    word = folded(found.said("mark")).replace(" ", "")
    found.is_left_out = word in CANCELLED or word in MOVED
    found.mark = next((mark for mark, words in MARKS.items() if word in words.split()), None)
    if found.mark is None and word not in UNKNOWN and not found.is_left_out:
        found.refuse("mark", "no-such-mark", found.said("mark"))
    why = folded(found.said("reason")).replace(" ", "")
    # A reason belongs to an excused absence, and another one than ours is no less a reason.
    if found.mark is Mark.EXCUSED and why:
        found.reason = next((one for one, words in REASONS.items() if why in words.split()), Reason.OTHER)
    found.booked_on = _day(found.said("booked_on"))


def _day(said: str) -> date | None:
    for form in DAY_FORMS:
        try:
            return datetime.strptime(said[:10], form).date()  # noqa: DTZ007 - a day of the agency's calendar
        except ValueError:
            continue
    return None


def _instant(said: datetime, zone: str) -> datetime:
    return said.astimezone(UTC) if said.tzinfo else to_utc(said.date(), said.time(), zone)
