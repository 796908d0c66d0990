"""Counted in the database: all processes together count once."""

import pytest
from sqlalchemy import select

from booking.domain.errors import TooManyRequests
from booking.domain.limits import MINUTE, Patience, Rate
from booking.services import codes, limits
from booking.services.limits import Purses
from booking.storage import tables
from booking.storage.database import Database
from tests.given import NOW, World

RATE = Rate("essai", 20, MINUTE)


async def spent(db: Database, purses: Purses) -> int:
    """How many are granted until one is refused."""
    for n in range(1000):
        try:
            await purses.spend(db, RATE, "a token", now=NOW)
        except TooManyRequests:
            return n
    return 1000


async def test_several_processes_grant_no_more_than_one(db: Database):
    assert sum([await spent(db, Purses()) for _ in range(3)]) == RATE.most


async def test_a_process_writes_once_for_a_lot(db: Database):
    purses = Purses()
    await purses.spend(db, RATE, "a token", now=NOW)
    async with db.reading() as tx:
        before = await tx.value(select(tables.tallies.c.forgotten_at))

    await purses.spend(db, RATE, "a token", now=NOW)

    async with db.reading() as tx:
        assert await tx.value(select(tables.tallies.c.forgotten_at)) == before


async def test_what_lay_too_long_in_a_purse_is_lost(db: Database):
    purses = Purses()
    await purses.spend(db, RATE, "a token", now=NOW)
    await limits.spend(db, RATE, "a token", now=NOW, times=18)
    await purses.spend(db, RATE, "a token", now=NOW)

    await purses.spend(db, RATE, "a token", now=NOW + limits.LOT_LIFE)

    with pytest.raises(TooManyRequests):
        for _ in range(3):
            await purses.spend(db, RATE, "a token", now=NOW + limits.LOT_LIFE)


async def test_what_a_strict_rule_forbids_counts_for_no_other(db: Database):
    strict, other = Patience("strict", 1), Patience("other", 5)
    tries = {strict: "192.0.2.7", other: "nadia"}
    await limits.begin_try(db, tries, now=NOW, strict=strict)

    for _ in range(9):
        with pytest.raises(TooManyRequests):
            await limits.begin_try(db, tries, now=NOW, strict=strict)

    assert await limits.begin_try(db, {other: "nadia"}, now=NOW) == set()


async def test_who_tries_codes_one_after_another_has_to_wait(world: World):
    by = world.adviser
    await limits.spend(world.db, limits.CODES, str(by.id), now=NOW, times=limits.CODES.most)

    with pytest.raises(TooManyRequests):
        await codes.with_code(world.db, "K7M4P2", by=by, now=NOW)
    assert await codes.with_code(world.db, "K7M4P2", by=by, now=NOW + MINUTE) == []
