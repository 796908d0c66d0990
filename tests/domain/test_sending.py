"""What becomes of a message when its time has come, and after each try."""

from dataclasses import replace
from datetime import timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from booking.domain.job_seekers import Channel
from booking.domain.messages import MessageKind, MessageState
from booking.domain.sending import (
    MOST_TRIES,
    Channels,
    Outcome,
    after_doubt,
    after_failure,
    when_due,
)
from calendars.zones import wall
from tests.given import NOW, in_days
from tests.given_cases import a_case, a_person, message_of

MAIL = Channels(frozenset({Channel.EMAIL}))
NIGHT, SUNDAY = in_days(0, hour=14), in_days(6)


def test_what_is_due_leaves_by_the_first_channel():
    case = a_case()

    verdict = when_due(message_of(case), case, (), MAIL, NOW)

    assert (verdict.state, verdict.channel) == (MessageState.SENDING, Channel.EMAIL)


def test_what_is_no_longer_true_is_not_said():
    case = a_case()
    moved = replace(case, session=replace(case.session, sequence=1))

    assert when_due(message_of(case), moved, (), MAIL, NOW).state is MessageState.SUPERSEDED


def test_what_comes_too_late_is_not_said():
    case = a_case()

    assert when_due(message_of(case), case, (), MAIL, case.session.starts_at).state is MessageState.EXPIRED


def test_who_has_a_phone_only_is_called():
    case = a_case(person=a_person(email=None, phone="+33476000000"))

    verdict = when_due(message_of(case), case, (), MAIL, NOW)

    assert (verdict.state, verdict.channel) == (MessageState.TO_DO, Channel.CALL)


def test_who_has_nothing_gets_paper_and_no_reminder():
    case = a_case(person=a_person(email=None))

    confirmation = when_due(message_of(case), case, (), MAIL, NOW)
    reminder = when_due(message_of(case, MessageKind.REMINDER), case, (), MAIL, in_days(7))

    assert (confirmation.state, confirmation.channel) == (MessageState.TO_DO, Channel.HAND)
    assert (reminder.state, reminder.reason) == (MessageState.SUPPRESSED, "on-paper-already")


def test_without_any_machine_everything_is_for_people():
    case = a_case()

    assert when_due(message_of(case), case, (), Channels(), NOW).state is MessageState.TO_DO


def test_a_channel_that_failed_is_followed_by_the_next():
    case = a_case(person=a_person(phone="+33476000000"))

    assert when_due(message_of(case), case, {Channel.EMAIL}, MAIL, NOW).channel is Channel.CALL


def test_when_every_way_failed_the_message_is_dead():
    case = a_case()

    verdict = when_due(message_of(case, MessageKind.REMINDER), case, {Channel.EMAIL}, MAIL, in_days(7))

    assert (verdict.state, verdict.reason) == (MessageState.DEAD, "every-way-failed")


@pytest.mark.parametrize(("late", "leaves"), [(NIGHT, "Tue 08:00"), (SUNDAY, "Mon 08:00")])
def test_a_reminder_held_up_until_quiet_hours_waits_for_the_morning(late, leaves):
    case = a_case()

    verdict = when_due(message_of(case, MessageKind.REMINDER), case, (), MAIL, late)

    assert verdict.state is MessageState.PLANNED
    assert f"{wall(verdict.due_at, 'Europe/Paris'):%a %H:%M}" == leaves


def test_a_mail_that_would_come_too_late_in_the_morning_leaves_in_the_evening():
    case = a_case(in_days(3))  # at ten

    verdict = when_due(message_of(case, MessageKind.REMINDER), case, (), MAIL, in_days(2, hour=10.5))

    assert verdict.state is MessageState.SENDING


def test_a_reminder_of_use_only_on_sunday_leaves_on_sunday():
    case = a_case(in_days(6, hour=22))  # Monday at seven
    reminder = message_of(case, MessageKind.REMINDER)

    assert when_due(reminder, case, (), MAIL, SUNDAY).state is MessageState.SENDING


def test_a_confirmation_leaves_while_the_person_sits_there_whatever_the_hour():
    case = a_case()
    case = replace(case, booking=replace(case.booking, created_at=NIGHT))

    assert when_due(message_of(case, created_at=NIGHT), case, (), MAIL, NIGHT).state is MessageState.SENDING


def test_a_channel_out_of_order_is_waited_for_and_the_place_in_the_queue_is_kept():
    case = a_case(person=a_person(phone="+33476000000"))
    resting = replace(MAIL, resting={Channel.EMAIL: NOW + timedelta(minutes=1)})

    verdict = when_due(message_of(case), case, (), resting, NOW)

    assert (verdict.state, verdict.reason, verdict.due_at) == (MessageState.PLANNED, "resting", None)


def test_a_pressing_message_does_not_wait_for_a_channel_out_of_order():
    case = a_case(in_days(0.4), person=a_person(phone="+33476000000"))
    resting = replace(MAIL, resting={Channel.EMAIL: NOW + timedelta(minutes=1)})

    assert when_due(message_of(case), case, (), resting, NOW).channel is Channel.CALL


@pytest.mark.parametrize(("channel", "most"), MOST_TRIES.items())
def test_the_next_channel_follows_after_so_many_tries(channel, most):
    message = message_of(a_case(), channel=channel)

    outcomes = [after_failure(message, tries, NOW, 0.5)[1] for tries in range(1, most + 1)]

    assert outcomes == [Outcome.FAILED] * (most - 1) + [Outcome.GAVE_UP]


def test_the_wish_of_the_provider_is_kept():
    verdict, _ = after_failure(message_of(a_case()), 1, NOW, 0.0, timedelta(hours=2))

    assert verdict.due_at == NOW + timedelta(hours=2)


@given(tries=st.integers(1, 20), chance=st.floats(0, 1), left=st.integers(1, 100_000), wish=st.integers(0, 100_000))
def test_no_try_is_planned_after_the_end(tries, chance, left, wish):
    message = message_of(a_case(), not_after=NOW + timedelta(seconds=left))

    verdict, outcome = after_failure(message, tries, NOW, chance, timedelta(seconds=wish))

    if outcome is Outcome.FAILED:
        assert NOW + timedelta(seconds=30) <= verdict.due_at < message.not_after
    else:
        assert verdict.due_at is None


def test_a_mail_in_doubt_is_sent_again_because_its_repeat_is_recognised():
    message = message_of(a_case(), MessageKind.REMINDER, channel=Channel.EMAIL)

    assert after_doubt(message, 1, NOW)[0].state is MessageState.PLANNED


def test_a_text_message_in_doubt_is_repeated_only_if_it_changes_something():
    case = a_case()
    reminder = message_of(case, MessageKind.REMINDER, channel=Channel.SMS)
    notice = message_of(case, channel=Channel.SMS)

    assert after_doubt(reminder, 1, NOW)[0].state is MessageState.ACCEPTED
    assert after_doubt(notice, 1, NOW)[0].state is MessageState.PLANNED


def test_a_message_that_fells_its_worker_three_times_takes_another_way():
    message = message_of(a_case(), channel=Channel.EMAIL)

    assert [after_doubt(message, n, NOW)[1] for n in (1, 2, 3)] == [Outcome.IN_DOUBT, Outcome.IN_DOUBT, Outcome.GAVE_UP]
