"""Hours of the week: when a room is open, when somebody can be planned."""

import re
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, time

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


def cover(spans: Iterable[Span], begins: datetime, ends: datetime) -> bool:
    """Whether these hours of one day, in the time of the place, lie within a span; always when there is none at all."""
    spans = list(spans)
    same_day = [span for span in spans if span.weekday == begins.weekday() and begins.date() == ends.date()]
    return not spans or any(span.opens <= begins.time() and ends.time() <= span.closes for span in same_day)
