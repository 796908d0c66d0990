"""An edit of an older version, beside the version of now: what differs, row by row."""

from collections.abc import Mapping
from dataclasses import dataclass

from booking.web.pages.schedules import Row, Typed


@dataclass(frozen=True, slots=True)
class Difference:
    """What stands now and what was typed; ``row`` is None for the number of seats and for the terms of booking. Each
    side may be missing."""

    row: int | None
    present: str
    mine: str
    is_terms: bool = False


def differences(present: Typed, mine: Typed, names: Mapping[str, str]) -> list[Difference]:
    """Where the form differs from the session as it stands now."""
    seats = [Difference(None, present.capacity, mine.capacity)]
    terms = [Difference(None, str(present.terms), str(mine.terms), is_terms=True)]
    now = {row.id: _said(row, names) for row in present.rows}
    said = {row.id: _said(row, names) for row in mine.rows if row.id}
    dated = [Difference(n, now.get(id, ""), said.get(id, "")) for n, id in enumerate({**now, **said}, start=1)]
    new = [Difference(row.n, "", _said(row, names)) for row in mine.rows if not row.id and not row.is_blank]
    return [found for found in (*seats, *terms, *dated, *new) if found.present != found.mine]


def _said(row: Row, names: Mapping[str, str]) -> str:
    where = [names[key] for key in (row.room, row.facilitator) if key in names]
    return ", ".join([f"{row.date} {row.start}–{row.end}", *where])
