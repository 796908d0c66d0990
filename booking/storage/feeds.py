"""What subscribers read: entries kept as they are served, and a version that moves in the transaction of the change."""

from collections.abc import Collection, Sequence
from datetime import datetime
from uuid import UUID

from sqlalchemy import and_, insert, or_, select, update

from booking.domain.sessions import SessionState
from booking.storage.database import Tx
from booking.storage.tables import agencies, feed_changes, meetings, sessions


async def raise_version(
    tx: Tx, agency_id: UUID, meeting_ids: Collection[UUID], now: datetime, *, removed: bool = False
) -> None:
    """The agency's feed says something else from this transaction on."""
    mine = update(agencies).where(agencies.c.id == agency_id)
    new = mine.values(feed_version=agencies.c.feed_version + 1, feed_changed_at=now)
    version = await tx.value(new.returning(agencies.c.feed_version))
    changed = [
        {"agency_id": agency_id, "version": version, "meeting_id": id, "removed": removed, "at": now}
        for id in meeting_ids
    ]
    if changed:
        await tx.run(insert(feed_changes), changed)


async def entries(
    tx: Tx, agency_id: UUID, ends_after: datetime, starts_before: datetime, cancelled_from: datetime, most: int
) -> Sequence[str]:
    """The entries of an agency in a window by start and uid; cancelled ones only from their own day on."""
    shown = or_(
        sessions.c.state.in_([SessionState.OPEN, SessionState.HELD]),
        and_(sessions.c.state == SessionState.CANCELLED, meetings.c.starts_at >= cancelled_from),
    )
    mine = (meetings.c.agency_id == agency_id, meetings.c.entry.is_not(None))
    window = (meetings.c.ends_at > ends_after, meetings.c.starts_at < starts_before)
    found = (
        select(meetings.c.entry)
        .join(sessions, sessions.c.id == meetings.c.session_id)
        .where(*mine, *window, shown)
        .order_by(meetings.c.starts_at, meetings.c.id)
        .limit(most)
    )
    return [row.entry for row in await tx.rows(found)]
