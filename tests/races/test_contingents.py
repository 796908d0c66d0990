"""Seats kept for an agency, while its people, everybody else, those who leave and the clock come at once."""

from uuid import UUID

from booking.domain.identifiers import new_id
from booking.domain.job_seekers import JobSeeker
from booking.domain.staff import Role, Staff
from booking.services import bookings, contingents
from booking.storage import job_seekers
from tests.given import NOW, World, in_days
from tests.races import oracle
from tests.races.acts import Told, Try, try_in_step
from tests.races.crew import LENGTH, Crew, by_round, in_step
from tests.races.crowd import apart, people, seated, waits

ROUNDS = int(10 * LENGTH)
UNTIL = in_days(6)


class Elsewhere:
    """Another agency with its adviser and as many people as are needed."""

    def __init__(self, world: World, agency_id: UUID, adviser: Staff) -> None:
        self.world, self.agency_id, self.adviser = world, agency_id, adviser

    @classmethod
    async def of(cls, world: World) -> "Elsewhere":
        agency = await world.another_agency("Lyon Gerland")
        return cls(world, agency.id, await world.staff(Role.ADVISER, agency, "Lina"))

    async def people(self, many: int) -> list[UUID]:
        stamps = {"created_at": NOW, "changed_at": NOW}
        crowd = [
            JobSeeker(id=new_id(NOW), agency_id=self.agency_id, first_name="Awa", last_name=f"Là {n}", **stamps)
            for n in range(many)
        ]
        async with self.world.db.transaction() as tx:
            for person in crowd:
                await job_seekers.add(tx, person)
        return [person.id for person in crowd]

    async def keep(self, session_id: UUID, places: int) -> None:
        known = {"places": places, "until_at": UNTIL, "by": self.world.manager, "now": NOW}
        await contingents.keep(self.world.db, session_id, self.agency_id, **known)


async def raced(world: World, url: str, crew: Crew, rounds: list[list[Try]]) -> list[list[Told]]:
    told = by_round(crew.together(try_in_step, url, in_step(rounds)))
    assert await oracle.faults(world.db) == {}
    assert await oracle.deadlocks(world.db) == 0
    return told


async def test_kept_seats_go_to_their_agency_and_every_other_to_whoever_is_first(
    world: World, url: str, crew: Crew
) -> None:
    lyon, rounds = await Elsewhere.of(world), []
    sessions = await apart(world, ROUNDS, capacity=4)
    for session in sessions:
        await lyon.keep(session, 2)
        ours = [Try("book", (session, person), world.adviser) for person in await people(world, 4)]
        theirs = [Try("book", (session, person), lyon.adviser) for person in await lyon.people(4)]
        rounds.append([*ours, *theirs])

    for told in await raced(world, url, crew, rounds):
        seats = [said.booking for said in told if said.booking]
        assert len(seats) == 4 and sum(booking.is_from_contingent for booking in seats) == 2


async def test_a_kept_seat_given_up_while_the_clock_releases_it_is_never_lost(
    world: World, url: str, crew: Crew
) -> None:
    lyon, rounds = await Elsewhere.of(world), []
    for session in await apart(world, ROUNDS, capacity=2):
        await lyon.keep(session, 2)
        crowd, ours = await lyon.people(3), await people(world, 2)
        booked = await _booked(lyon, session, crowd[0])
        await waits(world, session, ours[0])
        rounds.append(
            [
                Try("cancel", (booked,), lyon.adviser),
                Try("release", (UNTIL,), world.manager),
                Try("book_or_wait", (session, crowd[1]), lyon.adviser),
                Try("book_or_wait", (session, ours[1]), world.adviser),
            ]
        )

    await raced(world, url, crew, rounds)

    assert set((await oracle.seats(world.db)).values()) == {2}


async def test_two_sessions_emptied_into_one_another_lose_nobody(world: World, url: str, crew: Crew) -> None:
    lyon, rounds = await Elsewhere.of(world), []
    pairs = await apart(world, 2 * ROUNDS, capacity=4)
    for one, other in zip(pairs[::2], pairs[1::2], strict=True):
        await lyon.keep(other, 1)
        crowd = await people(world, 4)
        for session, person in ((one, crowd[0]), (one, crowd[1]), (other, crowd[2])):
            await seated(world, session, person)
        newcomer = (await lyon.people(1))[0]
        rounds.append(
            [
                Try("empty_into", (one, other), world.manager),
                Try("empty_into", (other, one), world.manager),
                Try("book", (other, newcomer), lyon.adviser),
                Try("book", (one, crowd[3]), world.adviser),
            ]
        )

    for told in await raced(world, url, crew, rounds):
        emptied = [said.refusal for said in told if said.tried.what == "empty_into"]
        assert emptied.count(None) == 1


async def _booked(lyon: Elsewhere, session_id: UUID, person_id: UUID) -> UUID:
    answered = await bookings.book(lyon.world.db, session_id, person_id, by=lyon.adviser, now=NOW)
    return answered.booking.id
