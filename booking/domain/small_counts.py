"""Counts of people that are told outside: a small one could point at somebody, so it is hidden.

A hidden count must not come back by subtraction: where only one is hidden and the sum is told, the next smallest is
hidden with it (secondary suppression).
"""

from collections.abc import Mapping
from typing import TypeVar

SMALLEST = 5
K = TypeVar("K")


def told(counts: Mapping[K, int], *, smallest: int = SMALLEST) -> dict[K, int | None]:
    """The same counts, None where one is hidden; they may be shown beside their sum.

    Nobody at all points at nobody and is shown, unless it is needed to hide another. Where the hidden ones together
    are fewer than ``smallest``, one more is hidden, so that their sum points at nobody either.
    """
    hidden = {key for key, number in counts.items() if 0 < number < smallest}
    others = sorted((key for key in counts if key not in hidden), key=lambda key: (counts[key] == 0, counts[key]))
    while hidden and others and (len(hidden) < 2 or sum(counts[key] for key in hidden) < smallest):
        hidden.add(others.pop(0))
    return {key: None if key in hidden else number for key, number in counts.items()}


def told_sum(counts: Mapping[K, int], *, smallest: int = SMALLEST) -> int | None:
    """The sum as it may stand beside them: hidden when it is small itself, or when hiding could not be completed."""
    total = sum(counts.values())
    shown = told(counts, smallest=smallest)
    hidden = [counts[key] for key, number in shown.items() if number is None]
    is_open = bool(hidden) and (len(hidden) < 2 or sum(hidden) < smallest)
    return None if 0 < total < smallest or is_open else total
