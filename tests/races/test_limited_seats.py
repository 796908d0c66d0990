"""Seats that are held or offered, taken back, or opened, while somebody else wants the same one."""

from dataclasses import replace
from datetime import timedelta
from uuid import UUID

from sqlalchemy import text

from booking.domain.bookings import Party
from booking.services import bookings, holds
from booking.storage import bookings as stored
from booking.storage import workshops
from tests.given import NOW, World, in_days, meeting
from tests.races import oracle
from tests.races.acts import Told, Try, try_in_step
from tests.races.crew import LENGTH, Crew, by_round, in_step
from tests.races.crowd import apart, people, seated, waits

ROUNDS, ASKING = int(10 * LENGTH), 8
# Held a quarter of an hour ago for ten minutes, if nobody has looked since.
EARLIER, LATER = NOW - timedelta(minutes=15), in_days(6)


async def raced(world: World, url: str, crew: Crew, rounds: list[list[Try]]) -> list[list[Told]]:
    told = by_round(crew.together(try_in_step, url, in_step(rounds)))
    assert await oracle.faults(world.db) == {}
    assert await oracle.deadlocks(world.db) == 0
    return told


def refusals(told: list[Told]) -> list[str]:
    return sorted(said.refusal for said in told if said.refusal)


async def held(world: World, session_id: UUID, person_id: UUID, now=EARLIER) -> UUID:
    return (await holds.hold(world.db, session_id, person_id, by=world.adviser, now=now)).booking.id


async def offering(world: World) -> None:
    async with world.db.transaction() as tx:
        await tx.run(text("UPDATE agencies SET waitlist_policy = 'offer'"))


async def offered(world: World, session_id: UUID, leaving: UUID, waiting: UUID) -> UUID:
    """The only seat of this session, offered."""
    seat = await seated(world, session_id, leaving)
    place = await waits(world, session_id, waiting)
    await bookings.cancel(world.db, seat.id, party=Party.PERSON, by=world.adviser, now=NOW)
    return place.id


async def state_of(world: World, booking_id: UUID) -> str:
    async with world.db.reading() as tx:
        return (await stored.load(tx, booking_id)).state


async def test_the_last_seat_is_held_by_one_adviser(world: World, url: str, crew: Crew) -> None:
    crowd, empty = await people(world, ASKING), await apart(world, ROUNDS, capacity=1)
    rounds = [[Try("hold", (session, person), world.adviser) for person in crowd] for session in empty]

    for told in await raced(world, url, crew, rounds):
        assert refusals(told) == ["session-full"] * (ASKING - 1)


async def test_one_person_has_one_seat_held_however_many_ask_for_him(world: World, url: str, crew: Crew) -> None:
    asked = zip(await apart(world, ROUNDS), await people(world, ROUNDS), strict=True)
    rounds = [[Try(what, who, world.adviser) for what in ("hold", "hold", "book", "hold")] for who in asked]

    for told in await raced(world, url, crew, rounds):
        assert set(refusals(told)) == {"already-booked"}
        assert len({said.booking.id for said in told if said.booking}) == 1


async def test_a_hold_that_is_confirmed_as_it_ends_is_booked_once_or_free(world: World, url: str, crew: Crew) -> None:
    rounds = []
    for session in await apart(world, ROUNDS, capacity=1):
        person, newcomer = await people(world, 2)
        seat = await held(world, session, person)
        confirm, book = Try("confirm", (seat,), world.adviser), Try("book", (session, newcomer), world.adviser)
        rounds.append([confirm, Try("expire", (session, NOW), world.adviser), book, confirm])

    for told in await raced(world, url, crew, rounds):
        assert sum(said.booking is not None for said in told) == 1
    assert set((await oracle.seats(world.db)).values()) == {1}


async def test_an_offer_accepted_as_it_ends_is_accepted_or_goes_to_the_next(world: World, url: str, crew: Crew) -> None:
    await offering(world)
    rounds, offers = [], []
    for session in await apart(world, ROUNDS, capacity=1):
        leaving, waiting, following = await people(world, 3)
        offers.append(await offered(world, session, leaving, waiting))
        await waits(world, session, following)
        accept = Try("confirm", (offers[-1],), world.adviser)
        rounds.append([accept, Try("expire", (session, LATER), world.adviser), accept])

    told = await raced(world, url, crew, rounds)

    for answers, offer in zip(told, offers, strict=True):
        accepted = sum(said.booking is not None for said in answers)
        assert (accepted, await state_of(world, offer)) in {(1, "booked"), (0, "cancelled")}
    assert set((await oracle.seats(world.db)).values()) == {1}


async def test_the_only_seat_is_taken_back_or_goes_to_a_newcomer(world: World, url: str, crew: Crew) -> None:
    rounds = []
    for session in await apart(world, ROUNDS, capacity=1):
        mistaken, *newcomers = await people(world, 3)
        seat = await seated(world, session, mistaken)
        await bookings.cancel(world.db, seat.id, party=Party.PERSON, by=world.adviser, now=NOW)
        asking = [Try("book", (session, person), world.adviser) for person in newcomers]
        rounds.append([Try("restore", (seat.id,), world.adviser), *asking])

    for told in await raced(world, url, crew, rounds):
        assert refusals(told) == ["session-full"] * 2


async def test_who_joins_while_a_session_opens_has_a_seat_or_is_next(world: World, url: str, crew: Crew) -> None:
    rounds = []
    for n in range(ROUNDS):
        workshop = replace(world.workshop, id=UUID(int=n + 1), title=f"Atelier {n}")
        async with world.db.transaction() as tx:
            await workshops.add(tx, workshop)
        led = meeting(in_days(7 + n), facilitator_id=world.facilitator.id)
        draft = await world.draft(led, capacity=1, workshop_id=workshop.id, overridden_because="Course")
        joining = [
            Try("join", (workshop.id, person, world.agency.id), world.adviser) for person in await people(world, 2)
        ]
        rounds.append([Try("publish", (draft.id,), world.manager), *joining])

    for told in await raced(world, url, crew, rounds):
        assert refusals(told) == []
    assert set((await oracle.seats(world.db)).values()) == {1}
