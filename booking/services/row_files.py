"""A file somebody exported, CSV or JSON, as rows of text with their line numbers."""

import csv
import io
import json
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

LARGEST_FILE = 20 * 1024 * 1024
MOST_ROWS = 100_000
DELIMITERS = (",", ";", "\t", "|")
# What spreadsheets, archives, PDF and UTF-16 texts begin with.
NOT_TEXT = (b"PK\x03\x04", b"\xd0\xcf\x11\xe0", b"%PDF", b"\xff\xfe", b"\xfe\xff", b"\x1f\x8b")


class UnreadableFile(Exception):
    """The file cannot be read as a list; ``why`` is a stable code, the facts say what was found instead."""

    def __init__(self, why: str, **facts: Any) -> None:
        super().__init__(why)
        self.why, self.facts = why, facts


@dataclass(frozen=True, slots=True)
class Row:
    """One row by column. A cell is None where it holds no text; ``fault`` says why the whole row cannot be read.

    ``line`` is where it begins in a CSV file, the header being line 1, and the place in the list, from 1, in JSON.
    """

    line: int
    cells: dict[str, str | None]
    fault: str = ""


@dataclass(frozen=True, slots=True)
class RowFile:
    """What was read, and how."""

    format: str
    encoding: str
    delimiter: str
    columns: list[str]
    rows: list[Row]


def read(content: bytes, kind: str | None = None) -> RowFile:
    """The rows of a ``csv`` file, whose delimiter is found, or a ``json`` list of objects; by default whichever it is.

    Raises :class:`UnreadableFile`.
    """
    text, encoding = _decoded(content)
    if not text.strip():
        raise UnreadableFile("empty")
    kind = kind or ("json" if text.lstrip()[0] in "[{" else "csv")
    found = _from_json(text, encoding) if kind == "json" else _from_csv(text, encoding)
    if not found.rows:
        raise UnreadableFile("no-rows")
    if len(found.rows) > MOST_ROWS:
        raise UnreadableFile("too-many-rows", most=MOST_ROWS)
    return found


def _decoded(content: bytes) -> tuple[str, str]:
    if len(content) > LARGEST_FILE:
        raise UnreadableFile("too-large", most=LARGEST_FILE)
    if content.startswith(NOT_TEXT) or b"\0" in content:
        raise UnreadableFile("binary")
    for encoding in ("utf-8-sig", "cp1252"):
        try:
            return content.decode(encoding), encoding.removesuffix("-sig")
        except UnicodeDecodeError:
            continue
    raise UnreadableFile("binary")


def _from_csv(text: str, encoding: str) -> RowFile:
    header = next(line for line in text.splitlines() if line.strip())
    delimiter = max(DELIMITERS, key=header.count)
    records = list(_records(text, delimiter))
    first = next((i for i, (_, cells, fault) in enumerate(records) if fault or any(map(str.strip, cells))), 0)
    if records[first][2]:
        raise UnreadableFile("broken-header")
    columns = [" ".join(name.split()) for name in records[first][1]]
    rows = [_row(line, cells, fault, columns) for line, cells, fault in records[first + 1 :] if fault or any(cells)]
    return RowFile("csv", encoding, delimiter, [name for name in columns if name], rows)


def _records(text: str, delimiter: str) -> Iterator[tuple[int, list[str], str]]:
    """Line, cells, and a fault; reading goes on after a record that cannot be read."""
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=delimiter, strict=True)
    while True:
        line = reader.line_num + 1
        try:
            yield line, next(reader), ""
        except StopIteration:
            return
        except csv.Error as error:
            yield line, [], "unclosed-quote" if "unexpected end" in str(error) else "broken-quotes"


def _row(line: int, cells: list[str], fault: str, columns: list[str]) -> Row:
    if any(cell.strip() for cell in cells[len(columns) :]):
        return Row(line, {}, "too-many-cells")
    filled = cells + [""] * (len(columns) - len(cells))
    # Of two columns with one name the first counts.
    return Row(line, dict(reversed(list(zip(columns, filled, strict=False)))), fault)


def _from_json(text: str, encoding: str) -> RowFile:
    try:
        # NaN and Infinity are no JSON, but get written: as words they are refused where a number is wanted.
        found = json.loads(text, parse_constant=str)
    except json.JSONDecodeError as error:
        raise UnreadableFile("broken-json", line=error.lineno, column=error.colno) from error
    except (ValueError, RecursionError) as error:
        raise UnreadableFile("broken-json", line=1, column=1) from error
    if not isinstance(found, list) or not any(isinstance(thing, dict) for thing in found):
        raise UnreadableFile("not-a-list")
    rows = [_from_object(number, thing) for number, thing in enumerate(found, start=1)]
    return RowFile("json", encoding, "", list(dict.fromkeys(name for row in rows for name in row.cells)), rows)


def _from_object(number: int, thing: Any) -> Row:
    if not isinstance(thing, dict):
        return Row(number, {}, "not-an-object")
    return Row(number, {name: _cell(value) for name, value in thing.items()})


def _cell(value: Any) -> str | None:
    if value is None or isinstance(value, str):
        return value or ""
    if isinstance(value, bool | dict | list):
        return None
    # 38.0 is how some programs write the number 38.
    return str(int(value)) if isinstance(value, float) and value.is_integer() else str(value)
