"""When a message may leave: quiet hours, Sundays and holidays are kept by choice, in the time of the place."""

from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from functools import lru_cache

from booking.domain.policies import DEFAULT, Policy
from booking.domain.reminder_rules import Rule
from calendars.holidays import holidays
from calendars.zones import midnight, resolve, wall

SUNDAY = 6
DAY = timedelta(days=1)


@dataclass(frozen=True, slots=True)
class Window:
    """Local hours in which messages may leave; ``skips_closed_days`` leaves out Sundays and holidays."""

    opens: time
    closes: time
    skips_closed_days: bool


ORDINARY = Window(time(8), time(20), skips_closed_days=True)
URGENT = Window(time(7), time(21), skips_closed_days=False)


@dataclass(frozen=True, slots=True)
class Place:
    """Where people live by a clock and a calendar: an IANA zone and a territory of public holidays; and what is decided
    there about messages."""

    time_zone: str
    holiday_territory: str
    policy: Policy = DEFAULT

    @property
    def ordinary(self) -> Window:
        """The hours of messages that can wait; those of urgent ones are the same everywhere."""
        return Window(self.policy.opens, self.policy.closes, self.policy.skips_closed_days)

    def begin_of_day(self, instant: datetime) -> datetime:
        """The midnight before this instant."""
        return midnight(wall(instant, self.time_zone).date(), self.time_zone)

    def is_closed(self, day: date) -> bool:
        """Whether this is a Sunday or a public holiday here."""
        return day.weekday() == SUNDAY or day in holidays(self.holiday_territory, day.year)

    def days_before(self, instant: datetime, days: int, at: time | None = None) -> datetime:
        """The same wall-clock time so many days before, or another; in the gap of summer time the first instant after
        it."""
        local = wall(instant, self.time_zone)
        return resolve(local.date() - days * DAY, at or local.time(), self.time_zone)

    def due_at(self, rule: Rule, starts_at: datetime) -> datetime:
        """When a reminder leaves: at its time, or before it where messages would not leave then; hours are elapsed."""
        return _due_at(self, rule, starts_at)

    def earlier(self, instant: datetime, window: Window) -> datetime:
        """The last instant not after this one at which the window is open."""
        local = wall(instant, self.time_zone)
        day, hour = local.date(), min(local.time(), window.closes)
        if hour < window.opens:
            day, hour = day - DAY, window.closes
        while window.skips_closed_days and self.is_closed(day):
            day -= DAY
        return resolve(day, hour, self.time_zone)

    def later(self, instant: datetime, window: Window) -> datetime:
        """The first instant not before this one at which the window is open."""
        local = wall(instant, self.time_zone)
        day, hour = local.date(), max(local.time(), window.opens)
        if hour > window.closes:
            day, hour = day + DAY, window.opens
        while window.skips_closed_days and self.is_closed(day):
            day, hour = day + DAY, window.opens
        return resolve(day, hour, self.time_zone)

    def after_open(self, instant: datetime, lasts: timedelta, window: Window) -> datetime:
        """The instant at which the window has been open for so long since this one."""
        at = self.later(instant, window)
        while at + lasts > (closes := resolve(wall(at, self.time_zone).date(), window.closes, self.time_zone)):
            lasts -= closes - at
            at = self.later(closes + timedelta(seconds=1), window)
        return at + lasts

    def working_days_before(self, instant: datetime, days: int) -> datetime:
        """The same wall-clock time so many working days before (Saturdays, Sundays and holidays do not count)."""
        local = wall(instant, self.time_zone)
        day = local.date()
        while days:
            day -= DAY
            days -= day.weekday() < SUNDAY - 1 and not self.is_closed(day)
        return resolve(day, local.time(), self.time_zone)


@lru_cache(maxsize=10_000)
def _due_at(place: Place, rule: Rule, starts_at: datetime) -> datetime:
    """The same for everybody in a session."""
    hours = timedelta(hours=rule.hours)
    wished = starts_at - hours if hours else place.days_before(starts_at, rule.days, rule.at)
    return place.earlier(wished, place.ordinary)
