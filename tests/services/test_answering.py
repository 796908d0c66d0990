"""What people say about their bookings: noted once, whoever notes it, and never for nothing."""

import pytest
from sqlalchemy import select

from booking.domain.bookings import Booking, BookingState, Party
from booking.domain.errors import BookingEnded, NotAllowed, NotBooked, NotFound, SessionEnded
from booking.domain.staff import Role
from booking.services import answering, bookings, recalls
from booking.storage import answers
from booking.storage import bookings as kept
from booking.storage.tables import audit
from tests.given import HOUR, NOW, World, in_days, meeting

LATER = NOW + HOUR


async def now_kept(world: World, booking: Booking) -> Booking:
    async with world.db.reading() as tx:
        return await kept.load(tx, booking.id)


async def traces(world: World, booking: Booking) -> list[tuple[str, object, object]]:
    async with world.db.reading() as tx:
        lines = await tx.rows(select(audit).where(audit.c.noun_id == booking.id).order_by(audit.c.id))
    return [(line.action, line.staff_id, line.details.get("party")) for line in lines][1:]


async def wishing(world: World, **of: object) -> list[Booking]:
    found = await recalls.wishing(world.db, **({"by": world.adviser, "now": LATER} | of))  # type: ignore[arg-type]
    return [case.booking for case in found]


async def test_who_comes_says_so_once(world: World) -> None:
    booking = await world.booked(await world.session())

    await answering.coming(world.db, booking.id, by=None, now=NOW)
    again = await answering.coming(world.db, booking.id, by=None, now=LATER)

    assert again == await now_kept(world, booking)
    assert (again.answered_at, again.sequence, again.state) == (NOW, 0, BookingState.BOOKED)
    assert await traces(world, booking) == [("coming", None, "person")]


async def test_who_calls_is_noted_by_whoever_answers(world: World) -> None:
    booking = await world.booked(await world.session())

    await answering.coming(world.db, booking.id, by=world.adviser, now=NOW)

    assert await traces(world, booking) == [("coming", world.adviser.id, None)]


async def test_nobody_comes_to_a_place_that_he_gave_up(world: World) -> None:
    given_up = await world.booked(await world.session())
    await bookings.cancel(world.db, given_up.id, party=Party.PERSON, by=None, now=NOW)

    with pytest.raises(BookingEnded):
        await answering.coming(world.db, given_up.id, by=None, now=NOW)


async def test_who_waits_cannot_say_that_he_comes(world: World) -> None:
    session = await world.session(capacity=1)
    await world.booked(session)
    waiting = await world.waiting(session)

    with pytest.raises(NotBooked):
        await answering.coming(world.db, waiting.id, by=None, now=NOW)


async def test_nobody_comes_to_what_is_over(world: World) -> None:
    booking = await world.booked(await world.session())

    with pytest.raises(SessionEnded):
        await answering.coming(world.db, booking.id, by=None, now=in_days(15))


async def test_who_wants_another_date_keeps_his_place_and_stands_in_the_list(world: World) -> None:
    session = await world.session()
    booking = await world.booked(session)
    await answering.coming(world.db, booking.id, by=None, now=NOW)

    wished = await answering.wishes_other(world.db, booking.id, by=None, now=NOW)

    assert (wished.wishes_other_at, wished.answered_at, wished.state) == (NOW, None, BookingState.BOOKED)
    assert await wishing(world) == [wished]
    assert await world.count(session) == (1, 0)


async def test_who_comes_after_all_leaves_the_list(world: World) -> None:
    booking = await world.booked(await world.session())
    await answering.wishes_other(world.db, booking.id, by=None, now=NOW)

    await answering.coming(world.db, booking.id, by=None, now=LATER)

    assert await wishing(world) == []
    assert [action for action, *_ in await traces(world, booking)] == ["wishes-other", "coming"]


async def test_who_was_called_or_found_a_date_leaves_the_list(world: World) -> None:
    session, other = await world.session(), await world.session(meeting(in_days(20)))
    called, moved, stays = [await world.booked(session) for _ in range(3)]
    for booking in (called, moved, stays):
        await answering.wishes_other(world.db, booking.id, by=None, now=NOW)

    await recalls.recalled(world.db, called.id, by=world.adviser, now=LATER)
    await bookings.move(world.db, moved.id, other.id, by=world.adviser, now=LATER)

    assert [one.id for one in await wishing(world, now=LATER + HOUR)] == [stays.id]


async def test_who_gave_up_and_wants_another_date_is_called_until_he_has_one(world: World) -> None:
    booking = await world.booked(await world.session())
    await bookings.cancel(world.db, booking.id, party=Party.PERSON, by=None, now=NOW)
    await answering.wishes_other(world.db, booking.id, by=None, now=NOW)
    assert [one.id for one in await wishing(world)] == [booking.id]

    other = await world.session(meeting(in_days(20)))
    await bookings.book(world.db, other.id, booking.job_seeker_id, by=world.adviser, now=LATER)

    assert await wishing(world, now=LATER) == []


async def test_the_list_is_that_of_one_s_agencies(world: World) -> None:
    booking = await world.booked(await world.session())
    await answering.wishes_other(world.db, booking.id, by=None, now=NOW)
    elsewhere = await world.another_agency()

    network = await world.staff(Role.MANAGER, None, "Inès")
    neighbour = await world.staff(Role.ADVISER, elsewhere, "Paul")

    assert len(await wishing(world, by=network)) == 1
    assert await wishing(world, by=neighbour) == []
    with pytest.raises(NotAllowed):
        await wishing(world, by=world.facilitator)


async def test_what_was_moved_is_answered_where_it_went(world: World) -> None:
    booking = await world.booked(await world.session())
    other = await world.session(meeting(in_days(20)))
    await bookings.move(world.db, booking.id, other.id, by=world.adviser, now=NOW)

    with pytest.raises(BookingEnded):
        await answering.wishes_other(world.db, booking.id, by=None, now=LATER)


@pytest.mark.parametrize("say", [answering.coming, answering.wishes_other])
async def test_staff_answer_for_the_people_of_their_agencies_only(world: World, say) -> None:
    booking = await world.booked(await world.session())
    neighbour = await world.staff(Role.ADVISER, await world.another_agency(), "Paul")

    with pytest.raises(NotFound):
        await say(world.db, booking.id, by=neighbour, now=NOW)
    with pytest.raises(NotAllowed):
        await say(world.db, booking.id, by=world.facilitator, now=NOW)
    assert await now_kept(world, booking) == booking


async def test_a_code_finds_standing_bookings_first(world: World) -> None:
    booking = await world.booked(await world.session())

    async with world.db.reading() as tx:
        assert await answers.with_code(tx, booking.code) == [booking]
        assert await answers.with_code(tx, "") == []
