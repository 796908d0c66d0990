"""The next seat of a workshop anywhere near: who waits is served in turn, once, and knows where he stands."""

import pytest

from booking.domain.bookings import Booking, BookingState, Party
from booking.domain.errors import AlreadyWaiting, InvalidField, NotFound, SessionClosed, SessionFull
from booking.domain.job_seekers import JobSeeker
from booking.domain.staff import Role
from booking.domain.waits import Skip, Wait, WaitState
from booking.services import bookings, lapsing, lines, scheduling, waits
from booking.services.doctor import examine
from tests.given import DAY, NOW, SITE, World, a_workshop, in_days, meeting


async def joins(world: World, person: JobSeeker | None = None, now=NOW, **more) -> Wait:
    who = person or await world.job_seeker()
    joined = await waits.join(world.db, world.workshop.id, who.id, [world.agency.id], by=world.adviser, now=now, **more)
    assert joined.wait
    return joined.wait


async def state_of(world: World, wait: Wait) -> tuple[WaitState, str | None]:
    async with world.db.reading() as tx:
        found = await waits.waits.load(tx, wait.id)
    return found.state, found.ended_because


async def seat_of(world: World, session, person: JobSeeker) -> Booking | None:
    async with world.db.reading() as tx:
        return await bookings.bookings.active_of(tx, session.id, person.id)


async def full(world: World, *meetings) -> tuple:
    session = await world.session(*meetings, capacity=1)
    return session, await world.booked(session)


async def test_a_freed_seat_goes_to_who_waits_for_the_workshop(world: World) -> None:
    (session, seated), person = await full(world), await world.job_seeker()
    wait = await joins(world, person)

    await bookings.cancel(world.db, seated.id, party=Party.PERSON, by=world.adviser, now=NOW)

    given = await seat_of(world, session, person)
    assert given and (given.state, given.wait_id) == (BookingState.BOOKED, wait.id)
    assert await state_of(world, wait) == (WaitState.SERVED, "seat")
    assert await world.count(session) == (1, 0)
    assert await examine(world.db, now=NOW) == []


async def test_both_lists_are_one_line_in_the_order_of_time(world: World) -> None:
    session, seated = await full(world)
    early, late = await world.job_seeker(), await world.job_seeker()
    await joins(world, early)
    behind = await world.waiting(session, late, now=NOW + DAY)

    await bookings.cancel(world.db, seated.id, party=Party.PERSON, by=world.adviser, now=NOW + 2 * DAY)

    assert (await seat_of(world, session, early)).state is BookingState.BOOKED
    assert (await seat_of(world, session, late)) == behind


async def test_a_reason_puts_somebody_first(world: World) -> None:
    session, seated = await full(world)
    await world.waiting(session)
    pressing = await world.job_seeker()
    await joins(world, pressing, now=NOW + DAY, first_because="Entretien d’embauche le 5")

    await bookings.cancel(world.db, seated.id, party=Party.PERSON, by=world.adviser, now=NOW + 2 * DAY)

    given = await seat_of(world, session, pressing)
    assert given and given.priority_because == "Entretien d’embauche le 5"


async def test_a_session_that_opens_serves_who_waits_before_anybody_else_sees_it(world: World) -> None:
    person = await world.job_seeker()
    await joins(world, person)

    session = await world.session(capacity=1)

    assert await world.count(session) == (1, 0)
    assert (await seat_of(world, session, person)).state is BookingState.BOOKED


async def test_a_seat_that_is_free_already_is_given_at_once(world: World) -> None:
    session, person = await world.session(), await world.job_seeker()

    joined = await waits.join(world.db, world.workshop.id, person.id, [world.agency.id], by=world.adviser, now=NOW)

    assert joined.wait is None and joined.booking and joined.booking.session_id == session.id


async def test_one_waits_once_for_a_workshop_and_somewhere(world: World) -> None:
    person = await world.job_seeker()
    await joins(world, person)

    with pytest.raises(AlreadyWaiting):
        await joins(world, person)
    with pytest.raises(InvalidField):
        await waits.join(world.db, world.workshop.id, person.id, [], by=world.adviser, now=NOW)


async def test_who_finds_a_seat_by_himself_waits_no_longer(world: World) -> None:
    person = await world.job_seeker()
    session, _ = await full(world)
    wait = await joins(world, person)
    elsewhere = await world.another_agency()
    manager = await world.staff(Role.MANAGER, elsewhere, "Léa")
    other = await world.session(meeting(in_days(20)), agency_id=elsewhere.id, by=manager)

    await world.booked(other, person)

    assert await state_of(world, wait) == (WaitState.SERVED, "seat")
    assert await seat_of(world, session, person) is None


async def test_who_leaves_is_passed_by(world: World) -> None:
    (session, seated), person = await full(world), await world.job_seeker()
    wait = await joins(world, person)

    left = [await waits.leave(world.db, wait.id, by=world.adviser, now=NOW) for _ in range(2)]
    await bookings.cancel(world.db, seated.id, party=Party.PERSON, by=world.adviser, now=NOW)

    assert {one.state for one in left} == {WaitState.LEFT}
    assert await world.count(session) == (0, 0)


async def test_the_line_of_another_agency_is_not_ones_own(world: World) -> None:
    wait, elsewhere = await joins(world), await world.another_agency()
    stranger = await world.staff(Role.ADVISER, elsewhere, "Lina")

    with pytest.raises(NotFound):
        await waits.leave(world.db, wait.id, by=stranger, now=NOW)


async def test_the_adviser_sees_why_somebody_was_passed_over(world: World) -> None:
    session, seated = await full(world)
    busy, next_one = await world.job_seeker(), await world.job_seeker()
    await joins(world, busy)
    waiting = await world.waiting(session, next_one)
    other = await world.session(meeting(in_days(20)), capacity=1, workshop_id=await another_workshop(world))
    await scheduling.change(
        world.db,
        other.id,
        capacity=1,
        meetings=[scheduling.MeetingPlan(starts_at=in_days(14, hour=1), ends_at=in_days(14, hour=3))],
        version=None,
        by=world.manager,
        site=SITE,
        now=NOW,
    )
    await world.booked(other, busy)

    await bookings.cancel(world.db, seated.id, party=Party.PERSON, by=world.adviser, now=NOW + DAY)

    (line,) = await lines.of_session(world.db, session.id, by=world.adviser, now=NOW + DAY)
    assert (line.job_seeker, line.turn, line.why_not) == (busy, 1, Skip.ELSEWHERE)
    assert line.passed == [(Skip.ELSEWHERE, NOW + DAY)]
    async with world.db.reading() as tx:
        assert (await bookings.bookings.load(tx, waiting.id)).state is BookingState.BOOKED


async def another_workshop(world: World):
    taught = scheduling.Workshop(id=scheduling.new_id(NOW), title="Internet", short_title="Internet", created_at=NOW)
    return (await scheduling.add_workshop(world.db, taught, by=world.manager, now=NOW)).id


async def test_who_has_a_seat_of_the_workshop_already_is_not_given_another(world: World) -> None:
    session, seated = await full(world)
    placed, next_one = await world.job_seeker(), await world.job_seeker()
    await world.waiting(session, placed)
    await world.waiting(session, next_one)
    await world.booked(await world.session(meeting(in_days(20))), placed)

    await bookings.cancel(world.db, seated.id, party=Party.PERSON, by=world.adviser, now=NOW)

    assert (await seat_of(world, session, next_one)).state is BookingState.BOOKED
    (line,) = await lines.of_session(world.db, session.id, by=world.adviser, now=NOW)
    assert line.why_not is Skip.HAS_A_SEAT
    assert await examine(world.db, now=NOW) == []


async def test_who_waits_when_bookings_close_is_told_and_waits_no_longer(world: World) -> None:
    session, _ = await full(world)
    waiting = await world.waiting(session)
    begun = in_days(14, hour=0.5)

    ended = [await lapsing.end_pointless(world.db, at) for at in (in_days(13), begun, begun)]

    assert ended == [0, 1, 0]
    assert await world.count(session) == (1, 0)
    async with world.db.reading() as tx:
        gone = await bookings.bookings.load(tx, waiting.id)
        kinds = {message.kind for message in await bookings.outbox.of_booking(tx, waiting.id)}
    assert (gone.cancelled_by, gone.cancelled_because) == (Party.SERVICE, "session-began")
    assert "wait_ended" in kinds


async def test_a_session_held_frees_its_people_for_the_seats_they_wait_for(world: World) -> None:
    early = await world.session(meeting(in_days(1)))
    later, seated = await full(world)
    person = await world.job_seeker()
    await world.booked(early, person)
    await world.waiting(later, person)
    await bookings.cancel(world.db, seated.id, party=Party.PERSON, by=world.adviser, now=NOW)
    assert await world.count(later) == (0, 1)

    await scheduling.close_over(world.db, in_days(2))

    assert await world.count(later) == (1, 0)


async def test_nobody_waits_for_what_is_over(world: World) -> None:
    session, _ = await full(world)

    with pytest.raises(SessionClosed):
        await world.waiting(session, now=in_days(14))


async def test_when_bookings_open_who_waits_comes_before_newcomers(world: World) -> None:
    """Also before the clock's job has come by."""
    taught = a_workshop("Internet", window_days=7)
    await scheduling.add_workshop(world.db, taught, by=world.manager, now=NOW)
    person, newcomer = await world.job_seeker(), await world.job_seeker()
    joined = await waits.join(world.db, taught.id, person.id, [world.agency.id], by=world.adviser, now=NOW)
    session = await world.session(capacity=1, workshop_id=taught.id)
    assert await world.count(session) == (0, 0)

    with pytest.raises(SessionFull):
        await world.booked(session, newcomer, now=in_days(7))

    await lapsing.serve_waiting(world.db, in_days(7))
    assert (await seat_of(world, session, person)).wait_id == joined.wait.id
