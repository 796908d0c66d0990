"""What pages and programs list: sessions with their workshop, place and seats; rosters with their people."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from functools import cache
from typing import Any
from uuid import UUID

from sqlalchemy import Row, Select, case, select

from booking.domain.attendance import Attendance
from booking.domain.bookings import Booking, BookingState
from booking.domain.job_seekers import JobSeeker
from booking.domain.sessions import Session
from booking.storage import expected, wishes
from booking.storage import job_seekers as people
from booking.storage.bookings import IN_TURN
from booking.storage.database import Tx
from booking.storage.driving import hot
from booking.storage.sessions import SESSION_WITH_MEETINGS, sessions_from
from booking.storage.shapes import columns, made
from booking.storage.tables import (
    agencies,
    attendance,
    bookings,
    job_seekers,
    meetings,
    rooms,
    sessions,
    workshops,
)
from booking.storage.wishes import Shape, Wanted


@dataclass(frozen=True, slots=True, kw_only=True)
class Listed:
    """A session as a list shows it."""

    session: Session
    workshop_title: str
    agency_name: str
    agency_slug: str
    time_zone: str
    rooms: dict[UUID, str]


@dataclass(frozen=True, slots=True, kw_only=True)
class RosterLine:
    """Somebody expected at a meeting."""

    booking: Booking
    job_seeker: JobSeeker
    attendance: Attendance | None


@dataclass(frozen=True, slots=True, kw_only=True)
class BookingListed:
    """A booking with what it is a booking of."""

    booking: Booking
    session: Session
    workshop_title: str
    agency_name: str
    time_zone: str


async def find(tx: Tx, wanted: Wanted) -> list[Listed]:
    """The sessions wanted, by start."""
    return _listed(await tx.rows(_found(tx.dialect, wanted.shape), wishes.values(tx.dialect, wanted)))


@cache
def _found(dialect: str, shape: Shape) -> Select[Any]:
    found = _LISTED.where(sessions.c.id.in_(wishes.chosen(dialect, shape)))
    return hot(found.order_by(sessions.c.starts_at, sessions.c.id, meetings.c.position))


async def one(tx: Tx, session_id: UUID) -> Listed | None:
    """One session as a list shows it."""
    found = _listed(await tx.rows(_LISTED.where(sessions.c.id == session_id).order_by(meetings.c.position)))
    return found[0] if found else None


async def some(tx: Tx, session_ids: Collection[UUID]) -> dict[UUID, Listed]:
    """These sessions as a list shows them, by id."""
    found = _LISTED.where(sessions.c.id.in_(session_ids)).order_by(sessions.c.id, meetings.c.position)
    return {listed.session.id: listed for listed in _listed(await tx.rows(found))}


_LISTED: Select[Any] = (
    SESSION_WITH_MEETINGS.add_columns(
        workshops.c.title.label("workshop_title"),
        agencies.c.name.label("agency_name"),
        agencies.c.slug.label("agency_slug"),
        agencies.c.time_zone,
        rooms.c.name.label("room_name"),
    )
    .join(agencies, agencies.c.id == sessions.c.agency_id)
    .join(workshops, workshops.c.id == sessions.c.workshop_id)
    .join(rooms, rooms.c.id == meetings.c.room_id, isouter=True)
)


def _listed(rows: Sequence[Row[Any]]) -> list[Listed]:
    first = {}
    names: dict[UUID, dict[UUID, str]] = {}
    for row in rows:
        first.setdefault(row.id, row)
        if row.meeting_room_id:
            names.setdefault(row.id, {})[row.meeting_room_id] = row.room_name
    return [
        Listed(
            session=session,
            workshop_title=first[session.id].workshop_title,
            agency_name=first[session.id].agency_name,
            agency_slug=first[session.id].agency_slug,
            time_zone=first[session.id].time_zone,
            rooms=names.get(session.id, {}),
        )
        for session in sessions_from(rows)
    ]


async def roster(tx: Tx, meeting_id: UUID, session_id: UUID) -> list[RosterLine]:
    """Who is expected at this meeting, by name, each with the mark of it if there is one."""
    this = (attendance.c.booking_id == bookings.c.id) & (attendance.c.meeting_id == meeting_id)
    found = (
        select(
            *columns(Booking, bookings),
            *columns(JobSeeker, job_seekers, "person_"),
            *columns(Attendance, attendance, "mark_"),
        )
        .join_from(bookings, job_seekers, job_seekers.c.id == bookings.c.job_seeker_id)
        .join(attendance, this, isouter=True)
        .where(bookings.c.session_id == session_id, expected.at(meeting_id))
        .order_by(job_seekers.c.search, bookings.c.id)
    )
    return [_line(row) for row in await tx.rows(found)]


def _line(row: Row[Any]) -> RosterLine:
    mark = made(Attendance, row, "mark_") if row.mark_mark else None
    return RosterLine(booking=made(Booking, row), job_seeker=people.made(row, "person_"), attendance=mark)


async def participants(tx: Tx, session_id: UUID) -> list[tuple[Booking, JobSeeker]]:
    """Everybody with a place in this session and who they are: seated by name, then the waitlist in its turn."""
    waits = bookings.c.state == BookingState.WAITLISTED
    found = (
        select(*columns(Booking, bookings), *columns(JobSeeker, job_seekers, "person_"))
        .join_from(bookings, job_seekers, job_seekers.c.id == bookings.c.job_seeker_id)
        .where(bookings.c.session_id == session_id, bookings.c.state != BookingState.CANCELLED)
        .order_by(waits, *(case((waits, turn)) for turn in IN_TURN), job_seekers.c.search, bookings.c.id)
    )
    return [(made(Booking, row), people.made(row, "person_")) for row in await tx.rows(found)]


async def participants_of(tx: Tx, session_ids: Collection[UUID]) -> list[tuple[Booking, JobSeeker]]:
    """Everybody with a place in one of these sessions, in no order."""
    found = (
        select(*columns(Booking, bookings), *columns(JobSeeker, job_seekers, "person_"))
        .join_from(bookings, job_seekers, job_seekers.c.id == bookings.c.job_seeker_id)
        .where(bookings.c.session_id.in_(session_ids), bookings.c.state != BookingState.CANCELLED)
    )
    return [(made(Booking, row), people.made(row, "person_")) for row in await tx.rows(found)]


async def bookings_of(tx: Tx, job_seeker_id: UUID, most: int = 50) -> list[BookingListed]:
    """What one person has booked, the latest session first."""
    rows = await tx.rows(
        select(*columns(Booking, bookings))
        .join(sessions, sessions.c.id == bookings.c.session_id)
        .where(bookings.c.job_seeker_id == job_seeker_id)
        .order_by(sessions.c.starts_at.desc(), bookings.c.id)
        .limit(most)
    )
    booked = [made(Booking, row) for row in rows]
    listed = await some(tx, {booking.session_id for booking in booked})
    return [_booking_listed(booking, listed[booking.session_id]) for booking in booked]


def _booking_listed(booking: Booking, listed: Listed) -> BookingListed:
    return BookingListed(
        booking=booking,
        session=listed.session,
        workshop_title=listed.workshop_title,
        agency_name=listed.agency_name,
        time_zone=listed.time_zone,
    )
