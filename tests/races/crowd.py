"""Many sessions and many people at once, written straight into the tables: a race is about what comes after."""

from datetime import datetime
from uuid import UUID

from booking.domain.bookings import Booking
from booking.domain.identifiers import new_id
from booking.domain.job_seekers import JobSeeker
from booking.domain.sessions import Meeting, Session, SessionState
from booking.services import bookings
from booking.storage import job_seekers, sessions
from tests.given import HOUR, NOW, World, in_days


def a_session(world: World, starts_at: datetime, capacity: int = 8, hours: float = 2) -> Session:
    """An open session of one meeting."""
    id = new_id(NOW)
    stamps = {"created_at": NOW, "changed_at": NOW}
    ends_at = starts_at + hours * HOUR
    only = Meeting(id=new_id(NOW), session_id=id, position=1, starts_at=starts_at, ends_at=ends_at, **stamps)
    catalogue = {"agency_id": world.agency.id, "workshop_id": world.workshop.id}
    return Session(id=id, state=SessionState.OPEN, capacity=capacity, meetings=(only,), **catalogue, **stamps)


def a_person(world: World, n: int) -> JobSeeker:
    """Somebody with nothing but a name."""
    stamps = {"created_at": NOW, "changed_at": NOW}
    return JobSeeker(id=new_id(NOW), agency_id=world.agency.id, first_name="Awa", last_name=f"Ba {n}", **stamps)


async def people(world: World, many: int) -> list[UUID]:
    """So many people."""
    crowd = [a_person(world, n) for n in range(many)]
    async with world.db.transaction() as tx:
        for person in crowd:
            await job_seekers.add(tx, person)
    return [person.id for person in crowd]


async def opened(world: World, *planned: Session) -> list[UUID]:
    """These sessions, written."""
    async with world.db.transaction() as tx:
        for session in planned:
            await sessions.add(tx, session)
    return [session.id for session in planned]


async def seated(world: World, session_id: UUID, person_id: UUID) -> Booking:
    """Somebody with a seat."""
    return (await bookings.book(world.db, session_id, person_id, by=world.adviser, now=NOW)).booking


async def waits(world: World, session_id: UUID, person_id: UUID) -> Booking:
    """Somebody on the waitlist."""
    return (await bookings.wait(world.db, session_id, person_id, by=world.adviser, now=NOW)).booking


async def programme(world: World, many: int, capacity: int = 8, abreast: int = 3) -> list[UUID]:
    """So many sessions, some at overlapping hours: who sits in one cannot sit in those beside it."""
    starts = [in_days(7 + n // abreast, hour=n % abreast * 0.5) for n in range(many)]
    return await opened(world, *(a_session(world, start, capacity) for start in starts))


async def apart(world: World, many: int, capacity: int = 8) -> list[UUID]:
    """So many sessions, each on a day of its own."""
    return await programme(world, many, capacity, abreast=1)
