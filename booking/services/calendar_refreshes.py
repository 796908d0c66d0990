"""Calendars elsewhere are looked at again every hour; one that cannot be had is tried more and more rarely, and the
last good copy stays."""

import asyncio
import random
from collections.abc import Awaitable, Callable
from dataclasses import replace
from datetime import datetime, timedelta
from uuid import UUID, uuid4

import structlog

from booking.domain.external_calendars import ExternalCalendar
from booking.domain.staff import Staff
from booking.services.calendar_copies import Copier, Copy, NotCopied
from booking.services.external_calendars import own, record
from booking.storage import agencies, external_calendars, external_times
from booking.storage.database import Database, again_when_contended

# Fetching and reading end after fifteen seconds; two are read at a time.
LEASE = timedelta(minutes=5)
AT_ONCE = 8
# Who asks again and again is shown what was found a moment ago.
SHORTEST = timedelta(seconds=30)
log = structlog.get_logger()


def refreshing(copier: Copier) -> Callable[[Database, datetime], Awaitable[int]]:
    """The work of a tick: look at every calendar that is due; returns how many were looked at."""

    async def refresh_due(db: Database, now: datetime) -> int:
        looked_at = 0
        while claimed := await _claim_due(db, token := uuid4(), now):
            await asyncio.gather(*(_refresh(db, copier, one, token, now) for one in claimed))
            looked_at += len(claimed)
        return looked_at

    return refresh_due


async def refresh(db: Database, copier: Copier, calendar_id: UUID, *, by: Staff, now: datetime) -> ExternalCalendar:
    """Look at a calendar at once, unless somebody does or just did. Raises :class:`NotFound`, :class:`NotAllowed`."""
    token = uuid4()
    async with db.transaction() as tx:
        before = await own(tx, calendar_id, by, now)
        if before.tried_at and now - before.tried_at < SHORTEST:
            return before
        claimed = await external_calendars.claim(tx, now, token, LEASE, 1, only=calendar_id)
        await record(tx, by, "refreshed", before, now)
    for one in claimed:
        await _refresh(db, copier, one, token, now)
    async with db.reading() as tx:
        return await own(tx, calendar_id, by, now)


@again_when_contended
async def _claim_due(db: Database, token: UUID, now: datetime) -> list[ExternalCalendar]:
    async with db.reading() as tx:
        if not await external_calendars.is_due(tx, now):
            return []
    async with db.transaction() as tx:
        return await external_calendars.claim(tx, now, token, LEASE, AT_ONCE)


async def _refresh(db: Database, copier: Copier, calendar: ExternalCalendar, token: UUID, now: datetime) -> None:
    async with db.reading() as tx:
        zone = (await agencies.load(tx, calendar.agency_id)).time_zone
    try:
        copy = await copier.copy(calendar, zone, now)
    except NotCopied as failure:
        log.info("calendar not copied", calendar=str(calendar.id), error=str(failure))
        await _settle(db, token, calendar.failed(str(failure), now), None, now)
        return
    # One faulty calendar must not keep the others waiting.
    except Exception:
        log.exception("copying broke", calendar=str(calendar.id))
        await _settle(db, token, calendar.failed("no-answer", now), None, now)
        return
    if copy.said is None:
        await _settle(db, token, calendar.unchanged(now), None, now)
    else:
        versions = {"etag": copy.etag, "last_modified": copy.last_modified}
        new = replace(calendar.copied(copy.said.read, copy.said.problems, now), **versions)
        await _settle(db, token, new, copy, now)


@again_when_contended
async def _settle(db: Database, token: UUID, calendar: ExternalCalendar, copy: Copy | None, now: datetime) -> None:
    due = calendar.due_again(now, random.random())  # noqa: S311 - so that not all are asked in one minute
    async with db.transaction() as tx:
        if await external_calendars.settle(tx, token, due) and copy and copy.said:
            await external_times.replace(tx, calendar.id, copy.said.times)
