"""Several people at once: all of them or nobody, or as many as there are seats for."""

import pytest

from booking.domain.errors import AlreadyBooked, InvalidField, SessionFull
from booking.services import groups
from tests.given import NOW, World


async def together(world: World, session, many: int, *, all_or_none: bool) -> list[groups.Grouped]:
    people = [(await world.job_seeker()).id for _ in range(many)]
    return await groups.book(world.db, session.id, people, all_or_none=all_or_none, by=world.adviser, now=NOW)


async def test_a_group_that_fits_is_seated(world: World) -> None:
    session = await world.session(capacity=3)

    results = await together(world, session, 3, all_or_none=True)

    assert all(one.booking for one in results)
    assert await world.count(session) == (3, 0)


async def test_of_a_group_that_does_not_fit_nobody_is_seated(world: World) -> None:
    session = await world.session(capacity=3)

    results = await together(world, session, 4, all_or_none=True)

    assert [type(one.refusal) for one in results].count(SessionFull) == 1
    assert await world.count(session) == (0, 0)


async def test_or_as_many_as_there_are_seats_for(world: World) -> None:
    session = await world.session(capacity=3)

    results = await together(world, session, 4, all_or_none=False)

    assert [bool(one.booking) for one in results] == [True, True, True, False]
    assert isinstance(results[-1].refusal, SessionFull)
    assert await world.count(session) == (3, 0)


async def test_each_person_counts_once_and_is_answered_in_turn(world: World) -> None:
    session, seated, new = await world.session(), await world.job_seeker(), await world.job_seeker()
    await world.booked(session, seated)
    asked = [seated.id, new.id, new.id]

    results = await groups.book(world.db, session.id, asked, all_or_none=False, by=world.adviser, now=NOW)

    assert [one.job_seeker_id for one in results] == [seated.id, new.id]
    assert isinstance(results[0].refusal, AlreadyBooked) and results[1].booking


async def test_nobody_and_too_many_are_no_group(world: World) -> None:
    session = await world.session()

    with pytest.raises(InvalidField):
        await groups.book(world.db, session.id, [], all_or_none=True, by=world.adviser, now=NOW)
    with pytest.raises(InvalidField):
        groups.checked([world.agency.id.__class__(int=n) for n in range(101)])
