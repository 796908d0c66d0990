"""Figures as a file: in Excel a sheet for each table, in a CSV all of them one below the other."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import BinaryIO

from booking.documents.sheets import Cell, Csv, Sheet, Xlsx
from booking.domain.exports import Format

ABOUT = "À propos"
FLAT = Sheet("Chiffres", (("tableau", 34), ("ligne", 34), ("chiffre", 26), ("valeur", 12), ("unité", 8)))
FACTS = Sheet(ABOUT, (("quoi", 26), ("précision", 110)))
ASKED = ("Agences", "Atelier", "Période", "Compté")
WIDTH, LONGEST_TITLE = 18, 31


@dataclass(frozen=True, slots=True)
class About:
    """In French words: where, of what, from when to when, and up to when it is counted."""

    place: str
    workshop: str
    period: str
    counted: str

    @property
    def facts(self) -> list[tuple[str, str]]:
        """Each with its name."""
        return list(zip(ASKED, (self.place, self.workshop, self.period, self.counted), strict=True))


@dataclass(frozen=True, slots=True)
class Listed:
    """A table: its title, its heads, and its lines, each a name and cells with their units."""

    title: str
    heads: Sequence[str]
    lines: Sequence[tuple[str, Sequence[tuple[Cell, str]]]]


def write(
    target: BinaryIO, kind: Format, about: About, found: Sequence[Listed], meanings: Sequence[tuple[str, str]]
) -> None:
    """Every table; ``meanings`` say what is counted, on a sheet of their own."""
    if kind is Format.CSV:
        flat = Csv(target, [FLAT])
        flat.write(0, [(ABOUT, name, "", said, "") for name, said in about.facts])
        flat.write(0, [row for table in found for row in _flat(table)])
        flat.close()
        return
    book = Xlsx(target, [*(_sheet(table) for table in found), FACTS])
    for number, table in enumerate(found):
        book.write(number, [(name, *(value for value, _ in cells)) for name, cells in table.lines])
    book.write(len(found), [*about.facts, *meanings])
    book.close()


def _sheet(table: Listed) -> Sheet:
    units = [unit for _, unit in table.lines[0][1]]
    heads = [
        table.heads[0],
        *(f"{head} (%)" if unit == "%" else head for head, unit in zip(table.heads[1:], units, strict=True)),
    ]
    return Sheet(table.title[:LONGEST_TITLE], [(head, WIDTH) for head in heads])


def _flat(table: Listed) -> list[tuple[Cell, ...]]:
    heads = table.heads[1:]
    return [
        (table.title, name, head, value, unit)
        for name, cells in table.lines
        for head, (value, unit) in zip(heads, cells, strict=True)
    ]
