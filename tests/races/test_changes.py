"""Cancelling, moving and planning while others book and wait: each pair of deeds at the same moment, many times."""

from collections.abc import Awaitable, Callable
from datetime import datetime
from uuid import UUID

from booking.storage import sessions
from tests.given import World, in_days
from tests.races import oracle
from tests.races.acts import Told, Try, try_in_step
from tests.races.crew import LENGTH, Crew, by_round, in_step
from tests.races.crowd import a_session, apart, opened, people, seated, waits

ROUNDS = int(12 * LENGTH)

Round = list[Try]


async def raced(world: World, url: str, crew: Crew, rounds: list[Round]) -> list[list[Told]]:
    """Every round at once, and no promise broken."""
    told = by_round(crew.together(try_in_step, url, in_step(rounds)))
    assert await oracle.faults(world.db) == {}
    assert await oracle.deadlocks(world.db) == 0
    return told


async def rounds_of(
    world: World, capacity: int, crowd: int, lay: Callable[[UUID, list[UUID]], Awaitable[Round]]
) -> list[Round]:
    """The same situation again and again, each in sessions and with people of its own."""
    empty = await apart(world, ROUNDS, capacity)
    return [await lay(session, await people(world, crowd)) for session in empty]


async def start_of(world: World, session_id: UUID) -> datetime:
    async with world.db.reading() as tx:
        return (await sessions.load(tx, session_id)).starts_at


def refusals(told: list[Told]) -> list[str]:
    return sorted(said.refusal for said in told if said.refusal)


async def test_a_freed_seat_goes_to_who_waits_however_many_newcomers_ask(world: World, url: str, crew: Crew) -> None:
    async def lay(session: UUID, crowd: list[UUID]) -> Round:
        leaving = await seated(world, session, crowd[0])
        await waits(world, session, crowd[1])
        newcomers = [Try("book", (session, person), world.adviser) for person in crowd[2:]]
        return [Try("cancel", (leaving.id,), world.adviser), *newcomers]

    rounds = await rounds_of(world, 1, 5, lay)

    for told in await raced(world, url, crew, rounds):
        assert refusals(told) == ["session-full"] * 3
    assert not await oracle.places(world.db, "waitlisted")


async def test_nobody_waits_for_a_seat_that_is_given_up_while_he_joins(world: World, url: str, crew: Crew) -> None:
    async def lay(session: UUID, crowd: list[UUID]) -> Round:
        leaving = await seated(world, session, crowd[0])
        joining = [Try("wait", (session, person), world.adviser) for person in crowd[1:]]
        return [Try("cancel", (leaving.id,), world.adviser), *joining]

    rounds = await rounds_of(world, 1, 4, lay)

    for told in await raced(world, url, crew, rounds):
        assert refusals(told) == []
    assert len(await oracle.places(world.db)) == ROUNDS
    assert len(await oracle.places(world.db, "waitlisted")) == 2 * ROUNDS


async def test_a_booking_moved_and_cancelled_at_once_ends_once(world: World, url: str, crew: Crew) -> None:
    async def lay(session: UUID, crowd: list[UUID]) -> Round:
        (target,) = await opened(world, a_session(world, in_days(200)))
        booking = await seated(world, session, crowd[0])
        move = Try("move", (booking.id, target), world.adviser)
        return [move, Try("cancel", (booking.id,), world.adviser)]

    rounds = await rounds_of(world, 1, 1, lay)

    for told in await raced(world, url, crew, rounds):
        assert refusals(told) == ["booking-ended"]


async def test_two_people_may_change_places(world: World, url: str, crew: Crew) -> None:
    async def lay(session: UUID, crowd: list[UUID]) -> Round:
        (other,) = await opened(world, a_session(world, in_days(200), capacity=2))
        here, there = await seated(world, session, crowd[0]), await seated(world, other, crowd[1])
        return [Try("move", (here.id, other), world.adviser), Try("move", (there.id, session), world.adviser)]

    rounds = await rounds_of(world, 2, 2, lay)

    for told in await raced(world, url, crew, rounds):
        assert refusals(told) == []


async def test_a_room_made_smaller_never_holds_too_many(world: World, url: str, crew: Crew) -> None:
    async def lay(session: UUID, crowd: list[UUID]) -> Round:
        newcomers = [Try("book", (session, person), world.adviser) for person in crowd]
        return [Try("resize", (session, 2), world.manager), *newcomers]

    rounds = await rounds_of(world, 4, 3, lay)

    for told in await raced(world, url, crew, rounds):
        assert refusals(told) in (["session-full"], ["capacity-below-taken"])


async def test_a_cancelled_session_keeps_nobody(world: World, url: str, crew: Crew) -> None:
    async def lay(session: UUID, crowd: list[UUID]) -> Round:
        await seated(world, session, crowd[0])
        asking = [Try("book_or_wait", (session, person), world.adviser) for person in crowd[1:]]
        return [Try("cancel_session", (session,), world.manager), *asking]

    rounds = await rounds_of(world, 2, 4, lay)

    for told in await raced(world, url, crew, rounds):
        assert set(refusals(told)) <= {"session-closed"}
    assert not await oracle.places(world.db)


async def test_who_is_freed_by_a_cancelled_session_gets_the_seat_he_waits_for(
    world: World, url: str, crew: Crew
) -> None:
    async def lay(session: UUID, crowd: list[UUID]) -> Round:
        (wanted,) = await opened(world, a_session(world, await start_of(world, session), capacity=1))
        leaving = await seated(world, wanted, crowd[0])
        await waits(world, wanted, crowd[1])
        await seated(world, session, crowd[1])
        newcomer = Try("book", (wanted, crowd[2]), world.adviser)
        return [Try("cancel_session", (session,), world.manager), Try("cancel", (leaving.id,), world.adviser), newcomer]

    rounds = await rounds_of(world, 8, 3, lay)

    await raced(world, url, crew, rounds)
