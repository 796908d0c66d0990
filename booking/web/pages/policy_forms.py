"""The form of the rules of messages: shown as it is decided, read as it was typed."""

from datetime import time
from typing import Any

from booking.domain.job_seekers import Channel
from booking.domain.policies import MOST_RULES, WAYS, Group, Policy, SmsNo
from booking.domain.reminder_rules import Rule
from booking.web.forms import Form
from booking.web.pages.policy_words import GIVEN_HOUR, HOURS, MORNING, SAME_HOUR


def typed_of(policy: Policy) -> dict[str, Any]:
    """The fields as they are decided."""
    return {
        "rules": [_row(rule) for rule in policy.rules],
        **{group: [str(way) for way in getattr(policy, group)] for group in Group},
        "off": {str(way) for way in policy.off},
        "opens": f"{policy.opens:%H:%M}",
        "closes": f"{policy.closes:%H:%M}",
        "skips_closed_days": policy.skips_closed_days,
        "sms_no": str(policy.sms_no),
    }


def typed_in(form: Form) -> dict[str, Any]:
    """The fields as they were typed; empty rows move up."""
    return {
        "rules": rows_in(form),
        **{group: _order(form, group) for group in Group},
        "off": set(form.all("off")),
        "opens": form.get("opens"),
        "closes": form.get("closes"),
        "skips_closed_days": bool(form.get("skips_closed_days")),
        "sms_no": form.get("sms_no"),
    }


def read(form: Form) -> Policy:
    """What was typed. Raises :class:`InvalidField` for what cannot be read."""
    rules = [_rule(n, row, form) for n, row in enumerate(rows_in(form), start=1)]
    orders = {str(group): [_way(way, group, form) for way in _order(form, group)] for group in Group}
    opens, closes = form.hour("opens"), form.hour("closes")
    off = frozenset(_way(way, "off", form) for way in form.all("off"))
    sms_no = form.choice("sms_no", SmsNo) or SmsNo.ASKS
    form.problems.refuse()
    assert opens and closes  # refused above
    return Policy(
        rules=tuple(rules),
        **{group: tuple(order) for group, order in orders.items()},
        off=off,
        opens=opens,
        closes=closes,
        skips_closed_days=bool(form.get("skips_closed_days")),
        sms_no=sms_no,
    )


def rows_in(form: Form) -> list[dict[str, str]]:
    """The rows of rules that say something."""
    names = (f"rule_{n}" for n in range(1, MOST_RULES + 1))
    rows = ({"kind": form.get(name), "number": form.get(f"{name}_n"), "at": form.get(f"{name}_at")} for name in names)
    return [row for row in rows if row["kind"]]


def _row(rule: Rule) -> dict[str, str]:
    if rule.hours:
        return {"kind": HOURS, "number": str(rule.hours), "at": ""}
    if rule.at is None:
        return {"kind": SAME_HOUR, "number": str(rule.days), "at": ""}
    at = f"{rule.at:%H:%M}"
    return {"kind": GIVEN_HOUR if rule.days else MORNING, "number": str(rule.days or ""), "at": at}


def _rule(n: int, row: dict[str, str], form: Form) -> Rule:
    """One rule; a part that is missing or wrong is noted beside its row."""
    needs_number, needs_hour = row["kind"] != MORNING, row["kind"] in (GIVEN_HOUR, MORNING)
    one = Form([("number", row["number"]), ("at", row["at"])])
    number = one.whole("number") if needs_number else 0
    at = one.hour("at") if needs_hour else None
    problem = next(iter(one.problems.found.values()), "required" if number is None else "")
    if row["kind"] not in (SAME_HOUR, GIVEN_HOUR, MORNING, HOURS):
        problem = "unknown-choice"
    if problem:
        form.problems.add(f"rule_{n}", problem)
    return Rule(hours=number or 0) if row["kind"] == HOURS else Rule(number or 0, at or _midnight(needs_hour))


def _midnight(needs_hour: bool) -> time | None:
    return time() if needs_hour else None


def _order(form: Form, group: Group) -> list[str]:
    ranks = (form.get(f"{group}_{n}") for n in range(1, len(WAYS) + 1))
    return [said for said in ranks if said]


def _way(said: str, name: str, form: Form) -> Channel:
    if said not in set(Channel):
        form.problems.add(name, "unknown-choice")
        return Channel.EMAIL
    return Channel(said)
