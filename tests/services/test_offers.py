"""A freed seat offered: whoever is first answers in time, or it goes on."""

import pytest

from booking.domain.agencies import WaitlistPolicy
from booking.domain.agency_settings import AgencySettings
from booking.domain.bookings import DECLINED, OFFER_OVER, Booking, BookingState, Party
from booking.domain.messages import MessageKind
from booking.domain.sessions import Session
from booking.services import agency_settings, bookings, holds, lapsing
from booking.storage import outbox
from tests.given import HOUR, NOW, World, in_days, meeting


@pytest.fixture
async def offered(world: World) -> tuple[Session, Booking, Booking]:
    """A full session whose seat has come free: the first of two who wait is asked."""
    settings = AgencySettings(directions="", hold_minutes=10, waitlist_policy=WaitlistPolicy.OFFER)
    await agency_settings.change(world.db, world.agency.id, settings, by=world.manager, now=NOW)
    session = await world.session(capacity=1)
    seated = await world.booked(session)
    first, second = await world.waiting(session), await world.waiting(session)
    await bookings.cancel(world.db, seated.id, party=Party.PERSON, by=world.adviser, now=NOW)
    return session, await load(world, first), await load(world, second)


async def load(world: World, booking: Booking) -> Booking:
    async with world.db.reading() as tx:
        return await bookings.bookings.load(tx, booking.id)


async def said(world: World, booking: Booking) -> set[MessageKind]:
    async with world.db.reading() as tx:
        return {message.kind for message in await outbox.of_booking(tx, booking.id)}


async def test_the_first_is_asked_and_his_seat_is_taken_for_everybody_else(world: World, offered) -> None:
    session, first, second = offered

    assert first.state is BookingState.OFFERED and first.deadline_at
    assert second.state is BookingState.WAITLISTED
    assert await world.count(session) == (1, 1)
    assert MessageKind.SEAT_OFFERED in await said(world, first)


async def test_who_has_no_phone_is_given_the_time_of_a_call_list(world: World, offered) -> None:
    """A day of opening hours more than the two that anybody has who is reached at once; nothing counts at night."""
    _, first, _ = offered

    assert first.deadline_at == in_days(3)


async def test_who_takes_the_seat_has_it_and_is_told(world: World, offered) -> None:
    session, first, _ = offered

    taken = (await holds.confirm(world.db, first.id, by=None, now=NOW + HOUR)).booking

    assert (taken.state, taken.deadline_at) == (BookingState.BOOKED, None)
    assert {MessageKind.CONFIRMATION, MessageKind.REMINDER} <= await said(world, first)
    assert await world.count(session) == (1, 1)


async def test_who_refuses_leaves_and_the_next_is_asked(world: World, offered) -> None:
    session, first, second = offered

    await bookings.cancel(world.db, first.id, party=Party.PERSON, by=None, now=NOW + HOUR)

    gone = await load(world, first)
    assert (gone.state, gone.cancelled_because) == (BookingState.CANCELLED, DECLINED)
    assert MessageKind.BOOKING_CANCELLED not in await said(world, first)
    assert (await load(world, second)).state is BookingState.OFFERED
    assert await world.count(session) == (1, 0)


async def test_who_does_not_answer_is_told_and_the_next_is_asked(world: World, offered) -> None:
    _, first, second = offered

    await lapsing.end_due(world.db, first.deadline_at)

    gone = await load(world, first)
    assert (gone.cancelled_by, gone.cancelled_because) == (Party.SERVICE, OFFER_OVER)
    assert MessageKind.WAIT_ENDED in await said(world, first)
    assert (await load(world, second)).state is BookingState.OFFERED


async def test_shortly_before_the_session_nobody_is_asked_but_given_the_seat(world: World, offered) -> None:
    _, first, second = offered
    late = in_days(14, hour=-1.2)

    await bookings.cancel(world.db, first.id, party=Party.PERSON, by=None, now=late)

    assert (await load(world, second)).state is BookingState.BOOKED


async def test_an_offer_occupies_the_time_of_the_person(world: World, offered) -> None:
    _, first, _ = offered
    other = await world.session(meeting(in_days(14, hour=1)))

    with pytest.raises(bookings.JobSeekerElsewhere):
        await bookings.book(world.db, other.id, first.job_seeker_id, by=world.adviser, now=NOW)
