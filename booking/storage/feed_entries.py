"""What subscribers read is kept as it is served, and a version moves in the transaction of the change."""

from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from sqlalchemy import delete, insert, select, update

from booking.domain.subscriptions import Detail
from booking.storage.database import Tx
from booking.storage.idempotency import INSERT
from booking.storage.tables import (
    agencies,
    feed_changes,
    feed_entries,
    feed_scopes,
    feed_versions,
    meetings,
    occupancies,
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Kept:
    """One meeting as subscribers read it in each detail; ``scopes`` are the calendars it stands in beside its agency's.

    Those are the ids of its workshop, its room, and whoever leads, assists or, in a training, attends. ``made_by`` says
    by which renderer.
    """

    meeting_id: UUID
    session_id: UUID
    agency_id: UUID
    starts_at: datetime
    ends_at: datetime
    is_cancelled: bool
    sequence: int
    made_by: str
    texts: dict[Detail, str]
    scopes: frozenset[UUID]


async def of_sessions(tx: Tx, session_ids: Collection[UUID]) -> dict[UUID, Kept]:
    """What is kept of the meetings of these sessions, those removed included."""
    entry, scope = feed_entries.c, feed_scopes.c
    mine = entry.session_id.in_(session_ids)
    named: dict[UUID, set[UUID]] = {}
    found = select(scope.meeting_id, scope.scope_id).join(feed_entries, entry.meeting_id == scope.meeting_id)
    for row in await tx.rows(found.where(mine)):
        named.setdefault(row.meeting_id, set()).add(row.scope_id)
    return {
        row.meeting_id: Kept(
            meeting_id=row.meeting_id,
            session_id=row.session_id,
            agency_id=row.agency_id,
            starts_at=row.starts_at,
            ends_at=row.ends_at,
            is_cancelled=row.is_cancelled,
            sequence=row.sequence,
            made_by=row.made_by,
            texts={detail: getattr(row, detail) for detail in Detail},
            scopes=frozenset(named.get(row.meeting_id, ())),
        )
        for row in await tx.rows(select(feed_entries).where(mine))
    }


async def outdated(tx: Tx, made_by: str, since: datetime, most: int) -> list[UUID]:
    """Sessions with a meeting that ends after this time and is shown as another renderer made it."""
    c = feed_entries.c
    found = select(c.session_id).distinct().join(meetings, meetings.c.id == c.meeting_id)
    found = found.where(c.ends_at > since, c.made_by != made_by).order_by(c.session_id).limit(most)
    return [row.session_id for row in await tx.rows(found)]


async def write(tx: Tx, before: dict[UUID, Kept], after: Sequence[Kept], now: datetime) -> None:
    """Keep these meetings of one agency anew; every calendar that reads otherwise has another version from now on."""
    changed = {one.meeting_id for one in after if _shown(before.get(one.meeting_id)) != _shown(one)}
    await _write(tx, after, changed, now)
    if changed:
        await _raise_agency(tx, after[0].agency_id, [one for one in after if one.meeting_id in changed], now)
    raised: set[UUID] = set()
    for one in after:
        old = before[one.meeting_id].scopes if one.meeting_id in before else frozenset()
        raised |= old | one.scopes if one.meeting_id in changed else old ^ one.scopes
    # In one order: two transactions never wait for each other.
    for scope_id in sorted(raised):
        await _raise_scope(tx, scope_id, after[0].agency_id, now)


def _shown(one: Kept | None) -> object:
    return one and (one.texts, one.starts_at, one.ends_at, one.is_cancelled)


async def _write(tx: Tx, after: Iterable[Kept], changed: Collection[UUID], now: datetime) -> None:
    written = {one.meeting_id: one for one in after}
    await tx.run(delete(feed_scopes).where(feed_scopes.c.meeting_id.in_(written)))
    await tx.run(delete(feed_entries).where(feed_entries.c.meeting_id.in_(changed)))
    rows = [_row(written[id], now) for id in sorted(changed)]
    if rows:
        await tx.run(insert(feed_entries), rows)
        await tx.run(update(meetings).where(meetings.c.id.in_(changed)).values(changed_at=now))
    same = written.keys() - changed
    for made_by in {written[id].made_by for id in same}:
        await tx.run(update(feed_entries).where(feed_entries.c.meeting_id.in_(same)).values(made_by=made_by))
    scopes = [{"scope_id": scope, "meeting_id": one.meeting_id} for one in written.values() for scope in one.scopes]
    await tx.run(insert(feed_scopes), scopes)


def _row(one: Kept, now: datetime) -> dict[str, object]:
    own = {name: getattr(one, name) for name in ("meeting_id", "session_id", "agency_id", "starts_at", "ends_at")}
    more = {"is_cancelled": one.is_cancelled, "sequence": one.sequence, "made_by": one.made_by, "changed_at": now}
    return own | more | one.texts


async def _raise_agency(tx: Tx, agency_id: UUID, changed: Sequence[Kept], now: datetime) -> None:
    mine = update(agencies).where(agencies.c.id == agency_id)
    new = mine.values(feed_version=agencies.c.feed_version + 1, feed_changed_at=now)
    version = await tx.value(new.returning(agencies.c.feed_version))
    same = {"agency_id": agency_id, "version": version, "at": now}
    still = set(await _existing(tx, [one.meeting_id for one in changed]))
    rows = [same | {"meeting_id": one.meeting_id, "removed": one.meeting_id not in still} for one in changed]
    await tx.run(insert(feed_changes), rows)


async def _existing(tx: Tx, meeting_ids: Collection[UUID]) -> list[UUID]:
    return [row.id for row in await tx.rows(select(meetings.c.id).where(meetings.c.id.in_(meeting_ids)))]


async def follow(tx: Tx, staff_id: UUID, session_id: UUID, now: datetime) -> None:
    """The calendar of a member of staff shows the meetings of this session that he attends or leads, and no others."""
    of_session = select(meetings.c.id).where(meetings.c.session_id == session_id)
    own = (feed_scopes.c.scope_id == staff_id, feed_scopes.c.meeting_id.in_(of_session))
    await tx.run(delete(feed_scopes).where(*own))
    there = (
        select(occupancies.c.staff_id, feed_entries.c.meeting_id)
        .join_from(feed_entries, occupancies, occupancies.c.meeting_id == feed_entries.c.meeting_id)
        .where(feed_entries.c.session_id == session_id, occupancies.c.holder_id == staff_id)
    )
    await tx.run(insert(feed_scopes).from_select(["scope_id", "meeting_id"], there))
    where = select(meetings.c.agency_id).where(meetings.c.session_id == session_id).limit(1)
    await _raise_scope(tx, staff_id, await tx.value(where), now)


async def _raise_scope(tx: Tx, scope_id: UUID, agency_id: UUID, now: datetime) -> None:
    new = INSERT[tx.dialect](feed_versions).values(scope_id=scope_id, agency_id=agency_id, version=1, changed_at=now)
    more = {"version": feed_versions.c.version + 1, "changed_at": now}
    await tx.run(new.on_conflict_do_update(index_elements=["scope_id", "agency_id"], set_=more))
