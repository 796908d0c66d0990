"""What one finds behind the link of a booking, and what one does not."""

from dataclasses import replace

import pytest

from booking.domain.bookings import Booking, Party
from booking.domain.errors import LinkOver, NotFound
from booking.domain.links import proof
from booking.services import bookings, own_calendars, own_pages
from booking.services.own_pages import OwnPage
from booking.storage import answers
from tests.given import HOUR, NOW, SITE, World, in_days, meeting


async def found(world: World, booking: Booking, now=NOW) -> OwnPage:
    return await own_pages.find(world.db, booking.code, proof(booking, SITE), site=SITE, now=now)


async def test_a_link_leads_to_its_booking_however_the_code_is_written(world: World) -> None:
    booking = await world.booked(await world.session())

    said = await own_pages.find(world.db, booking.code.lower(), proof(booking, SITE), site=SITE, now=NOW)

    assert (said.booking, said.turn) == (booking, None)


async def test_of_two_bookings_with_one_code_the_link_tells_which(world: World, monkeypatch) -> None:
    session = await world.session()
    one, other = await world.booked(session), await world.booked(session)

    async def both(tx, code):
        return [one, other]

    monkeypatch.setattr(answers, "with_code", both)

    assert (await found(world, other)).booking == other
    assert (await found(world, one)).booking == one


@pytest.mark.parametrize("code", ["", "K7M4P2", "K7M4P2K7", "\x00", "é"])
async def test_a_wrong_code_finds_nothing(world: World, code) -> None:
    booking = await world.booked(await world.session())

    with pytest.raises(NotFound):
        await own_pages.find(world.db, code, proof(booking, SITE), site=SITE, now=NOW)


async def test_the_link_of_another_installation_finds_nothing(world: World) -> None:
    booking = await world.booked(await world.session())
    stranger = replace(SITE, secret=b"another secret, as long as it must be")

    with pytest.raises(NotFound):
        await own_pages.find(world.db, booking.code, proof(booking, stranger), site=SITE, now=NOW)


async def test_a_link_ends_with_the_day_of_the_last_meeting(world: World) -> None:
    booking = await world.booked(await world.session(meeting(in_days(1)), meeting(in_days(3))))

    assert (await found(world, booking, in_days(3, hour=12))).booking == booking
    with pytest.raises(LinkOver):
        await found(world, booking, in_days(4))


async def test_whoever_was_moved_finds_his_new_date_by_the_link_of_the_old_letter(world: World) -> None:
    first, second, third = [await world.session(meeting(in_days(day))) for day in (7, 8, 9)]
    old = await world.booked(first)
    middle = (await bookings.move(world.db, old.id, second.id, by=world.adviser, now=NOW + HOUR)).booking
    new = (await bookings.move(world.db, middle.id, third.id, by=None, now=NOW + 2 * HOUR)).booking

    assert (await found(world, old)).booking.id == new.id
    assert (await found(world, middle)).booking.id == new.id


async def test_what_was_cancelled_says_so(world: World) -> None:
    booking = await world.booked(await world.session())
    await bookings.cancel(world.db, booking.id, party=Party.SERVICE, by=world.manager, now=NOW)

    assert (await found(world, booking)).booking.cancelled_by is Party.SERVICE


async def test_who_waits_knows_his_turn(world: World) -> None:
    session = await world.session(capacity=1)
    await world.booked(session)
    first, second = await world.waiting(session), await world.waiting(session, now=NOW + HOUR)

    assert [(await found(world, one)).turn for one in (first, second)] == [1, 2]


async def test_other_dates_are_those_of_the_workshop_with_a_seat(world: World) -> None:
    booking = await world.booked(await world.session())
    full = await world.session(meeting(in_days(20)), capacity=1)
    await world.booked(full)
    free = await world.session(meeting(in_days(21)))

    others = await own_pages.other_dates(world.db, await found(world, booking), now=NOW)

    assert [one.session.id for one in others] == [free.id]


async def test_the_dates_fit_into_the_calendar_of_a_phone_and_name_nobody(world: World) -> None:
    booking = await world.booked(
        await world.session(meeting(in_days(1)), meeting(in_days(3))), await world.job_seeker("Diallo")
    )

    text = (await own_calendars.calendar(world.db, await found(world, booking), site=SITE, now=NOW)).decode()

    assert text.count("BEGIN:VEVENT") == 2 and "DTSTART;TZID=Europe/Paris:20261020T100000" in text
    assert not any(said in text for said in ("Diallo", "DIALLO", booking.code, "/p/"))
