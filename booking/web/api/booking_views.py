"""What programs read and write of bookings."""

from collections.abc import Iterable
from datetime import datetime
from enum import StrEnum
from typing import Annotated, Any
from uuid import UUID

import msgspec

from booking.domain.attendance import Reason as ReasonClass
from booking.domain.bookings import Booking, BookingState, Party
from booking.domain.job_seekers import Channel, JobSeeker, Need
from booking.domain.messages import Message, MessageKind, MessageState
from booking.services.confirmations import Confirmation
from booking.services.messages import Said
from booking.services.sessions import Participant
from booking.web.api.session_views import SessionView

LONGEST_REASON = 200
Reason = Annotated[str, msgspec.Meta(max_length=LONGEST_REASON)]


class IfFull(StrEnum):
    """What to do when every seat is taken: refuse with alternatives, or give a place on the waitlist."""

    REFUSE = "refuse"
    WAIT = "wait"


class BookingBody(msgspec.Struct, forbid_unknown_fields=True):
    """Who shall have a seat. ``because`` lets him in without a prerequisite, ``first_because`` puts him before others
    on the waitlist."""

    job_seeker_id: UUID
    if_full: IfFull = IfFull.REFUSE
    because: Reason = ""
    first_because: Reason = ""


class HoldBody(msgspec.Struct, forbid_unknown_fields=True):
    """For whom a seat is held; ``because`` lets him in without a prerequisite."""

    job_seeker_id: UUID
    because: Reason = ""


class CancellationOfBooking(msgspec.Struct, forbid_unknown_fields=True):
    """Who cancels, told apart in letters too, and why: in a class that is counted, and in words that are told."""

    party: Party
    because: Reason = ""
    reason: ReasonClass | None = None


class Move(msgspec.Struct, forbid_unknown_fields=True):
    """The session in which the person shall have a seat instead; ``because`` lets him in without a prerequisite."""

    session_id: UUID
    because: Reason = ""


class BookingView(msgspec.Struct, kw_only=True):
    """A place in a session. ``agency_id`` is the job seeker's; ``waiting_since`` stays when a seat is given.

    ``code`` is the short one that stands on papers; a seat is held or offered until ``deadline_at``. A seat for
    ``only_meeting_id`` makes up for ``missed_meeting_id`` of another booking, ``makes_up_id``.
    """

    id: UUID
    session_id: UUID
    job_seeker_id: UUID
    agency_id: UUID
    state: BookingState
    booked_by: UUID
    created_at: datetime
    changed_at: datetime
    waiting_since: datetime | None
    cancelled_by: Party | None
    cancelled_because: str
    cancelled_reason: ReasonClass | None
    code: str
    deadline_at: datetime | None
    priority: int
    priority_because: str | None
    overridden_because: str | None
    answered_at: datetime | None
    wishes_other_at: datetime | None
    only_meeting_id: UUID | None
    makes_up_id: UUID | None
    missed_meeting_id: UUID | None

    @classmethod
    def of(cls, booking: Booking) -> "BookingView":
        """The view of this booking."""
        return cls(**{name: getattr(booking, name) for name in cls.__struct_fields__})


class PersonView(msgspec.Struct, kw_only=True):
    """The person of a booking: what the session has to know."""

    id: UUID
    first_name: str
    last_name: str
    needs: list[Need]
    channels: list[Channel]

    @classmethod
    def of(cls, person: JobSeeker) -> "PersonView":
        """The view of this person."""
        return cls(
            id=person.id,
            first_name=person.first_name,
            last_name=person.last_name,
            needs=sorted(person.needs),
            channels=list(person.channels()),
        )


class ParticipantView(msgspec.Struct):
    """Somebody with a place; ``turn`` counts the waitlist from 1 and is null for a seat."""

    booking: BookingView
    job_seeker: PersonView
    turn: int | None

    @classmethod
    def of(cls, participant: Participant) -> "ParticipantView":
        """The view of this participant."""
        return cls(BookingView.of(participant.booking), PersonView.of(participant.job_seeker), participant.turn)


class MessageView(msgspec.Struct, kw_only=True):
    """What is said to the person, when, and what became of it; ``channel`` is null when it reaches nobody."""

    id: UUID
    kind: MessageKind
    rule: str
    state: MessageState
    channel: Channel | None
    due_at: datetime
    attempts: int
    reason: str | None

    @classmethod
    def of(cls, message: Message, channel: Channel | None) -> "MessageView":
        """The view of this message, and the way it takes."""
        own: dict[str, Any] = {name: getattr(message, name) for name in cls.__struct_fields__}
        return cls(**own | {"channel": channel})


class BookingShown(msgspec.Struct, kw_only=True):
    """A booking with who, what, and what is said about it; ``turn`` is the place on the waitlist, or null."""

    booking: BookingView
    job_seeker: PersonView
    session: SessionView
    turn: int | None
    messages: list[MessageView]

    @classmethod
    def of(cls, shown: Confirmation, said: Iterable[Said]) -> "BookingShown":
        """The view of all this."""
        return cls(
            booking=BookingView.of(shown.booking),
            job_seeker=PersonView.of(shown.job_seeker),
            session=SessionView.of(shown.listed),
            turn=shown.turn,
            messages=[MessageView.of(one.message, one.channel) for one in said],
        )
