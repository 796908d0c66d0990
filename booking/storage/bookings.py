"""Bookings, the times they occupy, and who waits."""

from uuid import UUID

from sqlalchemy import bindparam, delete, exists, func, insert, select, update

from booking.domain.bookings import Booking, BookingState
from booking.domain.errors import NotFound
from booking.storage.columns import Id, Instant
from booking.storage.database import Tx
from booking.storage.driving import hot
from booking.storage.shapes import columns, made, values
from booking.storage.tables import bookings, job_seeker_times, meetings

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

    Raises :class:`AlreadyBooked`, :class:`JobSeekerElsewhere`.
    """
    await tx.run(_ADD, values(booking, bookings, code=booking.code))
    await _occupy(tx, booking)


async def change(tx: Tx, booking: Booking) -> None:
    """Write a booking anew; a seat given occupies its times, a place given up frees them.

    Raises :class:`JobSeekerElsewhere`.
    """
    await tx.run(update(bookings).where(bookings.c.id == booking.id).values(values(booking, bookings)))
    await tx.run(delete(job_seeker_times).where(job_seeker_times.c.booking_id == booking.id))
    await _occupy(tx, booking)


async def _occupy(tx: Tx, booking: Booking) -> None:
    if booking.state.has_seat:
        who = {"booking": booking.id, "person": booking.job_seeker_id, "session": booking.session_id}
        await tx.run(_OCCUPY, who | {"since": booking.changed_at, "only": booking.only_meeting_id})


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
IN_TURN = (bookings.c.priority, bookings.c.waiting_since, bookings.c.id)


async def next_in_turn(tx: Tx, session_id: UUID, agency_id: UUID | None = None) -> Booking | None:
    """The first who waits and could come: whoever is elsewhere at that time keeps his place and is passed over.

    With an agency, the first of its people.
    """
    elsewhere = (
        select(1)
        .select_from(job_seeker_times)
        .join(meetings, meetings.c.session_id == session_id)
        .where(
            job_seeker_times.c.job_seeker_id == bookings.c.job_seeker_id,
            job_seeker_times.c.starts_at < meetings.c.ends_at,
            job_seeker_times.c.ends_at > meetings.c.starts_at,
        )
        .correlate(bookings)
    )
    waiting = [bookings.c.session_id == session_id, bookings.c.state == BookingState.WAITLISTED]
    waiting += [] if agency_id is None else [bookings.c.agency_id == agency_id]
    row = await tx.row(select(*_BOOKING).where(*waiting, ~exists(elsewhere)).order_by(*IN_TURN).limit(1))
    return made(Booking, row) if row else None


async def overlapping(tx: Tx, session_id: UUID, job_seeker_id: UUID) -> UUID | None:
    """The session, if any, in which this person sits at a time of this one."""
    row = await tx.row(
        select(bookings.c.session_id)
        .join(job_seeker_times, job_seeker_times.c.booking_id == bookings.c.id)
        .join(meetings, meetings.c.session_id == session_id)
        .where(
            job_seeker_times.c.job_seeker_id == job_seeker_id,
            job_seeker_times.c.starts_at < meetings.c.ends_at,
            job_seeker_times.c.ends_at > meetings.c.starts_at,
        )
        .limit(1)
    )
    return row.session_id if row else None
