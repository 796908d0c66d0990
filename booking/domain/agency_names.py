"""What is an agency's own in its name, once the words that every agency shares are left out."""

from collections.abc import Container

from booking.domain.departments import CORSICA
from booking.domain.job_seekers import folded

SHARED = frozenset("agence emploi france pole relai relais travail".split())
OF = frozenset("d de des du".split())
ARTICLES = frozenset("l la le les".split())
ABBREVIATED = {"st": "saint", "ste": "sainte"}
LONGEST_SLUG = 60


def likeness(name: str, department: str) -> tuple[str, str] | None:
    """Equal for two names of one agency in two lists; None where nothing of its own is left in the name."""
    left = " ".join(word for word in _own(name) if word not in OF | ARTICLES)
    where = CORSICA if department in {"2A", "2B"} else department
    return (left, where) if left else None


def slug(name: str, department: str, taken: Container[str]) -> str:
    """The name in a public address; with the department, then a number, where another agency has it already."""
    words = _own(name)
    while words and words[0] in OF:
        words.pop(0)
    plain = "-".join(words)[:LONGEST_SLUG].strip("-") or "agence"
    if plain not in taken:
        return plain
    there = f"{plain}-{department.lower()}"
    return there if there not in taken else _numbered(there, taken)


def _numbered(plain: str, taken: Container[str]) -> str:
    """A free number after a taken one, found by halves: a list may hold thousands of one name."""
    taken_one, free_one = 1, 2
    while f"{plain}-{free_one}" in taken:
        taken_one, free_one = free_one, free_one * 2
    while free_one - taken_one > 1:
        middle = (taken_one + free_one) // 2
        if f"{plain}-{middle}" in taken:
            taken_one = middle
        else:
            free_one = middle
    return f"{plain}-{free_one}"


def _own(name: str) -> list[str]:
    return [ABBREVIATED.get(word, word) for word in folded(name).split() if word not in SHARED]
