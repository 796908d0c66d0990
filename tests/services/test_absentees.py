"""Who stayed away without excuse reaches his adviser, until he has another date, comes again, or was called."""

import pytest

from booking.domain.attendance import Mark
from booking.domain.errors import NotAllowed
from booking.domain.staff import Role
from booking.services import absentees, attendance, bookings, recalls
from tests.given import World, in_days, meeting

DAY, LATER = in_days(1, hour=3), in_days(2)


async def absent(world: World, *meetings, mark: Mark = Mark.ABSENT):
    session = await world.session(*(meetings or (meeting(in_days(1)),)))
    booking = await world.booked(session)
    await attendance.mark(world.db, session.meetings[0].id, booking.id, mark, by=world.facilitator, now=DAY)
    return session, booking


async def listed(world: World, by=None, now=LATER):
    return [
        (one.case.booking.id, one.missed_at, one.keeps)
        for one in await absentees.to_follow_up(world.db, by=by or world.adviser, now=now)
    ]


async def test_who_stayed_away_without_excuse_is_listed_for_his_adviser(world: World) -> None:
    _, booking = await absent(world)
    await absent(world, mark=Mark.EXCUSED)

    assert await listed(world) == [(booking.id, in_days(1), False)]


async def test_who_has_another_date_or_was_called_is_not(world: World) -> None:
    _, called = await absent(world)
    _, placed = await absent(world)
    await recalls.recalled(world.db, called.id, by=world.adviser, now=LATER)

    elsewhere = await world.session(meeting(in_days(9)))
    await bookings.book(world.db, elsewhere.id, placed.job_seeker_id, by=world.adviser, now=LATER)

    assert await listed(world, now=in_days(3)) == []


async def test_whom_one_said_to_have_called_by_mistake_is_in_the_list_again(world: World) -> None:
    _, booking = await absent(world)
    about = {"by": world.adviser, "now": LATER}
    await recalls.recalled(world.db, booking.id, **about)
    called = await listed(world)

    await recalls.undo(world.db, booking.id, **about)
    again = await listed(world)
    await recalls.recalled(world.db, booking.id, by=world.adviser, now=in_days(3))

    assert (called, len(again), await listed(world)) == ([], 1, [])


async def test_a_cycle_is_kept_and_who_comes_to_the_next_meeting_is_not_listed_any_more(world: World) -> None:
    cycle, booking = await absent(world, meeting(in_days(1)), meeting(in_days(8)))
    before = await listed(world)

    about = {"by": world.facilitator, "now": in_days(8, hour=1)}
    await attendance.mark(world.db, cycle.meetings[1].id, booking.id, Mark.ATTENDED, **about)

    assert (before, await listed(world, now=in_days(9))) == ([(booking.id, in_days(1), True)], [])


async def test_a_corrected_mark_and_what_is_long_past_are_not_asked_for(world: World) -> None:
    session, corrected = await absent(world)
    await absent(world)
    await attendance.mark(world.db, session.meetings[0].id, corrected.id, Mark.LATE, by=world.facilitator, now=DAY)

    assert (len(await listed(world)), await listed(world, now=in_days(62))) == (1, [])


async def test_it_is_for_who_reaches_the_people_of_that_agency(world: World) -> None:
    await absent(world)
    other = await world.staff(Role.ADVISER, await world.another_agency(), "Inès")

    assert await listed(world, by=other) == []
    with pytest.raises(NotAllowed):
        await listed(world, by=world.facilitator)
