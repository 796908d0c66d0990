"""A cancellation of a moment ago is taken back, by the same rule as every seat."""

from datetime import timedelta

import pytest

from booking.domain.bookings import BookingState, Party
from booking.domain.errors import AlreadyBooked, BookingEnded, BookingStands, SessionEnded, SessionFull
from booking.domain.messages import MessageKind, MessageState
from booking.services import bookings, contingents, waits
from booking.services.doctor import examine
from booking.storage import outbox
from tests.given import NOW, World, in_days

MINUTE = timedelta(minutes=1)


async def cancelled(world: World, session, now=NOW + 20 * MINUTE):
    booking = await world.booked(session)
    return (await bookings.cancel(world.db, booking.id, party=Party.PERSON, by=world.adviser, now=now)).booking


async def restore(world: World, booking, now=NOW + 25 * MINUTE):
    return (await bookings.restore(world.db, booking.id, by=world.adviser, now=now)).booking


async def test_the_seat_is_the_persons_again_and_the_notice_of_its_end_does_not_leave(world: World) -> None:
    session = await world.session()
    gone = await cancelled(world, session)

    back = await restore(world, gone)

    assert (back.id, back.state, back.cancelled_by) == (gone.id, BookingState.BOOKED, None)
    assert await world.count(session) == (1, 0)
    async with world.db.reading() as tx:
        said = await outbox.of_booking(tx, gone.id)
    notices = {message.state for message in said if message.kind is MessageKind.BOOKING_CANCELLED}
    assert notices == {MessageState.SUPERSEDED}
    assert any(m.kind is MessageKind.REMINDER and m.state is MessageState.PLANNED for m in said)
    assert await examine(world.db, now=NOW + 25 * MINUTE) == []


async def test_not_when_somebody_else_has_the_seat(world: World) -> None:
    session = await world.session(capacity=1)
    gone = await cancelled(world, session)
    await world.booked(session)

    with pytest.raises(SessionFull):
        await restore(world, gone)

    assert await world.count(session) == (1, 0)


async def test_not_for_long(world: World) -> None:
    gone = await cancelled(world, await world.session())

    with pytest.raises(BookingEnded):
        await restore(world, gone, NOW + 51 * MINUTE)


async def test_not_what_stands_nor_what_is_there_anew(world: World) -> None:
    session = await world.session()
    booking = await world.booked(session)
    with pytest.raises(BookingStands):
        await restore(world, booking)

    await bookings.cancel(world.db, booking.id, party=Party.PERSON, by=world.adviser, now=NOW)
    await bookings.book(world.db, session.id, booking.job_seeker_id, by=world.adviser, now=NOW)
    with pytest.raises(AlreadyBooked):
        await restore(world, booking, NOW + MINUTE)


async def test_not_when_the_session_is_over(world: World) -> None:
    gone = await cancelled(world, await world.session(), in_days(14, hour=1.9))

    with pytest.raises(SessionEnded):
        await restore(world, gone, in_days(14, hour=2.1))


async def test_a_seat_of_a_contingent_comes_out_of_it_again(world: World) -> None:
    session, until = await world.session(capacity=2), in_days(7)
    known = {"places": 1, "until_at": until, "by": world.manager, "now": NOW}
    await contingents.keep(world.db, session.id, world.agency.id, **known)
    gone = await cancelled(world, session)

    back = await restore(world, gone)

    assert back.is_from_contingent
    assert await examine(world.db, now=NOW + 25 * MINUTE) == []


async def test_who_has_his_seat_again_waits_no_longer_for_another_one(world: World) -> None:
    lyon = await world.another_agency()
    gone = await cancelled(world, await world.session())
    asked = {"by": world.adviser, "now": NOW + 21 * MINUTE}
    joined = await waits.join(world.db, world.workshop.id, gone.job_seeker_id, [lyon.id], **asked)
    assert joined.wait

    await restore(world, gone)

    assert await waits.of_person(world.db, gone.job_seeker_id, **asked) == []


async def test_who_had_waited_has_his_turn_again(world: World) -> None:
    session = await world.session(capacity=1)
    await world.booked(session)
    first, second = await world.waiting(session), await world.waiting(session, now=NOW + MINUTE)
    await bookings.cancel(world.db, first.id, party=Party.PERSON, by=world.adviser, now=NOW + 2 * MINUTE)

    back = await restore(world, first, NOW + 3 * MINUTE)

    assert (back.state, back.waiting_since) == (BookingState.WAITLISTED, first.waiting_since)
    async with world.db.reading() as tx:
        line = [one.id for one in await bookings.bookings.active(tx, session.id) if one.state == "waitlisted"]
    assert line == [first.id, second.id]
    assert await world.count(session) == (1, 2)
