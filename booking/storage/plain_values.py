"""What a column holds as other programs write it: text, numbers, yes and no, days, moments; and back."""

import base64
from collections.abc import Callable, Mapping
from datetime import date, datetime
from enum import StrEnum
from typing import Any
from uuid import UUID

from sqlalchemy import BigInteger, Column, Double, Integer, LargeBinary

from booking.storage.columns import Day, Flag, Id, Instant, Json


class Kind(StrEnum):
    """A type of the Frictionless table schema; identifiers and bytes are strings with a format there."""

    STRING = "string"
    IDENTIFIER = "uuid"
    INTEGER = "integer"
    NUMBER = "number"
    BOOLEAN = "boolean"
    DAY = "date"
    INSTANT = "datetime"
    STRUCTURE = "any"
    BYTES = "binary"


_KINDS: Mapping[type, Kind] = {
    Id: Kind.IDENTIFIER,
    BigInteger: Kind.INTEGER,
    Integer: Kind.INTEGER,
    Double: Kind.NUMBER,
    Flag: Kind.BOOLEAN,
    Day: Kind.DAY,
    Instant: Kind.INSTANT,
    Json: Kind.STRUCTURE,
    LargeBinary: Kind.BYTES,
}
_FLAT = {Kind.STRING, Kind.IDENTIFIER, Kind.INTEGER, Kind.NUMBER, Kind.BOOLEAN, Kind.DAY, Kind.INSTANT}


def kind_of(c: Column[Any]) -> Kind:
    """What a column is; choices, words and hours are text."""
    return _KINDS.get(type(c.type), Kind.STRING)


def is_flat(kind: Kind) -> bool:
    """Whether a cell of a table can hold it."""
    return kind in _FLAT


def plain(value: Any) -> Any:
    """The value as JSON has it."""
    if isinstance(value, UUID):
        return str(value)
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, bytes):
        return base64.b64encode(value).decode()
    return value


def _must_be(kind: type) -> Callable[[Any], Any]:
    def checked(value: Any) -> Any:
        # A yes is a number to Python, and nowhere else.
        if not isinstance(value, kind) or (kind is not bool and isinstance(value, bool)):
            raise ValueError(value)
        return value

    return checked


def _instant(value: Any) -> datetime:
    found = datetime.fromisoformat(_must_be(str)(value))
    if found.tzinfo is None:
        raise ValueError(value)
    return found


def _number(value: Any) -> float:
    if isinstance(value, bool):
        raise ValueError(value)
    return float(value)


_READ: Mapping[Kind, Callable[[Any], Any]] = {
    Kind.STRING: _must_be(str),
    Kind.IDENTIFIER: lambda value: UUID(_must_be(str)(value)),
    Kind.INTEGER: _must_be(int),
    Kind.NUMBER: _number,
    Kind.BOOLEAN: _must_be(bool),
    Kind.DAY: lambda value: date.fromisoformat(_must_be(str)(value)),
    Kind.INSTANT: _instant,
    Kind.STRUCTURE: lambda value: value,
    Kind.BYTES: lambda value: base64.b64decode(_must_be(str)(value), validate=True),
}


def read(kind: Kind, value: Any) -> Any:
    """The value that was written so; raises ValueError for anything else."""
    return None if value is None and kind is not Kind.STRUCTURE else _READ[kind](value)
