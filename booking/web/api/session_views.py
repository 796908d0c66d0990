"""What programs read and write of sessions and their meetings."""

from datetime import datetime
from typing import Annotated
from uuid import UUID

import msgspec
from msgspec import UNSET, UnsetType

from booking.domain.endings import Then
from booking.domain.sessions import MOST_MEETINGS, MOST_SEATS, Meeting, Session, SessionState
from booking.domain.terms import LAST_TO_JOIN, LONGEST_WINDOW, Conditions, Terms, conditions_of
from booking.domain.workshops import LONGEST_CUTOFF, Workshop
from booking.services.scheduling import MeetingPlan
from booking.storage.listings import Listed
from booking.web.api.instants import Instant, near

Capacity = Annotated[int, msgspec.Meta(ge=1, le=MOST_SEATS)]
Reason = Annotated[str, msgspec.Meta(max_length=200)]


class NewMeeting(msgspec.Struct, forbid_unknown_fields=True, kw_only=True):
    """When and where to meet; room and facilitator are of the session's agency, or not yet known."""

    starts_at: Instant
    ends_at: Instant
    room_id: UUID | None = None
    facilitator_id: UUID | None = None
    assistant_ids: list[UUID] = msgspec.field(default_factory=list)

    def __post_init__(self) -> None:
        self.starts_at, self.ends_at = near(self.starts_at), near(self.ends_at)

    def plan(self) -> MeetingPlan:
        """The plan this asks for."""
        return MeetingPlan(**msgspec.structs.asdict(self) | {"assistant_ids": tuple(self.assistant_ids)})


class ChangedMeeting(NewMeeting, forbid_unknown_fields=True, kw_only=True):
    """A meeting as it shall be; ``id`` names one that exists."""

    id: UUID | None = None


NewMeetings = Annotated[list[NewMeeting], msgspec.Meta(min_length=1, max_length=MOST_MEETINGS)]
Meetings = Annotated[list[ChangedMeeting], msgspec.Meta(min_length=1, max_length=MOST_MEETINGS)]


Languages = Annotated[list[str], msgspec.Meta(max_length=40, description="Codes of ISO 639-1, like `ar`.")]


class OwnTerms(msgspec.Struct, forbid_unknown_fields=True, kw_only=True):
    """One may book from ``window_days`` before the first meeting (null is any time) until ``cutoff_hours`` before
    meeting ``join_until``."""

    window_days: Annotated[int, msgspec.Meta(ge=1, le=LONGEST_WINDOW)] | None = None
    cutoff_hours: Annotated[int, msgspec.Meta(ge=0, le=LONGEST_CUTOFF)] = 0
    join_until: Annotated[int, msgspec.Meta(ge=1, le=LAST_TO_JOIN)] = 1

    def terms(self) -> Terms:
        """The same for the planner."""
        return Terms(**msgspec.structs.asdict(self))


class SessionBody(msgspec.Struct, forbid_unknown_fields=True, kw_only=True):
    """A session to plan; ``overridden_because`` says why it is held in spite of a holiday, a closure, a small room.
    Without ``terms`` of its own it is booked on those of its workshop."""

    agency_id: UUID
    workshop_id: UUID
    capacity: Capacity
    meetings: NewMeetings
    overridden_because: Reason = ""
    terms: OwnTerms | None = None
    languages: Languages = []

    def conditions(self) -> Conditions:
        """How it shall be booked."""
        return Conditions(terms=self.terms.terms() if self.terms else None, languages=tuple(self.languages))


class SessionChange(msgspec.Struct, forbid_unknown_fields=True, kw_only=True):
    """A session as it shall be: every meeting, in any order. ``terms`` and ``languages`` stay when they are left out;
    null terms are those of the workshop."""

    capacity: Capacity
    meetings: Meetings
    overridden_because: Reason = ""
    terms: OwnTerms | UnsetType | None = UNSET
    languages: Languages | UnsetType = UNSET

    def conditions(self, session: Session, workshop: Workshop) -> Conditions | None:
        """How it shall be booked; what is left out is as it was, and None when all is."""
        if self.terms is UNSET and self.languages is UNSET:
            return None
        before = conditions_of(session, workshop)
        terms = self.terms.terms() if isinstance(self.terms, OwnTerms) else None
        return Conditions(
            terms=before.terms if self.terms is UNSET else terms,
            languages=before.languages if isinstance(self.languages, UnsetType) else tuple(self.languages),
        )


class CancellationOfSession(msgspec.Struct, forbid_unknown_fields=True, kw_only=True):
    """Why a session is cancelled: told to everybody concerned, at most 200 characters. With ``then`` they are only
    told, are offered up to three other dates, or are moved to the session ``into`` as far as there are seats."""

    because: str
    then: Then = Then.TELL
    into: UUID | None = None


class MeetingView(msgspec.Struct):
    """One date of a session; ``sequence`` grows when it moves."""

    id: UUID
    position: int
    starts_at: datetime
    ends_at: datetime
    room_id: UUID | None
    room: str | None
    facilitator_id: UUID | None
    assistant_ids: list[UUID]
    sequence: int

    @classmethod
    def of(cls, meeting: Meeting, room: str | None) -> "MeetingView":
        """The view of this meeting in this room."""
        return cls(
            meeting.id,
            meeting.position,
            meeting.starts_at,
            meeting.ends_at,
            meeting.room_id,
            room,
            meeting.facilitator_id,
            list(meeting.assistant_ids),
            meeting.sequence,
        )


class SessionView(msgspec.Struct, kw_only=True):
    """What one books. ``taken`` counts seats, ``waiting`` the waitlist, ``allowance`` deliberate extra seats, ``kept``
    those that contingents keep; ``confirmed_at`` says since when few people are enough. One may book from ``opens_at``
    (null is any time) until ``closes_at``."""

    id: UUID
    state: SessionState
    agency_id: UUID
    agency: str
    workshop_id: UUID
    workshop: str
    time_zone: str
    starts_at: datetime
    ends_at: datetime
    capacity: int
    allowance: int
    taken: int
    free: int
    waiting: int
    kept: int
    confirmed_at: datetime | None
    version: int
    cancelled_because: str | None
    overridden_because: str | None
    series_id: UUID | None
    opens_at: datetime | None
    closes_at: datetime
    window_days: int | None
    cutoff_hours: int
    join_until: int
    languages: list[str]
    meetings: list[MeetingView]

    @classmethod
    def of(cls, listed: Listed) -> "SessionView":
        """The view of this session."""
        session = listed.session
        return cls(
            id=session.id,
            state=session.state,
            agency_id=session.agency_id,
            agency=listed.agency_name,
            workshop_id=session.workshop_id,
            workshop=listed.workshop_title,
            time_zone=listed.time_zone,
            starts_at=session.starts_at,
            ends_at=session.ends_at,
            capacity=session.capacity,
            allowance=session.allowance,
            taken=session.taken,
            free=session.free,
            waiting=session.waiting,
            kept=session.kept,
            confirmed_at=session.confirmed_at,
            version=session.version,
            cancelled_because=session.cancelled_because,
            overridden_because=session.overridden_because,
            series_id=session.series_id,
            opens_at=session.opens_at,
            closes_at=session.closes_at,
            window_days=session.window_days,
            cutoff_hours=session.cutoff_hours,
            join_until=session.join_until,
            languages=list(session.languages),
            meetings=[MeetingView.of(m, listed.rooms.get(m.room_id) if m.room_id else None) for m in session.meetings],
        )


class SessionPage(msgspec.Struct):
    """Sessions by start; ``next`` is the address of the next page, or null on the last one."""

    items: list[SessionView]
    next: str | None
