"""Who comes without a booking: a seat like any other, never one too many, and present at once."""

import asyncio

import pytest

from booking.domain.attendance import Mark
from booking.domain.errors import (
    AlreadyBooked,
    InvalidField,
    MarkedOtherwise,
    MeetingNotBegun,
    NotAllowed,
    NotFound,
    PossibleDuplicates,
    RollClosed,
    SessionEnded,
    SessionFull,
)
from booking.domain.idempotency import Once, once
from booking.domain.job_seekers import JobSeeker
from booking.domain.sessions import Session
from booking.domain.staff import Role
from booking.services import (
    attendance,
    closing,
    corrections,
    doctor,
    job_seekers,
    rosters,
    scheduling,
    walk_ins,
)
from booking.services.job_seekers import PersonSaid
from booking.services.walk_ins import Coming
from booking.storage import idempotency
from tests.given import NOW, SITE, World, in_days
from tests.given_cycles import a_cycle, expected

BEGUN = in_days(14, hour=0.2)
MALIKA = PersonSaid(first_name="Malika", last_name="Haddad", birth_year=1984)


def coming(world: World, once: Once | None = None, **known: object) -> tuple[Coming, Once | None]:
    usual = {"by": world.facilitator, "now": BEGUN}
    return Coming(**(usual | known)), once  # type: ignore[arg-type]


async def come(world: World, session: Session, person: JobSeeker, **known: object):
    told, key = coming(world, **known)
    return (await walk_ins.seat(world.db, session.meetings[0].id, person.id, told, once=key)).booking


async def come_new(
    world: World, session: Session, said: PersonSaid = MALIKA, *, is_sure: bool = False, **known: object
):
    told, key = coming(world, **known)
    found = await walk_ins.seat_new(world.db, session.meetings[0].id, said, told, is_sure=is_sure, once=key)
    return found.booking


async def marks(world: World, session: Session, n: int = 0):
    roster = await attendance.roster(world.db, session.meetings[n].id, by=world.facilitator)
    return {line.booking.id: line.attendance and line.attendance.mark for line in roster.lines}


async def taken(world: World, session: Session) -> int:
    return (await world.count(session))[0]


async def elsewhere(world: World, name: str) -> JobSeeker:
    agency, odile = await world.another_agency(), await world.staff(Role.MANAGER, None, "Odile")
    return await job_seekers.register(
        world.db, agency.id, PersonSaid(first_name="Aïssatou", last_name=name), by=odile, now=NOW
    )


async def test_who_comes_has_a_seat_and_is_present(world: World) -> None:
    session = await world.session(capacity=2)

    booking = await come(world, session, await world.job_seeker("Haddad"))

    assert await marks(world, session) == {booking.id: Mark.ATTENDED}
    assert await taken(world, session) == 1
    assert await doctor.examine(world.db, now=BEGUN) == []


async def test_who_is_new_is_written_with_the_least(world: World) -> None:
    session = await world.session()

    booking = await come_new(world, session)

    person = await job_seekers.show(world.db, booking.job_seeker_id, by=world.adviser)
    assert (person.name, person.birth_year, person.phone) == ("Malika HADDAD", 1984, None)
    assert await marks(world, session) == {booking.id: Mark.ATTENDED}


async def test_a_name_that_is_missing_writes_nobody(world: World) -> None:
    session = await world.session()

    with pytest.raises(InvalidField):
        await come_new(world, session, PersonSaid(first_name="", last_name="Haddad"))

    assert await taken(world, session) == 0


async def test_somebody_alike_is_shown_before_a_second_one_is_written(world: World) -> None:
    session = await world.session()
    known = await world.job_seeker("Haddad", first_name="Malika", birth_year=1984)

    with pytest.raises(PossibleDuplicates) as refused:
        await come_new(world, session)
    sure = await come_new(world, session, is_sure=True)

    assert [one["job_seeker_id"] for one in refused.value.facts["candidates"]] == [known.id]
    assert sure.job_seeker_id != known.id


async def test_the_names_of_people_alike_are_not_kept_with_the_key(world: World) -> None:
    session, key = await world.session(), once(world.facilitator.id, "key", "walk-in")
    await world.job_seeker("Haddad", first_name="Malika", birth_year=1984)

    with pytest.raises(PossibleDuplicates):
        await come_new(world, session, once=key)

    async with world.db.reading() as tx:
        assert not await idempotency.used(tx, key)


async def test_a_full_room_takes_nobody_more_and_writes_nobody(world: World) -> None:
    session = await world.session(capacity=1)
    await world.booked(session)

    with pytest.raises(SessionFull):
        await come_new(world, session)

    assert await walk_ins.search(world.db, session.meetings[0].id, "Haddad", by=world.facilitator) == []
    assert await taken(world, session) == 1


async def test_the_last_seat_goes_to_one_of_two_who_come_at_once(world: World) -> None:
    session = await world.session(capacity=1)
    two = [await world.job_seeker(name) for name in ("Haddad", "Diallo")]

    found = await asyncio.gather(*(come(world, session, one) for one in two), return_exceptions=True)

    assert sorted(type(one).__name__ for one in found) == ["Booking", "SessionFull"]
    assert await taken(world, session) == 1


async def test_who_is_expected_is_only_marked(world: World) -> None:
    session = await world.session()
    person = await world.job_seeker("Haddad")
    booking = await world.booked(session, person)

    again = await come(world, session, person)

    assert (again.id, await taken(world, session)) == (booking.id, 1)
    assert await marks(world, session) == {booking.id: Mark.ATTENDED}


async def test_a_mark_given_before_stays(world: World) -> None:
    session = await world.session()
    person = await world.job_seeker("Haddad")
    booking = await world.booked(session, person)
    await attendance.mark(world.db, session.meetings[0].id, booking.id, Mark.LATE, by=world.facilitator, now=BEGUN)

    await come(world, session, person)

    assert await marks(world, session) == {booking.id: Mark.LATE}


async def test_who_comes_to_a_cycle_comes_from_then_on(world: World) -> None:
    cycle = await a_cycle(world, days=(14, 16))

    booking = await come(world, cycle, await world.job_seeker("Haddad"))

    assert [await expected(world, cycle, n) for n in (1, 2)] == [[booking.id], [booking.id]]
    assert await doctor.examine(world.db, now=BEGUN) == []


async def test_a_button_pressed_twice_seats_once(world: World) -> None:
    session = await world.session()
    key = once(world.facilitator.id, "key", "walk-in")

    first = await come_new(world, session, once=key)
    second = await come_new(world, session, once=key)

    assert first.id == second.id
    assert await taken(world, session) == 1


async def test_nobody_comes_before_the_day(world: World) -> None:
    session = await world.session()

    with pytest.raises(MeetingNotBegun):
        await come_new(world, session, now=in_days(13))

    assert await taken(world, session) == 0


async def test_nobody_comes_to_what_is_called_off(world: World) -> None:
    session = await world.session()
    await scheduling.cancel(world.db, session.id, because="neige", by=world.manager, site=SITE, now=in_days(1))

    with pytest.raises(SessionEnded):
        await come_new(world, session)


async def test_who_waits_for_a_seat_keeps_his_turn(world: World) -> None:
    session = await world.session(capacity=1)
    await world.booked(session)
    person = await world.job_seeker("Haddad")
    await world.waiting(session, person)

    with pytest.raises((AlreadyBooked, SessionFull)):
        await come(world, session, person, now=in_days(14, hour=-0.5))


async def test_people_are_found_by_their_names_in_the_agency_only(world: World) -> None:
    session = await world.session()
    here = await world.job_seeker("Haddad", phone="06 12 34 56 78", email="h@example.org")
    await elsewhere(world, "Haddad")

    async def found(said: str) -> list[str]:
        people = await walk_ins.search(world.db, session.meetings[0].id, said, by=world.facilitator)
        return [str(one.id) for one in people]

    assert await found("hadd") == [str(here.id)]
    assert [await found(said) for said in ("", "h", "5678", "h@example.org")] == [[], [], [], []]


async def test_only_who_calls_the_roll_with_full_names_adds_anybody(world: World) -> None:
    session = await world.session()
    person = await world.job_seeker("Haddad")
    assistant = await world.staff(Role.ASSISTANT, world.agency, "Zoé")
    stranger = await world.staff(Role.FACILITATOR, await world.another_agency(), "Paul")

    for who, refused in ((world.adviser, NotAllowed), (assistant, NotAllowed), (stranger, NotFound)):
        with pytest.raises(refused):
            await come(world, session, person, by=who)
        with pytest.raises(refused):
            await walk_ins.search(world.db, session.meetings[0].id, "Haddad", by=who)


async def test_a_person_of_another_agency_is_not_found(world: World) -> None:
    session = await world.session()
    stranger = await elsewhere(world, "Haddad")

    with pytest.raises(NotFound):
        await come(world, session, stranger)


async def test_who_came_while_there_was_no_network_is_present_since_then(world: World) -> None:
    session, later = await world.session(), in_days(15)

    booking = await come_new(world, session, now=later, made_at=BEGUN)

    (line,) = (await attendance.roster(world.db, session.meetings[0].id, by=world.facilitator)).lines
    assert (line.booking.id, line.attendance.marked_at) == (booking.id, BEGUN)


async def test_a_closed_roll_takes_somebody_more_only_when_that_is_said(world: World) -> None:
    session = await world.session()
    await closing.close(world.db, session.meetings[0].id, by=world.facilitator, now=BEGUN)

    with pytest.raises(RollClosed):
        await come_new(world, session)
    await come_new(world, session, after_closing=True)

    roll = await rosters.call(world.db, session.meetings[0].id, by=world.facilitator)
    (told,) = await corrections.of_roll(world.db, roll)
    assert (told.last_name, told.before, told.after) == ("Haddad", None, Mark.ATTENDED)
    assert told.by_name == world.facilitator.name


async def test_who_is_marked_absent_is_not_made_present_in_silence(world: World) -> None:
    session, person = await world.session(), await world.job_seeker("Haddad")
    booking = await world.booked(session, person)
    await attendance.mark(world.db, session.meetings[0].id, booking.id, Mark.ABSENT, by=world.facilitator, now=BEGUN)

    with pytest.raises(MarkedOtherwise):
        await come(world, session, person)

    assert await marks(world, session) == {booking.id: Mark.ABSENT}


async def test_whoever_came_after_the_start_is_counted_for_the_day(world: World) -> None:
    session = await world.session()
    await world.booked(session)

    await come_new(world, session)

    roster = await attendance.roster(world.db, session.meetings[0].id, by=world.facilitator)
    assert await rosters.how_many(world.db, [roster.meeting]) == {session.meetings[0].id: 2}
