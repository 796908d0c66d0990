"""Disputes: while one runs, the person's data stay."""

from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy import ColumnElement, insert, or_, select, text, update

from booking.domain.disputes import Dispute
from booking.storage.database import Tx
from booking.storage.shapes import columns, made, values
from booking.storage.tables import bookings, disputes, job_seekers, meetings, messages

_DISPUTE = columns(Dispute, disputes)
_RUNS = disputes.c.closed_at.is_(None)


def _about(person: Any) -> ColumnElement[bool]:
    """Also under an identifier that he had before two entries became one."""
    one = job_seekers.alias("one")
    names = select(one.c.id).where(or_(one.c.id == person, one.c.merged_into == person))
    # Whoever asks stands outside, however far: without this word it would be about anybody at all.
    names = names.correlate_except(one)
    return disputes.c.job_seeker_id.in_(names) & _RUNS


def runs_about(person: Any) -> ColumnElement[bool]:
    """Whether a dispute runs about who stands in this column."""
    return select(1).select_from(disputes).where(_about(person)).exists()


def needs_message(message: Any) -> ColumnElement[bool]:
    """Whether a dispute runs about who was told in the message of this column."""
    said = messages.alias("said")
    return select(1).select_from(said).where(said.c.id == message, runs_about(said.c.job_seeker_id)).exists()


def needs_booking(booking: Any) -> ColumnElement[bool]:
    """Whether a dispute runs about whose booking stands in this column."""
    place = bookings.alias("place")
    return select(1).select_from(place).where(place.c.id == booking, runs_about(place.c.job_seeker_id)).exists()


def needs_meeting(meeting: Any) -> ColumnElement[bool]:
    """Whether a dispute runs about somebody who had a place at the meeting of this column."""
    held, place = meetings.alias("held"), bookings.alias("place")
    # Places and former places have an index each.
    either = or_(place.c.state != text("'cancelled'"), place.c.state == text("'cancelled'"))
    there = select(1).join_from(held, place, (place.c.session_id == held.c.session_id) & either)
    return there.where(held.c.id == meeting, runs_about(place.c.job_seeker_id)).exists()


async def running(tx: Tx, person_id: UUID) -> Dispute | None:
    """The dispute that runs about this person, the oldest of them if two entries became one."""
    row = await tx.row(select(*_DISPUTE).where(_about(person_id)).order_by(disputes.c.since).limit(1))
    return made(Dispute, row) if row else None


async def open_(tx: Tx, dispute: Dispute) -> None:
    """Write a new one."""
    await tx.run(insert(disputes).values(values(dispute, disputes)))


async def close(tx: Tx, person_id: UUID, by: UUID, now: datetime) -> bool:
    """It is over; False when none ran."""
    mine = update(disputes).where(_about(person_id))
    return bool(await tx.run(mine.values(closed_at=now, closed_by=by)))
