"""Rows of cells as a file for spreadsheets: a CSV as French Excel opens it, or an XLSX of any length.

A cell is a text, a whole number, a day, a time, a moment (on the wall of the place, without zone) or nothing.
"""

import csv
import io
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime, time
from pathlib import Path
from typing import BinaryIO

from xlsxwriter import Workbook
from xlsxwriter.worksheet import Worksheet

from booking.documents.session_lists import harmless

Cell = str | int | date | time | datetime | None
Row = Sequence[Cell]
# What a sheet of Excel holds, its head included.
MOST_ROWS = 1_048_576
LOOKS = {datetime: "dd/mm/yyyy hh:mm", date: "dd/mm/yyyy", time: "hh:mm"}
# Nothing is guessed from a text: no number, no link, and above all no formula.
OPTIONS = {
    "constant_memory": True,
    "strings_to_numbers": False,
    "strings_to_formulas": False,
    "strings_to_urls": False,
}


@dataclass(frozen=True, slots=True)
class Sheet:
    """A sheet: its title, and its columns with their widths in characters."""

    title: str
    columns: Sequence[tuple[str, int]]


class Csv:
    """Semicolons, and a sign at the beginning that says UTF-8; the first sheet only, for a CSV has one."""

    def __init__(self, target: BinaryIO, sheets: Sequence[Sheet]) -> None:
        self._target = target
        self._target.write("\ufeff".encode())
        self.write(0, [[name for name, _ in sheets[0].columns]])

    def write(self, sheet: int, rows: Iterable[Row]) -> None:
        """Add rows to a sheet."""
        if sheet:
            return
        written = io.StringIO()
        table = csv.writer(written, delimiter=";", lineterminator="\r\n")
        table.writerows([harmless(_said(cell)) for cell in row] for row in rows)
        self._target.write(written.getvalue().encode())

    def close(self) -> None:
        """Nothing is left to write."""


def _said(cell: Cell) -> object:
    if isinstance(cell, datetime):
        return f"{cell:%d/%m/%Y %H:%M}"
    if isinstance(cell, date):
        return f"{cell:%d/%m/%Y}"
    if isinstance(cell, time):
        return f"{cell:%H:%M}"
    return "" if cell is None else cell


@dataclass(slots=True)
class _Filled:
    """A sheet of which so many rows are written; it goes on in further ones when it is full."""

    sheet: Sheet
    pages: list[Worksheet] = field(default_factory=list)
    rows: int = 0


class Xlsx:
    """Texts stay texts, days and times are real ones; rows wait in ``folder`` and not in memory."""

    def __init__(self, target: BinaryIO, sheets: Sequence[Sheet], folder: Path | None = None) -> None:
        self._book = Workbook(target, OPTIONS | ({"tmpdir": str(folder)} if folder else {}))
        self._head = self._book.add_format({"bold": True, "bottom": 1})
        self._looks = {kind: self._book.add_format({"num_format": look}) for kind, look in LOOKS.items()}
        self._filled = [_Filled(sheet) for sheet in sheets]
        for filled in self._filled:
            self._begin(filled)

    def write(self, sheet: int, rows: Iterable[Row]) -> None:
        """Add rows to a sheet."""
        filled = self._filled[sheet]
        for row in rows:
            if filled.rows == MOST_ROWS:
                self._end(filled)
                self._begin(filled)
            for column, cell in enumerate(row):
                self._put(filled.pages[-1], filled.rows, column, cell)
            filled.rows += 1

    def close(self) -> None:
        """Put the file together."""
        for filled in self._filled:
            self._end(filled)
        self._book.close()

    def _begin(self, filled: _Filled) -> None:
        number = len(filled.pages) + 1
        page = self._book.add_worksheet(filled.sheet.title if number == 1 else f"{filled.sheet.title} {number}")
        for column, (name, width) in enumerate(filled.sheet.columns):
            page.set_column(column, column, width)
            page.write_string(0, column, name, self._head)
        page.freeze_panes(1, 0)
        page.repeat_rows(0)
        page.set_landscape()
        filled.pages.append(page)
        filled.rows = 1

    def _end(self, filled: _Filled) -> None:
        filled.pages[-1].autofilter(0, 0, max(filled.rows - 1, 1), len(filled.sheet.columns) - 1)

    def _put(self, page: Worksheet, row: int, column: int, cell: Cell) -> None:
        if cell is None or cell == "":
            return
        if isinstance(cell, str):
            page.write_string(row, column, cell)
        elif isinstance(cell, int):
            page.write_number(row, column, cell)
        else:
            page.write_datetime(row, column, cell, self._looks[type(cell)])
