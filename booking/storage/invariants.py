"""Everything that is always true here, each as a question that finds the rows where it is not.

The constraints and the use cases keep these promises; the questions ask again from the bottom, trusting no counter and
no foreign key. Each runs over whole tables at once and works on both databases.
"""

from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy import ForeignKeyConstraint, bindparam, func, select, text

from booking.domain.subscriptions import Detail
from booking.storage.columns import Instant
from booking.storage.database import Tx
from booking.storage.promises import MINUTE, PROMISES, SETS, Invariant
from booking.storage.promises_of_calendars import PROMISES_OF_CALENDARS
from booking.storage.promises_of_cycles import PROMISES_OF_CYCLES
from booking.storage.promises_of_erasure import PROMISES_OF_ERASURE
from booking.storage.promises_of_evidence import PROMISES_OF_EVIDENCE
from booking.storage.promises_of_figures import PROMISES_OF_FIGURES
from booking.storage.promises_of_referrals import PROMISES_OF_REFERRALS
from booking.storage.promises_of_returns import PROMISES_OF_RETURNS
from booking.storage.promises_of_roles import PROMISES_OF_ROLES
from booking.storage.promises_of_subscriptions import PROMISES_OF_SUBSCRIPTIONS
from booking.storage.promises_of_trainings import PROMISES_OF_TRAININGS
from booking.storage.tables import feed_entries, meetings, metadata

SHOWN = 20


@dataclass(frozen=True, slots=True)
class Broken:
    """How many rows break a promise, and the first of them."""

    count: int
    ids: tuple[str, ...]


def _without_parent(key: ForeignKeyConstraint) -> str:
    """The rows of a table that name a row which is not there; a key with a NULL names nothing (MATCH SIMPLE)."""
    child, parent = key.parent.name, key.referred_table.name
    pairs = [(element.parent.name, element.column.name) for element in key.elements]
    named = " AND ".join(f"c.{own} IS NOT NULL" for own, _ in pairs)
    joined = " AND ".join(f"p.{theirs} = c.{own}" for own, theirs in pairs)
    who = " || ' ' || ".join(f"CAST(c.{column.name} AS text)" for column in key.parent.primary_key)
    lonely = f"FROM {child} c LEFT JOIN {parent} p ON {joined} WHERE {named} AND p.{pairs[0][1]} IS NULL"
    return f"SELECT '{child} ' || {who} AS id {lonely}"


_KEYS = [key for table in metadata.sorted_tables for key in table.foreign_key_constraints]
ORPHANS = Invariant(
    "no-orphans",
    "Every row that another row names is there.",
    " UNION ALL ".join(_without_parent(key) for key in _KEYS),
)
SOUND = Invariant(
    "file-sound",
    "The file is whole, and its indexes say what its tables say.",
    "SELECT integrity_check AS id FROM pragma_integrity_check WHERE integrity_check <> 'ok'",
    dialect="sqlite",
)
INVARIANTS = (
    SOUND,
    ORPHANS,
    *PROMISES,
    *PROMISES_OF_CALENDARS,
    *PROMISES_OF_RETURNS,
    *PROMISES_OF_ROLES,
    *PROMISES_OF_SUBSCRIPTIONS,
    *PROMISES_OF_CYCLES,
    *PROMISES_OF_ERASURE,
    *PROMISES_OF_EVIDENCE,
    *PROMISES_OF_FIGURES,
    *PROMISES_OF_REFERRALS,
    *PROMISES_OF_TRAININGS,
)


def applying(dialect: str) -> list[Invariant]:
    """The invariants that can be asked of this database."""
    return [invariant for invariant in INVARIANTS if invariant.dialect in ("", dialect)]


async def broken(tx: Tx, invariant: Invariant, now: datetime) -> Broken | None:
    """The rows that break a promise at this time, or None."""
    sql = invariant.sql.format(**SETS, minute=MINUTE[tx.dialect])
    counted = "SELECT count(*) OVER () AS number, CAST(id AS text) AS id FROM"
    statement = text(f"{counted} ({sql}) AS found ORDER BY id LIMIT {SHOWN}")
    if ":now" in sql:
        statement = statement.bindparams(bindparam("now", now, Instant))
    rows = await tx.rows(statement)
    return Broken(rows[0].number, tuple(row.id for row in rows)) if rows else None


async def entries(tx: Tx, after: UUID | None, most: int) -> list[tuple[UUID, int, str]]:
    """Meeting, sequence and each kept text of its calendar entry, by id, beginning after this one.

    The sequence is that of the meeting; where it is no more, that of the entry itself.
    """
    entry = feed_entries.c
    sequence = func.coalesce(meetings.c.sequence, entry.sequence).label("sequence")
    wanted: Any = select(entry.meeting_id, sequence, *(entry[detail] for detail in Detail))
    wanted = wanted.join(meetings, meetings.c.id == entry.meeting_id, isouter=True)
    if after:
        wanted = wanted.where(entry.meeting_id > after)
    rows = await tx.rows(wanted.order_by(entry.meeting_id).limit(most))
    return [(row.meeting_id, row.sequence, getattr(row, detail)) for row in rows for detail in Detail]
