"""What an agency may decide about messages, and by which ways they then go."""

from dataclasses import replace
from datetime import time

import pytest

from booking.domain.errors import InvalidField
from booking.domain.job_seekers import Channel
from booking.domain.messages import MessageKind
from booking.domain.policies import BY_MACHINE, DEFAULT, WAYS, Group, Policy, SmsNo, read, written
from booking.domain.reminder_rules import Rule
from booking.domain.ways import ways_of
from tests.given_cases import a_person

EMAIL, SMS, CALL, LETTER, HAND = Channel.EMAIL, Channel.SMS, Channel.CALL, Channel.LETTER, Channel.HAND
EVENING = Rule(1, time(18))
EVERYTHING = {
    "email": "awa@example.org",
    "phone": "+33612345678",
    "phone_takes_sms": True,
    "address": "1 rue des Alpes",
    "postcode": "38000",
    "commune": "Grenoble",
}


def refused(policy: Policy) -> dict[str, str]:
    with pytest.raises(InvalidField) as refusal:
        policy.checked()
    return refusal.value.facts["fields"]


class TestWays:
    def test_as_usual_they_are_those_of_the_person(self):
        person = a_person(**EVERYTHING)

        assert {DEFAULT.ways_to(person, group) for group in Group} == {person.channels()}

    def test_the_agency_says_their_order_for_each_group_of_messages(self):
        policy = replace(DEFAULT, reminder=(SMS, EMAIL), change=(CALL, SMS))
        person = a_person(**EVERYTHING)

        assert ways_of(MessageKind.REMINDER, person, policy)[:2] == (SMS, EMAIL)
        assert ways_of(MessageKind.SESSION_CANCELLED, person, policy)[:2] == (CALL, SMS)
        assert ways_of(MessageKind.CONFIRMATION, person, policy)[0] is EMAIL

    def test_the_wish_of_the_person_goes_before_the_order(self):
        policy = replace(DEFAULT, reminder=(SMS,))

        assert policy.ways_to(a_person(**EVERYTHING, preferred=LETTER), Group.REMINDER)[:2] == (LETTER, SMS)

    def test_a_machine_that_is_off_is_not_used_even_where_it_is_wished(self):
        policy = replace(DEFAULT, off=frozenset({SMS}))

        assert SMS not in policy.ways_to(a_person(**EVERYTHING, preferred=SMS), Group.REMINDER)

    def test_nobody_is_out_of_reach_because_his_only_way_is_not_in_the_order(self):
        policy = replace(DEFAULT, reminder=(SMS,))

        assert policy.ways_to(a_person(), Group.REMINDER) == (EMAIL, HAND)

    def test_people_come_before_machines_that_the_order_leaves_out(self):
        policy = replace(DEFAULT, reminder=(SMS,))

        assert policy.ways_to(a_person(**EVERYTHING), Group.REMINDER) == (SMS, CALL, LETTER, EMAIL, HAND)

    def test_the_last_way_is_always_a_person(self):
        policy = replace(DEFAULT, off=BY_MACHINE)

        assert policy.ways_to(a_person(), Group.CHANGE) == (HAND,)


class TestWhatMayBeDecided:
    def test_what_is_usual_may_be(self):
        assert DEFAULT.checked() == DEFAULT

    def test_no_reminder_at_all_may_be(self):
        assert replace(DEFAULT, rules=()).checked().rules == ()

    @pytest.mark.parametrize(
        ("wish", "problems"),
        [
            ({"rules": tuple(Rule(day) for day in range(1, 7))}, {"rules": "too-many-reminders"}),
            ({"rules": (Rule(0),)}, {"rule_1": "out-of-range"}),
            ({"rules": (Rule(31),)}, {"rule_1": "out-of-range"}),
            ({"rules": (Rule(hours=73),)}, {"rule_1": "out-of-range"}),
            ({"rules": (Rule(1), Rule(1))}, {"rule_2": "twice"}),
            ({"rules": (Rule(1, time(20, 30)),)}, {"rule_1": "outside-hours"}),
            ({"opens": time(6, 59)}, {"opens": "outside-urgent-hours"}),
            ({"closes": time(21, 1)}, {"closes": "outside-urgent-hours"}),
            ({"opens": time(12), "closes": time(13, 59)}, {"closes": "too-narrow"}),
            ({"reminder": ()}, {"reminder": "required"}),
            ({"change": (SMS, SMS)}, {"change": "twice"}),
            ({"offer": (HAND,)}, {"offer": "unknown-choice"}),
            ({"off": frozenset({CALL})}, {"off": "unknown-choice"}),
        ],
    )
    def test_what_makes_no_sense_is_refused_where_it_stands(self, wish, problems):
        assert refused(replace(DEFAULT, **wish)) == problems

    def test_a_policy_is_read_as_it_was_written(self):
        policy = Policy(
            rules=(Rule(7), EVENING, Rule(0, time(8, 30)), Rule(hours=2)),
            reminder=(SMS, CALL),
            off=frozenset({EMAIL}),
            opens=time(9, 30),
            closes=time(18),
            skips_closed_days=False,
            sms_no=SmsNo.FREES,
        )

        assert read(written(policy)) == policy
        assert written(policy)["rules"] == ["d7", "d1-1800", "d0-0830", "h2"]

    def test_what_an_older_version_did_not_know_is_as_usual(self):
        assert read({"opens": "09:00"}) == replace(DEFAULT, opens=time(9))
        assert DEFAULT.offer == WAYS
