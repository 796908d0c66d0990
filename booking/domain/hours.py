"""Hours of the week: when a room is open, when somebody can be planned."""

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime, time

from booking.domain.fields import Problems

# Two a day: before and after lunch.
MOST_SPANS = 14
_SPAN = re.compile(r"([0-6]) (\d\d:\d\d)-(\d\d:\d\d)")


@dataclass(frozen=True, slots=True, order=True)
class Span:
    """From one hour to another on a day of the week; Monday is 0."""

    weekday: int
    opens: time
    closes: time


def written(spans: Iterable[Span]) -> str:
    """The spans as they are kept: ``0 08:30-12:00; 0 13:30-17:00``."""
    return "; ".join(f"{span.weekday} {span.opens:%H:%M}-{span.closes:%H:%M}" for span in sorted(spans))


def read(text: str) -> tuple[Span, ...]:
    """The spans of a text that :func:`written` made."""
    found = _SPAN.findall(text)
    return tuple(Span(int(day), time.fromisoformat(opens), time.fromisoformat(closes)) for day, opens, closes in found)


def check(problems: Problems, name: str, spans: Sequence[Span]) -> None:
    """Note what is wrong with each span under ``name.n``, n from 1: it ends before it begins, or covers another."""
    for n, span in enumerate(spans, start=1):
        if span.closes <= span.opens:
            problems.add(f"{name}.{n}", "ends-before-it-starts")
        elif any(_meet(span, other) for other in spans[: n - 1]):
            problems.add(f"{name}.{n}", "overlaps")
    if len(spans) > MOST_SPANS:
        problems.add(name, "too-many")


def _meet(one: Span, other: Span) -> bool:
    return one.weekday == other.weekday and one.opens < other.closes and other.opens < one.closes


def cover(spans: Iterable[Span], begins: datetime, ends: datetime) -> bool:
    """Whether these hours of one day, in the time of the place, lie within a span; always when there is none at all."""
    spans = list(spans)
    same_day = [span for span in spans if span.weekday == begins.weekday() and begins.date() == ends.date()]
    return not spans or any(span.opens <= begins.time() and ends.time() <= span.closes for span in same_day)
