"""Calling the roll: who sees which name, and whose mark stands."""

import pytest

from booking.domain.attendance import Mark, Reason
from booking.domain.errors import NotAllowed, NotFound, StaleEdit
from booking.domain.staff import Role
from booking.services import attendance, rosters
from tests.given import World, in_days, meeting

DAY = in_days(1, hour=1)


@pytest.fixture
async def session(world: World):
    """A morning and an afternoon tomorrow."""
    return await world.session(meeting(in_days(1)), meeting(in_days(1, hour=4)))


async def mark(world, session, marks, by=None, seen=None):
    await attendance.mark_all(world.db, session.meetings[0].id, marks, seen=seen, by=by or world.facilitator, now=DAY)


async def roll(world, session, by=None):
    return await rosters.call(world.db, session.meetings[0].id, by=by or world.facilitator)


async def test_a_facilitator_sees_names(world, session):
    await world.booked(session, await world.job_seeker("Diallo"))

    (person,) = (await roll(world, session)).expected

    assert (person.first_name, person.last_name, person.mark) == ("Aïssatou", "Diallo", None)


async def test_an_assistant_sees_a_first_name_and_an_initial(world, session):
    await world.booked(session, await world.job_seeker("Diallo"))
    zoe = await world.staff(Role.ASSISTANT, world.agency, "Zoé")

    (person,) = (await roll(world, session, zoe)).expected

    assert (person.first_name, person.last_name) == ("Aïssatou", "D.")


async def test_an_assistant_prints_no_sheet_of_names(world, session):
    zoe = await world.staff(Role.ASSISTANT, world.agency, "Zoé")

    with pytest.raises(NotAllowed):
        await rosters.sheet(world.db, session.meetings[0].id, by=zoe)


async def test_an_adviser_calls_no_roll(world, session):
    with pytest.raises(NotAllowed):
        await roll(world, session, world.adviser)


async def test_a_roll_elsewhere_is_not_found(world, session):
    stranger = await world.staff(Role.FACILITATOR, await world.another_agency(), "Paul")

    with pytest.raises(NotFound):
        await roll(world, session, stranger)


async def test_a_morning_knows_its_afternoon(world, session):
    await world.session(meeting(in_days(1)))

    others = (await roll(world, session)).others

    assert [listed.meeting.id for listed in others] == [m.id for m in session.meetings]


async def test_the_day_begins_with_ones_own_meetings(world, session):
    led = await world.session(meeting(in_days(1, hour=8), facilitator_id=world.facilitator.id))

    found = await rosters.of_day(world.db, by=world.facilitator, starts_from=in_days(1, hour=-5))

    assert found[0].meeting.id == led.meetings[0].id and len(found) == 3


async def test_presence_opens_on_the_day_of_the_place(world, session):
    meeting_listed = (await roll(world, session)).meeting

    assert not rosters.has_come(meeting_listed, in_days(0.5))
    assert rosters.has_come(meeting_listed, in_days(0.6))  # past midnight in Grenoble


async def test_a_mark_somebody_else_gave_meanwhile_is_not_overwritten(world, session):
    booking = await world.booked(session)
    await mark(world, session, {booking.id: (Mark.ABSENT, None)}, by=world.manager)

    with pytest.raises(StaleEdit) as refused:
        await mark(world, session, {booking.id: (Mark.ATTENDED, None)}, seen={booking.id: None})

    assert refused.value.facts["booking_ids"] == [booking.id]
    assert (await roll(world, session)).expected[0].mark is Mark.ABSENT


async def test_the_same_mark_from_two_people_is_no_quarrel(world, session):
    booking = await world.booked(session)
    await mark(world, session, {booking.id: (Mark.LATE, None)}, by=world.manager)

    await mark(world, session, {booking.id: (Mark.LATE, None)}, seen={booking.id: None})

    assert (await roll(world, session)).expected[0].mark is Mark.LATE


async def test_a_mark_seen_may_be_changed(world, session):
    booking = await world.booked(session)
    await mark(world, session, {booking.id: (Mark.ABSENT, None)})

    await mark(world, session, {booking.id: (Mark.EXCUSED, Reason.ILL)}, seen={booking.id: (Mark.ABSENT, None)})

    assert (await roll(world, session)).count(Mark.EXCUSED) == 1
