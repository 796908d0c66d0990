"""Behind a pooler that hands each transaction to whichever server process is free, nothing is left for the next one."""

from collections.abc import AsyncIterator

import pytest
from sqlalchemy import make_url, text

from booking.storage.postgres import Postgres
from tests.given import World

pytestmark = pytest.mark.parametrize("url", ["postgresql"], indirect=True)
LIMIT = "SELECT current_setting('lock_timeout')"
LEFT = "SELECT count(*) FROM pg_prepared_statements"


@pytest.fixture
async def pooled(url: str) -> AsyncIterator[Postgres]:
    """As behind a pooler."""
    address = make_url(url).update_query_dict({"pooled": "yes"})
    database = Postgres(address.render_as_string(hide_password=False), pool_size=1)
    yield database
    await database.close()


async def value(db: Postgres, question: str) -> object:
    async with db.reading() as tx:
        return await tx.value(text(question))


async def test_every_way_in_is_one_transaction_with_its_limits(pooled: Postgres):
    for way in (pooled.transaction, pooled.reading, pooled.at_once, pooled.snapshot):
        async with way() as tx:
            assert await tx.value(text(LIMIT)) == "5s"
            first = await tx.value(text("SELECT now()"))
            assert await tx.value(text("SELECT now()")) == first


async def test_no_statement_is_left_for_the_next(pooled: Postgres, world: World):
    world.db = pooled
    await world.booked(await world.session())

    assert await value(pooled, LEFT) == 0
