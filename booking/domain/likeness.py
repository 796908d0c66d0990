"""Two entries that may be one person: what makes one think so."""

from collections import defaultdict
from collections.abc import Iterable, Iterator
from enum import StrEnum
from itertools import combinations

from booking.domain.finding import email_sign, phone_sign
from booking.domain.job_seekers import JobSeeker, folded

# Of very many who share one trait (a reception's telephone, say), nobody is the other because of it.
TOO_COMMON = 12


class Likeness(StrEnum):
    """Why two may be one, the surest first."""

    IDENTIFIER = "identifier"
    NAME = "name"
    SWAPPED = "swapped"
    PHONE = "phone"
    EMAIL = "email"
    ONE_LETTER = "one_letter"


def alike(one: JobSeeker, other: JobSeeker) -> Likeness | None:
    """The surest reason to think that these are one person, or None.

    A known year of birth that differs speaks against a name that is only nearly the same, and together with two
    identifiers against any name.
    """
    if one.identifier and one.identifier == other.identifier:
        return Likeness.IDENTIFIER
    mine, theirs = _name(one), _name(other)
    apart = bool(one.birth_year and other.birth_year and one.birth_year != other.birth_year)
    are_two = apart and one.identifier and other.identifier
    if mine == theirs and not are_two:
        return Likeness.NAME
    if mine == theirs[::-1] and not are_two:
        return Likeness.SWAPPED
    if one.phone and one.phone == other.phone:
        return Likeness.PHONE
    if one.email and email_sign(one.email) == email_sign(other.email or ""):
        return Likeness.EMAIL
    return None if apart or not _nearly(mine, theirs) else Likeness.ONE_LETTER


def traits(person: JobSeeker) -> set[str]:
    """What this person shares with everybody whom :func:`alike` may mean: to look among these only.

    Of two names that differ by one letter, one part is the same, and the other without some letter.
    """
    last, first = _name(person)
    shared = {f"{same} {rest}" for same, part in ((last, first), (first, last)) for rest in _shorter(part)}
    shared |= {phone_sign(person.phone)} if person.phone else set()
    shared |= {email_sign(person.email)} if person.email else set()
    return shared | ({f"= {person.identifier}"} if person.identifier else set())


def pairs(people: Iterable[JobSeeker]) -> list[tuple[JobSeeker, JobSeeker, Likeness]]:
    """Every two who may be one, the surest first; quick for thousands, because only who shares a trait is compared."""
    sharing: dict[str, list[JobSeeker]] = defaultdict(list)
    for person in people:
        for trait in traits(person):
            sharing[trait].append(person)
    found = {
        (one.id, other.id): (one, other, why)
        for some in sharing.values()
        if 1 < len(some) <= TOO_COMMON
        for one, other in combinations(some, 2)
        if (why := alike(one, other))
    }
    order = list(Likeness)
    return sorted(found.values(), key=lambda pair: order.index(pair[2]))


def is_one_slip(one: str, other: str) -> bool:
    """Whether one letter too many, too few, or wrong, or two that changed places, make one word the other."""
    if one == other or abs(len(one) - len(other)) > 1:
        return False
    start = next((n for n, (a, b) in enumerate(zip(one, other, strict=False)) if a != b), min(len(one), len(other)))
    mine, theirs = one[start:], other[start:]
    wrong = mine[1:] == theirs[1:]
    changed = mine[:2] == theirs[:2][::-1] and mine[2:] == theirs[2:]
    return wrong or changed or mine[1:] == theirs or mine == theirs[1:]


def _name(person: JobSeeker) -> tuple[str, str]:
    """Last and first name without accents and blanks: « Ben Ali » may be written « Benali »."""
    return folded(person.last_name).replace(" ", ""), folded(person.first_name).replace(" ", "")


def _nearly(mine: tuple[str, str], theirs: tuple[str, str]) -> bool:
    return any(
        (one[0] == other[0] and is_one_slip(one[1], other[1])) or (one[1] == other[1] and is_one_slip(one[0], other[0]))
        for one, other in ((mine, theirs), (mine, theirs[::-1]))
    )


def _shorter(word: str) -> Iterator[str]:
    yield word
    yield from (word[:n] + word[n + 1 :] for n in range(len(word)))
