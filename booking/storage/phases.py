"""The changes of an agency's phase: those that wait for their day, and those that were made."""

from collections.abc import Collection
from dataclasses import replace
from datetime import date, datetime
from uuid import UUID

from sqlalchemy import insert, select, update

from booking.domain.agencies import Agency
from booking.domain.errors import NotFound
from booking.domain.phases import PhaseChange
from booking.storage.database import Tx
from booking.storage.shapes import columns, made, values
from booking.storage.tables import agencies, phase_changes

_CHANGE = columns(PhaseChange, phase_changes)
_AGENCY = columns(Agency, agencies)
_c = phase_changes.c
IS_WAITING = (_c.done_at.is_(None), _c.dropped_at.is_(None))


async def lock(tx: Tx, agency_id: UUID) -> Agency:
    """The agency, held alone: whoever plans a session there waits, or has planned it. Raises :class:`NotFound`."""
    row = await tx.row(select(*_AGENCY).where(agencies.c.id == agency_id).with_for_update())
    if row is None:
        raise NotFound(agency_id=agency_id)
    return made(Agency, row)


async def add(tx: Tx, change: PhaseChange) -> None:
    """Write a plan, or what is done at once; raises :class:`PhaseChangePlanned`."""
    await tx.run(insert(phase_changes).values(values(change, phase_changes)))


async def become(tx: Tx, agency: Agency, change: PhaseChange, now: datetime) -> Agency:
    """The agency is so from now on; the change says what it was."""
    after = replace(agency, phase=change.phase, hosts=change.hosts, phase_since=now)
    new = {"phase": after.phase, "hosts": after.hosts, "phase_since": now}
    await tx.run(update(agencies).where(agencies.c.id == agency.id).values(new))
    done = change.done(agency, now)
    ends = {"done_at": done.done_at, "phase_before": done.phase_before, "hosted_before": done.hosted_before}
    await tx.run(update(phase_changes).where(_c.id == change.id).values(ends))
    return after


async def drop(tx: Tx, change_id: UUID, by: UUID | None, now: datetime) -> None:
    """Nothing comes of this plan."""
    await tx.run(update(phase_changes).where(_c.id == change_id).values(dropped_by=by, dropped_at=now))


async def waiting(tx: Tx, agency_id: UUID) -> PhaseChange | None:
    """What is planned for this agency."""
    return (await waiting_at(tx, [agency_id])).get(agency_id)


async def waiting_at(tx: Tx, agency_ids: Collection[UUID] | None = None) -> dict[UUID, PhaseChange]:
    """What is planned, by agency; of these agencies, or of all."""
    there = [] if agency_ids is None else [_c.agency_id.in_(list(agency_ids))]
    rows = await tx.rows(select(*_CHANGE).where(*IS_WAITING, *there))
    return {row.agency_id: made(PhaseChange, row) for row in rows}


async def due(tx: Tx, last: date) -> list[PhaseChange]:
    """The plans whose day is not behind this one."""
    rows = await tx.rows(select(*_CHANGE).where(*IS_WAITING, _c.due_on <= last).order_by(_c.due_on, _c.id))
    return [made(PhaseChange, row) for row in rows]


async def of_agency(tx: Tx, agency_id: UUID) -> list[PhaseChange]:
    """All that was planned and done, the latest first."""
    found = select(*_CHANGE).where(_c.agency_id == agency_id).order_by(_c.planned_at.desc(), _c.id.desc())
    return [made(PhaseChange, row) for row in await tx.rows(found)]
