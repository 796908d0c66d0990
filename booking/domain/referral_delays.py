"""After how many working days of silence a partner is reminded, and how often, before somebody calls him."""

from dataclasses import dataclass
from datetime import datetime, time
from uuid import UUID

from booking.domain.fields import Problems
from booking.domain.staff_hours import is_working_day
from booking.domain.windows import DAY, Place
from calendars.zones import resolve, today

MORNING = time(8, 30)


@dataclass(frozen=True, slots=True, kw_only=True)
class ReferralDelay:
    """``working_days`` of silence before each reminder; after so many ``reminders`` an adviser calls."""

    agency_id: UUID | None = None
    working_days: int = 10
    reminders: int = 1

    def checked(self) -> "ReferralDelay":
        """This delay, if it is within its bounds; otherwise :class:`InvalidField`."""
        problems = Problems()
        problems.between("working_days", self.working_days, 1, 60)
        problems.between("reminders", self.reminders, 0, 3)
        problems.refuse()
        return self


USUAL = ReferralDelay()


def silence_ends_at(place: Place, working_days: int, now: datetime) -> datetime:
    """The morning after so many working days there."""
    day = today(now, place.time_zone)
    left = working_days
    while left:
        day += DAY
        left -= is_working_day(place, day)
    return resolve(day, MORNING, place.time_zone)
