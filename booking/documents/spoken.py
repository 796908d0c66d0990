"""Dates and hours in the languages of messages, always in the digits of Europe, and names set apart from Arabic."""

from datetime import date, datetime, time
from functools import lru_cache

from babel.dates import format_date

from booking.documents import dates
from booking.domain.languages import ARABIC, FRENCH
from calendars.zones import wall

# UAX 9: what stands between these keeps its own direction and leaves that of its line alone.
FIRST_STRONG, LEFT_TO_RIGHT, END = "\u2068", "\u2066", "\u2069"
ENDS = {FRENCH: "{begin} (fin à {end})", "en": "{begin} (ends at {end})", ARABIC: "{begin} (تنتهي على الساعة {end})"}
AT = {"en": "{day} at {hour}", ARABIC: "{day} على الساعة {hour}"}
# What stands between two things that are told in one breath.
COMMA = {ARABIC: "،"}


@lru_cache(maxsize=4096)
def day(said: date, language: str) -> str:
    """``mardi 24 novembre 2026``, ``Tuesday 24 November 2026``."""
    return dates.day(said) if language == FRENCH else format_date(said, "EEEE d MMMM y", locale=language)


def hour(said: time, language: str) -> str:
    """``9 h 30``, or ``9:30``."""
    return dates.hour(said) if language == FRENCH else f"{said.hour}:{said.minute:02}"


def moment(instant: datetime, zone: str, language: str) -> str:
    """Day and hour by the clock of the zone."""
    if language == FRENCH:
        return dates.moment(instant, zone)
    local = wall(instant, zone)
    return AT[language].format(day=day(local.date(), language), hour=hour(local.time(), language))


def span(starts_at: datetime, ends_at: datetime, zone: str, language: str) -> str:
    """When it begins and when it ends."""
    end = hour(wall(ends_at, zone).time(), language)
    return ENDS[language].format(begin=moment(starts_at, zone, language), end=end)


def apart(said: str, language: str) -> str:
    """What people wrote, most of it in French, in a line of Arabic."""
    return f"{FIRST_STRONG}{said}{END}" if said and language == ARABIC else said


def digits(said: str, language: str) -> str:
    """A number to dial or a code, whose groups must not change places."""
    return f"{LEFT_TO_RIGHT}{said}{END}" if said and language == ARABIC else said
