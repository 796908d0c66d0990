"""A session is what one books: a workshop in an agency, with a capacity, a state, and one or more meetings."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from enum import StrEnum
from uuid import UUID

from booking.domain.errors import CapacityBelowTaken, InvalidSchedule, SessionClosed, SessionEnded, SessionNotDraft
from booking.domain.fields import Problems
from booking.domain.workshops import Workshop

LONGEST_MEETING = timedelta(hours=10)
FURTHEST_AHEAD = timedelta(days=731)
MOST_MEETINGS = 40
MOST_SEATS = 500


class SessionState(StrEnum):
    """The life of a session; a held session with nobody present stays held."""

    DRAFT = "draft"
    OPEN = "open"
    CANCELLED = "cancelled"
    HELD = "held"


@dataclass(frozen=True, slots=True, kw_only=True)
class Meeting:
    """One date, start, end and room of a session; what one attends and what a calendar shows.

    ``sequence`` grows when the start, the end, the place or the status changes, and never shrinks (RFC 5545, 3.8.7.4).
    """

    id: UUID
    session_id: UUID
    position: int
    starts_at: datetime
    ends_at: datetime
    room_id: UUID | None = None
    facilitator_id: UUID | None = None
    assistant_ids: tuple[UUID, ...] = ()
    sequence: int = 0
    created_at: datetime
    changed_at: datetime

    @property
    def times(self) -> tuple[UUID, datetime, datetime]:
        """Which meeting it is, and from when to when."""
        return self.id, self.starts_at, self.ends_at

    @property
    def times_and_place(self) -> tuple[UUID, datetime, datetime, UUID | None]:
        """What participants and subscribers must be told when it changes; who leads is not among it."""
        return *self.times, self.room_id

    @property
    def staff_ids(self) -> tuple[UUID, ...]:
        """Who leads, and who assists."""
        return (self.facilitator_id, *self.assistant_ids) if self.facilitator_id else self.assistant_ids

    def overlaps(self, other: "Meeting") -> bool:
        """Whether one person could not attend both."""
        return self.starts_at < other.ends_at and other.starts_at < self.ends_at


@dataclass(frozen=True, slots=True, kw_only=True)
class Session:
    """A workshop at an agency. ``taken`` counts held and booked seats, ``waiting`` the waitlist, ``allowance``
    deliberate extra seats, ``kept`` those that contingents still keep. The terms of booking are its workshop's when it
    was planned; somebody helps in its ``languages``. ``sequence`` grows when a meeting moves, comes
    or goes, and with the status; ``version`` grows with every edit (for If-Match).
    """

    id: UUID
    agency_id: UUID
    workshop_id: UUID
    state: SessionState = SessionState.DRAFT
    capacity: int
    allowance: int = 0
    taken: int = 0
    waiting: int = 0
    kept: int = 0
    sequence: int = 0
    version: int = 0
    created_at: datetime
    changed_at: datetime
    cancelled_because: str | None = None
    series_id: UUID | None = None
    overridden_because: str | None = None
    confirmed_at: datetime | None = None
    window_days: int | None = None
    cutoff_hours: int = 0
    join_until: int = 1
    languages: tuple[str, ...] = ()
    meetings: tuple[Meeting, ...]

    @property
    def starts_at(self) -> datetime:
        """When its first meeting begins."""
        return self.meetings[0].starts_at

    @property
    def ends_at(self) -> datetime:
        """When its last meeting ends."""
        return self.meetings[-1].ends_at

    @property
    def opens_at(self) -> datetime | None:
        """From when one may book; None is any time."""
        return None if self.window_days is None else self.starts_at - timedelta(days=self.window_days)

    @property
    def closes_at(self) -> datetime:
        """Until when one may book: so many hours before the last meeting at which one may still join."""
        last = self.meetings[min(self.join_until, len(self.meetings)) - 1]
        return last.starts_at - timedelta(hours=self.cutoff_hours)

    @property
    def free(self) -> int:
        """How many seats anybody can have now; never below zero."""
        return max(0, self.capacity + self.allowance - self.taken - self.kept)

    def takes_bookings(self, now: datetime) -> bool:
        """Whether a seat or a place on the waitlist can be given: published, and within the terms of booking."""
        has_opened = self.opens_at is None or self.opens_at <= now
        return self.state is SessionState.OPEN and has_opened and now < self.closes_at

    def has_begun(self, now: datetime) -> bool:
        """Whether its first meeting has begun, or will never be."""
        return self.state is not SessionState.OPEN or self.starts_at <= now

    def is_to_come(self, now: datetime) -> bool:
        """Whether somebody with a place still expects a meeting of it."""
        return self.state is SessionState.OPEN and self.ends_at > now

    def must_take_bookings(self, now: datetime) -> None:
        """Do nothing, or raise :class:`SessionClosed`."""
        if not self.takes_bookings(now):
            opens = {"opens_at": self.opens_at} if self.opens_at and now < self.opens_at else {}
            raise SessionClosed(session_id=self.id, state=self.state, **opens)

    def on_terms_of(self, workshop: Workshop) -> "Session":
        """The same, to be booked on the terms of its workshop."""
        terms = ("window_days", "cutoff_hours", "join_until")
        return replace(self, **{name: getattr(workshop, name) for name in terms})

    def checked(self, now: datetime, before: Sequence[Meeting] = ()) -> "Session":
        """This session, if it can be planned; :class:`InvalidSchedule` names meetings by position otherwise.

        A meeting that is held when it was to be held ``before`` may lie in the past.
        """
        problems = Problems()
        problems.between("capacity", self.capacity, 1, MOST_SEATS)
        problems.between("meetings", len(self.meetings), 1, MOST_MEETINGS)
        if len({meeting.id for meeting in self.meetings}) < len(self.meetings):
            problems.add("meetings", "repeated")
        standing = {meeting.times for meeting in before}
        for meeting in self.meetings:
            if meeting.times not in standing:
                _check_meeting(meeting, problems, now)
        for earlier, later in zip(self.meetings, self.meetings[1:], strict=False):
            if earlier.overlaps(later):
                problems.add(f"meetings.{later.position}", "overlaps-another-meeting")
        problems.refuse(InvalidSchedule)
        return self

    def published(self, now: datetime) -> "Session":
        """Open for booking; raises :class:`SessionNotDraft`, and :class:`InvalidSchedule` if begun or led by nobody."""
        if self.state is not SessionState.DRAFT:
            raise SessionNotDraft(session_id=self.id)
        problems = Problems()
        for meeting in self.meetings:
            if meeting.facilitator_id is None:
                problems.add(f"meetings.{meeting.position}", "facilitator-missing")
        problems.refuse(InvalidSchedule)
        return replace(self.checked(now), state=SessionState.OPEN, version=self.version + 1, changed_at=now)

    def cancelled(self, because: str, now: datetime) -> "Session":
        """Cancelled by the service; its meetings are shown as cancelled until the end of their day."""
        self.must_be_changeable(now)
        return replace(
            self,
            state=SessionState.CANCELLED,
            cancelled_because=because,
            sequence=self.sequence + 1,
            version=self.version + 1,
            changed_at=now,
            meetings=tuple(replace(m, sequence=m.sequence + 1, changed_at=now) for m in self.meetings),
        )

    def called_off(self, because: str, marked: Collection[UUID], now: datetime) -> "Session":
        """Cancelled; or held, with the meetings to come removed, when some have taken place.

        A meeting has taken place when it is over, or has begun and somebody was ``marked`` in it.
        """
        self.must_be_changeable(now)
        held = [m for m in self.meetings if m.ends_at <= now or (m.starts_at <= now and m.id in marked)]
        if self.state is SessionState.DRAFT or not held:
            return self.cancelled(because, now)
        return replace(
            self,
            state=SessionState.HELD,
            cancelled_because=because,
            sequence=self.sequence + 1,
            version=self.version + 1,
            changed_at=now,
            meetings=in_order(held),
        )

    def allowing(self, extra: int, now: datetime) -> "Session":
        """With so many seats beyond its capacity; raises :class:`CapacityBelowTaken`, :class:`SessionEnded`."""
        self.must_be_changeable(now)
        self.must_hold(self.capacity, extra)
        return replace(self, allowance=extra, version=self.version + 1, changed_at=now)

    def must_hold(self, capacity: int, allowance: int) -> None:
        """Do nothing when everybody seated and every seat kept finds room, or raise :class:`CapacityBelowTaken`."""
        if capacity + allowance < self.taken + self.kept:
            kept = {"kept": self.kept} if self.kept else {}
            raise CapacityBelowTaken(taken=self.taken, capacity=capacity, **kept)

    def changed(self, capacity: int, meetings: Sequence[Meeting], now: datetime) -> "Session":
        """With this capacity and these meetings; a meeting that moves gets a higher sequence, and so does the session.

        Raises :class:`CapacityBelowTaken`, :class:`InvalidSchedule`, :class:`SessionEnded`.
        """
        self.must_be_changeable(now)
        self.must_hold(capacity, self.allowance)
        moved = tuple(_moved(meeting, self._before(meeting), now) for meeting in in_order(meetings))
        self._must_keep_begun(moved, now)
        has_moved = {m.times_and_place for m in moved} != {m.times_and_place for m in self.meetings}
        changed = replace(
            self,
            capacity=capacity,
            meetings=moved,
            sequence=self.sequence + has_moved,
            version=self.version + 1,
            changed_at=now,
        )
        return changed.checked(now, self.meetings)

    def must_be_changeable(self, now: datetime) -> None:
        """Do nothing, or raise :class:`SessionEnded` when it is cancelled or held, noted as such or not."""
        is_over = self.state is SessionState.OPEN and self.ends_at <= now
        if is_over or self.state in (SessionState.CANCELLED, SessionState.HELD):
            raise SessionEnded(session_id=self.id, state=self.state)

    def _must_keep_begun(self, meetings: Sequence[Meeting], now: datetime) -> None:
        kept = {meeting.id: meeting for meeting in meetings}
        problems = Problems()
        for meeting in self.meetings:
            if meeting.starts_at <= now and meeting.id not in kept:
                problems.add("meetings", "begun-meeting-removed")
            elif meeting.starts_at <= now and kept[meeting.id].times != meeting.times:
                problems.add(f"meetings.{kept[meeting.id].position}", "begun-meeting-moved")
        problems.refuse(InvalidSchedule)

    def _before(self, meeting: Meeting) -> Meeting | None:
        return next((m for m in self.meetings if m.id == meeting.id), None)


def in_order(meetings: Sequence[Meeting]) -> tuple[Meeting, ...]:
    """The meetings by start, numbered from 1."""
    by_start = sorted(meetings, key=lambda meeting: meeting.starts_at)
    return tuple(replace(meeting, position=n) for n, meeting in enumerate(by_start, start=1))


def _moved(meeting: Meeting, before: Meeting | None, now: datetime) -> Meeting:
    if before is None or meeting.times_and_place == before.times_and_place:
        return meeting
    return replace(meeting, sequence=before.sequence + 1, changed_at=now)


def _check_meeting(meeting: Meeting, problems: Problems, now: datetime) -> None:
    field = f"meetings.{meeting.position}"
    if meeting.ends_at <= meeting.starts_at:
        problems.add(field, "ends-before-it-starts")
    elif meeting.ends_at - meeting.starts_at > LONGEST_MEETING:
        problems.add(field, "lasts-too-long")
    if meeting.starts_at <= now:
        problems.add(field, "in-the-past")
    elif meeting.starts_at > now + FURTHEST_AHEAD:
        problems.add(field, "too-far-ahead")
