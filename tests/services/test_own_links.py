"""A link to one's own page that is given up opens nothing any more, however it once led there."""

from datetime import timedelta

import pytest
from sqlalchemy import select

from booking.domain.errors import BookingEnded, NotAllowed, NotFound
from booking.domain.links import proof
from booking.domain.staff import Role
from booking.services import bookings, holds, own_links, own_pages
from booking.storage import bookings as kept
from booking.storage.tables import audit
from tests.given import HOUR, NOW, SITE, World, in_days, meeting


async def find(world: World, booking, now=NOW):
    return await own_pages.find(world.db, booking.code, proof(booking, SITE), site=SITE, now=now)


async def renewed(world: World, booking, now=NOW):
    return await own_links.renew(world.db, booking.id, by=world.adviser, now=now)


async def test_the_old_link_is_unknown_and_the_new_one_opens_the_page(world: World) -> None:
    old = await world.booked(await world.session())

    new = await renewed(world, old)

    assert (await find(world, new)).booking.id == old.id
    with pytest.raises(NotFound):
        await find(world, old)


async def test_each_time_it_is_another(world: World) -> None:
    first = await world.booked(await world.session())
    second = await renewed(world, first)
    third = await renewed(world, second)

    assert len({proof(one, SITE) for one in (first, second, third)}) == 3
    for gone in (first, second):
        with pytest.raises(NotFound):
            await find(world, gone)


async def test_the_links_of_what_was_moved_here_are_given_up_too(world: World) -> None:
    first, second, third = [await world.session(meeting(in_days(day))) for day in (7, 8, 9)]
    old = await world.booked(first)
    middle = (await bookings.move(world.db, old.id, second.id, by=world.adviser, now=NOW + HOUR)).booking
    last = (await bookings.move(world.db, middle.id, third.id, by=None, now=NOW + 2 * HOUR)).booking
    assert (await find(world, old)).booking.id == last.id

    new = await renewed(world, last, NOW + 3 * HOUR)

    for gone in (old, middle, last):
        with pytest.raises(NotFound):
            await find(world, gone, NOW + 3 * HOUR)
    assert (await find(world, new)).booking.id == last.id


async def test_other_links_of_the_person_and_of_others_stay(world: World) -> None:
    person = await world.job_seeker()
    session = await world.session()
    lost, others = await world.booked(session, person), await world.booked(session)
    elsewhere = await world.booked(await world.session(meeting(in_days(3))), person)

    await renewed(world, lost)

    assert (await find(world, elsewhere)).booking == elsewhere
    assert (await find(world, others)).booking == others


async def test_nothing_else_of_the_booking_changes_and_its_later_changes_keep_the_link(world: World) -> None:
    booking = await world.booked(await world.session())
    new = await renewed(world, booking)

    ended = await bookings.cancel(
        world.db, booking.id, party="person", because="", by=world.adviser, now=NOW + timedelta(minutes=1)
    )

    assert (new.state, new.sequence, new.changed_at, new.code) == (
        booking.state,
        booking.sequence,
        booking.changed_at,
        booking.code,
    )
    async with world.db.reading() as tx:
        assert (await kept.load(tx, booking.id)).link_version == 1 and ended


async def test_it_is_written_down_without_the_link(world: World) -> None:
    booking = await world.booked(await world.session())
    await renewed(world, booking)

    async with world.db.reading() as tx:
        rows = await tx.rows(select(audit).where(audit.c.noun_id == booking.id, audit.c.action == "link-renewed"))

    assert [(row.staff_id, row.agency_id, row.details) for row in rows] == [(world.adviser.id, world.agency.id, {})]


async def test_what_was_moved_away_has_no_link_of_its_own(world: World) -> None:
    booking = await world.booked(await world.session())
    target = await world.session(meeting(in_days(3)))
    await bookings.move(world.db, booking.id, target.id, by=world.adviser, now=NOW)

    with pytest.raises(BookingEnded):
        await renewed(world, booking)


async def test_only_who_may_book_for_the_person_gives_a_link(world: World) -> None:
    booking = await world.booked(await world.session())
    elsewhere = await world.staff(Role.ADVISER, await world.another_agency(), "Zoé")

    for by, refusal in ((world.facilitator, NotAllowed), (elsewhere, NotFound)):
        with pytest.raises(refusal):
            await own_links.renew(world.db, booking.id, by=by, now=NOW)
    assert (await find(world, booking)).booking == booking


async def test_a_seat_held_a_moment_keeps_its_link_when_it_is_booked(world: World) -> None:
    session, person = await world.session(), await world.job_seeker()
    held = (await holds.hold(world.db, session.id, person.id, by=world.adviser, now=NOW)).booking
    new = await renewed(world, held)

    await holds.confirm(world.db, held.id, by=world.adviser, now=NOW)

    assert (await find(world, new)).booking.id == held.id
