"""What subscribers read: entries kept as they are served, and a version that moves in the transaction of the change."""

from collections.abc import Collection, Sequence
from datetime import datetime
from uuid import UUID

from sqlalchemy import and_, bindparam, insert, or_, select, update

from booking.domain.sessions import SessionState
from booking.storage.database import Tx
from booking.storage.tables import agencies, feed_changes, meetings, sessions


async def raise_version(
    tx: Tx, agency_id: UUID, changed: Collection[UUID], now: datetime, *, removed: Collection[UUID] = ()
) -> None:
    """The agency's feed says something else of these meetings, or no longer names them, from this transaction on."""
    mine = update(agencies).where(agencies.c.id == agency_id)
    new = mine.values(feed_version=agencies.c.feed_version + 1, feed_changed_at=now)
    version = await tx.value(new.returning(agencies.c.feed_version))
    same = {"agency_id": agency_id, "version": version, "at": now}
    rows = [same | {"meeting_id": id, "removed": False} for id in changed]
    rows += [same | {"meeting_id": id, "removed": True} for id in removed]
    if rows:
        await tx.run(insert(feed_changes), rows)


async def entries(
    tx: Tx, agency_id: UUID, ends_after: datetime, starts_before: datetime, cancelled_from: datetime, most: int
) -> Sequence[str]:
    """The entries of an agency in a window by start and uid; cancelled ones only from their own day on."""
    window = {"ends_after": ends_after, "starts_before": starts_before, "cancelled_from": cancelled_from}
    return [row.entry for row in await tx.rows(_ENTRIES, {"agency": agency_id, "most": most, **window})]


_IS_PUBLISHED = sessions.c.state.in_([SessionState.OPEN, SessionState.HELD])
_WAS_PUBLISHED = and_(sessions.c.state == SessionState.CANCELLED, meetings.c.starts_at >= bindparam("cancelled_from"))
_ENTRIES = (
    select(meetings.c.entry)
    .join(sessions, sessions.c.id == meetings.c.session_id)
    .where(meetings.c.agency_id == bindparam("agency"), meetings.c.entry.is_not(None))
    .where(meetings.c.ends_at > bindparam("ends_after"), meetings.c.starts_at < bindparam("starts_before"))
    .where(or_(_IS_PUBLISHED, _WAS_PUBLISHED))
    .order_by(meetings.c.starts_at, meetings.c.id)
    .limit(bindparam("most"))
)
