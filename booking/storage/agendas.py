"""Meetings as agendas, rolls and programs list them: each with its session, its workshop and its place."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any
from uuid import UUID

from sqlalchemy import ColumnElement, Row, Select, false, func, select

from booking.domain.rooms import Closure
from booking.domain.sessions import Meeting, SessionState
from booking.domain.workshops import Colour
from booking.storage.database import Tx
from booking.storage.leading import with_staff
from booking.storage.shapes import columns, made
from booking.storage.tables import agencies, closures, meetings, rooms, sessions, staff, workshops


@dataclass(frozen=True, slots=True, kw_only=True)
class MeetingListed:
    """A meeting with what is known around it; ``seats`` are those of its session, with the extra ones."""

    meeting: Meeting
    meeting_count: int
    session_state: SessionState
    session_starts_at: datetime
    seats: int
    taken: int
    waiting: int
    kept: int
    overridden_because: str | None
    agency_id: UUID
    agency_name: str
    time_zone: str
    workshop_id: UUID
    workshop_title: str
    short_title: str
    colour: Colour
    minimum: int
    room_name: str | None
    facilitator_name: str | None

    @property
    def free(self) -> int:
        """How many seats anybody can have now."""
        return max(0, self.seats - self.taken - self.kept)

    def takes_bookings(self, now: datetime) -> bool:
        """Whether a seat can still be given: the session is published, and has not begun."""
        return self.session_state is SessionState.OPEN and self.session_starts_at > now

    def lacks_people(self, now: datetime) -> bool:
        """Whether it is still to be filled: below what makes it worth holding, or less than half full."""
        return self.takes_bookings(now) and (self.taken < self.minimum or 2 * self.taken < self.seats)


@dataclass(frozen=True, slots=True, kw_only=True)
class MeetingsWanted:
    """Which meetings; None does not restrict. ``staff_id`` leads or assists; ``after`` is the last one seen.

    With ``attended_too`` he attends it, it being a training. Drafts are wanted of the agencies ``drafts_of``, of all
    where that is None.
    """

    agency_ids: Collection[UUID] | None = None
    room_id: UUID | None = None
    staff_id: UUID | None = None
    attended_too: bool = False
    workshop_id: UUID | None = None
    session_id: UUID | None = None
    starts_from: datetime | None = None
    starts_before: datetime | None = None
    drafts_of: Collection[UUID] | None = ()
    after: tuple[datetime, UUID] | None = None
    most: int | None = None


async def find(tx: Tx, wanted: MeetingsWanted) -> list[MeetingListed]:
    """The meetings wanted, by start."""
    found = _MEETING.where(*_conditions(wanted), *_behind(wanted.after))
    found = found.order_by(meetings.c.starts_at, meetings.c.id).limit(wanted.most)
    return [_listed(row) for row in await tx.rows(found)]


async def one(tx: Tx, meeting_id: UUID) -> MeetingListed | None:
    """One meeting, drafts too."""
    row = await tx.row(_MEETING.where(meetings.c.id == meeting_id))
    return _listed(row) if row else None


async def closures_of(tx: Tx, agency_ids: Collection[UUID], first: date, last: date) -> dict[UUID, list[Closure]]:
    """Closures of these agencies and their rooms that touch these days, by agency."""
    touched = (closures.c.agency_id.in_(agency_ids), closures.c.first_on <= last, closures.c.last_on >= first)
    found: dict[UUID, list[Closure]] = {}
    for row in await tx.rows(select(*columns(Closure, closures)).where(*touched).order_by(closures.c.first_on)):
        found.setdefault(row.agency_id, []).append(made(Closure, row))
    return found


async def workshop_titles(tx: Tx) -> list[tuple[UUID, str]]:
    """Every workshop of the catalogue by title, archived ones too: they have their meetings still."""
    return [
        (row.id, row.title)
        for row in await tx.rows(select(workshops.c.id, workshops.c.title).order_by(workshops.c.title))
    ]


_sibling = meetings.alias("sibling")
_MEETING: Select[Any] = (
    select(
        *columns(Meeting, meetings, "meeting_"),
        select(func.count()).where(_sibling.c.session_id == sessions.c.id).scalar_subquery().label("meeting_count"),
        sessions.c.state.label("session_state"),
        sessions.c.starts_at.label("session_starts_at"),
        (sessions.c.capacity + sessions.c.allowance).label("seats"),
        sessions.c.taken,
        sessions.c.waiting,
        sessions.c.kept,
        sessions.c.overridden_because,
        sessions.c.agency_id,
        agencies.c.name.label("agency_name"),
        agencies.c.time_zone,
        sessions.c.workshop_id,
        workshops.c.title.label("workshop_title"),
        workshops.c.short_title,
        workshops.c.colour,
        workshops.c.minimum,
        rooms.c.name.label("room_name"),
        staff.c.name.label("facilitator_name"),
    )
    .join_from(meetings, sessions, sessions.c.id == meetings.c.session_id)
    .join(agencies, agencies.c.id == sessions.c.agency_id)
    .join(workshops, workshops.c.id == sessions.c.workshop_id)
    .join(rooms, rooms.c.id == meetings.c.room_id, isouter=True)
    .join(staff, staff.c.id == meetings.c.facilitator_id, isouter=True)
)


def _conditions(wanted: MeetingsWanted) -> list[ColumnElement[bool]]:
    c = meetings.c
    restrictions: tuple[tuple[Any, Any], ...] = (
        (wanted.agency_ids, c.agency_id.in_),
        (wanted.room_id, lambda room_id: c.room_id == room_id),
        (wanted.staff_id, lambda staff_id: with_staff(staff_id, wanted.starts_from, attended_too=wanted.attended_too)),
        (wanted.workshop_id, lambda workshop_id: sessions.c.workshop_id == workshop_id),
        (wanted.session_id, lambda session_id: c.session_id == session_id),
        (wanted.starts_from, lambda from_: c.starts_at >= from_),
        (wanted.starts_before, lambda before: c.starts_at < before),
        (wanted.drafts_of, _published_or_of),
    )
    return [restrict(value) for value, restrict in restrictions if value is not None]


def _published_or_of(agency_ids: Collection[UUID]) -> ColumnElement[bool]:
    theirs = sessions.c.agency_id.in_(agency_ids) if agency_ids else false()
    return (sessions.c.state != SessionState.DRAFT) | theirs


def _behind(after: tuple[datetime, UUID] | None) -> list[ColumnElement[bool]]:
    if after is None:
        return []
    starts_at, last = after
    return [(meetings.c.starts_at > starts_at) | ((meetings.c.starts_at == starts_at) & (meetings.c.id > last))]


def _listed(row: Row[Any]) -> MeetingListed:
    return made(MeetingListed, row, meeting=made(Meeting, row, "meeting_"))
