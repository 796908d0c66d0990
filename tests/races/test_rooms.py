"""Several managers want one room, or one facilitator, at the same moment."""

import pytest

from tests.given import World, in_days, meeting
from tests.races import oracle
from tests.races.acts import Try, try_in_step
from tests.races.crew import LENGTH, PROCESSES, Crew, by_round, in_step
from tests.races.planted import without_the_place_rule

ROUNDS = int(12 * LENGTH)
# From here on so many days without a holiday.
FIRST = 24


def tries(world: World, n: int, room: bool) -> list[Try]:
    """One wish for each process in round n, a quarter of an hour apart: only one can come true."""
    where = (world.room.id, None) if room else (None, world.facilitator.id)
    starts = [in_days(FIRST + n, hour=p / (4 * PROCESSES)) for p in range(PROCESSES)]
    return [Try("plan", (world.agency.id, world.workshop.id, start, *where), world.manager) for start in starts]


async def test_one_room_and_one_facilitator_are_in_one_place_at_a_time(world: World, url: str, crew: Crew) -> None:
    rounds = [tries(world, n, room=n % 2 == 0) for n in range(ROUNDS)]

    told = by_round(crew.together(try_in_step, url, in_step(rounds)))

    for answers in told:
        assert sorted(said.refusal or "" for said in answers) == ["", *["place-taken"] * (PROCESSES - 1)]
    assert await oracle.faults(world.db) == {}


async def test_sessions_moved_to_one_hour_of_a_room_stay_where_they_were_but_one(
    world: World, url: str, crew: Crew
) -> None:
    rounds = [[await move_to_ten(world, n, 2 * p) for p in range(PROCESSES)] for n in range(ROUNDS // 2)]

    told = by_round(crew.together(try_in_step, url, in_step(rounds)))

    for answers in told:
        assert sorted(said.refusal or "" for said in answers) == ["", *["place-taken"] * (PROCESSES - 1)]
    assert await oracle.faults(world.db) == {}


# On SQLite whoever looks before writing already holds the only write lock: nothing can come between.
@pytest.mark.parametrize("url", ["postgresql"], indirect=True)
async def test_a_missing_place_rule_is_found_out(world: World, url: str, crew: Crew) -> None:
    await without_the_place_rule(world.db)
    rounds = [tries(world, n, room=True) for n in range(ROUNDS)]

    crew.together(try_in_step, url, in_step(rounds))

    assert "a room or a member of staff in two places at once" in await oracle.faults(world.db)


async def move_to_ten(world: World, n: int, hour: float) -> Try:
    """Plan a session in the room at this hour of a day, and wish to move it to ten hours after the first."""
    held = meeting(in_days(FIRST + n, hour=hour), hours=1, room_id=world.room.id)
    draft = await world.draft(held)
    return Try("postpone", (draft.id, 8, (10 - hour) / 24), world.manager)
