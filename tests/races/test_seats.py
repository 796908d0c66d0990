"""Two dozen people ask for each of eight seats, from several processes at once."""

import random
from itertools import chain
from uuid import UUID

from tests.given import World
from tests.races import oracle
from tests.races.acts import Told, Try, try_all
from tests.races.crew import LENGTH, Crew, dealt
from tests.races.crowd import people, programme

SESSIONS, SEATS, TRIES = int(60 * LENGTH), 8, 24
WHIMS = {"book_or_wait": 50, "give_up": 25, "change_over": 10, "resize": 8, "postpone": 6, "cancel_session": 1}


async def a_storm(world: World) -> list[Try]:
    """Tries for every session in no order; some people ask for the same session twice, some for two at one hour."""
    sessions, crowd = await programme(world, SESSIONS, SEATS), await people(world, 150)
    wanted = [(session, random.choice(crowd)) for session in sessions for _ in range(TRIES)]
    random.shuffle(wanted)
    # Every other one brings a key, as forms and programs do.
    return [Try("book", who, world.adviser, f"k{n}" if n % 2 else None) for n, who in enumerate(wanted)]


def sessions_told(told: list[Told], refusal: str) -> set[UUID]:
    return {said.tried.who[0] for said in told if said.refusal == refusal}


async def test_every_seat_is_given_once_no_free_one_is_refused_and_what_is_said_is_written(
    world: World, url: str, crew: Crew
) -> None:
    tries = await a_storm(world)

    told = list(chain(*crew.together(try_all, url, dealt(tries))))

    assert await oracle.faults(world.db) == {}
    assert await oracle.deadlocks(world.db) == 0
    assert len(told) == len(tries)
    assert {said.booking.id: said.tried.who for said in told if said.booking} == await oracle.places(world.db)
    assert {said.refusal for said in told if said.refusal} == {"session-full", "already-booked", "job-seeker-elsewhere"}
    seats, full = await oracle.seats(world.db), sessions_told(told, "session-full")
    assert len(full) > SESSIONS * 0.8
    assert {seats[session] for session in full} == {SEATS}


async def test_after_a_day_of_everything_at_once_every_promise_holds(world: World, url: str, crew: Crew) -> None:
    sessions, crowd = await programme(world, 10, capacity=3), await people(world, 25)
    # Each whim is had now and then by chance, and three times for certain.
    whims = 3 * list(WHIMS) + random.choices(list(WHIMS), WHIMS.values(), k=int(300 * LENGTH))
    tries = [a_whim(world, sessions, crowd, what) for what in random.sample(whims, len(whims))]

    told = list(chain(*crew.together(try_all, url, dealt(tries))))

    assert await oracle.faults(world.db) == {}
    assert await oracle.deadlocks(world.db) == 0
    assert len({said.tried.what for said in told if said.refusal is None}) == len(WHIMS)


def a_whim(world: World, sessions: list[UUID], crowd: list[UUID], what: str) -> Try:
    session, other = random.sample(sessions, 2)
    person, size = random.choice(crowd), random.randint(2, 5)
    who = {
        "book_or_wait": (session, person),
        "give_up": (session, person),
        "change_over": (session, person, other),
        "resize": (session, size),
        "postpone": (session, size, random.choice([0.5, 1, -0.5]) / 24),
        "cancel_session": (session,),
    }
    return Try(what, who[what], world.manager)
