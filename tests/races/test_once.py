"""A request that arrives ten times at once acts once, and every time gets the same answer."""

import time

import pytest

from booking.domain.errors import RequestRunning
from booking.domain.idempotency import Once, once
from booking.services import bookings
from booking.storage import idempotency, sessions
from booking.storage.constraints import Unavailable
from booking.storage.postgres import Postgres
from tests.given import NOW, World
from tests.races import oracle
from tests.races.acts import Try, try_in_step
from tests.races.crew import LENGTH, Crew, by_round, in_step
from tests.races.crowd import apart, people, seated

ROUNDS = int(15 * LENGTH)
TIMES = 12
SOON_MS = 300


@pytest.mark.parametrize("what", ["book", "wait", "book_or_wait"])
async def test_one_key_many_times_at_once_acts_once(world: World, url: str, crew: Crew, what: str) -> None:
    asked = zip(await apart(world, ROUNDS, capacity=1), await people(world, ROUNDS), strict=True)
    rounds = [[Try(what, who, world.adviser, f"k{n}")] * TIMES for n, who in enumerate(asked)]

    told = by_round(crew.together(try_in_step, url, in_step(rounds)))

    for answers in told:
        assert len({said.booking.id for said in answers}) == 1
        assert sum(not said.is_replay for said in answers) == 1
    assert len(await oracle.places(world.db)) == ROUNDS
    assert await oracle.faults(world.db) == {}


async def test_one_key_has_one_answer_even_while_seats_come_free(world: World, url: str, crew: Crew) -> None:
    rounds = []
    for n, session in enumerate(await apart(world, ROUNDS, capacity=1)):
        leaving, asking = await people(world, 2)
        booking = await seated(world, session, leaving)
        ask = Try("book", (session, asking), world.adviser, f"k{n}")
        rounds.append([*[ask] * (TIMES // 2), Try("cancel", (booking.id,), world.adviser), *[ask] * (TIMES // 2)])

    told = by_round(crew.together(try_in_step, url, in_step(rounds)))

    for answers in told:
        assert len({said.refusal or said.booking.id for said in answers if said.tried.what == "book"}) == 1
    assert await oracle.faults(world.db) == {}


@pytest.mark.parametrize("url", ["postgresql"], indirect=True)
@pytest.mark.parametrize("deed", [bookings.book, bookings.wait])
async def test_a_request_that_still_runs_is_said_to_run(world: World, url: str, deed) -> None:
    impatient = Postgres(url, lock_timeout_ms=SOON_MS)
    (session,), (person,) = await apart(world, 1), await people(world, 1)
    key: Once = once(world.adviser.id, "k", session, person)
    begun = time.monotonic()

    async with world.db.transaction() as running:
        await idempotency.claim(running, key, NOW)
        with pytest.raises(RequestRunning):
            await deed(impatient, session, person, by=world.adviser, now=NOW, once=key)

    assert SOON_MS / 1000 <= time.monotonic() - begun < 3
    await impatient.close()


@pytest.mark.parametrize("url", ["postgresql"], indirect=True)
async def test_a_session_held_too_long_is_no_running_request(world: World, url: str) -> None:
    impatient = Postgres(url, lock_timeout_ms=SOON_MS)
    (session,), (person,) = await apart(world, 1), await people(world, 1)
    key = once(world.adviser.id, "k", session, person)

    async with world.db.transaction() as holding:
        await sessions.lock(holding, session)
        with pytest.raises(Unavailable):
            await bookings.book(impatient, session, person, by=world.adviser, now=NOW, once=key)

    await impatient.close()
