"""Calendars elsewhere, and who looks at which of them when."""

from collections.abc import Collection
from datetime import datetime, timedelta
from uuid import UUID

from sqlalchemy import delete, func, insert, or_, select, update

from booking.domain.errors import NotFound
from booking.domain.external_calendars import ExternalCalendar
from booking.storage.database import Tx
from booking.storage.shapes import columns, made, values
from booking.storage.tables import external_calendars as calendars
from booking.storage.tables import external_times as times

_CALENDAR = columns(ExternalCalendar, calendars)
_FREED = {"lease_token": None, "lease_until": None}


async def add(tx: Tx, calendar: ExternalCalendar) -> None:
    """Write a new calendar."""
    await tx.run(insert(calendars).values(values(calendar, calendars, holder_id=calendar.holder_id)))


async def rename(tx: Tx, calendar_id: UUID, name: str) -> None:
    """Give it another name."""
    await tx.run(update(calendars).where(calendars.c.id == calendar_id).values(name=name))


async def remove(tx: Tx, calendar_id: UUID) -> None:
    """Forget it with all it said."""
    await tx.run(delete(times).where(times.c.calendar_id == calendar_id))
    await tx.run(delete(calendars).where(calendars.c.id == calendar_id))


async def load(tx: Tx, calendar_id: UUID, *, for_update: bool = False) -> ExternalCalendar:
    """One calendar; raises :class:`NotFound`."""
    found = select(*_CALENDAR).where(calendars.c.id == calendar_id)
    row = await tx.row(found.with_for_update() if for_update else found)
    if row is None:
        raise NotFound(calendar_id=calendar_id)
    return made(ExternalCalendar, row)


async def of(tx: Tx, holder_ids: Collection[UUID]) -> list[ExternalCalendar]:
    """The calendars of these rooms or people, by name."""
    found = select(*_CALENDAR).where(calendars.c.holder_id.in_(holder_ids))
    return [made(ExternalCalendar, row) for row in await tx.rows(found.order_by(calendars.c.name, calendars.c.id))]


async def number_of(tx: Tx, holder_id: UUID) -> int:
    """How many a room or a person has."""
    return int(await tx.value(select(func.count()).where(calendars.c.holder_id == holder_id)))


async def claim(
    tx: Tx, now: datetime, token: UUID, lease: timedelta, most: int, *, only: UUID | None = None
) -> list[ExternalCalendar]:
    """Take those that are due, the longest waiting first, or one that need not be, so that nobody else does."""
    wanted = [calendars.c.url.is_not(None), or_(calendars.c.lease_until.is_(None), calendars.c.lease_until <= now)]
    wanted += [calendars.c.id == only] if only else [calendars.c.next_at <= now]
    due = select(calendars.c.id).where(*wanted).order_by(calendars.c.next_at, calendars.c.id).limit(most)
    found = due.with_for_update(skip_locked=True).cte("due")
    leased = update(calendars).where(calendars.c.id.in_(select(found.c.id)))
    taken = leased.values(lease_token=token, lease_until=now + lease).returning(*_CALENDAR)
    return [made(ExternalCalendar, row) for row in await tx.rows(taken)]


async def is_due(tx: Tx, now: datetime) -> bool:
    """Whether any is to be looked at; a look costs next to nothing."""
    return await tx.value(select(calendars.c.id).where(calendars.c.next_at <= now).limit(1)) is not None


async def settle(tx: Tx, token: UUID, calendar: ExternalCalendar) -> bool:
    """Write what became of a leased one; False for a worker come too late, who changes nothing."""
    mine = (calendars.c.id == calendar.id, calendars.c.lease_token == token)
    new = values(calendar, calendars) | _FREED
    for kept in ("id", "name", "url", "agency_id", "staff_id", "room_id", "holder_id", "created_by", "created_at"):
        new.pop(kept, None)
    return bool(await tx.run(update(calendars).where(*mine).values(new)))
