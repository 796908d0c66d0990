"""What an agency decides about messages: which reminders, by which ways, at which hours, and what a NON means."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, fields
from datetime import datetime, time
from enum import StrEnum
from typing import Any
from uuid import UUID

from booking.domain.fields import Problems
from booking.domain.job_seekers import Channel, JobSeeker
from booking.domain.reminder_rules import Rule, rule_named

MOST_RULES = 5
# Nobody is disturbed outside these hours, whatever an agency wishes; urgent messages have all of them.
EARLIEST, LATEST = time(7), time(21)
LEAST_HOURS = 2
# What an agency puts in an order; paper in the hand is always the last.
WAYS = (Channel.EMAIL, Channel.SMS, Channel.CALL, Channel.LETTER)
BY_MACHINE = frozenset({Channel.EMAIL, Channel.SMS})
_BY_PEOPLE = (Channel.CALL, Channel.LETTER)


class Group(StrEnum):
    """Kinds of messages that take the same ways."""

    CONFIRMATION = "confirmation"
    REMINDER = "reminder"
    CHANGE = "change"
    OFFER = "offer"


class SmsNo(StrEnum):
    """What a NON by SMS does: the seat is free at once, or the adviser asks first."""

    FREES = "frees"
    ASKS = "asks"


@dataclass(frozen=True, slots=True, kw_only=True)
class Policy:
    """The order of ways for each group of messages is named like the group. ``off`` are machine channels that are not
    used; ordinary messages leave from ``opens`` to ``closes``, on Sundays and holidays only by choice."""

    rules: tuple[Rule, ...] = (Rule(7), Rule(1))
    confirmation: tuple[Channel, ...] = WAYS
    reminder: tuple[Channel, ...] = WAYS
    change: tuple[Channel, ...] = WAYS
    offer: tuple[Channel, ...] = WAYS
    off: frozenset[Channel] = frozenset()
    opens: time = time(8)
    closes: time = time(20)
    skips_closed_days: bool = True
    sms_no: SmsNo = SmsNo.ASKS

    def ways_to(self, person: JobSeeker, group: Group) -> tuple[Channel, ...]:
        """The ways that reach this person with such a message, best first: his own wish, then the order of the agency.

        After it come what is left of people, and of machines that are not off, so that nobody is out of reach; paper
        in the hand is always the last.
        """
        order: tuple[Channel, ...] = getattr(self, group)
        wished = (person.preferred,) if person.preferred else ()
        usable = [way for way in person.channels() if way not in self.off and way is not Channel.HAND]
        ranked = dict.fromkeys((*wished, *order, *_BY_PEOPLE, *WAYS))
        return (*(way for way in ranked if way in usable), Channel.HAND)

    def checked(self) -> "Policy":
        """This policy, if an agency can have it; otherwise :class:`InvalidField`."""
        problems = Problems()
        _check_hours(self, problems)
        _check_rules(self, problems)
        for group in Group:
            order: tuple[Channel, ...] = getattr(self, group)
            if not order:
                problems.add(group, "required")
            if len(set(order)) < len(order):
                problems.add(group, "twice")
            if not set(order) <= set(WAYS):
                problems.add(group, "unknown-choice")
        if not self.off <= BY_MACHINE:
            problems.add("off", "unknown-choice")
        problems.refuse()
        return self


def _check_hours(policy: Policy, problems: Problems) -> None:
    if policy.opens < EARLIEST:
        problems.add("opens", "outside-urgent-hours")
    if policy.closes > LATEST:
        problems.add("closes", "outside-urgent-hours")
    if _minutes(policy.closes) - _minutes(policy.opens) < LEAST_HOURS * 60:
        problems.add("closes", "too-narrow")


def _check_rules(policy: Policy, problems: Problems) -> None:
    if len(policy.rules) > MOST_RULES:
        problems.add("rules", "too-many-reminders")
    for number, rule in enumerate(policy.rules, start=1):
        name = f"rule_{number}"
        if not rule.can_stand:
            problems.add(name, "out-of-range")
        elif rule.at and not policy.opens <= rule.at <= policy.closes:
            problems.add(name, "outside-hours")
        elif rule in policy.rules[: number - 1]:
            problems.add(name, "twice")


def _minutes(at: time) -> int:
    return at.hour * 60 + at.minute


DEFAULT = Policy()


@dataclass(frozen=True, slots=True, kw_only=True)
class Version:
    """A policy as it was decided once. ``workshop_id`` is None for all workshops of the agency; a ``policy`` of None
    takes up again what the agency decides for all, or what is usual everywhere."""

    id: UUID
    agency_id: UUID
    workshop_id: UUID | None
    version: int
    policy: Policy | None
    made_at: datetime
    made_by: UUID | None


def written(policy: Policy) -> dict[str, Any]:
    """A policy as it is kept, and as programs read it."""
    orders = {str(group): [str(way) for way in getattr(policy, group)] for group in Group}
    return {
        "rules": [rule.name for rule in policy.rules],
        **orders,
        "off": sorted(policy.off),
        "opens": f"{policy.opens:%H:%M}",
        "closes": f"{policy.closes:%H:%M}",
        "skips_closed_days": policy.skips_closed_days,
        "sms_no": str(policy.sms_no),
    }


def read(said: Mapping[str, Any]) -> Policy:
    """A policy as it was kept; what it does not name is as usual. Raises :class:`ValueError`."""
    known = {field.name: said[field.name] for field in fields(Policy) if field.name in said}
    makers = {
        "rules": lambda names: tuple(map(rule_named, names)),
        "off": lambda ways: frozenset(map(Channel, ways)),
        "opens": time.fromisoformat,
        "closes": time.fromisoformat,
        "skips_closed_days": bool,
        "sms_no": SmsNo,
    }
    return Policy(**{name: makers.get(name, _ways)(value) for name, value in known.items()})


def _ways(said: Sequence[str]) -> tuple[Channel, ...]:
    return tuple(map(Channel, said))
