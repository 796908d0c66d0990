"""How long each kind of data is kept: the usual delay, and the bounds within which a network may choose its own."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from enum import StrEnum

from booking.domain.fields import Problems


class Rule(StrEnum):
    """A kind of data that goes by itself."""

    PEOPLE = "people"
    WORDS = "words"
    LOGS = "logs"
    CALENDARS = "calendars"
    LINKS = "links"
    KEYS = "keys"
    SIGN_INS = "sign_ins"

    @property
    def field(self) -> str:
        """Under which name its delay is asked for."""
        return f"{self.value}_days"


@dataclass(frozen=True, slots=True)
class Delay:
    """In days."""

    usual: int
    shortest: int
    longest: int


# People: two years after the last contact. Words of messages: a month; that they left: six months. A key of a request
# is promised for seven days. A link that was given up still says so for a while.
DELAYS: Mapping[Rule, Delay] = {
    Rule.PEOPLE: Delay(730, 180, 1095),
    Rule.WORDS: Delay(30, 7, 30),
    Rule.LOGS: Delay(183, 60, 365),
    Rule.CALENDARS: Delay(183, 30, 365),
    Rule.LINKS: Delay(90, 30, 365),
    Rule.KEYS: Delay(7, 7, 30),
    Rule.SIGN_INS: Delay(1, 0, 30),
}


@dataclass(frozen=True, slots=True)
class Delays:
    """What a network has decided; whatever it did not decide is as usual."""

    days: Mapping[Rule, int] = field(default_factory=dict)

    def of(self, rule: Rule) -> int:
        """Days."""
        return self.days.get(rule, DELAYS[rule].usual)

    def before(self, rule: Rule, now: datetime) -> datetime:
        """What is older than this goes."""
        return now - timedelta(days=self.of(rule))

    def checked(self) -> "Delays":
        """These delays, if each is within its bounds; otherwise :class:`InvalidField`."""
        problems = Problems()
        for rule, days in self.days.items():
            problems.between(rule.field, days, DELAYS[rule].shortest, DELAYS[rule].longest)
        problems.refuse()
        return self


@dataclass(frozen=True, slots=True)
class Due:
    """How much of a kind is old enough to go, and since when the oldest of it has been there."""

    rule: Rule
    days: int
    count: int
    oldest: datetime | None = None
