"""Seats offered to who waits for any seat of a workshop: he may say no and keeps his turn, but not for ever."""

import pytest

from booking.domain.agencies import WaitlistPolicy
from booking.domain.agency_settings import AgencySettings
from booking.domain.bookings import Booking, BookingState, Party
from booking.domain.sessions import Session
from booking.domain.waits import MOST_OFFERS, Skip, Wait, WaitState
from booking.services import agency_settings, bookings, holds, lapsing, lines, waits
from tests.given import HOUR, NOW, World, in_days, meeting


@pytest.fixture
async def wait(world: World) -> Wait:
    """Somebody who waits for the workshop where one is asked before a seat is given."""
    settings = AgencySettings(directions="", hold_minutes=10, waitlist_policy=WaitlistPolicy.OFFER)
    await agency_settings.change(world.db, world.agency.id, settings, by=world.manager, now=NOW)
    person = await world.job_seeker("Diallo")
    joined = await waits.join(
        world.db, world.workshop.id, person.id, [world.agency.id], by=world.adviser, now=NOW, first_because="Entretien"
    )
    assert joined.wait
    return joined.wait


async def as_it_is(world: World, wait: Wait) -> Wait:
    async with world.db.reading() as tx:
        return await waits.waits.load(tx, wait.id)


async def offered(world: World, wait: Wait, session: Session) -> Booking | None:
    async with world.db.reading() as tx:
        return await bookings.bookings.active_of(tx, session.id, wait.job_seeker_id)


async def says_no(world: World, wait: Wait, session: Session, hour: float = 1) -> None:
    offer = await offered(world, wait, session)
    assert offer
    await bookings.cancel(world.db, offer.id, party=Party.PERSON, by=None, now=in_days(0, hour))


async def test_a_new_session_asks_who_waits_and_remembers_why_he_came_first(world: World, wait: Wait) -> None:
    session = await world.session(capacity=1)

    offer = await offered(world, wait, session)

    assert offer and (offer.state, offer.wait_id) == (BookingState.OFFERED, wait.id)
    assert (offer.waiting_since, offer.priority_because) == (wait.waiting_since, "Entretien")
    assert (await as_it_is(world, wait)).state is WaitState.WAITING


async def test_who_takes_it_waits_no_longer(world: World, wait: Wait) -> None:
    offer = await offered(world, wait, await world.session(capacity=1))
    assert offer

    await holds.confirm(world.db, offer.id, by=None, now=NOW + HOUR)

    assert (await as_it_is(world, wait)).state is WaitState.SERVED


async def test_who_says_no_is_not_asked_again_for_this_seat_and_keeps_his_turn_for_others(
    world: World, wait: Wait
) -> None:
    session = await world.session(capacity=1)

    await says_no(world, wait, session)
    other = await world.session(meeting(in_days(20)), capacity=1)

    (in_line,) = await lines.of_session(world.db, session.id, by=world.adviser, now=NOW + HOUR)
    assert (in_line.why_not, [why for why, _ in in_line.passed]) == (Skip.DECLINED, [Skip.DECLINED])
    assert await offered(world, wait, session) is None
    assert await offered(world, wait, other)
    assert (await as_it_is(world, wait)).offers == 1


async def test_who_does_not_answer_has_said_no(world: World, wait: Wait) -> None:
    offer = await offered(world, wait, await world.session(capacity=1))
    assert offer and offer.deadline_at

    await lapsing.end_due(world.db, offer.deadline_at)

    assert (await as_it_is(world, wait)).offers == 1


async def test_after_three_offers_in_vain_somebody_asks_what_he_really_wants(world: World, wait: Wait) -> None:
    for n in range(MOST_OFFERS):
        assert (await as_it_is(world, wait)).state is WaitState.WAITING
        await says_no(world, wait, await world.session(meeting(in_days(14 + n)), capacity=1), hour=n + 1)

    left = await as_it_is(world, wait)
    assert (left.state, left.ended_because, left.offers) == (WaitState.LEFT, "offers", 3)
    assert await offered(world, wait, await world.session(meeting(in_days(30)), capacity=1)) is None
