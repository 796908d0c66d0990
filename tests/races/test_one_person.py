"""Several advisers place one person at the same moment."""

from itertools import chain

import pytest

from tests.given import World, in_days
from tests.races import oracle
from tests.races.acts import Try, try_in_step
from tests.races.crew import LENGTH, PROCESSES, Crew, by_round, in_step
from tests.races.crowd import a_session, opened, people

ROUNDS = int(40 * LENGTH)


async def test_who_is_booked_into_overlapping_sessions_at_once_sits_in_one(world: World, url: str, crew: Crew) -> None:
    starts = [in_days(7, hour=0.25 * n) for n in range(PROCESSES)]
    abreast = await opened(world, *(a_session(world, start, capacity=500) for start in starts))
    crowd = await people(world, ROUNDS)
    rounds = [[Try("book", (session, person), world.adviser) for session in abreast] for person in crowd]

    told = by_round(crew.together(try_in_step, url, in_step(rounds)))

    for answers in told:
        assert sorted(said.refusal or "" for said in answers) == ["", *["job-seeker-elsewhere"] * (PROCESSES - 1)]
    assert await oracle.faults(world.db) == {}


@pytest.mark.parametrize("url", ["postgresql"], indirect=True)
async def test_who_loses_a_person_to_a_colleague_was_in_no_deadlock(world: World, url: str, crew: Crew) -> None:
    abreast = await opened(world, *(a_session(world, in_days(7), capacity=500) for _ in range(PROCESSES)))
    crowd = await people(world, 2 * ROUNDS)
    rounds = [[Try("book", (session, person), world.adviser) for session in abreast] for person in crowd]

    told = chain(*by_round(crew.together(try_in_step, url, in_step(rounds))))

    waited = sorted(said.seconds for said in told if said.refusal)
    half, most, longest = (round(1000 * waited[int(len(waited) * q)]) for q in (0.5, 0.99, 0.999))
    print(f"Of {len(waited)} losers half waited {half} ms, 99 % {most} ms, the last {longest} ms.")
    assert await oracle.deadlocks(world.db) == 0
