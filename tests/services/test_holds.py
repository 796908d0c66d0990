"""A seat held while one talks: taken for others, booked by a word, free again by itself."""

from datetime import timedelta

import pytest

from booking.domain.agencies import WaitlistPolicy
from booking.domain.bookings import HOLD_OVER, BookingState, Party
from booking.domain.errors import AlreadyBooked, BookingEnded, JobSeekerElsewhere, NotHeld, SessionEnded, SessionFull
from booking.domain.idempotency import once
from booking.domain.sessions import Session
from booking.services import agency_settings, bookings, holds, lapsing
from booking.services.agency_settings import AgencySettings
from booking.storage import outbox
from tests.given import NOW, World, in_days, meeting

MINUTE = timedelta(minutes=1)


async def held(world: World, session: Session, person=None):
    who = person or await world.job_seeker()
    return (await holds.hold(world.db, session.id, who.id, by=world.adviser, now=NOW)).booking


async def load(world: World, booking_id):
    async with world.db.reading() as tx:
        return await bookings.bookings.load(tx, booking_id)


async def said(world: World, booking_id) -> list[str]:
    async with world.db.reading() as tx:
        return [message.kind for message in await outbox.of_booking(tx, booking_id)]


async def test_a_held_seat_is_taken_for_everybody_else_and_said_to_nobody(world: World) -> None:
    session = await world.session(capacity=1)

    booking = await held(world, session)

    assert (booking.state, booking.deadline_at) == (BookingState.HELD, NOW + 10 * MINUTE)
    assert await world.count(session) == (1, 0)
    assert await said(world, booking.id) == []
    with pytest.raises(SessionFull):
        await world.booked(session)


async def test_it_is_held_as_long_as_the_agency_has_set(world: World) -> None:
    settings = AgencySettings(directions="", hold_minutes=25, waitlist_policy=WaitlistPolicy.GIVE)
    await agency_settings.change(world.db, world.agency.id, settings, by=world.manager, now=NOW)

    booking = await held(world, await world.session())

    assert booking.deadline_at == NOW + 25 * MINUTE


async def test_a_held_seat_is_booked_by_a_word_and_then_confirmed_to_the_person(world: World) -> None:
    session = await world.session(capacity=1)
    booking = await held(world, session)

    booked = (await holds.confirm(world.db, booking.id, by=world.adviser, now=NOW + MINUTE)).booking

    assert (booked.state, booked.deadline_at) == (BookingState.BOOKED, None)
    assert await world.count(session) == (1, 0)
    assert "confirmation" in await said(world, booking.id)


async def test_booking_the_person_books_the_seat_that_is_held_for_him(world: World) -> None:
    session, person = await world.session(capacity=1), await world.job_seeker()
    booking = await held(world, session, person)

    booked = (await bookings.book(world.db, session.id, person.id, by=world.adviser, now=NOW + MINUTE)).booking

    assert (booked.id, booked.state) == (booking.id, BookingState.BOOKED)
    assert await world.count(session) == (1, 0)


async def test_what_is_booked_or_let_go_cannot_be_confirmed(world: World) -> None:
    booked = await world.booked(await world.session())
    gone = await held(world, await world.session(meeting(in_days(20))))
    await bookings.cancel(world.db, gone.id, party=Party.ADVISER, by=world.adviser, now=NOW)

    with pytest.raises(NotHeld):
        await holds.confirm(world.db, booked.id, by=world.adviser, now=NOW)
    with pytest.raises(BookingEnded):
        await holds.confirm(world.db, gone.id, by=world.adviser, now=NOW)
    assert await said(world, gone.id) == []


async def test_a_held_seat_ends_by_itself_and_goes_to_who_waits(world: World) -> None:
    session = await world.session(capacity=1)
    booking, waits = await held(world, session), await world.waiting(session)

    ended = [await lapsing.end_due(world.db, NOW + minutes * MINUTE) for minutes in (9, 11, 12)]

    assert ended == [0, 1, 0]
    gone = await load(world, booking.id)
    assert (gone.state, gone.cancelled_by, gone.cancelled_because) == (
        BookingState.CANCELLED,
        Party.SERVICE,
        HOLD_OVER,
    )
    assert (await load(world, waits.id)).state is BookingState.BOOKED
    assert await world.count(session) == (1, 0)


async def test_nobody_is_refused_a_seat_that_is_held_too_long(world: World) -> None:
    """Before the clock's job has come by."""
    session = await world.session(capacity=1)
    late = await held(world, session)

    booking = await world.booked(session, now=NOW + 11 * MINUTE)

    assert booking.state is BookingState.BOOKED
    assert (await load(world, late.id)).cancelled_because == HOLD_OVER
    assert await world.count(session) == (1, 0)


async def test_a_little_late_is_in_time_while_nobody_else_wants_the_seat(world: World) -> None:
    booking = await held(world, await world.session(capacity=1))

    booked = (await holds.confirm(world.db, booking.id, by=world.adviser, now=NOW + 11 * MINUTE)).booking

    assert booked.state is BookingState.BOOKED


async def test_nothing_is_booked_in_a_session_that_is_over(world: World) -> None:
    booking = await held(world, await world.session())

    with pytest.raises(SessionEnded):
        await holds.confirm(world.db, booking.id, by=world.adviser, now=in_days(15))


async def test_a_held_seat_occupies_the_time_of_the_person(world: World) -> None:
    person = await world.job_seeker()
    await held(world, await world.session(meeting(in_days(14))), person)
    other = await world.session(meeting(in_days(14, hour=1)))

    with pytest.raises(JobSeekerElsewhere) as refused:
        await held(world, other, person)

    assert refused.value.facts["alternatives"] == []


async def test_one_seat_is_held_once_however_often_the_form_is_sent(world: World) -> None:
    session, person = await world.session(), await world.job_seeker()
    key = once(world.adviser.id, "k", "hold", session.id, person.id)

    answers = [await holds.hold(world.db, session.id, person.id, by=world.adviser, now=NOW, once=key) for _ in range(2)]

    assert [answer.is_replay for answer in answers] == [False, True]
    assert answers[0].booking == answers[1].booking
    with pytest.raises(AlreadyBooked):
        await held(world, session, person)
