"""Who was added to a roll by mistake is taken off it with his mark: nobody is kept from a seat by a slip."""

import pytest

from booking.domain.attendance import Mark
from booking.domain.bookings import Booking
from booking.domain.errors import NotAllowed
from booking.domain.sessions import Session
from booking.domain.staff import Role
from booking.services import attendance, closing, corrections, doctor, merging, rosters
from tests.given import World, in_days
from tests.given_cycles import a_cycle
from tests.services.test_walk_ins import BEGUN, come, marks, taken


async def efface(world: World, session: Session, booking: Booking, n: int = 0, **known: object) -> None:
    told = {"by": world.facilitator, "now": in_days(14, hour=0.3)} | known
    await attendance.mark(world.db, session.meetings[n].id, booking.id, None, **told)


async def test_a_walk_in_taken_back_frees_his_seat(world: World) -> None:
    session = await world.session(capacity=1)
    person = await world.job_seeker("Haddad")
    booking = await come(world, session, person)

    await efface(world, session, booking)

    assert (await marks(world, session), await taken(world, session)) == ({}, 0)
    again = await come(world, session, person)
    assert await marks(world, session) == {again.id: Mark.ATTENDED}
    assert await doctor.examine(world.db, now=BEGUN) == []


async def test_another_mark_meanwhile_does_not_hide_that_he_was_a_walk_in(world: World) -> None:
    session = await world.session()
    booking = await come(world, session, await world.job_seeker("Haddad"))
    await attendance.mark(world.db, session.meetings[0].id, booking.id, Mark.LATE, by=world.facilitator, now=BEGUN)

    await efface(world, session, booking)

    assert await taken(world, session) == 0


async def test_who_had_a_seat_before_he_came_keeps_it(world: World) -> None:
    session, person = await world.session(), await world.job_seeker("Haddad")
    booking = await world.booked(session, person)
    await come(world, session, person)

    await efface(world, session, booking)

    assert (await marks(world, session), await taken(world, session)) == ({booking.id: None}, 1)


async def test_who_came_to_a_later_meeting_too_keeps_his_place(world: World) -> None:
    cycle = await a_cycle(world, days=(14, 16))
    booking = await come(world, cycle, await world.job_seeker("Haddad"))
    about = {"by": world.facilitator, "now": in_days(16, hour=0.3)}
    await attendance.mark(world.db, cycle.meetings[1].id, booking.id, Mark.ATTENDED, **about)

    await efface(world, cycle, booking, now=in_days(16, hour=0.4))

    assert (await marks(world, cycle, 1), await taken(world, cycle)) == ({booking.id: Mark.ATTENDED}, 1)


async def test_who_only_assists_takes_nobody_off_the_roll(world: World) -> None:
    session = await world.session()
    booking = await come(world, session, await world.job_seeker("Haddad"))
    assistant = await world.staff(Role.ASSISTANT, world.agency, "Zoé")

    with pytest.raises(NotAllowed):
        await efface(world, session, booking, by=assistant)

    assert (await marks(world, session), await taken(world, session)) == ({booking.id: Mark.ATTENDED}, 1)


async def test_a_seat_booked_before_outlives_the_mark_of_the_same_person_written_twice(world: World) -> None:
    session, known = await world.session(), await world.job_seeker("Haddad")
    booking = await world.booked(session, known)
    twice = await come(world, session, await world.job_seeker("Hadad"))
    await merging.merge(world.db, known.id, twice.job_seeker_id, by=world.adviser, now=BEGUN)

    await efface(world, session, booking)

    assert (await marks(world, session), await taken(world, session)) == ({booking.id: None}, 1)


async def test_who_was_taken_off_a_closed_roll_stands_among_its_corrections(world: World) -> None:
    session = await world.session()
    booking = await come(world, session, await world.job_seeker("Haddad"))
    await closing.close(world.db, session.meetings[0].id, by=world.facilitator, now=BEGUN)

    await efface(world, session, booking)

    roll = await rosters.call(world.db, session.meetings[0].id, by=world.facilitator)
    (told,) = await corrections.of_roll(world.db, roll)
    assert (roll.expected, told.last_name, told.before, told.after) == ([], "Haddad", Mark.ATTENDED, None)
