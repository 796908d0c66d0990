"""A crowd with seats, written straight into the tables: what is raced or measured is what comes after."""

from collections.abc import Iterator, Sequence
from datetime import datetime

from sqlalchemy import insert

from booking.domain import bookings as rules
from booking.domain.bookings import Booking
from booking.domain.identifiers import new_id
from booking.domain.job_seekers import JobSeeker
from booking.domain.sessions import Meeting, Session, SessionState
from booking.storage import job_seekers, sessions
from booking.storage import tables as t
from booking.storage.database import Database, Tx
from booking.storage.shapes import values
from tests.given import HOUR, World

AT_ONCE = 1000
Seat = tuple[Booking, Session, JobSeeker]


def by_mail(n: int) -> dict[str, object]:
    """What the n-th person has."""
    return {"email": f"p{n}@example.org"}


def by_text(n: int) -> dict[str, object]:
    """Numbers kept for films and tests; there are ten thousand of them."""
    return {"phone": f"+3363998{n % 10_000:04}", "phone_takes_sms": True}


def mixed(n: int) -> dict[str, object]:
    """One mail for three texts."""
    return by_text(n) if n % 4 else by_mail(n)


def a_crowd(world: World, many: int, starts: Sequence[datetime], booked_at: datetime, reach=by_mail) -> list[Seat]:
    """So many people in sessions that start at these times, in turn; all booked at once."""
    stamps = {"created_at": booked_at, "changed_at": booked_at}
    held = [_session(world, start, 1 + many // len(starts), booked_at) for start in starts]
    people = [
        JobSeeker(
            id=new_id(booked_at),
            agency_id=world.agency.id,
            first_name="Awa",
            last_name=f"Ba {n}",
            **reach(n),
            **stamps,
        )
        for n in range(many)
    ]
    return [
        (rules.book(held[n % len(held)].id, one.id, world.agency.id, by=world.adviser.id, now=booked_at), session, one)
        for n, one in enumerate(people)
        for session in (held[n % len(held)],)
    ]


def _session(world: World, start: datetime, capacity: int, now: datetime) -> Session:
    id, stamps = new_id(now), {"created_at": now, "changed_at": now}
    only = Meeting(id=new_id(now), session_id=id, position=1, starts_at=start, ends_at=start + 2 * HOUR, **stamps)
    where = {"agency_id": world.agency.id, "workshop_id": world.workshop.id}
    return Session(id=id, state=SessionState.OPEN, capacity=capacity, meetings=(only,), **where, **stamps)


async def seated(db: Database, crowd: Sequence[Seat]) -> None:
    """Write sessions, people and seats; nothing is planned to be said."""
    held = {session.id: session for _, session, _ in crowd}
    async with db.transaction() as tx:
        for session in held.values():
            await sessions.add(tx, session)
        for some in _groups(crowd):
            await _write(tx, some)
        for id in held:
            await sessions.count(tx, id, taken=sum(session.id == id for _, session, _ in crowd))


async def _write(tx: Tx, some: Sequence[Seat]) -> None:
    await tx.run(insert(t.job_seekers), [job_seekers.written(person) for _, _, person in some])
    await tx.run(insert(t.bookings), [values(booking, t.bookings, code=booking.code) for booking, _, _ in some])
    await tx.run(insert(t.job_seeker_times), [_time(booking, session) for booking, session, _ in some])


def _time(booking: Booking, session: Session) -> dict[str, object]:
    meeting = session.meetings[0]
    when = {"meeting_id": meeting.id, "starts_at": meeting.starts_at, "ends_at": meeting.ends_at}
    return when | {"booking_id": booking.id, "job_seeker_id": booking.job_seeker_id}


def _groups(things: Sequence[Seat]) -> Iterator[Sequence[Seat]]:
    return (things[begin : begin + AT_ONCE] for begin in range(0, len(things), AT_ONCE))
