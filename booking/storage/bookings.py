"""Bookings, the times they occupy, and who waits."""

from datetime import datetime
from uuid import UUID

from sqlalchemy import bindparam, delete, func, insert, select, update

from booking.domain.bookings import Booking, BookingState
from booking.domain.errors import NotFound
from booking.domain.sessions import SessionState
from booking.storage import feed_entries, job_seekers, occupancies
from booking.storage.columns import Id, Instant
from booking.storage.database import Tx
from booking.storage.driving import hot
from booking.storage.shapes import columns, made, values
from booking.storage.tables import bookings, job_seeker_times, meetings, sessions

_BOOKING = columns(Booking, bookings)
_ADD = hot(insert(bookings))
_OCCUPY = hot(
    insert(job_seeker_times).from_select(
        ["booking_id", "meeting_id", "job_seeker_id", "starts_at", "ends_at"],
        select(
            bindparam("booking", type_=Id),
            meetings.c.id,
            bindparam("person", type_=Id),
            meetings.c.starts_at,
            meetings.c.ends_at,
        ).where(
            meetings.c.session_id == bindparam("session", type_=Id),
            # Who joins a cycle on its way was not there before, wherever he was.
            meetings.c.starts_at > bindparam("since", type_=Instant),
            meetings.c.id == func.coalesce(bindparam("only", type_=Id), meetings.c.id),
        ),
    )
)


async def add(tx: Tx, booking: Booking) -> None:
    """Write a booking, and for a seat the times it occupies.

    Raises :class:`AlreadyBooked`, :class:`JobSeekerElsewhere`, :class:`NotFound` for who was merged into another.
    """
    await job_seekers.must_be_there(tx, booking.job_seeker_id, booking.agency_id)
    await tx.run(_ADD, values(booking, bookings, code=booking.code))
    await _occupy(tx, booking)


async def change(tx: Tx, booking: Booking) -> None:
    """Write a booking anew; a seat given occupies its times, a place given up frees them.

    Raises :class:`JobSeekerElsewhere`.
    """
    attended = await occupancies.attended_by(tx, booking.id)
    await tx.run(update(bookings).where(bookings.c.id == booking.id).values(values(booking, bookings)))
    await tx.run(delete(job_seeker_times).where(job_seeker_times.c.booking_id == booking.id))
    await _occupy(tx, booking)
    if attended and not booking.state.has_seat:
        await feed_entries.follow(tx, attended, booking.session_id, booking.changed_at)


async def _occupy(tx: Tx, booking: Booking) -> None:
    if booking.state.has_seat:
        who = {"booking": booking.id, "person": booking.job_seeker_id, "session": booking.session_id}
        await tx.run(_OCCUPY, who | {"since": booking.changed_at, "only": booking.only_meeting_id})
        attended = await occupancies.attended_by(tx, booking.id) if await occupancies.attend(tx, booking.id) else None
        if attended:
            await feed_entries.follow(tx, attended, booking.session_id, booking.changed_at)


async def load(tx: Tx, booking_id: UUID) -> Booking:
    """One booking; raises :class:`NotFound`."""
    row = await tx.row(select(*_BOOKING).where(bookings.c.id == booking_id))
    if row is None:
        raise NotFound(booking_id=booking_id)
    return made(Booking, row)


async def active(tx: Tx, session_id: UUID) -> list[Booking]:
    """Everybody who has a place in this session, seated first, then the waitlist in its order."""
    order = (bookings.c.state == BookingState.WAITLISTED, *IN_TURN)
    found = select(*_BOOKING).where(bookings.c.session_id == session_id, bookings.c.state != BookingState.CANCELLED)
    return [made(Booking, row) for row in await tx.rows(found.order_by(*order))]


async def active_of(tx: Tx, session_id: UUID, job_seeker_id: UUID) -> Booking | None:
    """This person's place in this session."""
    mine = (bookings.c.session_id == session_id, bookings.c.job_seeker_id == job_seeker_id)
    row = await tx.row(select(*_BOOKING).where(*mine, bookings.c.state != BookingState.CANCELLED))
    return made(Booking, row) if row else None


async def waits_in(tx: Tx, *people: UUID) -> set[UUID]:
    """The sessions in which one of these people waits."""
    theirs = (bookings.c.job_seeker_id.in_(people), bookings.c.state == BookingState.WAITLISTED)
    return {row.session_id for row in await tx.rows(select(bookings.c.session_id).where(*theirs))}


async def seated(tx: Tx, session_id: UUID) -> list[UUID]:
    """The people who have a seat in this session."""
    there = (bookings.c.session_id == session_id, bookings.c.state.in_([s for s in BookingState if s.has_seat]))
    return [row.job_seeker_id for row in await tx.rows(select(bookings.c.job_seeker_id).where(*there))]


# Priority first, then time; the id settles a tie, and grows with time itself.
IN_TURN = (bookings.c.priority, func.coalesce(bookings.c.waiting_since, bookings.c.created_at), bookings.c.id)


async def sessions_due(tx: Tx, now: datetime, most: int) -> list[UUID]:
    """The sessions in which a seat is held or offered longer than it may be."""
    wanted = select(bookings.c.session_id).where(bookings.c.deadline_at <= now).distinct()
    return [row.session_id for row in await tx.rows(wanted.order_by(bookings.c.session_id).limit(most))]


async def due(tx: Tx, session_id: UUID, now: datetime) -> list[Booking]:
    """The seats of a session that are held or offered longer than they may be, the longest first."""
    late = (bookings.c.session_id == session_id, bookings.c.deadline_at <= now)
    rows = await tx.rows(select(*_BOOKING).where(*late).order_by(bookings.c.deadline_at, bookings.c.id))
    return [made(Booking, row) for row in rows]


async def has_other_seat(tx: Tx, booking: Booking) -> bool:
    """Whether this person has a seat in another open session of the same workshop."""
    this = sessions.alias()
    here = select(this.c.workshop_id).where(this.c.id == booking.session_id).scalar_subquery()
    theirs = (bookings.c.job_seeker_id == booking.job_seeker_id, bookings.c.id != booking.id)
    found = (
        select(bookings.c.id)
        .join(sessions, sessions.c.id == bookings.c.session_id)
        .where(*theirs, bookings.c.state.in_([s for s in BookingState if s.has_seat]))
        .where(sessions.c.workshop_id == here, sessions.c.state == SessionState.OPEN)
    )
    return await tx.value(found.limit(1)) is not None


async def overlapping(tx: Tx, session_id: UUID, job_seeker_id: UUID, now: datetime) -> UUID | None:
    """The session, if any, in which this person sits at a time of this one that is still to come."""
    row = await tx.row(
        select(bookings.c.session_id)
        .join(job_seeker_times, job_seeker_times.c.booking_id == bookings.c.id)
        .join(meetings, meetings.c.session_id == session_id)
        .where(
            job_seeker_times.c.job_seeker_id == job_seeker_id,
            meetings.c.starts_at > now,
            job_seeker_times.c.starts_at < meetings.c.ends_at,
            job_seeker_times.c.ends_at > meetings.c.starts_at,
        )
        .limit(1)
    )
    return row.session_id if row else None
