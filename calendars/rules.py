"""A rule of repetition as others write it (RFC 5545, 3.3.10): the wall times it gives in a window, at a bounded cost.

dateutil follows a rule day by day until the year 9999 when nothing fits; this looks at the window only, and counts what
it costs. The tests compare the two.
"""

import re
from calendar import isleap, monthrange
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field, replace
from datetime import date, datetime, time, timedelta
from itertools import product

DAYS = ("MO", "TU", "WE", "TH", "FR", "SA", "SU")
FREQUENCIES = ("DAILY", "WEEKLY", "MONTHLY", "YEARLY")
NUMBER = re.compile(r"[+-]?\d{1,5}")
NUMBERED_DAY = re.compile(r"([+-]?\d{1,2})?(MO|TU|WE|TH|FR|SA|SU)")
# A repeated rest of an hour is no appointment.
MOST_TIMES_A_DAY = 24
# Each part with numbers: the lowest and the highest, and whether it counts from the end, too.
BOUNDS = {
    "BYMONTH": (1, 12, False),
    "BYMONTHDAY": (1, 31, True),
    "BYYEARDAY": (1, 366, True),
    "BYWEEKNO": (1, 53, True),
    "BYSETPOS": (1, 366, True),
    "BYHOUR": (0, 23, False),
    "BYMINUTE": (0, 59, False),
    "BYSECOND": (0, 59, False),
}
MOST_DAYS_OF_RULE = 100_000
MOST_DAYS_IN_ALL = 500_000


class BadRule(ValueError):
    """This rule cannot be read."""


class TooOften(ValueError):
    """This rule repeats within the day."""


class TooMuch(ValueError):
    """Following these rules would take too long."""


@dataclass(slots=True)
class Meter:
    """How many days were looked at, for one rule and in all."""

    in_all: int = 0
    of_rule: int = 0

    def begin(self) -> None:
        """Another rule."""
        self.of_rule = 0

    @property
    def is_spent(self) -> bool:
        """Whether nothing more can be looked at."""
        return self.in_all > MOST_DAYS_IN_ALL

    def spend(self, days: int) -> None:
        """Count them; raises :class:`TooMuch`."""
        self.of_rule += days
        self.in_all += days
        if self.of_rule > MOST_DAYS_OF_RULE or self.is_spent:
            raise TooMuch


@dataclass(frozen=True, slots=True, kw_only=True)
class Rule:
    """What repeats; an empty set does not restrict. ``days`` are pairs: which one of its month or year (0: every)."""

    frequency: str
    every: int = 1
    count: int | None = None
    until: str = ""
    week_start: int = 0
    days: frozenset[tuple[int, int]] = frozenset()
    numbers: dict[str, frozenset[int]] = field(default_factory=dict)

    def of(self, name: str) -> frozenset[int]:
        """The numbers of a part."""
        return self.numbers.get(name, frozenset())


def read(value: str) -> Rule:
    """The rule. Raises :class:`BadRule`, and :class:`TooOften` for one that repeats within the day."""
    parts = dict(_parts(value.upper()))
    frequency = parts.get("FREQ", "")
    if frequency in ("HOURLY", "MINUTELY", "SECONDLY"):
        raise TooOften(frequency)
    if frequency not in FREQUENCIES or parts.get("RSCALE", "GREGORIAN") != "GREGORIAN":
        raise BadRule(value)
    numbers = {name: _numbers(parts[name], *BOUNDS[name]) for name in BOUNDS if name in parts}
    times = [len(numbers.get(name, ())) or 1 for name in ("BYHOUR", "BYMINUTE", "BYSECOND")]
    if times[0] * times[1] * times[2] > MOST_TIMES_A_DAY:
        raise TooOften(value)
    every, count = _positive(parts.get("INTERVAL", "1")), _positive(parts["COUNT"]) if "COUNT" in parts else None
    start = parts.get("WKST", "MO")
    if start not in DAYS:
        raise BadRule(value)
    return Rule(
        frequency=frequency,
        every=every,
        count=count,
        until=parts.get("UNTIL", ""),
        week_start=DAYS.index(start),
        days=_days(parts.get("BYDAY", "")),
        numbers=numbers,
    )


def occurrences(rule: Rule, start: datetime, begins: datetime, ends: datetime, meter: Meter) -> Iterator[datetime]:
    """The wall times of the rule from ``start`` on that lie in the window, in order; ``UNTIL`` is left to who asks.

    Raises :class:`TooMuch`.
    """
    meter.begin()
    full = _completed(rule, start)
    first, times = _index(full, start.date()), _times(full, start)
    # Without a number to count up to, what lies before the window need not be looked at.
    skipped = 0 if full.count else max(0, (_index(full, begins.date()) - first) // full.every)
    left = full.count
    for n in range(first + skipped * full.every, _index(full, ends.date()) + 1, full.every):
        for wall in _of_period(full, n, times, meter):
            if wall < start:
                continue
            if left == 0 or wall >= ends:
                return
            left = left - 1 if left else left
            if wall >= begins:
                yield wall


def _parts(value: str) -> Iterator[tuple[str, str]]:
    for part in filter(None, value.strip().split(";")):
        name, sign, said = part.partition("=")
        if not sign or not said or name in ("BYEASTER", "SKIP"):
            raise BadRule(part)
        yield name.strip(), said.strip()


def _numbers(said: str, low: int, high: int, counts_back: bool) -> frozenset[int]:
    words = [word.strip() for word in said.split(",")]
    found = frozenset(int(word) for word in words if NUMBER.fullmatch(word) and word.isascii())
    fits = all(low <= (abs(n) if counts_back else n) <= high for n in found)
    if not found or not fits or not all(NUMBER.fullmatch(word) for word in words):
        raise BadRule(said)
    return found


def _positive(said: str) -> int:
    if not (said.isascii() and said.isdigit() and len(said) < 10 and int(said)):
        raise BadRule(said)
    return int(said)


def _days(said: str) -> frozenset[tuple[int, int]]:
    found = set()
    for word in filter(None, said.split(",")):
        match = NUMBERED_DAY.fullmatch(word.strip())
        if match is None or not match[0].isascii():
            raise BadRule(said)
        found.add((int(match[1] or 0), DAYS.index(match[2])))
    return frozenset(found)


def _completed(rule: Rule, start: datetime) -> Rule:
    """What a rule leaves open, its start says."""
    if rule.days or any(rule.of(name) for name in ("BYMONTHDAY", "BYYEARDAY", "BYWEEKNO")):
        return rule
    if rule.frequency == "WEEKLY":
        return replace(rule, days=frozenset({(0, start.weekday())}))
    more = {"BYMONTHDAY": frozenset({start.day})} if rule.frequency in ("MONTHLY", "YEARLY") else {}
    if rule.frequency == "YEARLY" and not rule.of("BYMONTH"):
        more["BYMONTH"] = frozenset({start.month})
    return replace(rule, numbers=rule.numbers | more)


def _times(rule: Rule, start: datetime) -> list[time]:
    hours, minutes = rule.of("BYHOUR") or {start.hour}, rule.of("BYMINUTE") or {start.minute}
    return sorted(time(*parts) for parts in product(hours, minutes, rule.of("BYSECOND") or {start.second}))


def _index(rule: Rule, day: date) -> int:
    """The number of the day, week, month or year in which this day is."""
    if rule.frequency == "YEARLY":
        return day.year
    if rule.frequency == "MONTHLY":
        return day.year * 12 + day.month - 1
    return day.toordinal() if rule.frequency == "DAILY" else (day.toordinal() - 1 - rule.week_start) // 7


def _of_period(rule: Rule, n: int, times: list[time], meter: Meter) -> list[datetime]:
    days = _days_of(rule, n)
    meter.spend(len(days))
    found = [datetime.combine(day, at) for day in days if all(fits(rule, day) for fits in FITTING) for at in times]
    places = rule.of("BYSETPOS")
    if not places:
        return found
    return [one for place, one in enumerate(found, 1) if place in places or place - len(found) - 1 in places]


def _days_of(rule: Rule, n: int) -> list[date]:
    if rule.frequency == "DAILY":
        return [date.fromordinal(n)]
    if rule.frequency == "WEEKLY":
        monday = n * 7 + 1 + rule.week_start
        return [date.fromordinal(monday + k) for k in range(7) if 0 < monday + k <= date.max.toordinal()]
    year, months = (n, sorted(rule.of("BYMONTH")) or range(1, 13)) if rule.frequency == "YEARLY" else (n // 12, ())
    months = months or [n % 12 + 1]
    return [date(year, month, day) for month in months for day in range(1, monthrange(year, month)[1] + 1)]


def _fits_month(rule: Rule, day: date) -> bool:
    months = rule.of("BYMONTH")
    return not months or day.month in months


def _fits_month_day(rule: Rule, day: date) -> bool:
    wanted = rule.of("BYMONTHDAY")
    return not wanted or day.day in wanted or day.day - monthrange(day.year, day.month)[1] - 1 in wanted


def _fits_year_day(rule: Rule, day: date) -> bool:
    wanted = rule.of("BYYEARDAY")
    n = day.timetuple().tm_yday
    return not wanted or n in wanted or n - _length(day.year) - 1 in wanted


def _fits_week(rule: Rule, day: date) -> bool:
    """Weeks are numbered as in ISO 8601, from whichever day they begin: the first has four days of its year."""
    wanted = rule.of("BYWEEKNO")
    if not wanted:
        return True
    middle = day + timedelta(days=3 - (day.weekday() - rule.week_start) % 7)
    n, last = (middle.timetuple().tm_yday - 1) // 7 + 1, (_length(middle.year) - middle.timetuple().tm_yday) // 7
    return n in wanted or -last - 1 in wanted


def _fits_week_day(rule: Rule, day: date) -> bool:
    if not rule.days or (0, day.weekday()) in rule.days:
        return True
    if rule.frequency in ("DAILY", "WEEKLY"):
        return any(weekday == day.weekday() for _, weekday in rule.days)
    if rule.frequency == "MONTHLY" or rule.of("BYMONTH"):
        n, length = day.day, monthrange(day.year, day.month)[1]
    else:
        n, length = day.timetuple().tm_yday, _length(day.year)
    return not rule.days.isdisjoint({((n - 1) // 7 + 1, day.weekday()), (-((length - n) // 7) - 1, day.weekday())})


def _length(year: int) -> int:
    return 366 if isleap(year) else 365


FITTING: tuple[Callable[[Rule, date], bool], ...] = (
    _fits_month,
    _fits_week_day,
    _fits_month_day,
    _fits_year_day,
    _fits_week,
)
