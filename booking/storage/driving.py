"""The hottest statements go to the driver itself: built once, without the toolkit's work for each execution.

What they ask and answer stays the toolkit's: the same columns, the same types. A statement is prepared once for each
database and, where it is an INSERT or UPDATE, for each set of values it is given.
"""

from collections.abc import Callable, Iterable, Mapping, Sequence
from typing import Any, TypeVar

from sqlalchemy import ColumnElement, Dialect, Executable, or_
from sqlalchemy.sql.compiler import SQLCompiler
from sqlalchemy.sql.dml import UpdateBase

from booking.storage.columns import Instant, is_ready_made

S = TypeVar("S", bound=Executable)
Values = Mapping[str, Any]
Process = Callable[[Any], Any]

KEPT_STATEMENTS = 2000  # in their compiled form, of each kind of database; the product has about half as many

_HOT: set[Executable] = set()
_PREPARED: dict[tuple[Executable, str, tuple[str, ...]], "Prepared"] = {}


def hot(statement: S) -> S:
    """Mark a statement that never changes, whose lists have no variable length, as one of the hottest."""
    _HOT.add(statement)
    return statement


def any_of(column: ColumnElement[Any], values: Iterable[Any]) -> ColumnElement[bool]:
    """One of these few, in a form that the driver knows: a list of values is not."""
    return or_(*(column == value for value in values))


def prepared(statement: Executable, dialect: Dialect, values: Values | Sequence[Values] | None) -> "Prepared | None":
    """The driver's form of a hot statement; None for every other one."""
    if statement not in _HOT:
        return None
    first = values if isinstance(values, Mapping) or not values else values[0]
    names = tuple(first or ()) if isinstance(statement, UpdateBase) else ()
    found = _PREPARED.get((statement, dialect.name, names))
    if found is None:
        found = _PREPARED[statement, dialect.name, names] = Prepared(statement, dialect, names)
    return found


class DrivenRow:
    """A row as the toolkit's rows are read: by name, by position, as a mapping."""

    __slots__ = ("_fields", "_places", "_values")

    def __init__(self, fields: tuple[str, ...], places: Mapping[str, int], values: Sequence[Any]) -> None:
        self._fields, self._places, self._values = fields, places, values

    def __getattr__(self, name: str) -> Any:
        return self._values[self._places[name]]

    def __getitem__(self, position: int) -> Any:
        return self._values[position]

    @property
    def _mapping(self) -> dict[str, Any]:
        return dict(zip(self._fields, self._values, strict=True))


class Prepared:
    """A statement in the driver's words: what to send in which order, and what to make of the answer."""

    def __init__(self, statement: Executable, dialect: Dialect, names: Sequence[str]) -> None:
        compiled = statement.compile(dialect=dialect, column_keys=list(names) or None)  # type: ignore[attr-defined]
        assert isinstance(compiled, SQLCompiler)
        self.sql = compiled.string
        self._constants = dict(compiled.params)
        self._binds = [(name, _to_driver(compiled, name, dialect)) for name in compiled.positiontup or ()]
        self._fields = tuple(column.keyname for column in compiled._result_columns)
        self._places = {name: place for place, name in enumerate(self._fields)}
        self._processes = [_from_driver(column.type, dialect) for column in compiled._result_columns]

    def arguments(self, values: Values | None) -> list[Any]:
        """The values in the statement's order and the driver's types."""
        given = self._constants | dict(values or {})
        return [process(given[name]) if process else given[name] for name, process in self._binds]

    def row(self, record: Sequence[Any]) -> DrivenRow:
        """A record with its values in the toolkit's types; of a statement in plain text, by position only."""
        if not self._fields:
            return DrivenRow((), {}, record)
        pairs = zip(self._processes, record, strict=True)
        return DrivenRow(self._fields, self._places, [process(value) if process else value for process, value in pairs])


def _to_driver(compiled: SQLCompiler, name: str, dialect: Dialect) -> Process | None:
    type_ = compiled.binds[name].type
    # The driver would take an instant without its zone for one of this machine's.
    if is_ready_made(type_, dialect) and not isinstance(type_, Instant):
        return None
    return type_._cached_bind_processor(dialect)  # type: ignore[no-any-return]


def _from_driver(type_: Any, dialect: Dialect) -> Process | None:
    return None if is_ready_made(type_, dialect) else type_._cached_result_processor(dialect, None)
