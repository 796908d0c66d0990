"""Somebody is erased while others book him, let him wait or cancel: he is gone, and nothing names him."""

from uuid import UUID

from sqlalchemy import func, select

from booking.storage.tables import bookings, job_seekers, waits
from tests.given import World
from tests.races import oracle
from tests.races.acts import Try, try_in_step
from tests.races.crew import LENGTH, Crew, by_round, in_step
from tests.races.crowd import apart, people, seated
from tests.races.crowd import waits as waiting

ROUNDS = int(6 * LENGTH)


async def test_who_is_booked_while_he_is_erased_has_no_place_and_no_name(world: World, url: str, crew: Crew):
    rounds, gone = [], await people(world, ROUNDS)
    for session, person in zip(await apart(world, ROUNDS), gone, strict=True):
        placed = [Try(what, (session, person), world.adviser) for what in ("book", "hold")]
        joined = Try("join", (world.workshop.id, person, world.agency.id), world.adviser)
        rounds.append([Try("erase", (person,), world.manager), *placed, joined])

    told = by_round(crew.together(try_in_step, url, in_step(rounds)))

    refused = {(one.tried.what, one.refusal) for said in told for one in said if one.refusal}
    assert {why for what, why in refused if what == "erase"} <= {"not-found"}
    assert {why for what, why in refused if what != "erase"} <= {"not-found", "already-booked", "seat-free"}
    assert await named(world, gone) == 0 == await kept(world)
    assert await oracle.faults(world.db) == {} and await oracle.deadlocks(world.db) == 0


async def test_a_seat_that_an_erasure_and_its_holder_give_up_at_once_is_given_on(world: World, url: str, crew: Crew):
    rounds, gone = [], await people(world, ROUNDS)
    for session, person in zip(await apart(world, ROUNDS, capacity=1), gone, strict=True):
        place = await seated(world, session, person)
        (next_one,) = await people(world, 1)
        await waiting(world, session, next_one)
        cancelled = Try("cancel", (place.id,), world.adviser)
        rounds.append([Try("erase", (person,), world.manager), cancelled])

    told = by_round(crew.together(try_in_step, url, in_step(rounds)))

    assert {one.refusal for said in told for one in said} <= {None, "booking-ended", "not-found"}
    assert await oracle.faults(world.db) == {} and await oracle.deadlocks(world.db) == 0


async def named(world: World, gone: list[UUID]) -> int:
    """Rows that say one of these identifiers still."""
    columns = (job_seekers.c.id, bookings.c.job_seeker_id, waits.c.job_seeker_id)
    async with world.db.reading() as tx:
        counts = [await tx.value(select(func.count()).where(column.in_(gone))) or 0 for column in columns]
    return sum(counts)


async def kept(world: World) -> int:
    """Places that anybody still has."""
    async with world.db.reading() as tx:
        return await tx.value(select(func.count()).where(bookings.c.state != "cancelled")) or 0
