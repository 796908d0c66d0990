"""Two entries of the directory that may be one place: what makes one think so."""

import re
from collections import defaultdict
from collections.abc import Iterable

from booking.domain.job_seekers import folded
from booking.domain.likeness import is_one_slip
from booking.domain.partners import Partner

EMPTY = frozenset("a au aux d de des du en et l la le les".split())
WRITTEN_OUT = {"st": "saint", "ste": "sainte", "mjc": "maison jeunes culture", "mediatheque": "bibliotheque"}
# « Lyon Cedex 3 », « Lyon 7e arrondissement » and « Lyon » are one town here.
_DISTRICT = re.compile(r"\b(cedex|arrondissement|\d+(e|er|eme)?)\b")
SIRET_LENGTH = 14
# A slip in a short name makes another name of it.
LONG_ENOUGH = 8


def alike(one: Partner, other: Partner) -> bool:
    """Whether they may be one: the same name, or nearly, in one town, or one establishment at one address."""
    is_there = town(one) == town(other)
    mine, theirs = own_words(one.name), own_words(other.name)
    if is_there and (mine == theirs or _nearly(mine, theirs)):
        return True
    is_one = len(one.pivot) == SIRET_LENGTH and one.pivot == other.pivot
    return is_one and is_there and folded(one.address) == folded(other.address)


def town(partner: Partner) -> str:
    """The town by which two are compared."""
    return " ".join(_DISTRICT.sub(" ", folded(partner.commune)).split())


def own_words(name: str) -> tuple[str, ...]:
    """The words of a name in no order, without those that say nothing."""
    words = (WRITTEN_OUT.get(word, word) for word in folded(name).split() if word not in EMPTY)
    return tuple(sorted(words))


class Known:
    """The partners among which one looks for another, by town."""

    def __init__(self, partners: Iterable[Partner]) -> None:
        self._by_town: dict[str, list[Partner]] = defaultdict(list)
        for partner in partners:
            self._by_town[town(partner)].append(partner)

    def like(self, partner: Partner) -> list[Partner]:
        """Those that may be this one, but for itself."""
        return [one for one in self._by_town[town(partner)] if one.id != partner.id and alike(one, partner)]


def _nearly(mine: tuple[str, ...], theirs: tuple[str, ...]) -> bool:
    one, other = " ".join(mine), " ".join(theirs)
    return min(len(one), len(other)) >= LONG_ENOUGH and not _differ_by_number(one, other) and is_one_slip(one, other)


def _differ_by_number(one: str, other: str) -> bool:
    return re.findall(r"\d+", one) != re.findall(r"\d+", other)
