"""Periods for which figures are told: whole weeks or whole months, and as much time before to compare with."""

from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum

from booking.domain.errors import InvalidField

LONGEST_MONTHS = 36


class Span(StrEnum):
    """What one can choose without a calendar; each ends with the week or month that is running."""

    WEEKS_4 = "4-semaines"
    WEEKS_12 = "12-semaines"
    MONTH = "mois"
    YEAR = "annee"


WEEKS = {Span.WEEKS_4: 4, Span.WEEKS_12: 12}
MONTHS = {Span.MONTH: 1, Span.YEAR: 12}


@dataclass(frozen=True, slots=True)
class Period:
    """From the first day to the day before ``ends``; in ``months`` or, without any, in weeks."""

    begins: date
    ends: date
    months: int = 0

    @property
    def last(self) -> date:
        """The last day."""
        return self.ends - timedelta(days=1)

    @property
    def before(self) -> "Period":
        """As many weeks or months just before."""
        if self.months:
            return Period(_months_on(self.begins, -self.months), self.begins, self.months)
        return Period(self.begins - (self.ends - self.begins), self.begins)

    def part_of(self, day: date) -> date:
        """The first day of the week or month in which a day is shown: of one month weeks, of several months months."""
        if self.months > 1:
            return day.replace(day=1)
        monday = day - timedelta(days=day.weekday())
        return max(monday, self.begins) if self.months else monday


def spanning(span: Span, today: date) -> Period:
    """The period of this name as it is today."""
    if span in MONTHS:
        ends = _months_on(today.replace(day=1), 1)
        return Period(_months_on(ends, -MONTHS[span]), ends, MONTHS[span])
    ends = today - timedelta(days=today.weekday()) + timedelta(days=7)
    return Period(ends - timedelta(days=7 * WEEKS[span]), ends)


def from_months(first: date, last: date) -> Period:
    """Whole months, both included. Raises :class:`InvalidField` when they are none, or too many."""
    months = (last.year - first.year) * 12 + last.month - first.month + 1
    if not 0 < months <= LONGEST_MONTHS:
        raise InvalidField(fields={"au": "bad-period"})
    return Period(first.replace(day=1), _months_on(last.replace(day=1), 1), months)


def _months_on(first: date, months: int) -> date:
    """The first day of the month so many months later."""
    number = first.year * 12 + first.month - 1 + months
    return date(number // 12, number % 12 + 1, 1)
