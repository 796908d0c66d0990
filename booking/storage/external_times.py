"""When people and rooms are busy elsewhere, as their calendars say."""

from collections import defaultdict
from collections.abc import Collection, Sequence
from datetime import datetime
from uuid import UUID

from sqlalchemy import delete, insert, select, tuple_

from booking.storage.database import Tx
from booking.storage.tables import external_calendars as calendars
from booking.storage.tables import external_times as times
from calendars.importing import BusySpan

Span = tuple[datetime, datetime]
# As many values as one statement may carry everywhere.
AT_ONCE = 200


async def replace(tx: Tx, calendar_id: UUID, said: Sequence[BusySpan]) -> int:
    """Write what a calendar says now; what it said before and still says is left alone. Returns how many differ."""
    rows = await tx.rows(select(times.c.starts_at, times.c.ends_at).where(times.c.calendar_id == calendar_id))
    before = {(row.starts_at, row.ends_at) for row in rows}
    after = {(one.starts_at, one.ends_at): one.uid for one in said}
    gone, new = sorted(before - after.keys()), sorted(after.keys() - before)
    for n in range(0, len(gone), AT_ONCE):
        theirs = tuple_(times.c.starts_at, times.c.ends_at).in_(gone[n : n + AT_ONCE])
        await tx.run(delete(times).where(times.c.calendar_id == calendar_id, theirs))
    added = [{"calendar_id": calendar_id, "starts_at": s, "ends_at": e, "uid": after[s, e]} for s, e in new]
    if added:
        await tx.run(insert(times), added)
    return len(gone) + len(new)


async def between(tx: Tx, holder_ids: Collection[UUID], begins: datetime, ends: datetime) -> dict[UUID, list[Span]]:
    """When these rooms and people are busy in that time, by start."""
    found = (
        select(calendars.c.holder_id, times.c.starts_at, times.c.ends_at)
        .join_from(calendars, times, times.c.calendar_id == calendars.c.id)
        .where(calendars.c.holder_id.in_(holder_ids), times.c.starts_at < ends, times.c.ends_at > begins)
        .order_by(times.c.starts_at)
    )
    busy: dict[UUID, list[Span]] = defaultdict(list)
    for row in await tx.rows(found):
        busy[row.holder_id].append((row.starts_at, row.ends_at))
    return busy
