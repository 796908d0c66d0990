"""What the answers of a diagnosis suggest, by rules that a manager can read; the adviser decides."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from enum import StrEnum

from booking.domain.fields import Problems
from booking.domain.job_seekers import Channel, folded
from booking.domain.partner_terms import Service
from booking.domain.phrases import Phrase
from booking.domain.workshops import Audience, Level, Workshop

# By the code of each question, the codes of what was answered.
Answers = Mapping[str, tuple[str, ...]]
OFFERS = (Service.SOLIDARITY_PHONE, Service.SOLIDARITY_SIM, Service.SOLIDARITY_INTERNET, Service.EQUIPMENT)
# Ways that need nothing of what a diagnosis may find missing.
WITHOUT_SCREEN = (Channel.LETTER, Channel.CALL)
LONGEST_THEME = 80


class Kind(StrEnum):
    """What sort of thing is suggested."""

    OFFER = "offer"
    WORKSHOP = "workshop"
    PARTNER = "partner"
    CHANNEL = "channel"


@dataclass(frozen=True, slots=True, kw_only=True)
class Suggestion:
    """``what`` is a service of partners, a theme of workshops (empty for any), or a channel.

    ``level`` is that of a workshop, None for every other kind.
    """

    kind: Kind
    what: str = ""
    level: Level | None = None

    @property
    def key(self) -> str:
        """How a decision names it: ``offer:sim``, ``workshop:beginner:Ordinateur``."""
        return ":".join((self.kind, *([self.level] if self.level else []), self.what))

    def check(self, problems: Problems) -> None:
        """Note what is wrong with it, as ``then``."""
        known = {
            Kind.OFFER: OFFERS,
            Kind.PARTNER: tuple(one for one in Service if one not in OFFERS),
            Kind.CHANNEL: WITHOUT_SCREEN,
        }
        if self.kind is Kind.WORKSHOP:
            problems.text("then", self.what, longest=LONGEST_THEME, required=False)
        elif self.what not in known[self.kind]:
            problems.add("then", "unknown-choice")
        if (self.level is not None) != (self.kind is Kind.WORKSHOP):
            problems.add("then", "unknown-choice")


@dataclass(frozen=True, slots=True, kw_only=True)
class Rule:
    """When each question of ``when`` got one of these answers, ``then`` is suggested, with the sentence ``why``."""

    code: str
    when: Answers
    then: Suggestion
    why: Phrase
    is_active: bool = True

    def holds(self, answers: Answers) -> bool:
        """Whether these answers meet every condition; a question left open meets none."""
        return bool(self.when) and all(set(wanted) & set(answers.get(asked, ())) for asked, wanted in self.when.items())


@dataclass(frozen=True, slots=True)
class Suggested:
    """A suggestion, and every reason that the rules give for it."""

    suggestion: Suggestion
    why: tuple[Phrase, ...]


def suggested(rules: Iterable[Rule], answers: Answers) -> list[Suggested]:
    """What the rules suggest for these answers, in their order, each thing once."""
    found: dict[Suggestion, list[Phrase]] = {}
    for rule in rules:
        if rule.is_active and rule.holds(answers):
            found.setdefault(rule.then, []).append(rule.why)
    return [Suggested(suggestion, tuple(why)) for suggestion, why in found.items()]


def fitting(suggestion: Suggestion, catalogue: Iterable[Workshop]) -> list[Workshop]:
    """The workshops that are meant; where none has the theme, those of the level."""
    of_level = [one for one in catalogue if one.level is suggestion.level and one.audience is Audience.JOB_SEEKERS]
    wanted = folded(suggestion.what)
    return [one for one in of_level if wanted in (folded(one.theme), folded(one.theme_code))] or of_level
