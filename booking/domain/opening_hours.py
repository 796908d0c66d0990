"""Opening hours as OpenStreetMap writes them (wiki Key:opening_hours/specification), as far as lists of places do.

Understood: days of the week, also the nth of a month, months and their days, weeks of the year, public holidays,
several spans a day, ``off``, ``24/7``, a remark in quotes. Whatever says anything else is not understood at all.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta

DAYS = ("Mo", "Tu", "We", "Th", "Fr", "Sa", "Su")
MONTHS = ("Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec")
WHOLE_DAY = 24 * 60
LONGEST = 500
_DAY, _MONTH = f"(?:{'|'.join(DAYS)})", f"(?:{'|'.join(MONTHS)})"
_DAYS = rf"(?:PH|{_DAY}(?:-{_DAY}|\[-?[1-5](?:,-?[1-5])*\])?)"
# The day of a month, and no hour.
_NUMBER = r"\d\d?(?![\d:])"
_DATES = rf"{_MONTH}(?: ?{_NUMBER})?(?: ?- ?(?:{_MONTH}(?: ?{_NUMBER})?|{_NUMBER}))?"
_WEEKS = r"\d\d?(?:-\d\d?(?:/\d\d?)?)?"
_SPAN = r"\d\d?:\d\d ?- ?\d\d?:\d\d"
_RULE = re.compile(
    rf"(?:(?P<dates>{_DATES}(?: ?, ?{_DATES})*):? ?)?"
    rf"(?:week (?P<weeks>{_WEEKS}(?: ?, ?{_WEEKS})*):? ?)?"
    rf"(?:(?P<days>{_DAYS}(?: ?, ?{_DAYS})*):? ?)?"
    rf"(?P<times>24/7|off|closed|{_SPAN}(?: ?, ?{_SPAN})*)"
    r'(?: ?"(?P<remark>[^"]*)")?'
)
_DATE = re.compile(rf"(?P<month>{_MONTH}) ?(?P<day>\d\d?)?(?: ?- ?(?P<to_month>{_MONTH})? ?(?P<to_day>\d\d?)?)?")
# A new rule begins behind a semicolon, or behind a comma after an hour: such a one takes nothing back.
_BETWEEN = re.compile(r'\s*(;)(?=(?:[^"]*"[^"]*")*[^"]*$)\s*|(?<=:\d\d)\s*(,)\s*(?=[A-Z]|week )')


@dataclass(frozen=True, slots=True, order=True)
class Period:
    """From one minute of the day to another, 1440 being midnight at its end."""

    opens: int
    closes: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Rule:
    """On which days it counts, and the periods of such a day; without any the place is closed.

    ``days`` are pairs of weekday and which one of the month (0 is every one, -1 the last); ``dates`` are pairs of month
    and day; ``weeks`` are first, last and step (ISO 8601). None of a kind is no condition. One that ``adds`` leaves
    what was said before.
    """

    days: frozenset[tuple[int, int]] = frozenset()
    on_holidays: bool = False
    dates: tuple[tuple[tuple[int, int], tuple[int, int]], ...] = ()
    weeks: tuple[tuple[int, int, int], ...] = ()
    periods: tuple[Period, ...] = ()
    adds: bool = False

    @property
    def is_for_every_day(self) -> bool:
        """Whether it says nothing of days, and so speaks of holidays, too."""
        return not self.days and not self.on_holidays

    def counts_on(self, day: date, *, is_holiday: bool) -> bool:
        """Whether it speaks of this day."""
        is_named = self.is_for_every_day or (self.on_holidays and is_holiday) or self._names(day)
        return is_named and self._is_in_dates(day) and self._is_in_weeks(day.isocalendar().week)

    def _names(self, day: date) -> bool:
        left = ((day.replace(day=28) + timedelta(days=4)).replace(day=1) - day).days
        nth, from_end = (day.day - 1) // 7 + 1, -((left - 1) // 7 + 1)
        return not self.days.isdisjoint((day.weekday(), n) for n in (0, nth, from_end))

    def _is_in_dates(self, day: date) -> bool:
        at = (day.month, day.day)
        within = (
            first <= at <= last if first <= last else at >= first or at <= last  # over the new year
            for first, last in self.dates
        )
        return not self.dates or any(within)

    def _is_in_weeks(self, week: int) -> bool:
        within = (first <= week <= last and (week - first) % step == 0 for first, last, step in self.weeks)
        return not self.weeks or any(within)


@dataclass(frozen=True, slots=True)
class OpeningHours:
    """What was understood, in the order in which it was said; later rules take back earlier ones."""

    rules: tuple[Rule, ...]
    remarks: tuple[str, ...] = ()

    @property
    def is_every_week_the_same(self) -> bool:
        """Whether no rule asks for the date."""
        return not any(rule.dates or rule.weeks or any(n for _, n in rule.days) for rule in self.rules)

    def on(self, day: date, *, is_holiday: bool = False) -> tuple[Period, ...] | None:
        """The periods of a day; None for a holiday of which nothing is said."""
        found: tuple[Period, ...] = ()
        is_said = not is_holiday
        for rule in self.rules:
            if rule.counts_on(day, is_holiday=is_holiday):
                found = (*found, *rule.periods) if rule.adds and rule.periods else rule.periods
                is_said |= rule.on_holidays or rule.is_for_every_day
        return tuple(sorted(set(found))) if is_said else None


def understood(said: str) -> OpeningHours | None:
    """The opening hours, or None where any part of them is not understood."""
    if not said.strip() or len(said) > LONGEST:
        return None
    parts = _BETWEEN.split(" ".join(said.split()).rstrip("; "))
    rules, remarks = [], []
    # A separator leaves two marks, of which one is empty.
    for text, comma in zip(parts[::3], [None, *parts[2::3]], strict=True):
        found = _RULE.fullmatch(text)
        rule = _rule(found, adds=comma is not None) if found else None
        if found is None or rule is None:
            return None
        rules.append(rule)
        remarks += [found["remark"]] if found["remark"] else []
    return OpeningHours(tuple(rules), tuple(dict.fromkeys(remarks)))


def _rule(found: re.Match[str], *, adds: bool) -> Rule | None:
    try:
        periods = tuple(_periods(found["times"]))
        dates = tuple(_dates(found["dates"] or ""))
        weeks = tuple(_weeks(found["weeks"] or ""))
    except ValueError:
        return None
    days = found["days"] or ""
    return Rule(
        days=frozenset(_days(days)),
        on_holidays="PH" in days,
        dates=dates,
        weeks=weeks,
        periods=periods,
        adds=adds,
    )


def _periods(said: str) -> Iterator[Period]:
    if said in ("off", "closed"):
        return
    if said == "24/7":
        yield Period(0, WHOLE_DAY)
        return
    for span in said.split(","):
        opens, closes = (_minutes(hour) for hour in span.split("-"))
        # Nobody teaches over midnight: more likely somebody mistyped.
        if not opens < closes <= WHOLE_DAY:
            raise ValueError(span)
        yield Period(opens, closes)


def _minutes(said: str) -> int:
    hour, minute = map(int, said.split(":"))
    if minute > 59:
        raise ValueError(said)
    return hour * 60 + minute


def _days(said: str) -> Iterator[tuple[int, int]]:
    for one in re.findall(_DAYS, said):
        first, last = DAYS.index(one[:2]) if one != "PH" else None, one[3:]
        if first is None:
            continue
        if one[2:3] == "[":
            yield from ((first, int(n)) for n in last.rstrip("]").split(","))
        else:
            count = (DAYS.index(last) - first) % 7 if last else 0
            yield from (((first + more) % 7, 0) for more in range(count + 1))


def _dates(said: str) -> Iterator[tuple[tuple[int, int], tuple[int, int]]]:
    for found in _DATE.finditer(said):
        is_range = bool(found["to_month"] or found["to_day"])
        if is_range and bool(found["day"]) != bool(found["to_day"]):
            raise ValueError(said)
        month = MONTHS.index(found["month"]) + 1
        to_month = MONTHS.index(found["to_month"]) + 1 if found["to_month"] else month
        # A month alone goes to its 31st, whether it has one or not.
        to_day = found["to_day"] if is_range else found["day"]
        for its_month, day in ((month, found["day"]), (to_month, to_day)):
            date(2024, its_month, int(day or 1))
        yield (month, int(found["day"] or 1)), (to_month, int(to_day or 31))


def _weeks(said: str) -> Iterator[tuple[int, int, int]]:
    for one in filter(None, (part.strip() for part in said.split(","))):
        span, _, step = one.partition("/")
        first, _, last = span.partition("-")
        bounds = int(first), int(last or first), int(step or 1)
        if not 1 <= bounds[0] <= bounds[1] <= 53 or bounds[2] < 1:
            raise ValueError(one)
        yield bounds
