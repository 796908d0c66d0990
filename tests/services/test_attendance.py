"""Calling the roll: who is expected, who came, and who may say so."""

from datetime import date
from uuid import UUID

import pytest

from booking.domain.attendance import Mark, Reason
from booking.domain.bookings import Party
from booking.domain.errors import InvalidField, MeetingNotBegun, NotAllowed, NotFound, NotSeated, StaleEdit
from booking.domain.identifiers import new_id
from booking.domain.sessions import Session
from booking.domain.staff import Role
from booking.services import attendance, bookings
from tests.given import NOW, World, in_days, meeting

DAY_OF = in_days(14, hour=1)


async def call(world: World, session: Session, booking_id: UUID, what: Mark | None, **known: object) -> None:
    usual = {"by": world.facilitator, "now": DAY_OF}
    await attendance.mark(world.db, session.meetings[0].id, booking_id, what, **(usual | known))


async def marks(world: World, session: Session, n: int = 0) -> dict[UUID, Mark | None]:
    roster = await attendance.roster(world.db, session.meetings[n].id, by=world.facilitator)
    return {line.booking.id: line.attendance and line.attendance.mark for line in roster.lines}


async def test_a_roster_names_the_seated_in_the_order_of_their_names(world: World) -> None:
    session = await world.session(capacity=3)
    for name in ("Zola", "Éluard", "de Beauvoir"):
        await world.booked(session, await world.job_seeker(name))
    await world.waiting(session, await world.job_seeker("Aragon"))

    roster = await attendance.roster(world.db, session.meetings[0].id, by=world.facilitator)

    assert [line.job_seeker.last_name for line in roster.lines] == ["de Beauvoir", "Éluard", "Zola"]
    assert [line.attendance for line in roster.lines] == [None, None, None]
    assert (roster.meeting.workshop_title, roster.meeting.taken) == (world.workshop.title, 3)


async def test_who_cancelled_is_not_expected(world: World) -> None:
    session = await world.session()
    booking = await world.booked(session)

    await bookings.cancel(world.db, booking.id, party=Party.PERSON, by=world.adviser, now=NOW)

    assert await marks(world, session) == {}


async def test_a_mark_is_given_changed_and_taken_back(world: World) -> None:
    session = await world.session()
    booking = await world.booked(session)

    seen = []
    for what in (Mark.ATTENDED, Mark.LATE, Mark.LATE, None, None):
        await call(world, session, booking.id, what)
        seen.append((await marks(world, session))[booking.id])

    assert seen == [Mark.ATTENDED, Mark.LATE, Mark.LATE, None, None]


async def test_each_meeting_of_a_cycle_has_its_own_marks(world: World) -> None:
    cycle = await world.session(meeting(in_days(14)), meeting(in_days(21)))
    booking = await world.booked(cycle)

    await call(world, cycle, booking.id, Mark.ABSENT)

    assert (await marks(world, cycle), await marks(world, cycle, 1)) == ({booking.id: Mark.ABSENT}, {booking.id: None})


async def test_a_reason_is_kept_with_an_excuse_and_refused_with_anything_else(world: World) -> None:
    session = await world.session()
    booking = await world.booked(session)

    await call(world, session, booking.id, Mark.EXCUSED, reason=Reason.TRANSPORT)
    with pytest.raises(InvalidField):
        await call(world, session, booking.id, Mark.ABSENT, reason=Reason.ILL)

    (line,) = (await attendance.roster(world.db, session.meetings[0].id, by=world.manager)).lines
    assert (line.attendance.mark, line.attendance.reason) == (Mark.EXCUSED, Reason.TRANSPORT)
    assert (line.attendance.marked_by, line.attendance.marked_at) == (world.facilitator.id, DAY_OF)


async def test_before_the_day_nobody_has_come(world: World) -> None:
    session = await world.session()
    booking = await world.booked(session)

    with pytest.raises(MeetingNotBegun) as refused:
        await call(world, session, booking.id, Mark.ATTENDED, now=in_days(13))

    assert refused.value.facts["meeting_on"] == date(2026, 11, 2)


async def test_the_day_begins_at_midnight_of_the_agency(world: World) -> None:
    reunion = await world.another_agency("Saint-Denis", time_zone="Indian/Reunion", holiday_territory="reunion")
    manager = await world.staff(Role.MANAGER, None, "Odile")
    session = await world.session(agency_id=reunion.id, by=manager)
    booking = await world.booked(session)

    with pytest.raises(MeetingNotBegun):
        await call(world, session, booking.id, Mark.ATTENDED, by=manager, now=in_days(14, hour=-12.1))
    await call(world, session, booking.id, Mark.ATTENDED, by=manager, now=in_days(14, hour=-12))


async def test_who_only_waits_is_not_marked(world: World) -> None:
    session = await world.session(capacity=1)
    await world.booked(session)
    waiting = await world.waiting(session)

    with pytest.raises(NotSeated) as refused:
        await call(world, session, waiting.id, Mark.ATTENDED)

    assert refused.value.facts["booking_id"] == waiting.id


async def test_a_seat_in_another_session_is_none_here(world: World) -> None:
    session, other = await world.session(), await world.session(meeting(in_days(20)))
    booking = await world.booked(other)

    for unknown in (booking.id, new_id(NOW)):
        with pytest.raises(NotSeated):
            await call(world, session, unknown, Mark.ATTENDED)


async def test_a_sheet_is_kept_whole_or_not_at_all(world: World) -> None:
    session = await world.session(capacity=2)
    seated = [await world.booked(session) for _ in range(2)]
    waiting = await world.waiting(session)
    everybody = {b.id: (Mark.ATTENDED, None) for b in (*seated, waiting)}

    with pytest.raises(NotSeated):
        await attendance.mark_all(world.db, session.meetings[0].id, everybody, by=world.facilitator, now=DAY_OF)

    assert set((await marks(world, session)).values()) == {None}


async def test_the_whole_room_is_marked_at_once(world: World) -> None:
    session = await world.session()
    seated = [await world.booked(session) for _ in range(3)]
    everybody = {b.id: (Mark.ATTENDED, None) for b in seated}

    await attendance.mark_all(world.db, session.meetings[0].id, everybody, by=world.facilitator, now=DAY_OF)

    assert await marks(world, session) == {b.id: Mark.ATTENDED for b in seated}


async def test_a_sheet_that_is_out_of_date_names_who_was_marked_otherwise(world: World) -> None:
    session = await world.session()
    one, other = [await world.booked(session) for _ in range(2)]
    await call(world, session, one.id, Mark.LATE)
    sheet = {one.id: (Mark.ABSENT, None), other.id: (Mark.ATTENDED, None)}
    outdated = {one.id: (None, None), other.id: (None, None)}

    with pytest.raises(StaleEdit) as refused:
        await attendance.mark_all(
            world.db, session.meetings[0].id, sheet, seen=outdated, by=world.facilitator, now=DAY_OF
        )

    assert refused.value.facts["booking_ids"] == [one.id]
    assert await marks(world, session) == {one.id: Mark.LATE, other.id: None}


async def test_a_meeting_of_another_agency_is_not_found(world: World) -> None:
    stranger = await world.staff(Role.FACILITATOR, await world.another_agency(), "Yann")
    session = await world.session()
    booking = await world.booked(session)

    with pytest.raises(NotFound):
        await attendance.roster(world.db, session.meetings[0].id, by=stranger)
    with pytest.raises(NotFound):
        await call(world, session, booking.id, Mark.ATTENDED, by=stranger)


async def test_an_unknown_meeting_is_not_found(world: World) -> None:
    with pytest.raises(NotFound):
        await attendance.roster(world.db, new_id(NOW), by=world.facilitator)


async def test_an_adviser_does_not_say_who_came(world: World) -> None:
    session = await world.session()
    booking = await world.booked(session)

    with pytest.raises(NotAllowed):
        await call(world, session, booking.id, Mark.ATTENDED, by=world.adviser)
    with pytest.raises(NotAllowed):
        await attendance.roster(world.db, session.meetings[0].id, by=world.adviser)


async def test_a_facilitators_day_shows_the_published_meetings_of_the_own_agencies(world: World) -> None:
    lyon, manager = await world.another_agency(), await world.staff(Role.MANAGER, None, "Odile")
    today = await world.session(meeting(in_days(14, hour=3)))
    await world.session(meeting(in_days(15, hour=3)))
    await world.draft(meeting(in_days(14)))
    await world.session(agency_id=lyon.id, by=manager)

    mine = await attendance.meetings_of_day(world.db, by=world.facilitator, starts_from=in_days(14))
    all_ = await attendance.meetings_of_day(world.db, by=manager, starts_from=in_days(14))

    assert [m.meeting.session_id for m in mine] == [today.id]
    assert len(all_) == 2
    with pytest.raises(NotAllowed):
        await attendance.meetings_of_day(world.db, by=world.adviser, starts_from=in_days(14))
