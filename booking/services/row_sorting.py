"""Which rows of a list are new, changed, unchanged, refused, or look like something of another list."""

from collections import Counter
from collections.abc import Hashable, Sequence
from dataclasses import dataclass, field
from typing import Generic, TypeVar

from booking.services.read_rows import ReadRow, Remark

T = TypeVar("T")


@dataclass(slots=True, kw_only=True)
class Report:
    """What became of each row: it is new, changed, unchanged, ``set_aside`` because it looks like what is known, or
    refused. ``doubtful`` rows are among the first three; ``trifles`` counts rows by what was put right or is not
    there, without harm.
    """

    format: str
    encoding: str
    delimiter: str
    columns: dict[str, str]
    is_dry_run: bool
    read: int
    new: int = 0
    changed: int = 0
    unchanged: int = 0
    set_aside: int = 0
    doubtful: int = 0
    refused: int = 0
    refusals: list[Remark] = field(default_factory=list)
    doubts: list[Remark] = field(default_factory=list)
    trifles: Counter[str] = field(default_factory=Counter)


class Sorting(Generic[T]):
    """Goes through the rows once; what the rows are about says what is known, what is alike, and what is made."""

    def __init__(self, rows: Sequence[ReadRow], report: Report) -> None:
        self.rows, self.report = rows, report
        self.lines: dict[Hashable, int] = {}

    def sort(self) -> list[tuple[T, T | None]]:
        """The things to write, each with what it was before."""
        found = [placed for row in self.rows if (placed := self._place(row))]
        return [(after, before) for after, before in found if after != before]

    def key(self, row: ReadRow) -> Hashable:
        """By what rows of one list are told apart."""
        return row.reference

    def known(self, row: ReadRow) -> T | None:
        """What this row is about already."""
        raise NotImplementedError

    def check(self, row: ReadRow, before: T | None) -> None:
        """Refuse the row where it cannot stand beside the others."""

    def is_set_aside(self, row: ReadRow) -> bool:
        """Whether a new row looks so much like what is known that somebody is asked; it is noted as a doubt."""
        raise NotImplementedError

    def made(self, row: ReadRow, before: T | None) -> T:
        """What it becomes."""
        raise NotImplementedError

    def _place(self, row: ReadRow) -> tuple[T, T | None] | None:
        before = self.known(row)
        self._check_key(row, before)
        is_aside = not row.refusals and before is None and self.is_set_aside(row)
        self._note(row, is_aside)
        if row.refusals or is_aside:
            return None
        after = self.made(row, before)
        self.report.new += before is None
        self.report.unchanged += after == before
        self.report.changed += before is not None and after != before
        return after, before

    def _check_key(self, row: ReadRow, before: T | None) -> None:
        if row.refusals:
            return
        first = self.lines.setdefault(self.key(row), row.row.line)
        if first != row.row.line:
            row.refuse("reference", "same-key", row.reference, str(first))
        self.check(row, before)

    def _note(self, row: ReadRow, is_aside: bool) -> None:
        self.report.refusals += row.refusals
        self.report.refused += bool(row.refusals)
        self.report.set_aside += is_aside
        if not row.refusals:
            self.report.doubts += row.doubts
            self.report.doubtful += bool(row.doubts) and not is_aside
            self.report.trifles.update(set(row.trifles))
