"""Two absences in a row without excuse free a seat, where the workshop says so."""

import pytest

from booking.domain.attendance import Mark, Reason
from booking.domain.bookings import ABSENCES, BookingState, Party
from booking.domain.messages import MessageKind
from booking.domain.sessions import Session
from booking.services import attendance, bookings, doctor
from booking.storage import outbox
from tests.given import World, in_days
from tests.given_cycles import a_cycle, as_it_is, expected, mark, workshop_with


@pytest.fixture
async def cycle(world: World) -> Session:
    await workshop_with(world, frees_when_absent=True, join_until=3)
    return await a_cycle(world, capacity=1)


async def test_two_absences_in_a_row_free_the_seat_for_who_waits(world: World, cycle: Session) -> None:
    booking, waiting = await world.booked(cycle), await world.waiting(cycle)

    await mark(world, cycle, 1, booking, Mark.ABSENT)
    assert (await as_it_is(world, booking)).is_active
    await mark(world, cycle, 2, booking, Mark.ABSENT)

    ended = await as_it_is(world, booking)
    assert (ended.state, ended.cancelled_by, ended.cancelled_because) == (
        BookingState.CANCELLED,
        Party.SERVICE,
        ABSENCES,
    )
    assert (await as_it_is(world, waiting)).state is BookingState.BOOKED
    assert [await expected(world, cycle, n) for n in (1, 2, 3, 4)] == [
        [booking.id],
        [booking.id],
        [waiting.id],
        [waiting.id],
    ]


async def test_the_person_is_told_why(world: World, cycle: Session) -> None:
    booking = await world.booked(cycle)

    for n in (1, 2):
        await mark(world, cycle, n, booking, Mark.ABSENT)

    async with world.db.reading() as tx:
        said = {message.kind: message for message in await outbox.of_booking(tx, booking.id)}
    assert said[MessageKind.BOOKING_CANCELLED].details["because"] == ABSENCES


@pytest.mark.parametrize("second", [Mark.EXCUSED, Mark.LATE, Mark.ATTENDED])
async def test_anything_else_between_two_absences_keeps_the_seat(world: World, cycle: Session, second: Mark) -> None:
    booking = await world.booked(cycle)

    for n, what in ((1, Mark.ABSENT), (2, second), (3, Mark.ABSENT)):
        await mark(world, cycle, n, booking, what)

    assert (await as_it_is(world, booking)).is_active


async def test_marks_that_come_late_and_in_any_order_end_it_as_well(world: World, cycle: Session) -> None:
    booking = await world.booked(cycle)

    await mark(world, cycle, 2, booking, Mark.ABSENT)
    assert (await as_it_is(world, booking)).is_active
    await mark(world, cycle, 1, booking, Mark.ABSENT, at=in_days(4))

    assert (await as_it_is(world, booking)).cancelled_because == ABSENCES


async def test_who_came_again_meanwhile_keeps_his_seat_whenever_the_marks_arrive(world: World, cycle: Session) -> None:
    booking = await world.booked(cycle)

    for n, what in ((1, Mark.ABSENT), (2, Mark.ABSENT), (3, Mark.ATTENDED)):
        await mark(world, cycle, n, booking, what, at=in_days(6))

    assert (await as_it_is(world, booking)).is_active


async def test_the_seat_stays_where_the_workshop_does_not_say_so(world: World) -> None:
    cycle = await a_cycle(world)
    booking = await world.booked(cycle)

    for n in (1, 2, 3):
        await mark(world, cycle, n, booking, Mark.ABSENT)

    assert (await as_it_is(world, booking)).is_active


async def test_after_the_last_meeting_there_is_nothing_to_free(world: World, cycle: Session) -> None:
    booking = await world.booked(cycle)

    for n in (3, 4):
        await mark(world, cycle, n, booking, Mark.ABSENT, at=in_days(8))

    assert (await as_it_is(world, booking)).is_active


async def test_a_mark_corrected_afterwards_is_kept_and_restores_nothing(world: World, cycle: Session) -> None:
    booking = await world.booked(cycle)
    for n in (1, 2):
        await mark(world, cycle, n, booking, Mark.ABSENT)

    await attendance.mark(
        world.db,
        cycle.meetings[1].id,
        booking.id,
        Mark.EXCUSED,
        reason=Reason.ILL,
        by=world.facilitator,
        now=in_days(4),
    )

    roster = await attendance.roster(world.db, cycle.meetings[1].id, by=world.facilitator)
    assert [line.attendance.mark for line in roster.lines if line.attendance] == [Mark.EXCUSED]
    assert not (await as_it_is(world, booking)).is_active


async def test_an_adviser_takes_it_back_and_the_same_absences_do_not_end_it_again(world: World, cycle: Session) -> None:
    booking = await world.booked(cycle)
    for n in (1, 2):
        await mark(world, cycle, n, booking, Mark.ABSENT)

    await bookings.restore(world.db, booking.id, by=world.adviser, now=in_days(3, 1.2))
    await mark(world, cycle, 2, booking, Mark.ABSENT, at=in_days(3, 1.4))

    assert (await as_it_is(world, booking)).state is BookingState.BOOKED
    assert await expected(world, cycle, 3) == [booking.id]


async def test_a_whole_sheet_ends_several_places_and_the_doctor_finds_nothing(world: World) -> None:
    await workshop_with(world, frees_when_absent=True, join_until=3)
    cycle = await a_cycle(world, capacity=3)
    seated = [await world.booked(cycle) for _ in range(3)]

    for n in (1, 2):
        sheet = {one.id: (Mark.ABSENT if one != seated[0] else Mark.ATTENDED, None) for one in seated}
        await attendance.mark_all(
            world.db, cycle.meetings[n - 1].id, sheet, by=world.facilitator, now=in_days(2 * n - 1, 1)
        )

    assert await world.count(cycle) == (1, 0)
    assert await doctor.examine(world.db, now=in_days(4)) == []
