"""A page of help: one task, step by step. What stands in « » is a name on the screen, and is checked to be one."""

from collections.abc import Mapping
from dataclasses import dataclass

from booking.domain.job_seekers import folded
from booking.language import Translate


@dataclass(frozen=True, slots=True)
class Topic:
    """What one wants to do, what it is good for, how it goes, and what is good to know."""

    title: str
    what: str
    steps: tuple[str, ...]
    notes: tuple[str, ...] = ()

    def holds(self, words: list[str], say: Translate) -> bool:
        """Whether it tells of all these words, in the reader's language, accents aside."""
        text = folded(" ".join(say(sentence) for sentence in self.sentences()))
        return all(word in text for word in words)

    def sentences(self) -> tuple[str, ...]:
        """All it says."""
        return (self.title, self.what, *self.steps, *self.notes)


def lines(*said: str) -> tuple[str, ...]:
    """Sentences that stand one below the other."""
    return said


def search(topics: Mapping[str, Topic], said: str, say: Translate) -> dict[str, Topic]:
    """The topics that tell of every word said; those that have it in the title come first."""
    words = folded(said).split()
    found = [(slug, topic) for slug, topic in topics.items() if topic.holds(words, say)]
    titled = [one for one in found if all(word in folded(say(one[1].title)) for word in words)]
    return dict([*titled, *(one for one in found if one not in titled)])
