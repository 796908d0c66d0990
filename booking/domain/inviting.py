"""Invitations of who leads or assists: one for each meeting, with what was said last and what became of it."""

from dataclasses import dataclass, fields, replace
from datetime import datetime, timedelta
from uuid import UUID

from booking.domain.identifiers import new_id
from booking.domain.invitations import Entry, InvitationState, Partstat
from booking.domain.messages import SETTLING

# After so many failures the next pause is as long as the last; then it is given up.
PAUSES = tuple(timedelta(minutes=n) for n in (1, 5, 30, 120, 360, 720))


@dataclass(frozen=True, slots=True, kw_only=True)
class Guest:
    """Who wants to find the meetings that he leads in his own calendar, and where they are sent."""

    id: UUID
    name: str
    email: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Invited:
    """A guest and a meeting. ``said_at`` is when the last word was put down, ``first_key`` the first mail that left;
    ``settled_at`` when a manager had seen to a refusal."""

    id: UUID
    meeting_id: UUID
    session_id: UUID
    agency_id: UUID
    staff_id: UUID
    sequence: int
    starts_at: datetime
    ends_at: datetime
    zone: str
    title: str
    place: str
    note: str
    is_cancelled: bool
    said_at: datetime
    first_key: str | None = None
    state: InvitationState = InvitationState.PLANNED
    due_at: datetime
    attempts: int = 0
    reason: str | None = None
    partstat: Partstat | None = None
    stamp: str = ""
    answered_at: datetime | None = None
    settled_at: datetime | None = None

    @property
    def entry(self) -> Entry:
        """What the guest's calendar shows, once the last word has arrived."""
        return Entry(**{one.name: getattr(self, one.name) for one in fields(Entry)})

    @property
    def key(self) -> str:
        """What a mail with this word is known by, however often it leaves."""
        return f"{self.id}.{self.sequence}"

    @property
    def was_said(self) -> bool:
        """Whether the guest may have heard anything yet."""
        return self.first_key is not None

    def saying(self, entry: Entry, now: datetime) -> "Invited":
        """The same guest with a new word, which waits a little for the last one; answers to the one before are over."""
        new = {one.name: getattr(entry, one.name) for one in fields(Entry)}
        return replace(self, **new, **_afresh(now))  # type: ignore[arg-type]

    def elsewhere(self, now: datetime) -> "Invited":
        """The same word to another address of the guest, where nothing is known of it yet."""
        later = replace(self.entry, sequence=self.sequence + 1)
        return replace(self.saying(later, now), first_key=None)


def invited(session_id: UUID, agency_id: UUID, staff_id: UUID, entry: Entry, now: datetime) -> Invited:
    """A new guest of a meeting."""
    whose = {"id": new_id(now), "session_id": session_id, "agency_id": agency_id, "staff_id": staff_id}
    said = {one.name: getattr(entry, one.name) for one in fields(Entry)}
    return Invited(**whose, **said, said_at=now, due_at=now + SETTLING)


def _afresh(now: datetime) -> dict[str, object]:
    waits = {"state": InvitationState.PLANNED, "due_at": now + SETTLING, "attempts": 0, "reason": None}
    unanswered = {"partstat": None, "stamp": "", "answered_at": None, "settled_at": None}
    return {"said_at": now, **waits, **unanswered}


def pause_after(tries: int) -> timedelta | None:
    """How long to wait after so many failures; None when it is given up."""
    return PAUSES[tries - 1] if tries <= len(PAUSES) else None
