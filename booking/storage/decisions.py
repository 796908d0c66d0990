"""Sessions that begin soon with fewer people than their workshop needs."""

from collections.abc import Collection
from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy import ColumnElement, Select, select, update

from booking.domain.sessions import SessionState
from booking.storage.database import Tx
from booking.storage.tables import sessions, workshops


def lacking(
    after: datetime | ColumnElement[datetime], before: datetime | ColumnElement[datetime], *what: Any
) -> Select[Any]:
    """This of the open sessions that begin in this time and lack people."""
    return (
        select(*what)
        .join_from(sessions, workshops, workshops.c.id == sessions.c.workshop_id)
        .where(sessions.c.state == SessionState.OPEN, sessions.c.starts_at > after, sessions.c.starts_at <= before)
        .where(sessions.c.taken < workshops.c.minimum, sessions.c.confirmed_at.is_(None))
    )


async def too_few(tx: Tx, agency_ids: Collection[UUID] | None, after: datetime, before: datetime) -> dict[UUID, int]:
    """Open sessions of these agencies that begin in this time and lack people, each with how many it needs."""
    wanted = lacking(after, before, sessions.c.id, workshops.c.minimum)
    if agency_ids is not None:
        wanted = wanted.where(sessions.c.agency_id.in_(agency_ids))
    return {row.id: row.minimum for row in await tx.rows(wanted)}


async def confirm(tx: Tx, session_id: UUID, now: datetime | None) -> None:
    """Few people are enough for this locked session."""
    await tx.run(update(sessions).where(sessions.c.id == session_id).values(confirmed_at=now))
