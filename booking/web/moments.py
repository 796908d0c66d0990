"""Days and hours as the screen says them, in the language of whoever reads and by the clock of the place."""

from datetime import date, datetime, time

from babel.dates import format_date

from booking.documents import dates
from booking.documents.spoken import COMMA
from booking.language import ARABIC, ENGLISH
from calendars.zones import wall

DAYS = "Monday Tuesday Wednesday Thursday Friday Saturday Sunday".split()
MONTHS = "January February March April May June July August September October November December".split()

SHORT_MONTHS = "janv. févr. mars avr. mai juin juil. août sept. oct. nov. déc.".split()


def day_of(instant: datetime | date, zone: str = "") -> date:
    """The day on which something happens there; a day is one already."""
    return wall(instant, zone).date() if isinstance(instant, datetime) else instant


def weekday(instant: datetime | date, zone: str = "", *, language: str) -> str:
    """``mardi``."""
    if language == ARABIC:
        return format_date(day_of(instant, zone), "EEEE", locale=ARABIC)
    names = DAYS if language == ENGLISH else dates.DAYS
    return names[day_of(instant, zone).weekday()]


def month(instant: datetime | date, zone: str = "", *, language: str) -> str:
    """``novembre``."""
    if language == ARABIC:
        return format_date(day_of(instant, zone), "MMMM", locale=ARABIC)
    names = MONTHS if language == ENGLISH else dates.MONTHS
    return names[day_of(instant, zone).month - 1]


def number(instant: datetime | date, zone: str = "", *, language: str) -> str:
    """``24``, and ``1er`` in French; Arabic has the digits of its west."""
    said = day_of(instant, zone).day
    return "1er" if said == 1 and language not in (ENGLISH, ARABIC) else str(said)


def day(instant: datetime | date, zone: str = "", *, language: str) -> str:
    """``mardi 24 novembre``."""
    return " ".join(words(instant, zone, language=language) for words in (weekday, number, month))


def short_day(instant: datetime | date, zone: str = "", *, language: str) -> str:
    """``24 nov.``, where there is little room."""
    said = day_of(instant, zone)
    name = MONTHS[said.month - 1][:3] if language == ENGLISH else SHORT_MONTHS[said.month - 1]
    return f"{number(instant, zone, language=language)}{dates.NO_BREAK}{name}"


def full_day(instant: datetime | date, zone: str = "", *, language: str) -> str:
    """``mardi 24 novembre 2026``."""
    return f"{day(instant, zone, language=language)} {day_of(instant, zone).year}"


def hour(instant: datetime, zone: str, *, language: str) -> str:
    """``9 h 30``, or ``9:30`` in English and Arabic."""
    return clock(wall(instant, zone).time(), language=language)


def clock(at: time, *, language: str) -> str:
    """The same for a time on the wall."""
    return f"{at.hour}:{at.minute:02}" if language in (ENGLISH, ARABIC) else dates.hour(at)


def day_and_hour(instant: datetime, zone: str, *, language: str) -> str:
    """``mardi 24 novembre, 9 h 30``, with the comma of the language."""
    said = (words(instant, zone, language=language) for words in (day, hour))
    return f"{COMMA.get(language, ',')} ".join(said)


TOLD = (weekday, number, month, day, short_day, full_day, hour, clock, day_and_hour)
WORDS = {words.__name__: words for words in TOLD}
