"""What is corrected on a roll after its closing stays to be seen: who, when, from what to what."""

from booking.domain.attendance import Mark, Reason
from booking.domain.staff import Role
from booking.services import attendance, closing, corrections, rosters
from tests.given import World, in_days, meeting

OVER, LATER = in_days(1, hour=3), in_days(1, hour=5)


async def closed_with(world: World, mark: Mark | None):
    session = await world.session(meeting(in_days(1)), meeting(in_days(2)))
    booking = await world.booked(session, await world.job_seeker("Haddad"))
    if mark:
        await attendance.mark(world.db, session.meetings[0].id, booking.id, mark, by=world.facilitator, now=OVER)
    await closing.close(world.db, session.meetings[0].id, by=world.facilitator, now=OVER)
    return session, booking


async def told(world: World, session, by=None, n: int = 0):
    roll = await rosters.call(world.db, session.meetings[n].id, by=by or world.facilitator)
    found = await corrections.of_roll(world.db, roll)
    return [(one.last_name, one.before, one.after, one.by_name, one.at) for one in found]


async def test_each_correction_is_told_the_latest_first(world: World) -> None:
    session, booking = await closed_with(world, Mark.ABSENT)

    for what in (Mark.LATE, None):
        await attendance.mark(world.db, session.meetings[0].id, booking.id, what, by=world.manager, now=LATER)

    who = world.manager.name
    assert await told(world, session) == [
        ("Haddad", Mark.LATE, None, who, LATER),
        ("Haddad", Mark.ABSENT, Mark.LATE, who, LATER),
    ]
    assert await told(world, session, n=1) == []


async def test_a_mark_of_before_that_comes_late_is_told_too_and_the_same_one_again_is_not(world: World) -> None:
    session, booking = await closed_with(world, None)

    for _ in range(2):
        marks = {booking.id: (Mark.ATTENDED, None)}
        about = {"made_at": in_days(1, hour=1), "by": world.facilitator, "now": LATER}
        await attendance.mark_all(world.db, session.meetings[0].id, marks, **about)

    assert [one[1:3] for one in await told(world, session)] == [(None, Mark.ATTENDED)]


async def test_another_reason_is_a_correction(world: World) -> None:
    session, booking = await closed_with(world, Mark.EXCUSED)

    about = {"reason": Reason.ILL, "by": world.facilitator, "now": LATER}
    await attendance.mark(world.db, session.meetings[0].id, booking.id, Mark.EXCUSED, **about)

    assert [one[1:3] for one in await told(world, session)] == [(Mark.EXCUSED, Mark.EXCUSED)]


async def test_who_knows_initials_reads_initials(world: World) -> None:
    session, booking = await closed_with(world, Mark.ABSENT)
    await attendance.mark(world.db, session.meetings[0].id, booking.id, Mark.LATE, by=world.facilitator, now=LATER)

    zoe = await world.staff(Role.ASSISTANT, world.agency, "Zoé")

    assert [one[0] for one in await told(world, session, by=zoe)] == ["H."]
