"""The log of what was printed, handed over and signed; lines are added, never changed."""

from collections.abc import Collection
from datetime import datetime
from uuid import UUID

from sqlalchemy import delete, exists, insert, select

from booking.domain.errors import NotFound
from booking.domain.evidence import Deed, Evidence
from booking.storage import disputes
from booking.storage.database import Tx
from booking.storage.shapes import columns, made, values
from booking.storage.tables import bookings, evidence_lines

_LINE = columns(Evidence, evidence_lines)
_own = evidence_lines.c


async def add(tx: Tx, line: Evidence) -> None:
    """Write one line."""
    await tx.run(insert(evidence_lines).values(values(line, evidence_lines)))


async def load(tx: Tx, evidence_id: UUID) -> Evidence:
    """One line. Raises :class:`NotFound`."""
    row = await tx.row(select(*_LINE).where(_own.id == evidence_id))
    if row is None:
        raise NotFound(evidence_id=evidence_id)
    return made(Evidence, row)


async def of_bookings(tx: Tx, booking_ids: Collection[UUID]) -> list[Evidence]:
    """The lines about these bookings, by time."""
    found = select(*_LINE).where(_own.booking_id.in_(booking_ids)).order_by(_own.at, _own.id)
    return [made(Evidence, row) for row in await tx.rows(found)]


async def of_person(tx: Tx, job_seeker_id: UUID) -> list[Evidence]:
    """The lines about all bookings of somebody, by time."""
    his = select(bookings.c.id).where(bookings.c.job_seeker_id == job_seeker_id)
    found = select(*_LINE).where(_own.booking_id.in_(his)).order_by(_own.at, _own.id)
    return [made(Evidence, row) for row in await tx.rows(found)]


async def of_meeting(tx: Tx, meeting_id: UUID) -> list[Evidence]:
    """The lines about the sheet of a meeting, by time."""
    found = select(*_LINE).where(_own.meeting_id == meeting_id).order_by(_own.at, _own.id)
    return [made(Evidence, row) for row in await tx.rows(found)]


async def of_referral(tx: Tx, referral_id: UUID) -> list[Evidence]:
    """The lines about the sheet of a referral, by time."""
    found = select(*_LINE).where(_own.referral_id == referral_id).order_by(_own.at, _own.id)
    return [made(Evidence, row) for row in await tx.rows(found)]


async def was_ended(tx: Tx, evidence_id: UUID) -> bool:
    """Whether a line takes this one back."""
    ends = _own.deed.in_((Deed.UNDONE, Deed.REMOVED))
    return bool(await tx.value(select(exists().where(_own.about_id == evidence_id, ends))))


async def forget(tx: Tx, now: datetime, most: int) -> int:
    """Let go of lines whose time is over, unless a dispute needs them; one that another is about goes after it.

    Returns how many.
    """
    other = evidence_lines.alias()
    is_named = exists().where(other.c.about_id == _own.id)
    needed = disputes.needs_booking(_own.booking_id) | disputes.needs_meeting(_own.meeting_id)
    old = select(_own.id).where(_own.keep_until <= now, ~is_named, ~needed).limit(most)
    ids = [row.id for row in await tx.rows(old)]
    return await tx.run(delete(evidence_lines).where(_own.id.in_(ids))) if ids else 0
