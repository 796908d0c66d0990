"""Tables as open files with their description: CSV where a table is flat, a JSON object a line where it is not.

The description is a data package (Frictionless Data, ``datapackage.json``). It stands in a folder or in a ZIP.
"""

import csv
import hashlib
import io
import json
import re
import zipfile
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, BinaryIO, Protocol, TextIO

from booking.documents.session_lists import FORMULAS

DESCRIPTION, README = "datapackage.json", "LISEZMOI.txt"
NOTHING = "\\N"
# A sign before a number runs nothing in a spreadsheet.
NUMBER = re.compile(r"[+-]?\d[\d .]*")
# Rows are added up, so that their order does not matter.
WRAP = 1 << 256


class Package(Protocol):
    """Where files go."""

    def creating(self, name: str) -> Any:
        """A new file, for as long as the block lasts."""

    def close(self) -> None:
        """Nothing more comes."""


class ZipPackage:
    """One archive, written from front to back."""

    def __init__(self, target: BinaryIO | Path) -> None:
        self._zip = zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED)

    @contextmanager
    def creating(self, name: str) -> Iterator[BinaryIO]:
        """A new file."""
        with self._zip.open(name, "w", force_zip64=True) as file:
            yield file  # type: ignore[misc]

    def close(self) -> None:
        """The end of the archive."""
        self._zip.close()


class FolderPackage:
    """A folder, for its owner only."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        folder.mkdir(mode=0o700, parents=True, exist_ok=True)

    @contextmanager
    def creating(self, name: str) -> Iterator[BinaryIO]:
        """A new file."""
        path = self._folder / name
        path.parent.mkdir(mode=0o700, exist_ok=True)
        with path.open("xb") as file:
            path.chmod(0o600)
            yield file

    def close(self) -> None:
        """Nothing is left to write."""


@dataclass(slots=True)
class Sum:
    """What is known of a file or of rows once they are written, or read: to compare."""

    size: int = 0
    rows: int = 0
    digest: Any = field(default_factory=hashlib.sha256)
    rows_digest: int = 0

    def add(self, content: bytes) -> None:
        """So many bytes more."""
        self.size += len(content)
        self.digest.update(content)

    def add_row(self, values: Sequence[Any]) -> None:
        """One row more, whatever its place."""
        said = json.dumps(values, ensure_ascii=False, sort_keys=True, separators=(",", ":"))
        self.rows += 1
        self.rows_digest = (self.rows_digest + int.from_bytes(hashlib.sha256(said.encode()).digest())) % WRAP

    @property
    def told(self) -> dict[str, Any]:
        """As the description says it."""
        of_rows = {"rows": self.rows, "rowsHash": f"{self.rows_digest:064x}"} if self.rows else {"rows": 0}
        return {"bytes": self.size, "hash": f"sha256:{self.digest.hexdigest()}", **of_rows}


class TableFile:
    """One table, row by row."""

    def __init__(self, target: BinaryIO, columns: Sequence[str], *, is_flat: bool) -> None:
        self._target, self._columns, self._is_flat = target, columns, is_flat
        self.sum = Sum()
        if is_flat:
            self._put([columns])

    def write(self, rows: Sequence[Sequence[Any]]) -> None:
        """Rows of plain values."""
        for row in rows:
            self.sum.add_row(row)
        if self._is_flat:
            self._put([[_cell(value) for value in row] for row in rows])
        else:
            said = (json.dumps(dict(zip(self._columns, row, strict=True)), ensure_ascii=False) for row in rows)
            self._add("".join(f"{line}\n" for line in said))

    def _put(self, rows: Sequence[Sequence[str]]) -> None:
        written = io.StringIO()
        csv.writer(written, lineterminator="\n").writerows(rows)
        self._add(written.getvalue())

    def _add(self, said: str) -> None:
        content = said.encode()
        self.sum.add(content)
        self._target.write(content)


def rows_of(text: TextIO, columns: Mapping[str, str], *, is_flat: bool) -> Iterator[list[Any]]:
    """The rows of a table, whose columns are told with their types; plain values.

    Raises ValueError for what we have not written so.
    """
    if is_flat:
        yield from _from_cells(text, columns)
        return
    for line in text:
        found = json.loads(line)
        if not isinstance(found, dict) or found.keys() != columns.keys():
            raise ValueError(line[:80])
        yield [found[name] for name in columns]


def _from_cells(text: TextIO, columns: Mapping[str, str]) -> Iterator[list[Any]]:
    readers = [_READERS.get(kind, _said) for kind in columns.values()]
    try:
        table = csv.reader(text, strict=True)
        if next(table, None) != list(columns):
            raise ValueError("other columns")
        for row in table:
            cells = zip(readers, row, strict=True)
            yield [None if cell == NOTHING else read(cell) for read, cell in cells]
    except csv.Error as error:
        raise ValueError(str(error)) from error


def _said(cell: str) -> str:
    return cell.removeprefix("\\")


_READERS: Mapping[str, Callable[[str], Any]] = {
    "integer": int,
    "number": float,
    "boolean": {"true": True, "false": False}.__getitem__,
}


def _cell(value: Any) -> str:
    if value is None:
        return NOTHING
    if isinstance(value, bool):
        return "true" if value else "false"
    if not isinstance(value, str):
        return repr(value)
    is_risky = value.startswith(("\\", *FORMULAS)) and not NUMBER.fullmatch(value)
    return f"\\{value}" if is_risky else value


class PackageReader:
    """A folder or an archive that somebody brings; raises ValueError where it is neither, or lacks something."""

    def __init__(self, path: Path) -> None:
        self._folder = path if path.is_dir() else None
        try:
            self._zip = None if self._folder else zipfile.ZipFile(path)
        except (zipfile.BadZipFile, OSError) as error:
            raise ValueError(str(error)) from error

    @contextmanager
    def opened(self, name: str) -> Iterator[BinaryIO]:
        """A file of it; only under names that we gave."""
        try:
            if self._zip:
                with self._zip.open(name) as file:
                    yield file  # type: ignore[misc]
            else:
                assert self._folder is not None
                with (self._folder / name).open("rb") as file:
                    yield file
        except (KeyError, OSError, zipfile.BadZipFile, EOFError) as error:
            raise ValueError(f"{name}: {error}") from error

    def description(self) -> Mapping[str, Any]:
        """What it says that it is."""
        with self.opened(DESCRIPTION) as file:
            found = json.loads(file.read())
        if not isinstance(found, dict):
            raise ValueError("no description")
        return found

    def sum_of(self, name: str) -> Sum:
        """Bytes and hash of a file as it is."""
        found = Sum()
        with self.opened(name) as file:
            while content := file.read(1 << 20):
                found.add(content)
        return found

    def close(self) -> None:
        """Let go of it."""
        if self._zip:
            self._zip.close()
