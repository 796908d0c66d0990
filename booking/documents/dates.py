"""Dates and hours as French says them, whatever the language of the machine."""

from datetime import date, datetime, time

from calendars.zones import wall

DAYS = "lundi mardi mercredi jeudi vendredi samedi dimanche".split()
MONTHS = "janvier février mars avril mai juin juillet août septembre octobre novembre décembre".split()
NO_BREAK = "\u00a0"


def day(said: date) -> str:
    """``mardi 24 novembre 2026``; the first of a month is ``1er``."""
    number = "1er" if said.day == 1 else str(said.day)
    return f"{DAYS[said.weekday()]} {number} {MONTHS[said.month - 1]} {said.year}"


def hour(said: time) -> str:
    """``9 h 30``, ``14 h``, with spaces at which no line breaks."""
    minutes = f"{NO_BREAK}{said.minute:02}" if said.minute else ""
    return f"{said.hour}{NO_BREAK}h{minutes}"


def moment(instant: datetime, zone: str) -> str:
    """``mardi 24 novembre 2026 à 9 h 30``, by the clock of the zone."""
    local = wall(instant, zone)
    return f"{day(local.date())} à {hour(local.time())}"
