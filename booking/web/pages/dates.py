"""Days, weeks and months as an address says them: jour=2026-11-24, semaine=2026-W48, mois=2026-11."""

from collections.abc import Callable
from datetime import date

# Further away nothing is planned, and the calendar itself ends somewhere.
YEARS = range(2000, 2100)


def day_of(name: str, said: str, today: date) -> date:
    """The first day that a parameter of this name says; today where it cannot be read."""
    try:
        day = READ[name](said)
    except ValueError:
        return today
    return day if day.year in YEARS else today


def day_said(said: str) -> date | None:
    """A day as an address says it, 2026-11-24; None for anything else."""
    try:
        day = date.fromisoformat(said)
    except ValueError:
        return None
    return day if day.year in YEARS else None


def _week(said: str) -> date:
    """The Monday of a week written like 2026-W48 (ISO 8601)."""
    year, week = said.upper().split("-W")
    return date.fromisocalendar(int(year), int(week), 1)


def _written_week(day: date) -> str:
    year, week, _ = day.isocalendar()
    return f"{year}-W{week:02}"


READ: dict[str, Callable[[str], date]] = {
    "jour": date.fromisoformat,
    "semaine": _week,
    "mois": lambda said: date.fromisoformat(f"{said}-01"),
}
WRITTEN: dict[str, Callable[[date], str]] = {
    "jour": date.isoformat,
    "semaine": _written_week,
    "mois": lambda day: f"{day:%Y-%m}",
}
