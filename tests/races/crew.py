"""Several processes that start together: each opens the database for itself and acts until it has nothing left to do.

    crew = Crew(4)
    answers = crew.together(acts.book_all, url, tries)      # one list of answers a process

The processes are started once and serve test after test, because starting Python costs more than a race.
"""

import asyncio
import multiprocessing
import os
import traceback
from collections.abc import Awaitable, Callable, Sequence
from multiprocessing.connection import Connection
from multiprocessing.synchronize import Barrier
from pathlib import Path
from typing import Any

from sqlalchemy import make_url

from booking.storage.database import Database
from booking.storage.opening import open_database
from booking.storage.sqlite import Sqlite

PROCESSES = int(os.environ.get("RACE_PROCESSES", "4"))
# How much longer than usual a race runs: 10 gives ten times the tries.
LENGTH = float(os.environ.get("RACE_LENGTH", "1"))
PATIENCE = 60 + 60 * LENGTH

Meet = Callable[[], int]
Act = Callable[..., Awaitable[Any]]


class Failed(AssertionError):
    """A client met something other than an answer or a refusal."""


class Crew:
    """So many processes, reused for as long as the tests run."""

    def __init__(self, size: int = PROCESSES) -> None:
        context = multiprocessing.get_context("spawn")
        # Kept, because it vanishes with its last owner, and the processes are still to come.
        self._barrier = context.Barrier(size)
        pairs = [context.Pipe() for _ in range(size)]
        self._pipes = [ours for ours, _ in pairs]
        self.processes = [context.Process(target=_serve, args=(n, pairs[n][1], self._barrier)) for n in range(size)]
        for process in self.processes:
            process.daemon = True
            process.start()

    def begin(self, act: Act, url: str, shares: Sequence[Any]) -> None:
        """Give each process its share of the work; they begin when the last one is ready."""
        self._barrier.reset()
        for pipe, share in zip(self._pipes, shares, strict=True):
            pipe.send((act, url, share))

    def together(self, act: Act, url: str, shares: Sequence[Any]) -> list[Any]:
        """What each process answered; raises :class:`Failed` with the first trace of one that could not."""
        self.begin(act, url, shares)
        answers = [_received(pipe) for pipe in self._pipes]
        if troubles := [trouble for _, trouble in answers if trouble]:
            # Who broke off leaves the others waiting for him: what they say about it comes last.
            raise Failed(min(troubles, key=lambda trouble: "BrokenBarrierError" in trouble))
        return [answer for answer, _ in answers]

    def close(self) -> None:
        """Send everybody home."""
        for pipe, process in zip(self._pipes, self.processes, strict=True):
            if process.is_alive():
                pipe.send(None)
            process.join(10)
            process.close()


def dealt(work: Sequence[Any], hands: int = PROCESSES) -> list[list[Any]]:
    """The work in equal shares."""
    return [list(work[n::hands]) for n in range(hands)]


def in_step(rounds: Sequence[Sequence[Any]], hands: int = PROCESSES) -> list[list[list[Any]]]:
    """The tries of each round in equal shares, for processes that go from round to round together."""
    shares = [dealt(tries, hands) for tries in rounds]
    return [[share[n] for share in shares] for n in range(hands)]


def by_round(answers: Sequence[Sequence[list[Any]]]) -> list[list[Any]]:
    """What each process was told round by round, as what everybody was told in each round."""
    return [[told for share in shares for told in share] for shares in zip(*answers, strict=True)]


def _received(pipe: Connection) -> Any:
    if not pipe.poll(PATIENCE):
        raise Failed("A client did not come back.")
    return pipe.recv()


def _serve(number: int, pipe: Connection, barrier: Barrier) -> None:
    while job := pipe.recv():
        act, url, share = job
        try:
            pipe.send((asyncio.run(_perform(act, url, share, lambda: barrier.wait(PATIENCE))), None))
        except BaseException:  # noqa: BLE001 - whatever it was, the test must hear of it
            barrier.abort()
            pipe.send((None, f"client {number}: {traceback.format_exc()}"))


async def _perform(act: Act, url: str, share: Any, meet: Meet) -> Any:
    db = opened(url)
    try:
        async with db.reading():
            meet()
        return await act(db, share, meet)
    finally:
        await db.close()


def opened(url: str) -> Database:
    """A database that keeps nobody from writing because the machine is slow: a race asks who wins, not how soon."""
    address = make_url(url)
    if address.get_backend_name() == "sqlite" and address.database:
        return Sqlite(Path(address.database), PATIENCE)
    return open_database(url)
