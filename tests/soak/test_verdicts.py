"""What the soak judges by finds what it is there to find."""

from uuid import uuid4

import pytest
from sqlalchemy import update

from booking.domain.bookings import Party
from booking.services import bookings
from booking.storage.database import Database
from booking.storage.tables import sessions
from tests.given import NOW, World
from tests.soak.minutes import Minute
from tests.soak.office import Told
from tests.soak.sights import Sight
from tests.soak.verdicts import FLAT, LOOKS_NEEDED, lost, oversold, slopes


def a_sight(megabytes: float) -> Sight:
    return Sight({"server 1": megabytes}, {"server 1": 20}, 10, 0.0, 0, 100, 100, 100)


@pytest.mark.parametrize("leak", [0.0, 12.0])
def test_a_leak_is_told_in_megabytes_an_hour_whatever_the_beginning_was(leak: float):
    beginning = [(60.0 * n, a_sight(50 + n)) for n in range(60)]
    later = [(60.0 * n, a_sight(110 + leak * n / 60)) for n in range(60, 120)]

    grown = slopes([*beginning, *later])

    assert grown["server 1"] == pytest.approx(leak)
    assert (grown["server 1"] < FLAT) == (not leak)


def test_of_a_few_minutes_nothing_is_said_about_memory():
    assert slopes([(60.0 * n, a_sight(50 + n)) for n in range(LOOKS_NEEDED)]) == {}


async def test_what_was_acknowledged_and_is_not_there_or_is_otherwise_is_found(db: Database):
    world, missing = await World.begin(db), uuid4()
    session = await world.session()
    kept, unended, undone = [await world.booked(session) for _ in range(3)]
    await bookings.cancel(db, undone.id, party=Party.PERSON, by=world.adviser, now=NOW)
    places = {one.id: (one.session_id, one.job_seeker_id) for one in (kept, unended, undone)}
    told = Told(seats=places | {missing: (session.id, kept.job_seeker_id)}, ended={unended.id})

    found = await lost(db, told)

    assert sorted(found) == sorted(
        [f"{missing} is not there", f"{unended.id} is not cancelled", f"{undone.id} was ended by nobody"]
    )


async def test_a_seat_that_nobody_counted_is_found(db: Database):
    world = await World.begin(db)
    await world.booked(await world.session())
    before = await oversold(db)

    async with db.transaction() as tx:
        await tx.run(update(sessions).values(taken=sessions.c.taken + 1))

    assert (before, await oversold(db)) == ({}, {"the counter is not the number of people": 1})


def test_errors_are_counted_by_what_they_say():
    minute = Minute()
    for milliseconds in (1.0, 2.0, 300.0):
        minute.heard("page", 200, milliseconds)
    minute.wonder("page", "500 internal-server-error")
    minute.wonder("page", "500 internal-server-error")

    assert (minute.count, minute.quantile(0.5), minute.strange) == (3, 2.0, {"page: 500 internal-server-error": 2})
