"""PostgreSQL is stopped at once and started again while messages are claimed and sent: none is lost."""

import asyncio
import os
import pwd
import signal
import subprocess
from collections.abc import AsyncIterator, Iterator
from contextlib import asynccontextmanager, contextmanager
from datetime import timedelta
from pathlib import Path

import pytest
from sqlalchemy import func, make_url, or_, select

from booking.domain.messages import MessageState
from booking.domain.sending import Outcome
from booking.jobs import running
from booking.services.reconciling import reconcile
from booking.storage.database import Database
from booking.storage.migrating import migrate
from booking.storage.opening import open_database
from booking.storage.tables import message_attempts
from tests.given import DAY, NOW, SITE, World, in_days
from tests.given_crowds import a_crowd, by_text, seated
from tests.postgresql import Server, create_database, launch
from tests.races.counting import counted
from tests.races.mortal import Life, Post, WatchedDatabase
from tests.races.storms import count, finish

REMINDERS = 300
MORNING = in_days(7, hour=0.1)


@pytest.fixture
def own_server() -> Iterator[Server]:
    """A server that only this test stops, and that keeps what it committed."""
    with launch(durable=True) as server:
        if not server.pids():
            pytest.skip("the server is somebody else's")
        yield server


@contextmanager
def started_again(server: Server) -> Iterator[None]:
    """Stop it at once (SIGQUIT: no goodbye, recovery at the next start), and start it again on the same files."""
    postmaster, home = server.pids()[0], Path(str(make_url(server.url()).query["host"]))
    os.kill(postmaster, signal.SIGQUIT)
    while Path(f"/proc/{postmaster}/stat").exists() and "Z" not in Path(f"/proc/{postmaster}/stat").read_text():
        """Until it is gone; its guard notices later."""
    account = {"user": "nobody", "group": pwd.getpwnam("nobody").pw_gid, "extra_groups": []} if not os.geteuid() else {}
    settings = ["-c", "listen_addresses=", "-c", "max_connections=200", "-c", "fsync=off"]
    command = [server.bin / "postgres", "-D", home / "data", "-k", home, *settings]
    nowhere = {"stdout": subprocess.DEVNULL, "stderr": subprocess.DEVNULL, "cwd": home}
    again = subprocess.Popen(command, **nowhere, **account)
    try:
        yield
    finally:
        again.send_signal(signal.SIGINT)
        again.wait(20)


@asynccontextmanager
async def at_work(db: Database, post: Post) -> AsyncIterator[None]:
    """A worker that stays while its database goes and comes."""
    deliveries = post.open(Life())
    async with running(WatchedDatabase(db, Life(), MORNING), deliveries, SITE):
        yield
    await deliveries.close()


async def until_said(notebook: Path, many: int) -> None:
    async with asyncio.timeout(30):
        while counted(notebook).told < many:  # noqa: ASYNC110 - only the file tells
            await asyncio.sleep(0.01)


async def doubts(db: Database) -> int:
    """How many tries nobody could settle, or were not answered in time."""
    tried = message_attempts.c
    unsettled = or_(tried.outcome == Outcome.IN_DOUBT, tried.error == "no answer in time")
    async with db.reading() as tx:
        return await tx.value(select(func.count()).select_from(message_attempts).where(unsettled))


async def test_a_server_that_breaks_off_loses_nothing(own_server: Server, tmp_path: Path) -> None:
    await create_database(own_server.url(), "restarted")
    url, notebook = own_server.url("restarted"), tmp_path / "texts"
    await asyncio.to_thread(migrate, url)
    db, post = open_database(url), Post(notebook=str(notebook))
    world = await World.begin(db)
    await seated(db, a_crowd(world, REMINDERS, [in_days(14)], NOW - DAY, by_text))
    await reconcile(db, NOW)

    async with at_work(db, post):
        await until_said(notebook, 30)
        with started_again(own_server):
            await until_said(notebook, 200)
            await finish(url, post, MORNING + timedelta(minutes=2))
            found, accepted = counted(notebook), await count(db, MessageState.ACCEPTED)
            in_doubt = await doubts(db)
            await db.close()

    assert (found.told, found.strange, accepted) == (REMINDERS, 0, REMINDERS)
    assert found.repeats <= in_doubt
