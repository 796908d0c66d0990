"""One key, one answer: what is kept, what is not, and what a replay leaves behind."""

from uuid import UUID

import pytest
from sqlalchemy import text

from booking.domain.errors import AlreadyBooked, JobSeekerElsewhere, NotAllowed, NotFound, SessionFull
from booking.domain.idempotency import Once, once
from booking.domain.identifiers import new_id
from booking.services import answers, bookings
from tests.given import NOW, World, in_days, meeting


def a_key(world: World, *asked: UUID) -> Once:
    return once(world.adviser.id, "k", *asked)


async def replays(world: World) -> int | None:
    async with world.db.reading() as tx:
        return await tx.value(text("SELECT replays FROM idempotency_keys"))


async def test_what_is_not_found_yet_may_be_found_with_the_same_key(world: World) -> None:
    missing, key = new_id(NOW), a_key(world)

    with pytest.raises(NotFound):
        await bookings.move(world.db, missing, missing, by=world.adviser, now=NOW, once=key)

    assert await replays(world) is None


async def test_who_was_not_allowed_may_try_again_with_the_same_key(world: World) -> None:
    booking, other = await world.booked(await world.session()), await world.session(meeting(in_days(20)))
    key = once(world.facilitator.id, "k", booking.id)

    with pytest.raises(NotAllowed):
        await bookings.move(world.db, booking.id, other.id, by=world.facilitator, now=NOW, once=key)

    assert await replays(world) is None


async def test_a_refusal_gives_way_to_the_answer_the_key_got_meanwhile(world: World) -> None:
    session, person = await world.session(), await world.job_seeker()
    key = a_key(world, session.id, person.id)
    first = await bookings.book(world.db, session.id, person.id, by=world.adviser, now=NOW, once=key)

    answer = await answers._refused_once(world.db, key, SessionFull(), NOW)

    assert (answer.booking, answer.is_replay) == (first.booking, True)


async def test_repeating_a_refusal_is_written_down_like_repeating_an_answer(world: World) -> None:
    session, person = await world.session(capacity=1), await world.job_seeker()
    await world.booked(session)
    key = a_key(world, session.id, person.id)

    for _ in range(3):
        with pytest.raises(SessionFull):
            await bookings.book(world.db, session.id, person.id, by=world.adviser, now=NOW, once=key)

    assert await replays(world) == 2


async def test_who_has_a_place_and_asks_to_wait_is_shown_it(world: World) -> None:
    session, person = await world.session(), await world.job_seeker()
    booking = await world.booked(session, person)

    with pytest.raises(AlreadyBooked) as refused:
        await world.waiting(session, person)

    assert refused.value.facts["booking_id"] == booking.id


async def test_a_move_into_another_session_at_that_time_names_it(world: World) -> None:
    person = await world.job_seeker()
    booking = await world.booked(await world.session(), person)
    there = await world.session(meeting(in_days(20)))
    beside = await world.session(meeting(in_days(20, hour=1)))
    await world.booked(there, person)

    with pytest.raises(JobSeekerElsewhere) as refused:
        await bookings.move(world.db, booking.id, beside.id, by=world.adviser, now=NOW)

    assert refused.value.facts["other_session_id"] == there.id
