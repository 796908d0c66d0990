"""The page of a session: what everybody may know, and whom only some may know by name."""

import pytest

from booking.domain.errors import NotAllowed, NotFound
from booking.domain.job_seekers import Channel
from booking.domain.staff import Role
from booking.services import bookings, scheduling, sessions
from booking.services.job_seekers import PersonSaid, register
from tests.given import NOW, SITE, World, in_days, meeting


@pytest.fixture
async def neighbour(world: World):
    """An adviser in Lyon."""
    return await world.staff(Role.ADVISER, await world.another_agency(), "Paul")


async def shown(world, session, by):
    return await sessions.show(world.db, session.id, by=by, now=NOW)


async def test_the_agency_of_the_session_knows_everybody(world):
    session = await world.session(capacity=1)
    seated, waiting = await world.booked(session), await world.waiting(session)

    found = await shown(world, session, world.adviser)

    assert [p.booking.id for p in found.seated] == [seated.id]
    assert [(p.booking.id, p.turn) for p in found.waiting] == [(waiting.id, 1)]


async def test_a_facilitator_is_told_no_names_here(world):
    session = await world.session()
    await world.booked(session)

    found = await shown(world, session, world.facilitator)

    assert (found.session.taken, found.participants) == (1, [])


async def test_an_adviser_elsewhere_knows_only_her_own_people(world, neighbour):
    session = await world.session()
    await world.booked(session)
    (lyon,) = neighbour.agency_ids
    own = await register(world.db, lyon, PersonSaid(first_name="Rose", last_name="Lyon"), by=neighbour, now=NOW)
    answered = await bookings.book(world.db, session.id, own.id, by=neighbour, now=NOW)

    found = await shown(world, session, neighbour)

    assert [p.booking.id for p in found.participants] == [answered.booking.id]
    assert found.session.taken == 2


async def test_a_place_on_the_waitlist_counts_the_people_one_does_not_know(world, neighbour):
    session = await world.session(capacity=1)
    await world.booked(session)
    await world.waiting(session)
    (lyon,) = neighbour.agency_ids
    own = await register(world.db, lyon, PersonSaid(first_name="Rose", last_name="Lyon"), by=neighbour, now=NOW)
    await bookings.wait(world.db, session.id, own.id, by=neighbour, now=in_days(0.1))

    found = await shown(world, session, neighbour)

    assert [p.turn for p in found.waiting] == [2]


async def test_a_draft_is_there_for_whoever_plans(world):
    draft = await world.draft()

    assert (await shown(world, draft, world.manager)).session.id == draft.id
    with pytest.raises(NotFound):
        await shown(world, draft, world.adviser)


async def test_a_draft_of_another_agency_is_not_found(world, neighbour):
    draft = await world.draft()

    with pytest.raises(NotFound):
        await shown(world, draft, neighbour)


async def test_somebody_can_be_moved_to_a_free_seat_of_the_same_workshop(world):
    session = await world.session()
    later = await world.session(meeting(in_days(20)))
    await world.booked(await world.session(meeting(in_days(21)), capacity=1))

    found = await shown(world, session, world.adviser)

    assert [listed.session.id for listed in found.targets] == [later.id]


async def test_before_a_cancellation_one_knows_whom_it_touches(world):
    session = await world.session()
    await world.booked(session, await world.job_seeker(email="a@example.org"))
    await world.booked(session, await world.job_seeker(phone="06 12 34 56 78"))
    await world.booked(session)

    touched = await sessions.concerned(world.db, session.id, by=world.manager)

    assert touched == {Channel.EMAIL: 1, Channel.SMS: 1, Channel.HAND: 1}


async def test_an_adviser_does_not_prepare_a_cancellation(world):
    session = await world.session()

    with pytest.raises(NotAllowed):
        await sessions.concerned(world.db, session.id, by=world.adviser)


async def test_a_cancelled_session_stays_visible(world):
    session = await world.session()
    await scheduling.cancel(world.db, session.id, because="Panne", by=world.manager, site=SITE, now=NOW)

    assert (await shown(world, session, world.adviser)).session.cancelled_because == "Panne"
