"""Who was expected and who came, as a file: a row for each person and meeting; beside, one for each meeting."""

from collections.abc import Iterable
from datetime import datetime
from pathlib import Path
from typing import BinaryIO

from booking.documents.sheets import Csv, Row, Sheet, Xlsx
from booking.domain.attendance import Mark, Reason
from booking.domain.bookings import BookingState
from booking.domain.exports import Format
from booking.domain.presences import MeetingRoll, Presence
from calendars.zones import wall

TYPES = {
    Format.CSV: "text/csv",
    Format.XLSX: "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    Format.ZIP: "application/zip",
}
BOOKINGS = {
    BookingState.HELD: "retenue",
    BookingState.BOOKED: "confirmée",
    BookingState.WAITLISTED: "en attente",
    BookingState.OFFERED: "proposée",
    BookingState.CANCELLED: "annulée",
}
MARKS = {
    Mark.ATTENDED: "présent",
    Mark.LATE: "en retard",
    Mark.LEFT_EARLY: "parti avant la fin",
    Mark.EXCUSED: "absent excusé",
    Mark.ABSENT: "absent non excusé",
}
NOT_MARKED = "non renseignée"
REASONS = {
    Reason.ILL: "maladie",
    Reason.JOB: "emploi",
    Reason.TRAINING: "formation",
    Reason.FAMILY: "famille",
    Reason.TRANSPORT: "transport",
    Reason.OTHER: "autre raison",
}
_MEETING = (
    ("code agence", 12), ("agence", 26), ("atelier", 34), ("session", 38), ("séance", 8), ("séances", 8), ("date", 12),
    ("début", 8), ("fin", 8), ("salle", 16), ("animation", 26),
)  # fmt: skip
_PERSON = (
    ("prénom", 18), ("nom", 22), ("n° d’inscription", 16), ("inscription", 13), ("présence", 18), ("statut", 13),
    ("motif", 14), ("pointé par", 22), ("pointé le", 17), ("inscrit par", 22),
)  # fmt: skip
_COUNTED = (
    ("attendus", 10), ("présents", 10), ("en retard", 10), ("absents excusés", 16), ("absents non excusés", 18),
    ("non renseignés", 16), ("annulée", 9),
)  # fmt: skip
SHEETS = (Sheet("Présences", (*_MEETING, *_PERSON)), Sheet("Séances", (*_MEETING, *_COUNTED)))
PEOPLE, MEETINGS = range(2)


class PresenceFile:
    """A file that grows roll by roll; ``folder`` keeps what does not fit into memory."""

    def __init__(self, target: BinaryIO, kind: Format, folder: Path | None = None) -> None:
        self._file = Csv(target, SHEETS) if kind is Format.CSV else Xlsx(target, SHEETS, folder)
        self.rows = 0

    def add(self, rolls: Iterable[MeetingRoll]) -> None:
        """The rows of these meetings."""
        for roll in rolls:
            place = _place(roll)
            self._file.write(PEOPLE, ((*place, *_person(roll, one)) for one in roll.people))
            self._file.write(MEETINGS, [(*place, *_counts(roll))])
            self.rows += len(roll.people)

    def close(self) -> None:
        """The end of the file."""
        self._file.close()


def _place(roll: MeetingRoll) -> Row:
    said = roll.meeting
    begins, ends = _local(said.starts_at, said.zone), _local(said.ends_at, said.zone)
    return (
        said.agency_code, said.agency_name, said.workshop, str(said.session_id), said.position, said.meetings,
        begins.date(), begins.time(), ends.time(), said.room, roll.named((said.facilitator_id, *said.assistant_ids)),
    )  # fmt: skip


def _person(roll: MeetingRoll, one: Presence) -> Row:
    reason = one.reason or (None if one.mark else one.cancelled_reason)
    return (
        one.first_name,
        one.last_name.upper(),
        one.code,
        BOOKINGS[one.state],
        MARKS[one.mark] if one.mark else (NOT_MARKED if one.is_expected else ""),
        one.partner_status,
        REASONS[reason] if reason else "",
        roll.named([one.marked_by]),
        _local(one.marked_at, roll.meeting.zone) if one.marked_at else None,
        roll.named([one.booked_by]),
    )


def _counts(roll: MeetingRoll) -> Row:
    present = roll.count(Mark.ATTENDED, Mark.LEFT_EARLY)
    rest = (roll.count(mark) for mark in (Mark.LATE, Mark.EXCUSED, Mark.ABSENT, None))
    return (len(roll.expected), present, *rest, "oui" if roll.meeting.is_cancelled else "")


def _local(at: datetime, zone: str) -> datetime:
    """As spreadsheets know time: what the clock on the wall shows, to the second."""
    return wall(at, zone).replace(tzinfo=None, microsecond=0)
