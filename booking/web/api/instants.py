"""Points in time as programs send them: with their zone, and within a span that every calendar can show."""

from datetime import UTC, date, datetime
from typing import Annotated

import msgspec

from booking.web.errors import InvalidRequest

EARLIEST, LATEST = datetime(2000, 1, 1, tzinfo=UTC), datetime(2100, 1, 1, tzinfo=UTC)

Instant = Annotated[
    datetime, msgspec.Meta(tz=True, description="ISO 8601 with a zone, like 2026-11-24T09:30:00+01:00.")
]


def near(instant: datetime) -> datetime:
    """The instant in UTC. Raises ValueError far from now, which the decoder reports with its place."""
    if not EARLIEST <= instant <= LATEST:
        raise ValueError("out-of-range")
    return instant.astimezone(UTC)


def asked_day(name: str, day: date) -> date:
    """The day of a query. Raises :class:`InvalidRequest` for one beyond every calendar."""
    if not EARLIEST.date() <= day < LATEST.date():
        raise InvalidRequest(fields={name: "out-of-range"})
    return day


def asked(name: str, instant: datetime | None) -> datetime | None:
    """The instant of a query, in UTC. Raises :class:`InvalidRequest`."""
    if instant is None:
        return None
    if instant.tzinfo is None:
        raise InvalidRequest(fields={name: "no-time-zone"})
    try:
        return near(instant)
    except ValueError as error:
        raise InvalidRequest(fields={name: "out-of-range"}) from error
