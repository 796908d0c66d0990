"""How much waits and what was done, counted in little time however much there is."""

from datetime import datetime

from sqlalchemy import func, select

from booking.domain.job_seekers import Channel
from booking.domain.messages import MessageState
from booking.storage.database import Database, Tx
from booking.storage.postgres import Postgres
from booking.storage.sqlite import Sqlite
from booking.storage.tables import audit, messages

# Whoever watches need not know how far beyond this a queue is.
MOST = 10_000


async def deeds(tx: Tx, after: int, until: int) -> list[tuple[str, str, int]]:
    """Noun, action and number of the lines of the audit after one and up to another."""
    c = audit.c
    found = select(c.noun, c.action, func.count()).where(c.id > after, c.id <= until)
    return [(row[0], row[1], row[2]) for row in await tx.rows(found.group_by(c.noun, c.action))]


async def due(tx: Tx, now: datetime) -> int:
    """How many messages should have left, up to ``MOST``."""
    c = messages.c
    overdue = select(c.id).where(c.state == MessageState.PLANNED, c.priority.between(1, 9), c.due_at <= now)
    return await _at_most(tx, overdue)


async def dead(tx: Tx) -> int:
    """How many messages no way could say, up to ``MOST``."""
    return await _at_most(tx, select(messages.c.id).where(messages.c.state == MessageState.DEAD))


async def to_do(tx: Tx) -> dict[Channel | None, int]:
    """How many messages wait for a person, by how they are to be told; up to ``MOST`` of them."""
    waiting = select(messages.c.channel).where(messages.c.state == MessageState.TO_DO).limit(MOST).subquery()
    found = select(waiting.c.channel, func.count()).group_by(waiting.c.channel)
    return {row[0]: row[1] for row in await tx.rows(found)}


async def _at_most(tx: Tx, found: object) -> int:
    some = found.limit(MOST).subquery()  # type: ignore[attr-defined]
    return int(await tx.value(select(func.count()).select_from(some)))


def load(db: Database) -> tuple[int, int] | None:
    """Connections in use, and who waits for one (on SQLite: for the pen); None for any other database."""
    return db.load if isinstance(db, Postgres | Sqlite) else None
