"""Calendars elsewhere are looked at again: as often as is decent, and the last good copy stays."""

import asyncio
from datetime import timedelta

import pytest

from booking.domain.external_calendars import LONGEST_PAUSE, USUAL
from booking.services import external_calendars
from booking.services.calendar_copies import Copier
from booking.services.calendar_refreshes import LEASE, refresh, refreshing
from booking.storage import external_calendars as storage
from booking.storage import external_times
from tests.given import DAY, HOUR, NOW, World, in_days
from tests.given_diaries import Here, Shelf, added, copier, diary

ONE, OTHER = (in_days(14), in_days(14, 2)), (in_days(15), in_days(15, 2))


async def busy(world: World) -> list:
    async with world.db.reading() as tx:
        return (await external_times.between(tx, [world.facilitator.id], NOW, in_days(400)))[world.facilitator.id]


async def looked(world: World, now, *answers) -> int:
    return await refreshing(copier(*answers))(world.db, now)


async def only(world: World):
    (found,) = (await external_calendars.of_person(world.db, world.facilitator.id, by=world.manager, now=NOW)).calendars
    return found


async def test_every_hour_it_is_looked_at_and_believed(world: World) -> None:
    await added(world, ONE)

    assert await looked(world, NOW + HOUR / 2, diary(OTHER)) == 0
    assert await looked(world, NOW + HOUR, diary(OTHER)) == 1

    assert await busy(world) == [OTHER]
    assert NOW + 2 * USUAL <= (await only(world)).next_at <= NOW + 2 * USUAL + USUAL / 5


async def test_what_it_still_says_is_not_written_again(world: World) -> None:
    calendar = await added(world, ONE)

    async with world.db.transaction() as tx:
        again = await Here().read(diary(ONE, OTHER), "Europe/Paris", NOW, in_days(400))
        assert await external_times.replace(tx, calendar.id, again.times) == 1
        assert await external_times.replace(tx, calendar.id, again.times) == 0
        assert await external_times.replace(tx, calendar.id, ()) == 2


async def test_what_has_not_changed_is_not_sent_but_once_a_day(world: World) -> None:
    await added(world, ONE)
    shelf = Shelf(None)

    await refreshing(Copier(shelf, Here()))(world.db, NOW + 2 * HOUR)
    shelf.answers = [diary(ONE)]
    await refreshing(Copier(shelf, Here()))(world.db, NOW + DAY)

    assert [etag for _, etag, _ in shelf.asked] == ['"1"', ""]
    assert await busy(world) == [ONE]
    assert (await only(world)).fetched_at == NOW + DAY


@pytest.mark.parametrize("answer", ["not-there", "timeout", "too-large", b"<html>", b"\0", diary(OTHER)[:-9]])
async def test_what_cannot_be_had_leaves_the_last_good_copy(world: World, answer: bytes | str) -> None:
    await added(world, ONE)

    await looked(world, NOW + HOUR, answer)

    found = await only(world)
    assert await busy(world) == [ONE]
    assert (found.fetched_at, found.failures, found.tried_at) == (NOW, 1, NOW + HOUR)
    assert found.error in (answer, "web-page", "not-a-calendar", "cut-off")


async def test_who_fails_is_asked_more_and_more_rarely_and_is_well_at_once_when_he_is(world: World) -> None:
    await added(world, ONE)
    at, pauses = NOW + HOUR, []
    for _ in range(7):
        await looked(world, at, "no-answer")
        found = await only(world)
        pauses.append(found.next_at - at)
        at = found.next_at
    assert not found.is_lost(NOW + 2 * DAY) and found.is_lost(NOW + 3 * DAY)

    await looked(world, at, diary(OTHER))

    usual = [min(USUAL * 2**n, LONGEST_PAUSE) for n in (1, 2, 3, 4, 5, 5, 5)]
    assert all(least <= pause <= least * 1.2 for least, pause in zip(usual, pauses, strict=True))
    after = await only(world)
    assert (after.failures, after.error, await busy(world)) == (0, None, [OTHER])


async def test_a_calendar_is_looked_at_by_one_worker_only(world: World) -> None:
    await added(world, ONE)
    shelf = Shelf(diary(OTHER))

    counts = await asyncio.gather(*(refreshing(Copier(shelf, Here()))(world.db, NOW + HOUR) for _ in range(4)))

    assert (sum(counts), len(shelf.asked)) == (1, 1)


async def test_a_worker_that_vanished_is_replaced_and_comes_too_late(world: World) -> None:
    calendar = await added(world, ONE)
    token = calendar.id
    async with world.db.transaction() as tx:
        (claimed,) = await storage.claim(tx, NOW + HOUR, token, LEASE, 1)

    assert await looked(world, NOW + HOUR, diary(OTHER)) == 0
    assert await looked(world, NOW + HOUR + LEASE, diary(OTHER)) == 1

    async with world.db.transaction() as tx:
        assert not await storage.settle(tx, token, claimed.failed("timeout", NOW))
    assert (await only(world)).error is None


async def test_one_that_breaks_keeps_no_other_waiting(world: World) -> None:
    await added(world, ONE)
    await added(world, room_id=world.room.id)

    class Broken(Shelf):
        async def fetch(self, url, etag="", last_modified=""):
            if not self.asked:
                self.asked.append(url)
                raise RuntimeError(url)
            return await super().fetch(url, etag, last_modified)

    assert await refreshing(Copier(Broken(diary(OTHER)), Here()))(world.db, NOW + HOUR) == 2
    async with world.db.reading() as tx:
        found = await storage.of(tx, [world.facilitator.id, world.room.id])
    assert sorted(one.failures for one in found) == [0, 1]


async def test_somebody_who_asks_sees_at_once_and_not_twice_in_a_moment(world: World) -> None:
    calendar = await added(world, ONE)
    soon = NOW + timedelta(minutes=5)
    shelf = Shelf(diary(OTHER))

    for at in (NOW, soon, soon + timedelta(seconds=5)):
        found = await refresh(world.db, Copier(shelf, Here()), calendar.id, by=world.facilitator, now=at)

    assert (len(shelf.asked), found.fetched_at, await busy(world)) == (1, soon, [OTHER])
