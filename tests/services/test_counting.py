"""Figures follow what happens: each is what the rows say, and following comes to the same as counting everything."""

from typing import Any

from sqlalchemy import func, select

from booking.domain.attendance import Mark
from booking.domain.erasures import LONGEST_WAIT, Cause
from booking.services import attendance, bookings, erasing, merging, recounting, scheduling, walk_ins
from booking.services.doctor import examine
from booking.services.job_seekers import PersonSaid
from booking.services.scheduling import MeetingPlan
from booking.services.walk_ins import Coming
from booking.storage.promises_of_figures import PROMISES_OF_FIGURES
from booking.storage.tables import figures, person_steps, referral_figures, session_figures, step_figures
from tests.given import NOW, SITE, World, in_days, meeting
from tests.given_figures import by_sql, counted, everything, kept, live, some_sessions
from tests.given_referrals import a_partner, referred
from tests.given_trainings import a_session_of, a_training, takes_part


async def test_figures_are_what_the_rows_say_after_any_deeds(world: World):
    sessions = await some_sessions(world)
    await counted(world, NOW)

    for turn in range(3):
        await live(world, sessions, seed=turn, deeds=25)
        await counted(world, in_days(10))

        assert await kept(world.db) == await by_sql(world.db, in_days(10)) != {}
    broken = {finding.name for finding in await examine(world.db, now=in_days(10))}
    assert not broken & {promise.name for promise in PROMISES_OF_FIGURES}


async def test_following_comes_to_the_same_as_counting_everything(world: World):
    sessions = await some_sessions(world)
    for turn in range(3):
        await live(world, sessions, seed=10 + turn, deeds=20)
        await counted(world, in_days(10))
    followed = await everything(world.db)

    await recounting.count_all(world.db, in_days(10))

    assert followed["session_figures"] and followed["step_figures"]
    assert await everything(world.db) == followed


async def test_a_late_correction_changes_the_figures(world: World):
    session = await world.session(meeting(in_days(2)))
    booking = await world.booked(session)
    (at,) = session.meetings
    said = {"by": world.manager, "now": in_days(3)}
    await attendance.mark(world.db, at.id, booking.id, Mark.ABSENT, **said)
    await counted(world, in_days(3))
    before = (await kept(world.db))[str(session.id)]

    await attendance.mark(world.db, at.id, booking.id, Mark.ATTENDED, **said | {"now": in_days(30)})
    await counted(world, in_days(30))

    assert [one[:3] for one in (before, (await kept(world.db))[str(session.id)])] == [[8, 1, 0], [8, 1, 1]]


async def test_a_session_counts_when_it_begins_although_nothing_happens_then(world: World):
    session = await world.session(meeting(in_days(2)))
    await world.booked(session)

    assert await counted(world, in_days(1)) == 1 and await kept(world.db) == {}
    assert await counted(world, in_days(3)) == 1

    assert (await kept(world.db))[str(session.id)][:2] == [8, 1]
    assert await counted(world, in_days(3)) == 0, "and once only"


async def test_a_session_that_moves_counts_in_its_new_week_only(world: World):
    session = await world.session(meeting(in_days(2)))
    await counted(world, in_days(3))
    (before,) = await slices(world)
    (old,) = session.meetings

    later = MeetingPlan(id=old.id, starts_at=in_days(9), ends_at=in_days(9, 2), facilitator_id=old.facilitator_id)
    how = {"capacity": 8, "meetings": [later], "version": None, "by": world.manager, "site": SITE, "now": NOW}
    await scheduling.change(world.db, session.id, **how)
    await counted(world, in_days(12))

    (after,) = await slices(world)
    assert (after.slice_on - before.slice_on).days == 7 and after.sessions == 1


async def test_a_place_moved_to_another_session_leaves_the_first(world: World):
    one, other = await world.session(meeting(in_days(2))), await world.session(meeting(in_days(3)))
    booking = await world.booked(one)
    await counted(world, in_days(4))

    await bookings.move(world.db, booking.id, other.id, by=world.manager, now=NOW)
    await counted(world, in_days(4))

    assert [(await kept(world.db))[str(x.id)][1] for x in (one, other)] == [0, 1]


async def test_two_files_of_one_person_count_as_one_when_they_are_merged(world: World):
    kept_one, gone = await world.job_seeker("Diallo"), await world.job_seeker("Dialo")
    for person, days in ((kept_one, 2), (gone, 3)):
        await world.booked(await world.session(meeting(in_days(days))), person)
    await counted(world, NOW)
    before = await step_sums(world)

    await merging.merge(world.db, kept_one.id, gone.id, by=world.manager, now=NOW)
    await counted(world, NOW)

    assert (before, await step_sums(world)) == ((2, 2, 0), (1, 1, 0))


async def test_who_is_erased_is_still_counted_and_no_figure_points_at_him(world: World):
    person = await world.job_seeker("Diallo")
    session = await world.session(meeting(in_days(2)))
    booking = await world.booked(session, person)
    said = {"by": world.manager, "now": in_days(3)}
    await attendance.mark(world.db, session.meetings[0].id, booking.id, Mark.ATTENDED, **said)
    await counted(world, in_days(3))
    before = await step_sums(world)

    await erasing.ask(world.db, person.id, Cause.ASKED, site=SITE, by=world.manager, now=in_days(4))
    await erasing.carry_out_ready(world.db, SITE, in_days(4) + LONGEST_WAIT)
    await counted(world, in_days(40))

    assert before == await step_sums(world) == (1, 1, 1)
    assert str(person.id) not in str(await everything(world.db))


async def test_staff_who_learn_are_in_no_figure_of_job_seekers(world: World):
    training = await a_training(world)
    session = await a_session_of(world, training, days=2)
    await takes_part(world, session, world.adviser)
    await counted(world, in_days(3))

    ((scope_id, seated),) = [(row.scope_id, row.seated) for row in await slices(world, of_all=False)]
    assert (scope_id, seated) == (training.id, 1)
    assert await step_sums(world) == (0, 0, 0)


async def test_who_is_sent_to_a_partner_is_oriented_and_the_referral_is_counted(world: World):
    person = await world.job_seeker("Diallo")
    await referred(world, await a_partner(world), person)

    await counted(world, NOW)

    async with world.db.reading() as tx:
        ((made, withdrawn),) = await tx.rows(select(referral_figures.c.made, referral_figures.c.withdrawn))
        ((known, oriented),) = await tx.rows(select(step_figures.c.known, step_figures.c.oriented))
    assert (made, withdrawn, known, oriented) == (1, 0, 1, 1)


async def slices(world: World, *, of_all: bool = True) -> list[Any]:
    """The sums of the agency over all workshops, those with a session."""
    async with world.db.reading() as tx:
        rows = await tx.rows(select(figures).where(figures.c.sessions > 0))
    return [row for row in rows if not of_all or row.scope_id == row.agency_id]


async def step_sums(world: World) -> tuple[int, int, int]:
    """How many are known, seated and have come, of all."""
    async with world.db.reading() as tx:
        rows = await tx.rows(select(step_figures))
    return sum(x.known for x in rows), sum(x.seated for x in rows), sum(x.attended for x in rows)


async def test_who_came_without_a_booking_has_finished_once_he_came_to_all_that_was_left(world: World):
    session = await world.session(meeting(in_days(2)), meeting(in_days(4)), meeting(in_days(6)))
    _, second, third = session.meetings
    for name, mark in (("Sow", Mark.ABSENT), ("Ba", Mark.ATTENDED)):
        told = Coming(by=world.facilitator, now=in_days(4, hour=1))
        said = PersonSaid(first_name="Ali", last_name=name)
        came = await walk_ins.seat_new(world.db, second.id, said, told, is_sure=True)
        await attendance.mark(world.db, third.id, came.booking.id, mark, by=world.manager, now=in_days(7))

    await counted(world, in_days(8))

    async with world.db.reading() as tx:
        finished = await tx.value(select(session_figures.c.finished))
        done = await tx.value(select(func.count(person_steps.c.finished_at)))
    assert (finished, done) == (1, 1)
