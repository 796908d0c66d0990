"""The charts of the page of figures, each from the table that stands under it."""

from collections.abc import Sequence

from markupsafe import Markup

from booking.documents import charts
from booking.documents.charts import Bar, Column, Named
from booking.domain.statistics import TARGET
from booking.language import Translate
from booking.web.pages import statistic_words as words
from booking.web.pages.statistic_tables import Cell, Table

MOST, LONG = 12, 10
NOT_TOLD = "n.c."


def percent(value: Cell) -> str:
    """``71 %``."""
    if isinstance(value, str):
        return value
    return NOT_TOLD if value is None else f"{100 * value:.0f}\u202f%"


def days(value: Cell) -> str:
    """``9,5``; ``16`` where tenths are of no interest."""
    if value is None or isinstance(value, str):
        return value or NOT_TOLD
    return f"{value:.0f}" if value >= LONG else f"{value:.1f}".replace(".", ",")


def whole(value: Cell) -> str:
    """``1 284``."""
    return NOT_TOLD if value is None else f"{value:,}".replace(",", "\u202f") if isinstance(value, int) else str(value)


def cell(table: Table, line: int, column: int) -> str:
    """A cell as it is read."""
    value = table.lines[line].cells[column]
    if isinstance(value, str):
        return value
    if table.is_share(line, column):
        return percent(value)
    return days(value) if table.is_days(line, column) else whole(value)


def seats(table: Table, say: Translate) -> Markup:
    """Seats offered, taken, and people who came, in time."""
    found = [Column(line.name, [_count(line.cells[n]) for n in (1, 2, 3)]) for line in table.lines]
    said = "; ".join(
        say("%(when)s : %(seats)s offertes, %(seated)s prises, %(came)s venues")
        % {
            "when": line.name,
            "seats": whole(line.cells[1]),
            "seated": whole(line.cells[2]),
            "came": whole(line.cells[3]),
        }
        for line in table.lines
    )
    return Markup(charts.columns(Named("g-places", say(words.TABLES[table.key]), said), found))  # noqa: S704 - escaped there


def fills(table: Table, say: Translate) -> Markup:
    """How full each one is, beside the target; the fullest first."""
    at = table.heads.index("fill") - 1
    shares = [(line.name, _share(line.cells[at])) for line in table.lines]
    shares.sort(key=lambda one: -1 if one[1] is None else one[1], reverse=True)
    found = [Bar(name, fill, percent(fill), fill is not None and fill < TARGET) for name, fill in shares]
    mark = say("objectif %(target)s") % {"target": percent(TARGET)}
    return _bars(f"g-{table.key}", say(words.TABLES[table.key]), found[:MOST], mark=TARGET, mark_said=mark)


def absences(table: Table, say: Translate) -> Markup:
    """The share that was absent, line by line, as long as the largest of them makes it."""
    top = max((_share(line.cells[2]) or 0 for line in table.lines), default=0) or 1
    found = [
        Bar(line.name, (_share(line.cells[2]) or 0) / max(top, 0.25), percent(line.cells[2])) for line in table.lines
    ]
    return _bars(f"g-{table.key}", say(words.TABLES[table.key]), found)


def steps(table: Table, say: Translate) -> Markup:
    """One step after another."""
    found = [Bar(line.name, _share(line.cells[1]), _with_share(line.cells)) for line in table.lines]
    return _bars(f"g-{table.key}", say(words.TABLES[table.key]), found)


def _with_share(cells: Sequence[Cell]) -> str:
    return whole(cells[0]) if not isinstance(cells[1], float) else f"{whole(cells[0])} · {percent(cells[1])}"


def _bars(id: str, title: str, found: Sequence[Bar], *, mark: float | None = None, mark_said: str = "") -> Markup:
    text = "; ".join(f"{bar.label} : {bar.said}" for bar in found)
    return Markup(charts.bars(Named(id, title, text), found, mark=mark, mark_said=mark_said))  # noqa: S704 - escaped there


def _share(value: Cell) -> float | None:
    return float(value) if isinstance(value, float | int) else None


def _count(value: Cell) -> int:
    return value if isinstance(value, int) else 0
