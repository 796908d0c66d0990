"""A database is brought up to date while people book, and old code and new code serve side by side."""

import asyncio
import shutil
from pathlib import Path

import pytest
from alembic.util import CommandError
from sqlalchemy import text

from booking.storage import migrating
from booking.storage.migrating import STEPS, TablesInUse, is_migrated, migrate
from tests.given import World
from tests.races.acts import Try, attempt
from tests.races.crowd import apart, people

pytestmark = pytest.mark.parametrize("url", ["postgresql"], indirect=True)

ADDS = """
from alembic import op

revision, down_revision = "0002", "0001"

def upgrade():
    op.execute("ALTER TABLE bookings ADD COLUMN remark text")
"""
FINDS = """
from booking.storage.large_indexes import build

revision, down_revision = "0003", "0002"

def upgrade():
    build("ix_remark", "ON bookings (remark)")
"""
REMOVES = """
from alembic import op

revision, down_revision, REMOVES = "0004", "0003", True

def upgrade():
    op.execute("ALTER TABLE bookings DROP COLUMN remark")
"""


@pytest.fixture
def newer(tmp_path: Path) -> Path:
    """The steps of code to come: two add, the last one takes away."""
    shutil.copytree(STEPS, tmp_path / "steps", ignore=shutil.ignore_patterns("__pycache__"))
    (tmp_path / "steps/versions/0002_adds.py").write_text(ADDS)
    (tmp_path / "steps/versions/0003_finds.py").write_text(FINDS)
    (tmp_path / "steps/versions/0004_removes.py").write_text(REMOVES)
    return tmp_path / "steps"


@pytest.fixture
def older(newer: Path, tmp_path: Path) -> Path:
    """The steps of the code between."""
    shutil.copytree(newer, tmp_path / "older", ignore=shutil.ignore_patterns("__pycache__", "0004*"))
    return tmp_path / "older"


async def may_serve(world: World, steps: Path) -> bool:
    async with world.db.reading() as tx:
        return await is_migrated(tx, steps)


async def test_old_and_new_code_serve_between_adding_and_removing(world: World, url: str, newer: Path):
    assert not await may_serve(world, newer)

    await asyncio.to_thread(migrate, url, newer, only_adding=True)

    assert (await may_serve(world, STEPS), await may_serve(world, newer)) == (True, True)


async def test_code_whose_columns_are_gone_does_not_serve(world: World, url: str, newer: Path, older: Path):
    await asyncio.to_thread(migrate, url, newer)

    assert [await may_serve(world, steps) for steps in (STEPS, older, newer)] == [False, True, True]


async def test_who_comes_from_older_code_changes_nothing(world: World, url: str, newer: Path):
    await asyncio.to_thread(migrate, url, newer, only_adding=True)

    with pytest.raises(CommandError):
        await asyncio.to_thread(migrate, url)

    assert await may_serve(world, newer)


async def test_two_hosts_may_migrate_at_once(world: World, url: str, newer: Path):
    await asyncio.gather(*(asyncio.to_thread(migrate, url, newer) for _ in range(2)))

    assert await may_serve(world, newer)


async def test_nobody_who_books_meanwhile_is_refused(world: World, url: str, newer: Path):
    sessions, crowd = await apart(world, 10), await people(world, 60)
    tries = [Try("book", (sessions[n % 10], who), world.adviser, f"k{n}") for n, who in enumerate(crowd)]

    migrated = asyncio.create_task(asyncio.to_thread(migrate, url, newer))
    booked = [(await attempt(world.db, one)).booking for one in tries]
    await migrated

    assert all(booked)
    assert await may_serve(world, newer)


async def test_a_long_reader_is_not_waited_for_in_front_of_others(
    world: World, url: str, newer: Path, monkeypatch: pytest.MonkeyPatch
):
    monkeypatch.setattr(migrating, "LOCK_TIMEOUT_MS", 50)
    monkeypatch.setattr(migrating, "PAUSE", 0.05)
    monkeypatch.setattr(migrating, "PATIENCE", 0.3)
    session, person = await world.session(), await world.job_seeker()
    async with world.db.snapshot() as reader:
        await reader.value(text("SELECT count(*) FROM bookings"))
        migrated = asyncio.create_task(asyncio.to_thread(migrate, url, newer))
        await world.booked(session, person)
        with pytest.raises(TablesInUse):
            await migrated

    monkeypatch.setattr(migrating, "PATIENCE", 30)
    await asyncio.to_thread(migrate, url, newer)
    assert await may_serve(world, newer)
