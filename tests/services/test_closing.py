"""Closing a roll: who is not marked stays so, corrections are told apart, and nobody has to remember what is left."""

from datetime import datetime

import pytest
from sqlalchemy import select

from booking.domain.attendance import Mark
from booking.domain.errors import MeetingNotBegun, NotAllowed, NotFound
from booking.domain.sessions import Session, SessionState
from booking.domain.staff import Role, Staff
from booking.services import attendance, closing
from booking.storage import sessions
from booking.storage.tables import audit
from tests.given import World, in_days, meeting

BEGUN, OVER, LATER = in_days(1, hour=1), in_days(1, hour=3), in_days(1, hour=5)


@pytest.fixture
async def session(world: World) -> Session:
    return await world.session(meeting(in_days(1), facilitator_id=world.facilitator.id))


async def mark(world: World, session: Session, booking, what: Mark, now: datetime = OVER, **known: object) -> None:
    about = {"by": world.facilitator, "now": now} | known
    await attendance.mark_all(world.db, session.meetings[0].id, {booking.id: (what, None)}, **about)


async def close(world: World, session: Session, now: datetime = OVER, by: Staff | None = None) -> None:
    await closing.close(world.db, session.meetings[0].id, by=by or world.facilitator, now=now)


async def left(world: World, now: datetime = OVER, by: Staff | None = None) -> list[int]:
    return [one.missing for one in await closing.to_close(world.db, by=by or world.facilitator, now=now)]


async def told(world: World, action: str) -> list[dict[str, object]]:
    async with world.db.reading() as tx:
        return [row.details for row in await tx.rows(select(audit.c.details).where(audit.c.action == action))]


async def test_a_meeting_that_is_over_and_lacks_marks_waits_to_be_closed(world: World, session: Session) -> None:
    one, _ = [await world.booked(session) for _ in range(2)]
    before = await left(world, BEGUN)

    await mark(world, session, one, Mark.ATTENDED)

    assert (before, await left(world)) == ([], [1])


async def test_once_everybody_is_marked_nothing_is_left(world: World, session: Session) -> None:
    booking = await world.booked(session)

    await mark(world, session, booking, Mark.ABSENT)

    assert await left(world) == []


async def test_a_roll_is_closed_and_who_is_not_marked_stays_so(world: World, session: Session) -> None:
    await world.booked(session)

    await close(world, session)
    found = await closing.closed(world.db, session.meetings[0].id)
    (line,) = (await attendance.roster(world.db, session.meetings[0].id, by=world.facilitator)).lines

    assert (found.by_name, found.at) == (world.facilitator.name, OVER)
    assert (line.attendance, await left(world)) == (None, [])
    assert await told(world, "roll-closed") == [{"missing": 1}]


async def test_closing_twice_is_no_harm(world: World, session: Session) -> None:
    await close(world, session)
    await close(world, session, LATER)

    assert (await closing.closed(world.db, session.meetings[0].id)).at == OVER
    assert len(await told(world, "roll-closed")) == 1


async def test_a_correction_after_closing_is_told_apart_with_what_stood_before(world: World, session: Session) -> None:
    booking = await world.booked(session)
    await mark(world, session, booking, Mark.ABSENT)
    await close(world, session)

    await mark(world, session, booking, Mark.LATE, LATER)

    first, second = await told(world, "marked")
    assert "after_closing" not in first
    assert (second["mark"], second["before"], second["after_closing"]) == ("late", "absent", True)


async def test_who_only_assists_marks_until_the_roll_is_closed(world: World, session: Session) -> None:
    booking, zoe = await world.booked(session), await world.staff(Role.ASSISTANT, world.agency, "Zoé")
    with pytest.raises(NotAllowed):
        await close(world, session, by=zoe)
    await close(world, session)

    with pytest.raises(NotAllowed):
        await mark(world, session, booking, Mark.LATE, LATER, by=zoe)
    await mark(world, session, booking, Mark.ATTENDED, LATER, by=zoe, made_at=BEGUN)

    (line,) = (await attendance.roster(world.db, session.meetings[0].id, by=world.facilitator)).lines
    assert (line.attendance.mark, line.attendance.marked_at) == (Mark.ATTENDED, BEGUN)


async def test_nothing_is_closed_before_it_begins_or_from_outside(world: World, session: Session) -> None:
    stranger = await world.staff(Role.FACILITATOR, await world.another_agency(), "Paul")

    with pytest.raises(MeetingNotBegun):
        await close(world, session, in_days(1, hour=-1))
    with pytest.raises(NotFound):
        await close(world, session, by=stranger)
    with pytest.raises(NotAllowed):
        await close(world, session, by=world.adviser)


async def test_only_what_one_leads_and_not_what_is_long_past_is_asked_for(world: World, session: Session) -> None:
    await world.booked(session)

    assert await left(world, by=world.manager) == []
    assert await left(world, in_days(14)) == [1]
    assert await left(world, in_days(16)) == []


async def test_a_session_to_which_nobody_came_is_not_called_off(world: World, session: Session) -> None:
    booking = await world.booked(session)
    await mark(world, session, booking, Mark.ABSENT)

    await close(world, session)

    async with world.db.reading() as tx:
        assert (await sessions.load(tx, session.id)).state is not SessionState.CANCELLED
