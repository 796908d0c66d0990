"""What is typed into the form of the rules of messages, read as it is meant."""

from dataclasses import replace
from datetime import time

import pytest

from booking.domain.errors import InvalidField
from booking.domain.job_seekers import Channel
from booking.domain.policies import DEFAULT, Group, Policy, SmsNo
from booking.domain.reminder_rules import Rule
from booking.web.forms import Form
from booking.web.pages.policy_forms import read, typed_in, typed_of

EVERY_RULE = replace(DEFAULT, rules=(Rule(7), Rule(1, time(18)), Rule(0, time(8, 30)), Rule(hours=2)))


def form_of(policy: Policy, **changed: str) -> Form:
    """The form as the page sends it when nothing else was typed."""
    typed = typed_of(policy)
    pairs = {name: typed[name] for name in ("opens", "closes", "sms_no")}
    pairs |= {"skips_closed_days": "1"} if policy.skips_closed_days else {}
    for n, row in enumerate(typed["rules"], start=1):
        pairs |= {f"rule_{n}": row["kind"], f"rule_{n}_n": row["number"], f"rule_{n}_at": row["at"]}
    for group in Group:
        pairs |= {f"{group}_{n}": way for n, way in enumerate(typed[group], start=1)}
    return Form([*(pairs | changed).items(), *(("off", way) for way in sorted(typed["off"]))])


@pytest.mark.parametrize(
    "policy",
    [
        DEFAULT,
        EVERY_RULE,
        replace(DEFAULT, rules=(), skips_closed_days=False, sms_no=SmsNo.FREES),
        replace(DEFAULT, reminder=(Channel.SMS,), off=frozenset({Channel.EMAIL}), opens=time(9, 30)),
    ],
)
def test_what_is_shown_is_read_as_it_was(policy):
    assert read(form_of(policy)) == policy


def test_an_empty_row_in_between_moves_the_others_up():
    form = form_of(EVERY_RULE, rule_1="")

    assert [rule.name for rule in read(form).rules] == ["d1-1800", "d0-0830", "h2"]
    assert typed_in(form)["rules"][0]["kind"] == "jours-heure"


@pytest.mark.parametrize(
    ("typed", "problems"),
    [
        ({"rule_1_n": ""}, {"rule_1": "required"}),
        ({"rule_1_n": "sept"}, {"rule_1": "not-a-number"}),
        ({"rule_2_at": ""}, {"rule_2": "required"}),
        ({"rule_3_at": "25:00"}, {"rule_3": "not-an-hour"}),
        ({"rule_1": "jamais"}, {"rule_1": "unknown-choice"}),
        ({"reminder_1": "pigeon"}, {"reminder": "unknown-choice"}),
        ({"off": "pigeon"}, {"off": "unknown-choice"}),
        ({"opens": "tôt"}, {"opens": "not-an-hour"}),
        ({"sms_no": "peut-être"}, {"sms_no": "unknown-choice"}),
    ],
)
def test_what_cannot_be_read_is_named_where_it_stands(typed, problems):
    with pytest.raises(InvalidField) as refusal:
        read(form_of(EVERY_RULE, **typed))

    assert refusal.value.facts["fields"] == problems
