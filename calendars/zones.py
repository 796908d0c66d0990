"""Zones: from the time on the wall of an agency to the instant all the world shares, and back."""

from datetime import UTC, date, datetime, time, timedelta
from functools import cache
from zoneinfo import ZoneInfo

MINUTE = timedelta(minutes=1)
clock = cache(ZoneInfo)


class NonexistentTime(ValueError):
    """The clocks jump over this wall time on that day."""

    def __init__(self, day: date, time: time, zone: str) -> None:
        super().__init__(day, time, zone)
        self.day, self.time, self.zone = day, time, zone


class NaiveInstant(ValueError):
    """This instant does not say its zone."""


def wall(instant: datetime, zone: str) -> datetime:
    """What the clock on the wall shows; its fold is 1 in the second pass of a doubled hour. Raises NaiveInstant."""
    if instant.tzinfo is None:  # Python would take it for the time of the server
        raise NaiveInstant(instant)
    return instant.astimezone(clock(zone))


def is_doubled(local: datetime) -> bool:
    """Whether the clock on the wall shows this time twice that day."""
    first, second = local.replace(fold=0).utcoffset(), local.replace(fold=1).utcoffset()
    return first is not None and second is not None and first > second


def today(now: datetime, zone: str) -> date:
    """The day it is in the zone."""
    return wall(now, zone).date()


def to_utc(day: date, time: time, zone: str) -> datetime:
    """The instant of a wall time, of a doubled hour the first; raises NonexistentTime in a gap."""
    local = datetime.combine(day, time, clock(zone)).replace(fold=0)
    instant = local.astimezone(UTC)
    if wall(instant, zone) != local:
        raise NonexistentTime(day, time, zone)
    return instant


def resolve(day: date, time: time, zone: str) -> datetime:
    """The instant of a wall time, as to_utc; in a gap the first instant after it."""
    try:
        return to_utc(day, time, zone)
    except NonexistentTime:
        return _end_of_gap(datetime.combine(day, time, clock(zone)))


def midnight(day: date, zone: str) -> datetime:
    """The first instant of the day."""
    return resolve(day, time.min, zone)


def _end_of_gap(skipped: datetime) -> datetime:
    # With fold 1 a skipped time is read with the clock already moved (PEP 495): an instant shortly before the jump.
    moved = skipped.replace(fold=1, second=0, microsecond=0)
    instant = moved.astimezone(UTC)
    while instant.astimezone(moved.tzinfo).utcoffset() != moved.utcoffset():
        instant += MINUTE
    return instant
