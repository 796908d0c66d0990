"""Every table as it goes out and comes back: in the order in which rows can be written, secrets told apart.

Rows are read a page at a time by their keys, so that memory stays flat; in a snapshot they are all of one moment.
"""

import re
from collections.abc import AsyncIterator, Iterator, Mapping, Sequence
from functools import cache
from typing import Any

from sqlalchemy import Column, Row, Table, Text, column, func, insert, select, text, tuple_, type_coerce
from sqlalchemy import table as lightly

from booking.domain.sign_ins import NO_PASSWORD
from booking.storage.columns import Choice, Retention, Spans, Words
from booking.storage.database import Tx
from booking.storage.tables import metadata

PAGE = 500
# Files in passing, made of what is here: they are in no copy.
IN_PASSING = frozenset({"batches", "batch_lines", "exports", "export_pieces", "imports", "import_rows", "job_ticks"})
# Up to where the figures have counted: without it everything would be counted twice.
NEVER_LEFT_OUT = frozenset({"figure_marks"})
# Without its secret such a thing is nothing: who needs it makes a new one.
NOTHING_WITHOUT = frozenset({"subscriptions", "api_tokens", "second_factors", "referral_links"})
SECRET = re.compile(r"(secret|password|state|browser|link|order)_hash|sealed")
# An address elsewhere that opens a calendar to whoever knows it.
SECRETS = frozenset({"external_calendars.url"})
INSTEAD: Mapping[str, Any] = {"staff.password_hash": NO_PASSWORD}
# Not by a key, but by what the database asks when a session is written.
FIRST = ("agencies", "staff", "phase_changes")
# What a running service writes by itself.
BY_ITSELF = frozenset({"job_ticks"})


def outgoing(*, with_secrets: bool) -> list[Table]:
    """The tables of a copy, each after those that it names."""
    by_name = metadata.tables
    ordered = [by_name[name] for name in FIRST if name in by_name]
    ordered += [one for one in metadata.sorted_tables if one.name not in FIRST]
    return [one for one in ordered if one.name not in IN_PASSING and (with_secrets or not _is_secret_table(one))]


def columns_of(table: Table, *, with_secrets: bool) -> list[Column[Any]]:
    """The columns of a copy; what the database works out by itself is none of them."""
    return [c for c in table.columns if c.computed is None and (with_secrets or not _stays(c))]


def is_secret(c: Column[Any]) -> bool:
    """Whether knowing it opens something."""
    return bool(SECRET.fullmatch(c.name)) or str(c) in SECRETS


def must_be_there(c: Column[Any]) -> bool:
    """Whether no row can be written without it."""
    return not c.nullable and c.server_default is None and c.computed is None and str(c) not in INSTEAD


def _stays(c: Column[Any]) -> bool:
    """Secrets, and what is good for a moment and may be missing: leases and the like."""
    is_passing = c.info["retention"] is Retention.MOMENT and not must_be_there(c)
    return is_secret(c) or is_passing


def _is_secret_table(table: Table) -> bool:
    """Of sign-ins, keys and links nothing is left without their secrets."""
    is_passing = all(c.info["retention"] is Retention.MOMENT for c in table.columns)
    return (is_passing and table.name not in NEVER_LEFT_OUT) or table.name in NOTHING_WITHOUT


def refers_to_itself(table: Table) -> Column[Any] | None:
    """The column by which a row names another of its table."""
    for key in table.foreign_key_constraints:
        if key.referred_table is table:
            return next(e.parent for e in key.elements if e.column.name == "id")
    return None


async def pages(tx: Tx, table: Table, columns: Sequence[Column[Any]]) -> AsyncIterator[Sequence[Row[Any]]]:
    """Every row, each after the one that it names; words and hours as they are written."""
    wanted = select(*(_raw(c) for c in columns))
    itself = refers_to_itself(table)
    async for page in _by_key(tx, table, wanted if itself is None else wanted.where(itself.is_(None))):
        yield page
    if itself is not None:
        for some in _generations(await tx.rows(select(table.c.id, itself.label("of")).where(itself.is_not(None)))):
            yield await tx.rows(wanted.where(table.c.id.in_(some)).order_by(table.c.id))


async def _by_key(tx: Tx, table: Table, wanted: Any) -> AsyncIterator[Sequence[Row[Any]]]:
    key = list(table.primary_key.columns)
    # The key itself may be among what stays.
    wanted = wanted.add_columns(*(c.label(f"key_{n}") for n, c in enumerate(key))).order_by(*key).limit(PAGE)
    after: tuple[Any, ...] | None = None
    while True:
        page = await tx.rows(wanted.where(tuple_(*key) > after) if after else wanted)
        if page:
            yield page
        if len(page) < PAGE:
            return
        after = tuple(page[-1][-len(key) :])


def _generations(rows: Sequence[Row[Any]]) -> Iterator[list[Any]]:
    """Identifiers, a page at a time, each after the one that it names."""
    left = {row.id: row.of for row in rows}
    while left:
        ready = [id for id, of in left.items() if of not in left] or list(left)
        for id in ready:
            del left[id]
        yield from (ready[n : n + PAGE] for n in range(0, len(ready), PAGE))


def _raw(c: Column[Any]) -> Any:
    return type_coerce(c, Text).label(c.name) if isinstance(c.type, Choice | Spans | Words) else c


@cache
def _writable(table: Table) -> Any:
    """The table as rows of a copy are written: words and hours as they are written there."""
    plain = (
        column(c.name, Text() if isinstance(c.type, Choice | Spans | Words) else c.type)  # type: ignore[var-annotated]
        for c in table.columns
    )
    return lightly(table.name, *plain)


async def write(tx: Tx, table: Table, rows: Sequence[Mapping[str, Any]]) -> None:
    """Write rows that name the same columns; what a copy without secrets lacks is made up."""
    if rows:
        lacking = {c.name: INSTEAD[str(c)] for c in table.columns if str(c) in INSTEAD and c.name not in rows[0]}
        await tx.run(insert(_writable(table)), [{**lacking, **row} for row in rows])


async def count(tx: Tx, table: Table) -> int:
    """How many rows it has."""
    return int(await tx.value(select(func.count()).select_from(table)))


async def not_empty(tx: Tx) -> str | None:
    """A table in which something stands already; None for an empty database."""
    for one in metadata.sorted_tables:
        if one.name not in BY_ITSELF and await tx.value(select(text("1")).select_from(one).limit(1)):
            return one.name
    return None


async def count_on(tx: Tx) -> None:
    """Numbers that the database gives by itself go on after the highest one."""
    if tx.dialect == "postgresql":
        last = "coalesce(max(id), 1), max(id) IS NOT NULL"
        await tx.value(text(f"SELECT setval(pg_get_serial_sequence('audit', 'id'), {last}) FROM audit"))  # noqa: S608
