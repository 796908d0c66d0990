"""Hours of the week, as programs read and write them."""

from collections.abc import Iterable, Sequence
from datetime import time
from typing import Annotated

import msgspec

from booking.domain import hours

Weekday = Annotated[int, msgspec.Meta(ge=0, le=6, description="Monday is 0.")]
# The length refuses a line break, before which a pattern may end.
HOUR = msgspec.Meta(pattern=r"^([01]\d|2[0-3]):[0-5]\d$", max_length=5, description="Like 09:30, the time there.")
Hour = Annotated[str, HOUR]


class SpanOfHours(msgspec.Struct, forbid_unknown_fields=True):
    """From one hour to another on a day of the week; two a day at most."""

    weekday: Weekday
    opens: Hour
    closes: Hour


def spans(said: Iterable[SpanOfHours]) -> tuple[hours.Span, ...]:
    """The hours of a body, in the order in which they were sent."""
    return tuple(hours.Span(one.weekday, time.fromisoformat(one.opens), time.fromisoformat(one.closes)) for one in said)


def views(found: Sequence[hours.Span]) -> list[SpanOfHours]:
    """The hours as a program reads them."""
    return [SpanOfHours(one.weekday, f"{one.opens:%H:%M}", f"{one.closes:%H:%M}") for one in found]
