"""Two entries become one while others book, cancel and move the same person: no place is lost, and none is doubled."""

from uuid import UUID

from booking.services.doctor import examine
from tests.given import NOW, World
from tests.races import oracle
from tests.races.acts import Told, Try, try_in_step
from tests.races.crew import LENGTH, Crew, by_round, in_step
from tests.races.crowd import apart, people, seated, waits

ROUNDS = int(8 * LENGTH)


async def raced(world: World, url: str, crew: Crew, rounds: list[list[Try]]) -> list[list[Told]]:
    told = by_round(crew.together(try_in_step, url, in_step(rounds)))
    assert await oracle.faults(world.db) == {}
    assert await oracle.deadlocks(world.db) == 0
    # The sessions of a race are written straight into the tables, without their calendar entries.
    assert {found.name for found in await examine(world.db, now=NOW)} <= {"published-are-shown"}
    return told


def refusals(told: list[Told], what: str) -> set[str | None]:
    return {said.refusal for said in told if said.tried.what == what}


async def test_who_is_booked_while_he_is_merged_has_one_place_or_is_not_found(world: World, url: str, crew: Crew):
    rounds = []
    for session in await apart(world, ROUNDS):
        kept, gone = await people(world, 2)
        booked = [Try("book", (session, person), world.adviser) for person in (kept, gone)]
        rounds.append([Try("merge", (kept, gone), world.adviser), *booked])

    for told in await raced(world, url, crew, rounds):
        assert refusals(told, "merge") == {None}
        assert refusals(told, "book") <= {None, "already-booked", "not-found"}


async def test_a_place_cancelled_while_it_changes_hands_is_given_on(world: World, url: str, crew: Crew):
    rounds = []
    for session in await apart(world, ROUNDS, capacity=2):
        kept, gone, next_one = await people(world, 3)
        places = [await seated(world, session, person) for person in (kept, gone)]
        await waits(world, session, next_one)
        ended = [Try("cancel", (place.id,), world.adviser) for place in places]
        rounds.append([Try("merge", (kept, gone), world.adviser), *ended])

    for told in await raced(world, url, crew, rounds):
        assert refusals(told, "merge") == {None}
        assert refusals(told, "cancel") <= {None, "booking-ended"}


async def test_two_advisers_who_merge_the_same_two_both_ways_leave_one(world: World, url: str, crew: Crew):
    rounds = []
    for session in await apart(world, ROUNDS):
        one, other = await people(world, 2)
        await seated(world, session, other)
        rounds.append([Try("merge", pair, world.adviser) for pair in ((one, other), (other, one))])

    for told in await raced(world, url, crew, rounds):
        assert sorted(said.refusal or "" for said in told) == ["", "not-found"]


async def test_somebody_who_moves_while_he_is_merged_has_the_new_place(world: World, url: str, crew: Crew):
    rounds: list[list[Try]] = []
    sessions: list[UUID] = await apart(world, 2 * ROUNDS)
    for left, target in zip(sessions[::2], sessions[1::2], strict=True):
        kept, gone = await people(world, 2)
        place = await seated(world, left, gone)
        moved = Try("move", (place.id, target), world.adviser)
        rounds.append([Try("merge", (kept, gone), world.adviser), moved])

    for told in await raced(world, url, crew, rounds):
        assert refusals(told, "merge") == refusals(told, "move") == {None}
