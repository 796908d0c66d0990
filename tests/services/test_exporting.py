"""Workers that make long files: taken up after a kill, given up when nobody wants it, begun anew and never doubled."""

import asyncio
import multiprocessing
import os
from datetime import timedelta
from pathlib import Path

import pytest

from booking.domain.errors import NotFound
from booking.domain.exports import LEASE, MOST_TRIES, ExportState, Format
from booking.services import exporting, exports
from booking.services.exporting import FOLDER, OLD, make_due
from booking.services.presences import rolls
from booking.storage.opening import open_database
from tests.given import NOW, World
from tests.given_exports import as_csv, content_of, in_autumn

SECOND = timedelta(seconds=1)
PROCESSES = multiprocessing.get_context("forkserver")
PROCESSES.set_forkserver_preload([__name__])
SQLITE = pytest.mark.parametrize("url", ["sqlite"], indirect=True)


@pytest.fixture
async def asked(world: World, monkeypatch: pytest.MonkeyPatch):
    """Three meetings, each a page of its own."""
    monkeypatch.setattr("booking.services.presences.PAGE", 1)
    for _ in range(3):
        await world.booked(await world.session())
    return await exports.ask(world.db, in_autumn(world), Format.CSV, by=world.adviser, now=NOW)


async def stands(world, asked):
    return await exports.show(world.db, asked.id, by=world.adviser, now=NOW)


def hooked(monkeypatch: pytest.MonkeyPatch, after_a_page) -> None:
    """Something happens after each page."""

    async def pages(db, scope):
        async for some in rolls(db, scope):
            yield some
            await after_a_page()

    monkeypatch.setattr(exporting, "rolls", pages)


def work_and_hang(url: str, is_stuck) -> None:
    """A worker that stops in the middle of a file, as if its host had."""

    async def hang(db, scope):
        async for some in rolls(db, scope):
            yield some
            is_stuck.set()
            await asyncio.Event().wait()

    exporting.rolls = hang
    asyncio.run(make_due(open_database(url), NOW))


async def test_what_a_killed_worker_left_is_taken_up_whole(world: World, asked, url: str):
    is_stuck = PROCESSES.Event()
    worker = PROCESSES.Process(target=work_and_hang, args=(url, is_stuck))
    worker.start()
    assert await asyncio.to_thread(is_stuck.wait, 60)
    worker.kill()
    await asyncio.to_thread(worker.join)

    assert (await stands(world, asked)).state is ExportState.RUNNING
    assert await make_due(world.db, NOW + LEASE - SECOND) == 0
    assert await make_due(world.db, NOW + LEASE + timedelta(minutes=1)) == 1

    ready = await stands(world, asked)
    assert (ready.state, ready.tries) == (ExportState.DONE, 2)
    assert len(as_csv(await content_of(world, ready, world.adviser))) == 3


async def test_a_worker_come_too_late_changes_nothing(world: World, asked, monkeypatch: pytest.MonkeyPatch):
    later = NOW + LEASE + SECOND

    async def overtaken():
        monkeypatch.setattr(exporting, "rolls", rolls)
        assert await make_due(world.db, later) == 1

    hooked(monkeypatch, overtaken)

    # Without a new lease from the first page it would have been overtaken on purpose.
    monkeypatch.setattr(exporting._Work, "say", _silent)
    assert await make_due(world.db, NOW) == 0

    assert len(as_csv(await content_of(world, await stands(world, asked), world.adviser))) == 3


async def _silent(self, **known: int) -> None:
    """Says nothing, as a worker that is stuck."""


@SQLITE
async def test_what_is_given_up_is_not_made_to_the_end(world: World, asked, monkeypatch: pytest.MonkeyPatch):
    pages = []

    async def given_up():
        pages.append(1)
        if len(pages) == 1:
            await exports.remove(world.db, asked.id, by=world.adviser, now=NOW)

    hooked(monkeypatch, given_up)

    assert await make_due(world.db, NOW) == 0
    assert len(pages) == 1
    with pytest.raises(NotFound):
        await stands(world, asked)


@SQLITE
async def test_a_worker_that_has_to_go_leaves_it_to_the_next_at_once(world: World, asked):
    going = iter([False, True, True])

    assert await make_due(world.db, NOW, is_over=lambda: next(going)) == 0
    left = await stands(world, asked)
    assert (left.state, left.tries, left.meetings_done) == (ExportState.WAITING, 0, 1)

    assert await make_due(world.db, NOW) == 1


@SQLITE
async def test_what_breaks_again_and_again_is_said_to_have_failed(world: World, asked, monkeypatch: pytest.MonkeyPatch):
    async def broken():
        raise RuntimeError("no room on the disk")

    hooked(monkeypatch, broken)

    assert await make_due(world.db, NOW) == 0

    failed = await stands(world, asked)
    assert (failed.state, failed.tries) == (ExportState.FAILED, MOST_TRIES)


@SQLITE
async def test_a_file_is_kept_in_pieces(world: World, asked, monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr(exporting, "PIECE", 100)

    await make_due(world.db, NOW)

    _, pieces = await exports.download(world.db, asked.id, by=world.adviser, now=NOW)
    assert {len(piece) for piece in [one async for one in pieces][:-1]} == {100}


def test_names_left_on_a_disk_by_a_kill_go_away(monkeypatch: pytest.MonkeyPatch, tmp_path: Path):
    monkeypatch.setattr("tempfile.gettempdir", lambda: str(tmp_path))
    for name, age in (("old", OLD + SECOND), ("new", OLD - SECOND)):
        (tmp_path / f"{FOLDER}{name}").mkdir()
        at = (NOW - age).timestamp()
        os.utime(tmp_path / f"{FOLDER}{name}", (at, at))

    exporting._sweep(NOW)

    assert [left.name for left in tmp_path.glob(f"{FOLDER}*")] == [f"{FOLDER}new"]
