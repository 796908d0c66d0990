"""When a message may be stopped, and when and how it is said again."""

from dataclasses import replace
from datetime import timedelta

import pytest

from booking.domain.bookings import BookingState
from booking.domain.errors import MessageForPeople, MessageLeaving, MessageSettled, MessageUntrue
from booking.domain.messages import LAST_CALL, MessageKind, MessageState
from booking.domain.resending import again, is_of_use, is_stopped, key_of_copy, may_be_said_again, must_wait
from tests.given import HOUR, in_days
from tests.given_cases import a_case, message_of

LATER = in_days(1)


def said(case, kind=MessageKind.CONFIRMATION, state=MessageState.ACCEPTED, **known):
    return message_of(case, kind, state=state, **known)


def test_what_waits_may_be_stopped():
    must_wait(said(a_case(), state=MessageState.PLANNED))


@pytest.mark.parametrize(
    ("state", "refusal"),
    [
        (MessageState.SENDING, MessageLeaving),
        (MessageState.TO_DO, MessageForPeople),
        (MessageState.ACCEPTED, MessageSettled),
        (MessageState.DEAD, MessageSettled),
    ],
)
def test_what_leaves_or_is_over_cannot_be_stopped(state, refusal):
    with pytest.raises(refusal):
        must_wait(said(a_case(), state=state))


def test_only_what_a_person_stopped_is_stopped():
    case = a_case()

    assert is_stopped(said(case, state=MessageState.CANCELLED, reason="stopped"))
    assert not is_stopped(said(case, state=MessageState.CANCELLED))
    assert not is_stopped(said(case, state=MessageState.PLANNED))


def test_a_confirmation_is_said_again_as_a_new_message():
    case = a_case()
    first = said(case, attempts=3, reason="every-way-failed", state=MessageState.DEAD)

    copy = again(first, case, LATER)

    assert (copy.kind, copy.booking_id, copy.state) == (first.kind, first.booking_id, MessageState.PLANNED)
    assert (copy.attempts, copy.reason, copy.channel) == (0, None, None)
    assert (copy.created_at, copy.due_at, copy.not_after) == (LATER, LATER, case.session.starts_at)
    assert copy.id != first.id and copy.dedupe_key == key_of_copy(first) == f"resent:{first.id}"


def test_a_copy_speaks_of_the_session_as_it_is_now():
    case = a_case()
    moved = replace(case, session=replace(case.session, sequence=4))

    assert again(said(case), moved, LATER).session_sequence == 4


def test_at_night_a_copy_waits_for_the_morning():
    case, at_night = a_case(), in_days(1, 14)

    copy = again(said(case), case, at_night)

    assert copy.due_at > at_night


def test_a_reminder_is_of_use_until_its_last_call():
    case = a_case()
    reminder = said(case, MessageKind.REMINDER)

    assert again(reminder, case, LATER).not_after == case.session.starts_at - LAST_CALL
    with pytest.raises(MessageUntrue):
        again(reminder, case, case.session.starts_at - HOUR)


def test_once_the_session_has_begun_nothing_is_said_again():
    case = a_case()

    with pytest.raises(MessageUntrue):
        again(said(case), case, case.session.starts_at + timedelta(minutes=1))


def test_the_confirmation_of_a_cancelled_place_is_not_said_again():
    case = a_case()
    ended = replace(case, booking=replace(case.booking, state=BookingState.CANCELLED))

    assert not may_be_said_again(said(case), ended, LATER)


def test_a_cancellation_is_said_again_until_another_change():
    case = a_case()
    ended = replace(case.booking, state=BookingState.CANCELLED)
    told = replace(said(case), kind=MessageKind.BOOKING_CANCELLED)

    assert may_be_said_again(told, replace(case, booking=ended), LATER)
    assert not may_be_said_again(told, replace(case, booking=replace(ended, sequence=7)), LATER)
    assert not may_be_said_again(told, case, LATER)


@pytest.mark.parametrize("kind", [MessageKind.INVITATION, MessageKind.INVITATION_ENDED])
def test_an_entry_for_the_calendar_is_not_said_again(kind):
    case = a_case()

    assert not may_be_said_again(replace(said(case), kind=kind), case, LATER)


@pytest.mark.parametrize("state", [MessageState.PLANNED, MessageState.DONE, MessageState.TO_DO, MessageState.SENDING])
def test_what_waits_or_a_person_did_is_not_said_again(state):
    case = a_case()

    with pytest.raises(MessageSettled):
        again(said(case, state=state), case, LATER)


def test_what_was_stopped_is_planned_again_while_it_is_so():
    case = a_case()
    stopped = said(case, state=MessageState.CANCELLED, reason="stopped")

    assert is_of_use(stopped, case, LATER)
    assert not is_of_use(stopped, case, case.session.starts_at)
    assert not is_of_use(stopped, replace(case, session=replace(case.session, sequence=9)), LATER)
