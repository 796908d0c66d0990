"""Many rows in one statement that never changes, however many there are: prepared once, sent once."""

import json
from collections.abc import Collection, Mapping, Sequence
from functools import cache
from typing import Any
from uuid import UUID

from sqlalchemy import Column, Table, bindparam, func, insert, select, text
from sqlalchemy.dialects import postgresql

from booking.storage.columns import Id
from booking.storage.database import Tx
from booking.storage.driving import hot


def among(dialect: str, column: Column[Any], name: str = "ids") -> Any:
    """A condition: one of the identifiers that :func:`listed` gives under this name."""
    if dialect == "postgresql":
        return column == func.any(bindparam(name, type_=postgresql.ARRAY(Id.postgresql)))
    return column.in_(select(func.json_each(bindparam(name)).table_valued("value").c.value))


def listed(dialect: str, ids: Collection[UUID]) -> Any:
    """Identifiers as one value."""
    return list(ids) if dialect == "postgresql" else json.dumps([str(one) for one in ids])


async def add(tx: Tx, table: Table, rows: Sequence[Mapping[str, Any]]) -> None:
    """Write rows that name the same columns, none of which is a structure."""
    if rows:
        await tx.run(_adding(tx.dialect, table, tuple(rows[0])), gathered(tx.dialect, rows))


def gathered(dialect: str, rows: Sequence[Mapping[str, Any]]) -> Any:
    """The values of rows for a statement of :func:`unnested`: on PostgreSQL a list for each column."""
    return {name: [row[name] for row in rows] for name in rows[0]} if dialect == "postgresql" else rows


def unnested(table: Table, names: Sequence[str]) -> str:
    """Rows of PostgreSQL's, made of a list for each of these columns of a table."""
    dialect = postgresql.dialect()  # type: ignore[no-untyped-call]
    kinds = {name: table.c[name].type.compile(dialect) for name in names}
    return f"unnest({', '.join(f'CAST(:{name} AS {kind}[])' for name, kind in kinds.items())})"


@cache
def _adding(dialect: str, table: Table, names: tuple[str, ...]) -> Any:
    if dialect != "postgresql":
        return hot(insert(table))
    # Names of our own tables, and no values.
    return hot(text(f"INSERT INTO {table.name} ({', '.join(names)}) SELECT * FROM {unnested(table, names)}"))  # noqa: S608
