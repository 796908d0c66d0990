"""What must be said to whom, and when: planned with the booking itself, and again whenever the truth changes."""

from collections.abc import Collection
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from enum import StrEnum
from itertools import pairwise
from typing import Any
from uuid import UUID

from booking.domain.attending import ONLY, attended, first_of, next_at
from booking.domain.bookings import Booking, BookingState
from booking.domain.identifiers import new_id
from booking.domain.job_seekers import Channel
from booking.domain.reminder_rules import Rule
from booking.domain.sessions import Session, SessionState
from booking.domain.windows import URGENT, Place

# A reminder says nothing that the confirmation did not just say.
SILENCE_AFTER_BOOKING = timedelta(minutes=60)
LAST_CALL = timedelta(minutes=60)
# A mail is read later than a text.
LAST_MAIL = timedelta(hours=3)
# A manager who corrects a date often corrects it twice: people are told once, with the last word.
SETTLING = timedelta(minutes=10)
POSTAL_WORKING_DAYS = 4
DAY_BEFORE = Rule(1)
# Of meetings so close together the first is the word for the next.
SAME_DAY = timedelta(hours=14)


class MessageKind(StrEnum):
    """What a message says. A cancelled session is another text than a cancelled booking, and than a cycle cut short.

    The two invitations bring the calendar entry of one more meeting, after the mail that said it in words.
    """

    CONFIRMATION = "confirmation"
    WAITLISTED = "waitlisted"
    SEAT_GIVEN = "seat_given"
    REMINDER = "reminder"
    SESSION_MOVED = "session_moved"
    SESSION_CANCELLED = "session_cancelled"
    SESSION_CUT_SHORT = "session_cut_short"
    BOOKING_MOVED = "booking_moved"
    BOOKING_CANCELLED = "booking_cancelled"
    SEAT_OFFERED = "seat_offered"
    WAIT_ENDED = "wait_ended"
    INVITATION = "invitation"
    INVITATION_ENDED = "invitation_ended"
    NEXT_MEETING = "next_meeting"
    ABSENCE_FOLLOWUP = "absence_followup"
    NO_NOTED = "no_noted"


class MessageState(StrEnum):
    """The life of a message; ``to_do`` waits for a person who prints, hands over or calls."""

    PLANNED = "planned"
    CLAIMED = "claimed"
    SENDING = "sending"
    ACCEPTED = "accepted"
    DELIVERED = "delivered"
    TO_DO = "to_do"
    DONE = "done"
    SUPERSEDED = "superseded"
    CANCELLED = "cancelled"
    EXPIRED = "expired"
    COALESCED = "coalesced"
    SUPPRESSED = "suppressed"
    DEAD = "dead"


PENDING = (MessageState.PLANNED, MessageState.CLAIMED, MessageState.TO_DO)
LEASED = (MessageState.CLAIMED, MessageState.SENDING)


@dataclass(frozen=True, slots=True, kw_only=True)
class Message:
    """One thing to say to one job seeker about one booking.

    ``agency_id`` is the job seeker's agency, whose staff call or hand over where no machine can. Neither the address
    nor the text is kept here: both are looked up when it is claimed, so that a number corrected in time is used.
    """

    id: UUID
    kind: MessageKind
    rule: str
    agency_id: UUID
    booking_id: UUID
    booking_sequence: int
    session_id: UUID
    session_sequence: int
    job_seeker_id: UUID
    due_at: datetime
    not_after: datetime
    priority: int
    dedupe_key: str
    state: MessageState = MessageState.PLANNED
    channel: Channel | None = None
    attempts: int = 0
    reason: str | None = None
    details: dict[str, Any] = field(default_factory=dict)
    created_at: datetime


# These speak of the end of a place: whatever happens to the session later, they stay true.
ABOUT_AN_END = (
    MessageKind.BOOKING_CANCELLED,
    MessageKind.SESSION_CANCELLED,
    MessageKind.SESSION_CUT_SHORT,
    MessageKind.WAIT_ENDED,
    MessageKind.INVITATION_ENDED,
)
# These only say again what is known: they wait for good hours, and are not worth a paper or a repeat.
REMINDING = (MessageKind.REMINDER, MessageKind.NEXT_MEETING)
# Of use by mail only; elsewhere what they say has been said.
INVITATIONS = (MessageKind.INVITATION, MessageKind.INVITATION_ENDED)
# Of use by text only: who answered by text is answered so.
BY_TEXT = (MessageKind.NO_NOTED,)
# Mails that bring a calendar entry along: a reminder changes nothing, and without a seat there is none.
WITH_ENTRY = (
    MessageKind.CONFIRMATION,
    MessageKind.SEAT_GIVEN,
    MessageKind.SESSION_MOVED,
    MessageKind.BOOKING_MOVED,
    MessageKind.SESSION_CANCELLED,
    MessageKind.SESSION_CUT_SHORT,
    MessageKind.BOOKING_CANCELLED,
)
KIND_OF_BOOKING = {BookingState.BOOKED: MessageKind.CONFIRMATION, BookingState.WAITLISTED: MessageKind.WAITLISTED}


def on_booking(booking: Booking, session: Session, place: Place, now: datetime) -> list[Message]:
    """The confirmation (or the word about the waitlist) at once, and for a seat its reminders."""
    not_after = next_at(booking, session, now)
    first = to_say(KIND_OF_BOOKING[booking.state], "now", booking, session, now, now, not_after, priority=3)
    return [first, *to_come(booking, session, place, now)]


def on_change(
    kind: MessageKind, booking: Booking, session: Session, place: Place, now: datetime, **details: Any
) -> list[Message]:
    """A notice by an urgent window, and the reminders that still make sense after it."""
    settling = SETTLING if kind is MessageKind.SESSION_MOVED else timedelta()
    # A cycle that has begun still has meetings for which somebody would come.
    not_after = next_at(booking, session, now)
    if booking.deadline_at:
        not_after = min(not_after, booking.deadline_at)
    due_at = place.later(now + settling, URGENT)
    if due_at >= not_after:
        due_at = now
    notice = to_say(kind, "now", booking, session, now, due_at, not_after, priority=1, details=details)
    return [notice, *to_come(booking, session, place, now)]


def reminders(booking: Booking, session: Session, place: Place, now: datetime) -> list[Message]:
    """The reminders of a seat: of the meeting with which the person begins, none for a rule whose time has passed or
    is of no use, none within an hour of ``now``, and of several within an hour the last."""
    is_to_come = booking.state is BookingState.BOOKED and session.state is SessionState.OPEN
    first = first_of(booking, session) if is_to_come else None
    if first is None or first.starts_at <= now:
        return []
    not_after = first.starts_at - LAST_CALL
    due = [(place.due_at(rule, first.starts_at), rule.name) for rule in place.policy.rules]
    return [
        to_say(MessageKind.REMINDER, name, booking, session, now, due_at, not_after)
        for due_at, name in apart(due)
        if now + SILENCE_AFTER_BOOKING < due_at < not_after
    ]


def next_meetings(booking: Booking, session: Session, place: Place, now: datetime) -> list[Message]:
    """A word the day before each later meeting of a seat in a cycle, at the same hour or when messages leave before it;
    an afternoon that follows its morning needs none, and an agency that reminds of nothing says none."""
    if booking.state is not BookingState.BOOKED or session.state is not SessionState.OPEN or not place.policy.rules:
        return []
    own = attended(booking, session)
    due = [
        (place.due_at(DAY_BEFORE, meeting.starts_at), meeting)
        for before, meeting in pairwise(own)
        if meeting.starts_at - before.starts_at >= SAME_DAY
    ]
    return [
        to_say(
            MessageKind.NEXT_MEETING,
            f"{DAY_BEFORE.name}:{meeting.id}",
            booking,
            session,
            now,
            due_at,
            meeting.starts_at - LAST_CALL,
            details={ONLY: str(meeting.id), "number": f"{meeting.position}/{len(session.meetings)}"},
        )
        for due_at, meeting in due
        if now + SILENCE_AFTER_BOOKING < due_at
    ]


def to_come(booking: Booking, session: Session, place: Place, now: datetime) -> list[Message]:
    """All that reminds of a seat: the reminders of its beginning, and a word before each later meeting."""
    return [*reminders(booking, session, place, now), *next_meetings(booking, session, place, now)]


def apart(due: Collection[tuple[datetime, str]]) -> list[tuple[datetime, str]]:
    """By time, without those that another follows within the hour: nobody is reminded twice in a breath."""
    kept: list[tuple[datetime, str]] = []
    for one in sorted(due, reverse=True):
        if not kept or kept[-1][0] - one[0] >= SILENCE_AFTER_BOOKING:
            kept.append(one)
    return kept[::-1]


def on_entry(
    booking: Booking,
    session: Session,
    place: Place,
    now: datetime,
    *,
    meeting_id: UUID,
    last_at: datetime,
    is_over: bool,
) -> Message:
    """The mail that brings the calendar entry of one more meeting, or takes it back; of no use after ``last_at``."""
    kind = MessageKind.INVITATION_ENDED if is_over else MessageKind.INVITATION
    due_at, said = place.later(now, URGENT), {"meeting_id": str(meeting_id)}
    due_at = due_at if due_at < last_at else now
    return to_say(kind, str(meeting_id), booking, session, now, due_at, last_at, priority=9, details=said)


def still_holds(message: Message, booking: Booking, session: Session) -> bool:
    """Whether what the message says is still so."""
    stays = message.kind in ABOUT_AN_END or message.kind is MessageKind.ABSENCE_FOLLOWUP
    same_session = stays or message.session_sequence == session.sequence
    return message.booking_sequence == booking.sequence and same_session


def of_use_until(message: Message, channel: Channel | None) -> datetime:
    """Until when a message is of use by this way: a mail for less long than the reminder that it brings."""
    is_mail = message.kind in REMINDING and channel is Channel.EMAIL
    return message.not_after - (LAST_MAIL - LAST_CALL if is_mail else timedelta())


def choose_channel(
    kind: MessageKind,
    channels: Collection[Channel],
    deliverable: Collection[Channel],
    session: Session,
    place: Place,
    now: datetime,
) -> Channel | None:
    """The first way that reaches the person in time, or None when only paper in his hand would and it says so already.

    A letter posted needs four working days, a reminder by mail three hours. A reminder is not handed over: the
    confirmation on paper stands for it.
    """
    begins_at = next((m.starts_at for m in session.meetings if m.starts_at > now), session.starts_at)
    post_closes = place.working_days_before(begins_at, POSTAL_WORKING_DAYS)
    closes = {Channel.LETTER: post_closes} if kind is not MessageKind.ABSENCE_FOLLOWUP else {}
    if kind in REMINDING:
        closes[Channel.EMAIL] = begins_at - LAST_MAIL
    for channel in channels:
        too_late = channel in closes and now > closes[channel]
        pointless = channel is Channel.HAND and kind in REMINDING
        strange = (kind in INVITATIONS and channel is not Channel.EMAIL) or (
            kind in BY_TEXT and channel is not Channel.SMS
        )
        if channel in deliverable and not (too_late or pointless or strange):
            return channel
    return None


def to_say(
    kind: MessageKind,
    rule: str,
    booking: Booking,
    session: Session,
    now: datetime,
    due_at: datetime,
    not_after: datetime,
    priority: int = 5,
    details: dict[str, Any] | None = None,
) -> Message:
    """A message planned now; one of the same kind and rule about the same state of things is the same."""
    return Message(
        id=new_id(now),
        kind=kind,
        rule=rule,
        agency_id=booking.agency_id,
        booking_id=booking.id,
        booking_sequence=booking.sequence,
        session_id=session.id,
        session_sequence=session.sequence,
        job_seeker_id=booking.job_seeker_id,
        due_at=due_at,
        not_after=not_after,
        priority=priority,
        dedupe_key=f"{kind}:{booking.id}.{booking.sequence}:{session.id}.{session.sequence}:{rule}",
        details=details or {},
        created_at=now,
    )
