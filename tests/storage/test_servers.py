"""Several hosts in one address: the one that takes writes is found, whatever the others do."""

import asyncio
import time
from collections.abc import AsyncIterator, Iterator
from contextlib import AsyncExitStack

import pytest
from sqlalchemy import text

from booking.storage.addresses import read
from booking.storage.constraints import Away
from booking.storage.postgres import Postgres
from tests.postgresql import Server, launch
from tests.storage.relay import Relay, relayed
from tests.storage.standbys import Standby, following

AT_ONCE = 0.5
WHO = "SELECT current_setting('port')"


@pytest.fixture(scope="module")
def pair() -> Iterator[tuple[Server, Standby]]:
    """A server, and a standby that follows it."""
    with launch(durable=True) as server:
        if not server.pids():
            pytest.skip("the server is somebody else's")
        with following(server) as standby:
            yield server, standby


@pytest.fixture
async def relays(pair: tuple[Server, Standby]) -> AsyncIterator[tuple[Relay, Relay]]:
    """The way to each by a port of its own: first the server, then the standby."""
    async with AsyncExitStack() as stack:
        first, second = [await stack.enter_async_context(relayed(url)) for url in (pair[0].url(), pair[1].url)]
        yield first, second


def several(*ports: int) -> str:
    hosts = ",".join(f"127.0.0.1:{port}" for port in ports)
    return f"postgresql://postgres@{hosts}/postgres"


def port_of(relay: Relay) -> int:
    return int(read(relay.url).port or 0)


async def who(db: Postgres) -> str:
    async with db.reading() as tx:
        return str(await tx.value(text(WHO)))


@pytest.fixture
async def silent() -> AsyncIterator[int]:
    """The port of a host that takes calls and never says a word."""

    async def say_nothing(_: asyncio.StreamReader, line: asyncio.StreamWriter) -> None:
        await gone.wait()
        line.close()

    gone = asyncio.Event()
    server = await asyncio.start_server(say_nothing, "127.0.0.1", 0)
    yield server.sockets[0].getsockname()[1]
    gone.set()
    server.close()


async def test_the_server_that_takes_writes_is_found_whichever_comes_first(relays: tuple[Relay, Relay]):
    writes, reads = map(port_of, relays)

    for order in ((writes, reads), (reads, writes)):
        db = Postgres(several(*order))
        assert await who(db) == "5432"
        await db.close()


async def test_a_silent_host_keeps_nobody_waiting(relays: tuple[Relay, Relay], silent: int):
    writes, reads = map(port_of, relays)
    db = Postgres(several(silent, reads, writes))

    began = time.perf_counter()
    found = await who(db)

    assert (found, time.perf_counter() - began < AT_ONCE) == ("5432", True)
    await db.close()


async def test_where_none_takes_writes_the_database_is_away(relays: tuple[Relay, Relay]):
    _, reads = map(port_of, relays)
    db = Postgres(several(reads, 1))

    with pytest.raises(Away):
        await who(db)
    await db.close()


async def test_of_two_that_take_writes_the_newer_is_taken_and_the_older_left(
    pair: tuple[Server, Standby], relays: tuple[Relay, Relay]
):
    db = Postgres(several(*map(port_of, relays)))
    async with db.reading() as before:
        pair[1].promote()
        async with db.reading() as after:  # no connection lies idle: a new one is opened
            assert await after.value(text(WHO)) == "6000"
        with pytest.raises(Away):
            await before.value(text(WHO))

    assert await who(db) == "6000"
    await db.close()


async def test_who_has_seen_the_newer_does_not_go_back_to_the_older(
    pair: tuple[Server, Standby], relays: tuple[Relay, Relay]
):
    older, newer = map(port_of, relays)
    db = Postgres(several(older, newer))
    assert await who(db) == "6000"
    await db.close()

    relays[1].refuse()

    with pytest.raises(Away):
        await who(db)
