"""Column types that mean the same on SQLite (STRICT tables) and PostgreSQL, and how long each column is kept."""

import json
from datetime import UTC, date, datetime, timedelta
from enum import StrEnum
from functools import partial
from typing import Any
from uuid import UUID

from sqlalchemy import REAL, BigInteger, Boolean, Column, Date, Dialect, Double, Integer, LargeBinary, Text, Uuid
from sqlalchemy.dialects.postgresql import JSONB, TIMESTAMP
from sqlalchemy.types import TypeDecorator, TypeEngine

from booking.domain import hours
from calendars.zones import NaiveInstant

EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
MICROSECOND = timedelta(microseconds=1)

Whole = BigInteger().with_variant(Integer(), "sqlite")
Number = Double().with_variant(REAL(), "sqlite")
# Bytes that nothing is asked of.
Packed = LargeBinary()
# Text in the order of its signs and of no language, as SQLite compares it anyway.
Sign = Text().with_variant(Text(collation="C"), "postgresql")


class _TwoFaced(TypeDecorator[Any]):
    """A type of PostgreSQL's own there, and one of SQLite's five here."""

    impl = Text
    cache_ok = True
    postgresql: TypeEngine[Any]
    sqlite: TypeEngine[Any] = Text()

    def load_dialect_impl(self, dialect: Dialect) -> TypeEngine[Any]:
        own = self.postgresql if dialect.name == "postgresql" else self.sqlite
        return dialect.type_descriptor(own)

    def process_bind_param(self, value: Any, dialect: Dialect) -> Any:
        if value is None or dialect.name == "postgresql":
            return value
        return self.to_sqlite(value)

    def process_result_value(self, value: Any, dialect: Dialect) -> Any:
        if value is None or dialect.name == "postgresql":
            return value
        return self.from_sqlite(value)

    def to_sqlite(self, value: Any) -> Any:
        raise NotImplementedError

    def from_sqlite(self, value: Any) -> Any:
        raise NotImplementedError


class Id(_TwoFaced):
    """A UUID; readable text on SQLite."""

    cache_ok = True
    postgresql = Uuid()

    def to_sqlite(self, value: UUID) -> str:
        return str(value)

    def from_sqlite(self, value: str) -> UUID:
        return UUID(value)


class Instant(_TwoFaced):
    """An aware UTC datetime; whole microseconds since 1970 on SQLite, so that comparing them is comparing time."""

    cache_ok = True
    postgresql = TIMESTAMP(timezone=True)
    sqlite = Integer()

    def process_bind_param(self, value: Any, dialect: Dialect) -> Any:
        # asyncpg would take it for the time of this machine.
        if value is not None and value.tzinfo is None:
            raise NaiveInstant(value)
        return super().process_bind_param(value, dialect)

    def to_sqlite(self, value: datetime) -> int:
        return (value - EPOCH) // MICROSECOND

    def from_sqlite(self, value: int) -> datetime:
        return EPOCH + timedelta(microseconds=value)


class Day(_TwoFaced):
    """A calendar day; ISO 8601 text on SQLite."""

    cache_ok = True
    postgresql = Date()

    def to_sqlite(self, value: date) -> str:
        return value.isoformat()

    def from_sqlite(self, value: str) -> date:
        return date.fromisoformat(value)


class Flag(_TwoFaced):
    """Yes or no; 1 or 0 on SQLite."""

    cache_ok = True
    postgresql = Boolean()
    sqlite = Integer()

    def to_sqlite(self, value: bool) -> int:
        return int(value)

    def from_sqlite(self, value: int) -> bool:
        return bool(value)


class Json(_TwoFaced):
    """A small structure, never searched in."""

    cache_ok = True
    postgresql = JSONB()

    def to_sqlite(self, value: Any) -> str:
        return json.dumps(value, ensure_ascii=False, sort_keys=True)

    def from_sqlite(self, value: str) -> Any:
        return json.loads(value)


class Spans(TypeDecorator[Any]):
    """Hours of the week; comes back as spans (``domain/hours.py`` says how they are written)."""

    impl = Text
    cache_ok = True

    def process_bind_param(self, value: Any, dialect: Dialect) -> str | None:
        return None if value is None else hours.written(value)

    def process_result_value(self, value: str | None, dialect: Dialect) -> tuple[hours.Span, ...] | None:
        return None if value is None else hours.read(value)


class Words(TypeDecorator[Any]):
    """A few words of a list, in order."""

    impl = Text
    cache_ok = True

    def process_bind_param(self, value: Any, dialect: Dialect) -> str | None:
        return None if value is None else " ".join(map(str, value))

    def process_result_value(self, value: str | None, dialect: Dialect) -> tuple[Any, ...] | None:
        return None if value is None else tuple(value.split())


class Ids(Words):
    """A few identifiers, in order."""

    cache_ok = True

    def process_result_value(self, value: str | None, dialect: Dialect) -> tuple[Any, ...] | None:
        return tuple(map(UUID, value.split())) if value else ()


class Choice(TypeDecorator[Any]):
    """One word of an enumeration; comes back as that enumeration."""

    impl = Text
    cache_ok = True

    def __init__(self, kind: type[StrEnum]) -> None:
        super().__init__()
        self.kind = kind

    def process_result_value(self, value: str | None, dialect: Dialect) -> StrEnum | None:
        return None if value is None else self.kind(value)


def is_ready_made(type_: TypeEngine[Any], dialect: Dialect) -> bool:
    """Whether the driver takes and gives values of this type as the program has them: all of ours on PostgreSQL."""
    return dialect.name == "postgresql" and not isinstance(type_, Choice | Json | Spans | Words)


class Retention(StrEnum):
    """How long a column is kept: with the installation, with the person, as a trace, as evidence, or for a moment."""

    LASTING = "lasting"
    PERSON = "person"
    TRACE = "trace"
    EVIDENCE = "evidence"
    MOMENT = "moment"


def _column(retention: Retention, name: str, type_: Any, *args: Any, null: bool = False, **options: Any) -> Column[Any]:
    return Column(name, type_, *args, nullable=null, info={"retention": retention}, **options)


# Structure and figures: as long as the installation.
lasting = partial(_column, Retention.LASTING)
# What concerns one job seeker: two years after the last contact, then erased or made anonymous.
personal = partial(_column, Retention.PERSON)
# What was sent and tried: six months.
trace = partial(_column, Retention.TRACE)
# Who did what: as long as the law asks for evidence.
evidence = partial(_column, Retention.EVIDENCE)
# Sign-ins, keys, leases: hours or days.
moment = partial(_column, Retention.MOMENT)
