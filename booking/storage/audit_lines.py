"""The audit read again: by what a line is about, who did it, where and when; the latest first."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from sqlalchemy import ColumnElement, select

from booking.domain.seals import Line
from booking.storage.audit import SAW
from booking.storage.database import Tx
from booking.storage.shapes import columns, made
from booking.storage.tables import audit, bookings, job_seekers, meetings, messages, referrals

_LINE = columns(Line, audit)


@dataclass(frozen=True, slots=True, kw_only=True)
class Wanted:
    """Which lines; None does not restrict. ``before`` is the number of the last line that was seen."""

    about: Collection[UUID] | None = None
    agency_ids: Collection[UUID] | None = None
    staff_id: UUID | None = None
    noun: str | None = None
    since: datetime | None = None
    until: datetime | None = None
    with_looks: bool = False
    before: int | None = None
    most: int = 100


async def find(tx: Tx, wanted: Wanted) -> list[Line]:
    """The lines, the latest first."""
    found = select(*_LINE).where(*_conditions(wanted)).order_by(audit.c.id.desc()).limit(wanted.most)
    return [made(Line, row) for row in await tx.rows(found)]


def _conditions(wanted: Wanted) -> list[ColumnElement[bool]]:
    c = audit.c
    found = [] if wanted.with_looks else [c.action != SAW]
    if wanted.about is not None:
        found.append(c.noun_id.in_(list(wanted.about)))
    if wanted.agency_ids is not None:
        found.append(c.agency_id.in_(list(wanted.agency_ids)))
    if wanted.since:
        found.append(c.at >= wanted.since)
    if wanted.until:
        found.append(c.at < wanted.until)
    if wanted.before:
        found.append(c.id < wanted.before)
    found += [c.staff_id == wanted.staff_id] if wanted.staff_id else []
    return found + ([c.noun == wanted.noun] if wanted.noun else [])


async def ids_of_person(tx: Tx, person_id: UUID) -> list[UUID]:
    """The person, who was merged into him, their referrals, their bookings and what was said about these."""
    p, b, r = job_seekers.c, bookings.c, referrals.c
    gone = [row.id for row in await tx.rows(select(p.id).where(p.merged_into == person_id))]
    people = [person_id, *gone]
    booked = [row.id for row in await tx.rows(select(b.id).where(b.job_seeker_id.in_(people)))]
    sent_away = [row.id for row in await tx.rows(select(r.id).where(r.job_seeker_id.in_(people)))]
    return [*people, *sent_away, *await _with_messages(tx, booked)]


async def ids_of_booking(tx: Tx, booking_id: UUID) -> list[UUID]:
    """The booking and what was said about it."""
    return await _with_messages(tx, [booking_id])


async def ids_of_session(tx: Tx, session_id: UUID) -> list[UUID]:
    """The session and its meetings."""
    found = select(meetings.c.id).where(meetings.c.session_id == session_id)
    return [session_id, *(row.id for row in await tx.rows(found))]


async def _with_messages(tx: Tx, booking_ids: list[UUID]) -> list[UUID]:
    said = select(messages.c.id).where(messages.c.booking_id.in_(booking_ids))
    return [*booking_ids, *(row.id for row in await tx.rows(said))]


async def agency_of_meeting(tx: Tx, meeting_id: UUID) -> UUID | None:
    """Where a meeting takes place."""
    return await tx.value(select(meetings.c.agency_id).where(meetings.c.id == meeting_id))  # type: ignore[no-any-return]


async def people_of(tx: Tx, booking_ids: Collection[UUID]) -> dict[UUID, UUID]:
    """Whose bookings these are."""
    found = select(bookings.c.id, bookings.c.job_seeker_id).where(bookings.c.id.in_(list(booking_ids)))
    return {row.id: row.job_seeker_id for row in await tx.rows(found)}


async def sessions_of(tx: Tx, meeting_ids: Collection[UUID]) -> dict[UUID, UUID]:
    """Whose meetings these are."""
    found = select(meetings.c.id, meetings.c.session_id).where(meetings.c.id.in_(list(meeting_ids)))
    return {row.id: row.session_id for row in await tx.rows(found)}
