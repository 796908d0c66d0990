"""Columns are named like fields, so a row becomes its dataclass, and back, without a word about each column."""

from collections.abc import Iterable
from dataclasses import fields
from typing import Any, TypeVar

from sqlalchemy import Column, Row, Table

T = TypeVar("T")


def columns(kind: type[Any], table: Table, prefix: str = "") -> list[Any]:
    """The columns that fill this dataclass; labelled with the prefix where two nouns share a query."""
    found: Iterable[Column[Any]] = (table.c[f.name] for f in fields(kind) if f.name in table.c)
    return [column.label(prefix + column.name) if prefix else column for column in found]


def made(kind: type[T], row: Row[Any], prefix: str = "", **more: Any) -> T:
    """The dataclass from a row that holds its columns."""
    values = row._mapping
    names = (f.name for f in fields(kind) if f.name not in more)  # type: ignore[arg-type]
    return kind(**{name: values[prefix + name] for name in names if prefix + name in values}, **more)


def values(thing: Any, table: Table, **more: Any) -> dict[str, Any]:
    """What to write for this dataclass; generated columns are the table's own business."""
    own = (f.name for f in fields(thing) if f.name in table.c)
    return {name: getattr(thing, name) for name in own if table.c[name].computed is None} | more
