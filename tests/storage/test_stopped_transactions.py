"""A process that was stopped in the middle of a transaction keeps nobody waiting for ever."""

import asyncio

import pytest
from sqlalchemy import text

from booking.storage.constraints import Unavailable
from booking.storage.opening import open_database
from tests.given import World

# A file has one writer at a time, who is waited for as long as a request may take.
pytestmark = pytest.mark.parametrize("url", ["postgresql"], indirect=True)


async def test_a_transaction_in_which_nothing_happens_has_an_end(world: World) -> None:
    async with world.db.reading() as tx:
        assert await tx.value(text("SHOW idle_in_transaction_session_timeout")) == "30s"


async def test_what_a_stopped_process_held_is_free_again(world: World, url: str) -> None:
    other = open_database(url)
    rename = text("UPDATE agencies SET name = name")

    with pytest.raises(Unavailable):
        async with world.db.transaction() as tx:
            await tx.run(text("SET LOCAL idle_in_transaction_session_timeout = 50"))
            await tx.run(rename)
            async with other.transaction() as rival:
                await rival.run(rename)
            await asyncio.sleep(0)
            await tx.run(rename)

    await other.close()
