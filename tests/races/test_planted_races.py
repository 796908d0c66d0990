"""The controls: with a guard removed, the same clients and the same oracle must find the promise broken."""

from tests.given import World, in_days
from tests.races import oracle
from tests.races.acts import Try, try_in_step
from tests.races.crew import PROCESSES, Crew, in_step
from tests.races.crowd import a_session, apart, opened, people
from tests.races.planted import try_planted, without_the_overlap_rule, without_the_seat_rule

ROUNDS, ASKING = 6, 12


async def test_counting_before_writing_is_found_out(world: World, url: str, crew: Crew) -> None:
    await without_the_seat_rule(world.db)
    crowd = await people(world, ASKING)
    empty = await apart(world, ROUNDS, capacity=1)
    rounds = [[Try("count_then_book", (session, person), world.adviser) for person in crowd] for session in empty]

    crew.together(try_planted, url, in_step(rounds))

    assert "more people than seats" in await oracle.faults(world.db)


async def test_a_missing_overlap_rule_is_found_out(world: World, url: str, crew: Crew) -> None:
    await without_the_overlap_rule(world.db)
    abreast = await opened(world, *(a_session(world, in_days(7), capacity=500) for _ in range(PROCESSES)))
    rounds = [[Try("book", (s, person), world.adviser) for s in abreast] for person in await people(world, ROUNDS)]

    crew.together(try_in_step, url, in_step(rounds))

    assert "somebody in two places at once" in await oracle.faults(world.db)


async def test_counting_before_holding_is_found_out(world: World, url: str, crew: Crew) -> None:
    await without_the_seat_rule(world.db)
    crowd, empty = await people(world, ASKING), await apart(world, ROUNDS, capacity=1)
    rounds = [[Try("count_then_hold", (session, person), world.adviser) for person in crowd] for session in empty]

    crew.together(try_planted, url, in_step(rounds))

    assert "more people than seats" in await oracle.faults(world.db)
