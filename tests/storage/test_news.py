"""What is new for open screens: every deed by its line of the audit, also one that is seen late, and what waits."""

from dataclasses import replace
from datetime import timedelta

import pytest

from booking.delivery.deliveries import Deliveries
from booking.domain.attendance import Mark
from booking.domain.batches import BatchState, Deed
from booking.domain.bookings import Party
from booking.domain.staff import Role
from booking.services import attendance, batches, bookings
from booking.services.job_seekers import PersonSaid, register
from booking.services.sending import send_due
from booking.storage import audit, news
from booking.storage import batches as stored
from booking.storage.news import BATCH, TO_DO, UNDER_WAY, Key, Place
from tests.given import NOW, SITE, World, in_days

LATER = NOW + timedelta(seconds=1)


async def begin(world: World) -> Place:
    async with world.db.reading() as tx:
        return await news.place(tx, NOW)


async def heard(world: World, place: Place) -> set[Key]:
    async with world.db.reading() as tx:
        return await news.read(tx, place, LATER)


async def test_a_seat_given_marked_and_freed_is_news_of_the_session_and_of_both_agencies(world: World):
    home = await world.another_agency()
    paul, session = await world.staff(Role.ADVISER, home, "Paul"), await world.session()
    person = await register(world.db, home.id, PersonSaid(first_name="Léa", last_name="Durand"), by=paul, now=NOW)
    place = await begin(world)
    told: set[Key] = {("this session", session.id), ("booking", world.agency.id), ("booking", home.id)}

    booking = (await bookings.book(world.db, session.id, person.id, by=paul, now=NOW)).booking
    given = await heard(world, place)
    about = {"by": world.facilitator, "now": in_days(14)}
    await attendance.mark(world.db, session.meetings[0].id, booking.id, Mark.LATE, **about)
    marked = await heard(world, place)
    await bookings.cancel(world.db, booking.id, party=Party.PERSON, by=paul, now=NOW)
    freed = await heard(world, place)

    assert told <= given and told <= marked and told <= freed
    assert await heard(world, place) == set()


async def test_who_only_looked_is_no_news(world: World):
    place = await begin(world)

    await audit.saw(world.db, world.adviser, "booking", world.agency.id, NOW, world.agency.id)

    assert await heard(world, place) == set()


@pytest.mark.parametrize("url", ["postgresql"], indirect=True)
async def test_a_deed_whose_line_is_seen_after_a_later_one_is_not_missed(world: World):
    slow, quick = world.agency.id, (await world.another_agency()).id
    place = await begin(world)

    async with world.db.transaction() as late:
        await audit.record(late, None, "changed", "room", slow, NOW, slow)
        async with world.db.transaction() as tx:
            await audit.record(tx, None, "changed", "room", quick, NOW, quick)
        first = await heard(world, place)
    second = await heard(world, place)

    assert (first, second) == ({("room", quick)}, {("room", slow)})
    assert place.gaps == {}


def test_a_number_that_was_never_written_is_waited_for_no_longer_than_a_deed_may_take():
    place = Place(5)

    place.advance([6, 8, 9], NOW)
    waiting = dict(place.gaps)
    place.advance([10], NOW + UNDER_WAY)

    assert waiting == {7: NOW} and place == Place(10)


async def test_what_the_clock_puts_on_a_list_is_news_too(world: World):
    await world.booked(await world.session())

    async with world.db.reading() as tx:
        before = await news.waiting(tx)
    await send_due(world.db, Deliveries(), NOW, site=SITE)
    async with world.db.reading() as tx:
        after = await news.waiting(tx)

    assert before == {} and set(after) == {(TO_DO, world.agency.id)}


async def test_how_far_a_bulk_work_is_is_news_for_whoever_began_it(world: World):
    session = await world.session()
    batch = await batches.choose(world.db, Deed.RESIZE, [session.id], by=world.manager, now=NOW)
    async with world.db.transaction() as tx:
        before = await news.waiting(tx)
        await stored.change(tx, replace(batch, state=BatchState.WAITING))
        begun = await news.waiting(tx)

    assert before == {} and set(begun) == {(BATCH, world.manager.id)}
