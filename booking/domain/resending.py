"""Saying something again: a new message of the same kind, about the booking as it is now; and stopping one."""

from dataclasses import replace
from datetime import datetime

from booking.domain.attending import first_of
from booking.domain.bookings import BookingState
from booking.domain.cases import Case
from booking.domain.errors import MessageForPeople, MessageLeaving, MessageSettled, MessageUntrue, Refused
from booking.domain.identifiers import new_id
from booking.domain.messages import ABOUT_AN_END, LAST_CALL, Message, MessageKind, MessageState, still_holds
from booking.domain.sessions import SessionState
from booking.domain.windows import URGENT

STOPPED = "stopped"
AGAIN = "again"
# What left, or was never received. What a person did stays his matter.
SAYABLE_AGAIN = (MessageState.ACCEPTED, MessageState.DELIVERED, MessageState.DEAD, MessageState.EXPIRED)
# Each kind is true of a booking in one state only; what is missing here comes along with another message.
TRUE_OF = {
    MessageKind.CONFIRMATION: BookingState.BOOKED,
    MessageKind.SEAT_GIVEN: BookingState.BOOKED,
    MessageKind.REMINDER: BookingState.BOOKED,
    MessageKind.NEXT_MEETING: BookingState.BOOKED,
    MessageKind.ABSENCE_FOLLOWUP: BookingState.BOOKED,
    MessageKind.SESSION_MOVED: BookingState.BOOKED,
    MessageKind.BOOKING_MOVED: BookingState.BOOKED,
    MessageKind.WAITLISTED: BookingState.WAITLISTED,
    MessageKind.SEAT_OFFERED: BookingState.OFFERED,
    MessageKind.BOOKING_CANCELLED: BookingState.CANCELLED,
    MessageKind.SESSION_CANCELLED: BookingState.CANCELLED,
    MessageKind.WAIT_ENDED: BookingState.CANCELLED,
}
# These tell of one meeting, and of no later one.
OF_A_MEETING = (MessageKind.NEXT_MEETING, MessageKind.ABSENCE_FOLLOWUP)
# These tell of one change, and of no later one.
OF_A_CHANGE = (*ABOUT_AN_END, *OF_A_MEETING, MessageKind.SESSION_MOVED, MessageKind.BOOKING_MOVED)


def is_stopped(message: Message) -> bool:
    """Whether a person stopped it, so that a person may plan it again."""
    return message.state is MessageState.CANCELLED and message.reason == STOPPED


def must_wait(message: Message) -> None:
    """Do nothing for a message that waits to be sent, or raise :class:`MessageLeaving`, :class:`MessageForPeople`,
    :class:`MessageSettled`."""
    if message.state is MessageState.SENDING:
        raise MessageLeaving(message_id=message.id)
    if message.state is MessageState.TO_DO:
        raise MessageForPeople(message_id=message.id)
    if message.state not in (MessageState.PLANNED, MessageState.CLAIMED):
        raise MessageSettled(message_id=message.id, state=message.state)


def is_of_use(message: Message, case: Case, now: datetime) -> bool:
    """Whether a message that was stopped may be planned again as it was."""
    return still_holds(message, case.booking, case.session) and message.not_after > now


def key_of_copy(message: Message) -> str:
    """A message is said again once; whoever wants more says its copy again. So two clicks make one copy."""
    return f"resent:{message.id}"


def again(message: Message, case: Case, now: datetime) -> Message:
    """The same thing, said of the booking as it is now, in the next open window.

    Raises :class:`MessageUntrue`, :class:`MessageSettled` for what has not ended or was done by a person.
    """
    if message.state not in SAYABLE_AGAIN:
        raise MessageSettled(message_id=message.id, state=message.state)
    booking, session = case.booking, case.session
    not_after = _end_of_use(message, case)
    if not _is_so(message, case) or not_after is None or not_after <= now:
        raise MessageUntrue(booking_id=booking.id)
    due_at = case.place.later(now, URGENT)
    return replace(
        message,
        id=new_id(now),
        rule=AGAIN,
        booking_sequence=booking.sequence,
        session_sequence=session.sequence,
        job_seeker_id=booking.job_seeker_id,
        due_at=due_at if due_at < not_after else now,
        not_after=not_after,
        dedupe_key=key_of_copy(message),
        state=MessageState.PLANNED,
        channel=None,
        attempts=0,
        reason=None,
        created_at=now,
    )


def may_be_said_again(message: Message, case: Case, now: datetime) -> bool:
    """The same as a question."""
    try:
        again(message, case, now)
    except Refused:
        return False
    return True


def _is_so(message: Message, case: Case) -> bool:
    if case.booking.state is not TRUE_OF.get(message.kind):
        return False
    if message.kind in OF_A_CHANGE and not still_holds(message, case.booking, case.session):
        return False
    is_past = message.kind in (*ABOUT_AN_END, MessageKind.ABSENCE_FOLLOWUP)
    return is_past or case.session.state is SessionState.OPEN


def _end_of_use(message: Message, case: Case) -> datetime | None:
    if message.kind in OF_A_MEETING:
        return message.not_after
    first = first_of(case.booking, case.session)
    if first is None:
        return None
    begins = first.starts_at - LAST_CALL if message.kind is MessageKind.REMINDER else first.starts_at
    return min(begins, case.booking.deadline_at or begins)
