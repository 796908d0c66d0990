"""Evidence: what was printed, handed over and signed, line by line; a line never changes, another takes it back."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum
from uuid import UUID

from booking.domain.cases import Case
from booking.domain.errors import EvidenceStands
from booking.domain.messages import MessageKind

# As long as what concerns a person is kept after the last contact.
KEPT_FOR = timedelta(days=731)
UNDOABLE = timedelta(minutes=10)


class Deed(StrEnum):
    """What a line says was done."""

    PRINTED = "printed"
    HANDED_OVER = "handed-over"
    UNDONE = "undone"
    ATTACHED = "attached"
    REMOVED = "removed"


@dataclass(frozen=True, slots=True, kw_only=True)
class Evidence:
    """One line, about a booking, the sheet of a meeting or the sheet of a referral.

    ``about_id`` is the line that is undone or removed, or to which a signed stub was attached. ``template`` is the
    version of the text, ``as_of`` the state of the booking and session that a letter speaks of, ``given_to`` the name
    at that time.
    """

    id: UUID
    deed: Deed
    at: datetime
    agency_id: UUID
    staff_id: UUID
    booking_id: UUID | None = None
    meeting_id: UUID | None = None
    referral_id: UUID | None = None
    about_id: UUID | None = None
    document_hash: str | None = None
    kind: MessageKind | None = None
    template: str = ""
    as_of: str = ""
    given_to: str = ""
    because: str = ""
    message_id: UUID | None = None
    keep_until: datetime

    def must_be_fresh(self, now: datetime) -> None:
        """Do nothing, or raise :class:`EvidenceStands` after ten minutes."""
        if now - self.at > UNDOABLE:
            raise EvidenceStands(evidence_id=self.id)


@dataclass(frozen=True, slots=True)
class Piece:
    """A line with what became of it: the line that takes it back, and the scans that were attached to it."""

    line: Evidence
    ended: Evidence | None
    scans: Sequence["Piece"] = ()

    @property
    def stands(self) -> bool:
        """Whether nobody took it back."""
        return self.ended is None

    def may_be_undone(self, now: datetime) -> bool:
        """Whether it was handed over so lately that it may have been a slip."""
        return self.line.deed is Deed.HANDED_OVER and self.stands and now - self.line.at <= UNDOABLE


def pieces(lines: Sequence[Evidence]) -> list[Piece]:
    """The lines that stand for themselves, each with those that are about it, in their order."""
    ends = {line.about_id: line for line in lines if line.deed in (Deed.UNDONE, Deed.REMOVED)}
    scans = [Piece(line, ends.get(line.id)) for line in lines if line.deed is Deed.ATTACHED]
    return [
        Piece(line, ends.get(line.id), [scan for scan in scans if scan.line.about_id == line.id])
        for line in lines
        if line.deed not in (Deed.UNDONE, Deed.REMOVED) and line.about_id is None
    ]


def as_of(case: Case) -> str:
    """The state of the booking and of the session, so that a paper printed before a change is told from one after."""
    return f"{case.booking.sequence}.{case.session.sequence}"
