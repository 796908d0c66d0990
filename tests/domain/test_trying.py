"""Trying again: how long between tries, which way next, and when a message is given up."""

from dataclasses import replace
from datetime import timedelta

import pytest

from booking.domain.job_seekers import Channel
from booking.domain.messages import Message, MessageKind, MessageState
from booking.domain.sending import (
    AT_ONCE,
    FINAL,
    Channels,
    Outcome,
    Verdict,
    after_doubt,
    after_failure,
    when_due,
)
from tests.given import HOUR, NOW, in_days
from tests.given_cases import a_case, a_person, message_of

MINUTE, MOMENT = timedelta(minutes=1), timedelta(seconds=1)
MAIL, BOTH = Channels(frozenset({Channel.EMAIL})), Channels(frozenset({Channel.EMAIL, Channel.SMS}))
PHONE = {"phone": "+33639980001", "phone_takes_sms": True}
NIGHT = in_days(0, hour=14)


def an_invitation(case, kind: MessageKind = MessageKind.INVITATION) -> Message:
    return replace(message_of(case), kind=kind)


def pause(tries: int, chance: float, retry_after: timedelta | None = None) -> timedelta:
    verdict, _ = after_failure(message_of(a_case()), tries, NOW, chance, retry_after)
    return verdict.due_at - NOW


class TestPauses:
    @pytest.mark.parametrize("tries", range(1, 8))
    def test_by_chance_a_pause_may_always_be_half_a_minute(self, tries):
        assert pause(tries, 0.0) == timedelta(seconds=30)

    @pytest.mark.parametrize(("tries", "longest"), [(1, 90), (2, 270), (3, 810), (4, 1800), (5, 1800), (7, 1800)])
    def test_the_longest_pause_grows_threefold_up_to_half_an_hour(self, tries, longest):
        assert pause(tries, 1.0) == timedelta(seconds=longest)
        assert pause(tries, 0.5) == timedelta(seconds=30 + (longest - 30) / 2)

    def test_a_provider_that_wants_less_than_we_wait_is_waited_for_as_we_do(self):
        assert pause(3, 1.0, MINUTE) == timedelta(seconds=810)
        assert pause(3, 1.0, HOUR) == HOUR

    def test_a_try_after_the_end_is_none(self):
        message = message_of(a_case(), not_after=NOW + 30 * MOMENT)

        verdict, outcome = after_failure(message, 1, NOW, 0.0)

        assert outcome is Outcome.GAVE_UP
        assert verdict == Verdict(MessageState.PLANNED, reason="gave-up")

    def test_a_try_that_failed_stays_on_its_way(self):
        verdict, outcome = after_failure(message_of(a_case(), channel=Channel.EMAIL), 1, NOW, 0.0)

        assert outcome is Outcome.FAILED
        assert (verdict.state, verdict.channel, verdict.reason) == (MessageState.PLANNED, Channel.EMAIL, "failed")


class TestDoubt:
    @pytest.mark.parametrize("kind", [MessageKind.CONFIRMATION, MessageKind.REMINDER])
    def test_what_is_of_no_use_any_more_is_not_said_again(self, kind):
        message = message_of(a_case(), kind, not_after=NOW, channel=Channel.EMAIL)

        verdict, outcome = after_doubt(message, 1, NOW)

        assert (verdict.state, verdict.channel, outcome) == (MessageState.EXPIRED, Channel.EMAIL, Outcome.IN_DOUBT)

    def test_what_is_said_again_leaves_at_once_by_the_same_way(self):
        verdict, _ = after_doubt(message_of(a_case(), channel=Channel.SMS), 1, NOW)

        assert (verdict.state, verdict.channel, verdict.due_at) == (MessageState.PLANNED, Channel.SMS, NOW)

    def test_a_text_message_that_may_have_arrived_counts_as_sent(self):
        verdict, outcome = after_doubt(message_of(a_case(), MessageKind.REMINDER, channel=Channel.SMS), 9, NOW)

        assert (verdict.state, outcome) == (MessageState.ACCEPTED, Outcome.IN_DOUBT)

    def test_every_verdict_of_doubt_says_so(self):
        about = [
            message_of(a_case(), not_after=NOW),
            message_of(a_case(), MessageKind.REMINDER, channel=Channel.SMS),
            message_of(a_case(), channel=Channel.EMAIL),
        ]

        assert {after_doubt(message, 1, NOW)[0].reason for message in about} == {"in-doubt"}

    def test_only_what_was_refused_or_given_up_ends_a_way(self):
        assert set(FINAL) == {Outcome.REFUSED, Outcome.GAVE_UP}


class TestWaysThatRest:
    def resting(self, **until) -> Channels:
        return replace(BOTH, resting={Channel[name.upper()]: at for name, at in until.items()})

    def test_a_way_rests_until_its_moment_and_no_longer(self):
        channels = self.resting(email=NOW + MINUTE)

        assert channels.rest_of(Channel.EMAIL, NOW) == NOW + MINUTE
        assert channels.rest_of(Channel.EMAIL, NOW + MINUTE) is None
        assert channels.rest_of(Channel.SMS, NOW) is None
        assert BOTH.rest_of(Channel.EMAIL, NOW) is None

    def test_a_message_waits_for_its_way_and_says_why(self):
        case = a_case()

        verdict = when_due(message_of(case), case, (), self.resting(email=NOW + MINUTE), NOW)

        assert verdict == Verdict(MessageState.PLANNED, Channel.EMAIL, "resting")

    def test_what_can_wait_no_longer_and_has_no_other_way_is_looked_at_again(self):
        case = a_case()
        pressing = message_of(case, MessageKind.REMINDER, not_after=NOW + 5 * HOUR)

        verdict = when_due(pressing, case, (), self.resting(email=NOW + MINUTE), NOW)

        assert verdict == Verdict(MessageState.PLANNED, Channel.EMAIL, "resting", NOW + MINUTE)

    def test_twelve_hours_before_its_end_it_waits_no_longer(self):
        person = a_person(**PHONE)
        case = a_case(in_days(1), person=person)
        channels = self.resting(email=NOW + MINUTE)

        def taken(not_after):
            return when_due(message_of(case, not_after=not_after), case, (), channels, NOW).channel

        assert taken(NOW + 12 * HOUR) is Channel.EMAIL
        assert taken(NOW + 12 * HOUR - MOMENT) is Channel.SMS

    def test_at_night_the_later_of_both_counts(self):
        case = a_case()
        reminder = message_of(case, MessageKind.REMINDER)
        until_noon = in_days(1, hour=2)

        early = when_due(reminder, case, (), self.resting(email=NIGHT + MINUTE), NIGHT)
        late = when_due(reminder, case, (), self.resting(email=until_noon), NIGHT)

        assert (early.due_at, early.reason) == (in_days(0, hour=22), "outside-hours")
        assert (late.due_at, late.reason) == (until_noon, "outside-hours")


class TestWhenDue:
    def test_what_is_of_use_until_this_minute_is_of_none(self):
        case = a_case()

        assert when_due(message_of(case, not_after=NOW), case, (), MAIL, NOW) == Verdict(
            MessageState.EXPIRED, reason="too-late"
        )
        assert when_due(message_of(case, not_after=NOW + MOMENT), case, (), MAIL, NOW).state is MessageState.SENDING

    def test_what_is_no_longer_so_says_that_it_was_changed(self):
        case = a_case()
        ended = replace(case, booking=replace(case.booking, sequence=1))

        assert when_due(message_of(case), ended, (), MAIL, NOW).reason == "changed"

    def test_a_calendar_entry_that_no_mail_brings_is_not_missed(self):
        case = a_case(person=a_person(email=None, **PHONE))

        for used in ((), {Channel.EMAIL}):
            verdict = when_due(an_invitation(case), case, used, BOTH, NOW)
            assert (verdict.state, verdict.reason) == (MessageState.SUPPRESSED, "by-mail-only")

    def test_a_way_that_was_tried_in_vain_is_not_tried_again(self):
        case = a_case(person=a_person(**PHONE))

        assert when_due(message_of(case), case, {Channel.EMAIL}, BOTH, NOW).channel is Channel.SMS
        assert when_due(message_of(case), case, {Channel.EMAIL, Channel.SMS}, BOTH, NOW).channel is Channel.CALL

    @pytest.mark.parametrize("age", [timedelta(), HOUR - MOMENT])
    def test_what_was_agreed_within_the_hour_is_said_at_any_hour(self, age):
        case = a_case()
        fresh = message_of(case, created_at=NIGHT - age)

        assert when_due(fresh, case, (), MAIL, NIGHT).state is MessageState.SENDING

    def test_an_hour_later_it_waits_for_the_morning(self):
        case = a_case()
        stale = message_of(case, created_at=NIGHT - HOUR)

        verdict = when_due(stale, case, (), MAIL, NIGHT)

        assert (verdict.state, verdict.due_at) == (MessageState.PLANNED, in_days(0, hour=21))

    def test_bad_news_waits_for_the_morning_however_fresh(self):
        case = a_case()
        notice = replace(message_of(case, created_at=NIGHT), kind=MessageKind.SESSION_MOVED)

        assert when_due(notice, case, (), MAIL, NIGHT).state is MessageState.PLANNED
        assert {MessageKind.CONFIRMATION, MessageKind.WAITLISTED} <= set(AT_ONCE)

    def test_what_must_be_known_before_the_morning_is_said_at_night(self):
        case = a_case()
        notice = replace(message_of(case, created_at=NIGHT), kind=MessageKind.SESSION_MOVED)

        urgent = replace(notice, not_after=in_days(0, hour=21))

        assert when_due(urgent, case, (), MAIL, NIGHT).state is MessageState.SENDING

    def test_a_reminder_of_use_at_night_only_is_not_sent(self):
        case = a_case()
        reminder = message_of(case, MessageKind.REMINDER, not_after=in_days(0, hour=21))

        assert when_due(reminder, case, (), MAIL, NIGHT) == Verdict(MessageState.EXPIRED, reason="outside-hours")

    def test_what_a_person_has_to_do_is_theirs_at_any_hour(self):
        case = a_case(person=a_person(email=None, phone="+33476000000"))

        assert when_due(message_of(case), case, (), MAIL, NIGHT) == Verdict(MessageState.TO_DO, Channel.CALL)
