"""Figures as they leave the house: a file for a spreadsheet, and one page for the steering committee."""

from collections.abc import Callable
from datetime import date, datetime
from typing import Any, BinaryIO

from booking.documents import figure_lists
from booking.documents.figure_lists import About, Listed
from booking.documents.sheets import Cell as SheetCell
from booking.domain.exports import Format
from booking.domain.periods import Period
from booking.domain.statistics import TARGET, Statistics, Totals
from booking.language import FRENCH, Translate
from booking.services.statistics import ZONE, Choices, Wanted
from booking.web import moments
from booking.web.pages import statistic_charts as drawn
from booking.web.pages import statistic_tables as tables
from booking.web.pages import statistic_words as words
from booking.web.pages.statistic_tables import Table
from calendars.zones import wall

PAPER = ("lost", "reminded", "steps", "referrals")


def about(found: Statistics, wanted: Wanted, choices: Choices, now: datetime) -> About:
    """What was asked for, in words."""
    agency = next((one.name for one in choices.agencies if one.id == wanted.agency_id), "")
    every = "toutes les agences" if len(choices.agencies) > 1 else choices.agencies[0].name if choices.agencies else ""
    phase = f" ({words.PHASES[wanted.phase].lower()})" if wanted.phase else ""
    title = next((one.title for one in choices.workshops if one.id == wanted.workshop_id), "tous les ateliers")
    at = wall(found.counted_at or now, ZONE)
    days = [moments.full_day(day, language=FRENCH) for day in (found.period.begins, found.period.last)]
    return About(agency or every + phase, title, f"du {days[0]} au {days[1]}", f"{at:%d/%m/%Y %H:%M}")


def days_of(period: Period, language: str) -> Callable[[date], str]:
    """How a week or a month of this period is called."""

    def said(on: date) -> str:
        if period.months > 1:
            names = moments.SHORT_MONTHS if language == FRENCH else [name[:3] for name in moments.MONTHS]
            return f"{names[on.month - 1]} {on:%y}"
        return moments.short_day(on, language=language)

    return said


def changes(found: Statistics, say: Translate) -> dict[str, tuple[str, bool | None]]:
    """How each leading figure differs from the period before, in words, and whether that is better."""
    now, before = found.total, found.before
    if not before["sessions"]:
        return dict.fromkeys(words.LEADING, ("", None))
    points = say("%(n)s points")
    return {
        "fill": _change(_points(now.fill, before.fill), points, 1),
        "came": _change(_less(now["came"], before["came"]), say("%(n)s personnes"), 1),
        "absence": _change(_points(now.absence, before.absence), points, -1),
        "wait": _change(_less(now.wait, before.wait), say("%(n)s jours"), -1),
    }


def _change(by: float | None, unit: str, good: int) -> tuple[str, bool | None]:
    if by is None:
        return "", None
    number = round(by, 1) if isinstance(by, float) and abs(by) < 10 else round(by)
    said = f"{number:+g}".replace(".", ",").replace("-", "−")
    return unit % {"n": "0" if not number else said}, None if not number else (number * good > 0)


def _points(now: float | None, before: float | None) -> float | None:
    return None if now is None or before is None else 100 * (now - before)


def _less(now: float | None, before: float | None) -> float | None:
    return None if now is None or before is None else now - before


def write(target: BinaryIO, kind: Format, found: Statistics, said: About, say: Translate) -> None:
    """Every table as a file, with what each figure counts."""
    made = tables.every(found, say, days_of(found.period, FRENCH))
    titles = words.TABLES | words.LEADING | {"session": words.LINES["sessions"]}
    meanings = [(titles[key], text) for key, text in words.COUNTED.items()]
    meanings.append((drawn.NOT_TOLD, words.NOTES["hidden"]))
    figure_lists.write(target, kind, said, [_listed(one) for one in made], meanings)


def _listed(table: Table) -> Listed:
    heads = [words.HEADS[code] for code in table.heads]
    lines = [(line.name, [_value(table, n, m) for m in range(len(line.cells))]) for n, line in enumerate(table.lines)]
    return Listed(words.TABLES[table.key], heads, lines)


def _value(table: Table, line: int, column: int) -> tuple[SheetCell, str]:
    """A number where it is one; with its unit."""
    value = table.lines[line].cells[column]
    unit = "%" if table.is_share(line, column) else "jours" if table.is_days(line, column) else ""
    if value is None or isinstance(value, str):
        return (drawn.NOT_TOLD if value is None else value), unit
    if unit == "jours":
        return f"{value:.1f}".replace(".", ","), unit
    return (round(100 * value) if unit else round(value)), unit


def report(found: Statistics, said: About, say: Translate) -> dict[str, Any]:
    """The page of the steering committee: leading figures with their change, and the tables that matter."""
    made = {one.key: one for one in tables.every(found, say, days_of(found.period, FRENCH))}
    differs = changes(found, say)
    by = made["agencies"] if len(found.agencies) > 1 else made.get("workshops")
    return {
        "about": {"place": said.place, "workshop": said.workshop, "period": said.period, "counted": said.counted},
        "leading": [
            {
                "title": title,
                "value": leading(found.total, key, say),
                "change": differs[key][0],
                "note": words.COUNTED[key],
            }
            for key, title in words.LEADING.items()
        ],
        "weeks": _bars(made.get("weeks") or made.get("months")),
        "by": _lines(by),
        "tables": [_lines(made[key]) for key in PAPER if key in made],
        "target": drawn.percent(TARGET),
        "notes": [words.COUNTED["session"], words.NOTES["hidden"]],
    }


def leading(totals: Totals, key: str, say: Translate) -> str:
    """One of the four figures, with its unit."""
    value = tables.figure(totals, key)
    if key == "came":
        return drawn.whole(value)
    if key in tables.SHARES or isinstance(value, str):
        return drawn.percent(value)
    return drawn.NOT_TOLD if value is None else say("%(n)s jours") % {"n": drawn.days(value)}


def _bars(table: Table | None) -> list[dict[str, Any]]:
    return (
        [{"name": one.name, "counts": [drawn.whole(cell) for cell in one.cells[1:4]]} for one in table.lines]
        if table
        else []
    )


def _lines(table: Table | None) -> dict[str, Any]:
    if table is None:
        return {"title": "", "heads": [], "rows": []}
    rows = [
        [line.name, *(drawn.cell(table, n, m) for m in range(len(line.cells)))] for n, line in enumerate(table.lines)
    ]
    return {"title": words.TABLES[table.key], "heads": [words.HEADS[code] for code in table.heads], "rows": rows}
