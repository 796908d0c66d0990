"""Whoever is freed by what the service plans gets the seat he waits for, if one is free."""

import pytest

from booking.domain.bookings import Booking, BookingState, Party
from booking.domain.sessions import Session
from booking.services import bookings, scheduling
from booking.services.scheduling import MeetingPlan
from tests.given import DAY, NOW, SITE, World, a_workshop, in_days, meeting


@pytest.fixture
async def elsewhere(world: World) -> tuple[Session, Session, Booking]:
    """Somebody sits in one session and waits for another at that time, in which a seat has come free."""
    taught = await scheduling.add_workshop(world.db, a_workshop("Internet"), by=world.manager, now=NOW)
    wanted = await world.session(capacity=1)
    other = await world.session(meeting(in_days(14, hour=1)), workshop_id=taught.id)
    person, seated = await world.job_seeker(), await world.booked(wanted)
    waits = await world.waiting(wanted, person)
    await world.booked(other, person)
    await bookings.cancel(world.db, seated.id, party=Party.PERSON, by=world.adviser, now=NOW)
    assert await world.count(wanted) == (0, 1)
    return wanted, other, waits


async def state_of(world: World, booking: Booking) -> BookingState:
    async with world.db.reading() as tx:
        return (await bookings.bookings.load(tx, booking.id)).state


async def test_by_a_session_that_is_cancelled(world: World, elsewhere) -> None:
    wanted, other, waits = elsewhere

    await scheduling.cancel(world.db, other.id, because="Salle inondée", by=world.manager, site=SITE, now=NOW)

    assert await state_of(world, waits) is BookingState.BOOKED
    assert await world.count(wanted) == (1, 0)


async def test_by_a_session_that_moves_to_another_day(world: World, elsewhere) -> None:
    wanted, other, waits = elsewhere
    later = [MeetingPlan(id=m.id, starts_at=m.starts_at + DAY, ends_at=m.ends_at + DAY) for m in other.meetings]

    await scheduling.change(
        world.db, other.id, capacity=8, meetings=later, version=None, by=world.manager, site=SITE, now=NOW
    )

    assert await state_of(world, waits) is BookingState.BOOKED
    assert (await world.count(wanted), await world.count(other)) == ((1, 0), (1, 0))
