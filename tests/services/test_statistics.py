"""Who sees which figures, of when, and what of them is hidden."""

from datetime import date

import pytest

from booking.domain.attendance import Mark
from booking.domain.errors import NotAllowed, NotFound
from booking.domain.periods import from_months
from booking.domain.staff import Role
from booking.services import attendance, statistics
from booking.services.statistics import Wanted
from tests.given import World, in_days, meeting
from tests.given_figures import counted

MONTHS = from_months(date(2026, 10, 1), date(2026, 11, 1))
LATER = in_days(20)


async def a_session_with(world: World, *marks: Mark) -> None:
    session = await world.session(meeting(in_days(2)))
    for mark in marks:
        booking = await world.booked(session)
        said = {"by": world.manager, "now": in_days(3)}
        await attendance.mark(world.db, session.meetings[0].id, booking.id, mark, **said)
    await counted(world, LATER)


async def show(world: World, by=None, **known: object):
    wanted = Wanted(**{"period": MONTHS} | known)  # type: ignore[arg-type]
    return await statistics.show(world.db, wanted, by=by or world.manager, now=LATER)


async def test_a_manager_reads_the_figures_of_the_agency_whole(world: World):
    await a_session_with(world, Mark.ATTENDED, Mark.ATTENDED, Mark.ABSENT)

    found = await show(world)

    assert (found.total["seats"], found.total["seated"], found.total["came"], found.total["absent"]) == (8, 3, 2, 1)
    assert found.total.absence == pytest.approx(1 / 3) and not found.is_outside
    assert found.steps["known"] == found.steps["seated"] == 3 and found.steps["attended"] == 2
    assert [row.name for row in found.agencies] == [world.agency.name]


async def test_an_auditor_who_knows_nobody_is_not_told_small_counts(world: World):
    await a_session_with(world, Mark.ATTENDED, Mark.ABSENT)

    found = await show(world, by=await world.staff(Role.AUDITOR, world.agency, "Alix"))

    assert found.is_outside and found.total["absent"] is found.total["came"] is None
    assert found.total["seats"] == 8 and found.total.absence is None


async def test_what_leaves_the_house_has_no_small_counts(world: World):
    await a_session_with(world, Mark.ATTENDED)

    found = await statistics.show(world.db, Wanted(period=MONTHS), by=world.manager, now=LATER, leaves=True)

    assert found.is_outside and found.steps["known"] is None


async def test_another_agency_is_not_there_and_an_adviser_may_not(world: World):
    elsewhere = await world.another_agency()

    with pytest.raises(NotFound):
        await show(world, agency_id=elsewhere.id)
    with pytest.raises(NotAllowed):
        await show(world, by=world.adviser)


async def test_another_workshop_and_an_earlier_period_have_other_figures(world: World):
    await a_session_with(world, Mark.ATTENDED)

    of_workshop = await show(world, workshop_id=world.workshop.id)
    earlier = await show(world, period=MONTHS.before)

    assert (of_workshop.total["sessions"], earlier.total["sessions"]) == (1, 0)
    assert [row.on for row in (await show(world)).slices] == [date(2026, 10, 1)]
