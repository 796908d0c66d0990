"""Columns are named like fields, so a row becomes its dataclass, and back, without a word about each column."""

from collections.abc import Iterable, Sequence
from dataclasses import fields
from functools import cache
from typing import Any, TypeVar

from sqlalchemy import Column, Row, Table

T = TypeVar("T")


def columns(kind: type[Any], table: Table, prefix: str = "") -> list[Any]:
    """The columns that fill this dataclass; labelled with the prefix where two nouns share a query."""
    found: Iterable[Column[Any]] = (table.c[f.name] for f in fields(kind) if f.name in table.c)
    return [column.label(prefix + column.name) if prefix else column for column in found]


def made(kind: type[T], row: Row[Any], prefix: str = "", **more: Any) -> T:
    """The dataclass from a row that holds its columns."""
    return kind(**{name: row[place] for name, place in _places(kind, row._fields, prefix, tuple(more))}, **more)


def values(thing: Any, table: Table, **more: Any) -> dict[str, Any]:
    """What to write for this dataclass; generated columns are the table's own business."""
    return {name: getattr(thing, name) for name in _written(type(thing), table)} | more


@cache
def _fields(kind: type[Any]) -> tuple[str, ...]:
    return tuple(field.name for field in fields(kind))


@cache
def _places(kind: type[Any], held: Sequence[str], prefix: str, given: Sequence[str]) -> list[tuple[str, int]]:
    """Where in a row that holds these stands what fills each field."""
    wanted = [(name, prefix + name) for name in _fields(kind) if name not in given]
    return [(name, held.index(label)) for name, label in wanted if label in held]


@cache
def _written(kind: type[Any], table: Table) -> tuple[str, ...]:
    return tuple(name for name in _fields(kind) if name in table.c and table.c[name].computed is None)
