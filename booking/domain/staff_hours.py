"""When mails to staff leave, by the clock of the place: the roster the evening before, the rest on working mornings."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta

from booking.domain.staff_messages import StaffMessageKind
from booking.domain.windows import DAY, SUNDAY, Place
from calendars.zones import resolve, wall

SATURDAY = SUNDAY - 1
EVENING, BEFORE_WORK = time(18), time(7, 30)
# Whoever has not heard by noon looks at his page.
NOON = time(12)
MORNINGS = {
    StaffMessageKind.DIGEST: BEFORE_WORK,
    StaffMessageKind.DECISIONS: time(8),
    StaffMessageKind.CALLS: time(8, 15),
}


@dataclass(frozen=True, slots=True)
class Slot:
    """A kind of mail that is due in a place now: about which day, and of use until when; a second one leaves only where
    something has changed."""

    kind: StaffMessageKind
    about_on: date
    not_after: datetime
    is_second: bool = False


def slots(place: Place, now: datetime) -> Iterator[Slot]:
    """What is due at this moment; the same a minute later, so that a beat may be missed."""
    local = wall(now, place.time_zone)
    today, hour, zone = local.date(), local.time(), place.time_zone
    if hour >= EVENING:
        ends_at = resolve(today + DAY, BEFORE_WORK, zone)
        yield Slot(StaffMessageKind.ROSTER, today + DAY, ends_at)
    elif hour >= BEFORE_WORK:
        yield Slot(StaffMessageKind.ROSTER, today, resolve(today, EVENING, zone), is_second=True)
    if hour < NOON and is_working_day(place, today):
        for kind, begins in MORNINGS.items():
            is_late = kind is StaffMessageKind.DIGEST and _worked_before(place, today)
            if hour >= begins and not is_late:
                about = monday_of(today) if kind is StaffMessageKind.DIGEST else today
                yield Slot(kind, about, resolve(today, EVENING, zone))


def is_working_day(place: Place, day: date) -> bool:
    """Whether offices are at work: neither a weekend nor a holiday."""
    return day.weekday() < SATURDAY and not place.is_closed(day)


def monday_of(day: date) -> date:
    """The Monday of its week."""
    return day - timedelta(days=day.weekday())


def _worked_before(place: Place, day: date) -> bool:
    """Whether this week had a working day already, on which its digest has left."""
    monday = monday_of(day)
    return any(is_working_day(place, monday + n * DAY) for n in range(day.weekday()))
