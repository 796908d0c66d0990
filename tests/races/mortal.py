"""Workers that end or stop at a step of their own, or at any moment. The product knows nothing of it: what they ask
of the database and of a provider is watched from outside.
"""

import asyncio
import os
import random
import signal
import time
from collections.abc import AsyncIterator, Coroutine
from contextlib import AbstractAsyncContextManager, asynccontextmanager
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum
from pathlib import Path
from typing import Any

from sqlalchemy import Executable

from booking.delivery.deliveries import Deliveries
from booking.delivery.email import Email, server
from booking.delivery.letters import Delivery, Outgoing, Receipt
from booking.delivery.sms import Texts
from booking.storage.database import Database, Tx, Values

SENDER = "Ateliers <ateliers@example.org>"


class Step(StrEnum):
    """Where a worker may end."""

    CLAIMED = "claimed, nothing begun"
    CLAIMING = "before the claim is committed"
    BEGUN = "sending committed, nobody called"
    CALLING = "during the call"
    TAKEN = "taken by the provider, no answer yet"
    ANSWERED = "answered, nothing settled"
    SETTLING = "before the settlement is committed"
    SETTLED = "settled"


@dataclass
class Life:
    """Ends when it comes to this step for the n-th time; never, without a step. It may only stop there (SIGSTOP)."""

    ends_at: Step | None = None
    nth: int = 1
    sign: signal.Signals = signal.SIGKILL
    has_called: bool = False

    def comes_to(self, step: Step) -> None:
        """Maybe the end."""
        self.has_called = step is Step.TAKEN or (self.has_called and step is not Step.SETTLED)
        if step is self.ends_at:
            self.nth -= 1
            if not self.nth:
                self.end()

    def end(self) -> None:
        """No handler, no finally."""
        os.kill(os.getpid(), self.sign)


class _Watched:
    """A transaction whose statements tell how far the worker is."""

    def __init__(self, tx: Tx, life: Life) -> None:
        self._tx, self._life, self.dialect = tx, life, tx.dialect
        self.begins = self.settles = False

    def _note(self, statement: Executable) -> None:
        said = str(statement).lower()
        if "insert into message_attempts" in said:
            self._life.comes_to(Step.CLAIMED)
            self.begins = True
        if "update message_attempts" in said:
            self.settles = True

    async def rows(self, statement: Executable, values: Values = None) -> Any:
        self._note(statement)
        return await self._tx.rows(statement, values)

    async def row(self, statement: Executable, values: Values = None) -> Any:
        self._note(statement)
        return await self._tx.row(statement, values)

    async def value(self, statement: Executable, values: Values = None) -> Any:
        self._note(statement)
        return await self._tx.value(statement, values)

    async def run(self, statement: Executable, values: Values = None) -> int:
        self._note(statement)
        return await self._tx.run(statement, values)


class WatchedDatabase:
    """The database as a worker sees it, at the time of the play."""

    def __init__(self, db: Database, life: Life, now: datetime) -> None:
        self._db, self._life, self.dialect = db, life, db.dialect
        self._now, self._began = now, time.monotonic()

    @asynccontextmanager
    async def transaction(self) -> AsyncIterator[Tx]:
        if self._life.has_called:
            self._life.comes_to(Step.ANSWERED)
        async with self._db.transaction() as tx:
            watched = _Watched(tx, self._life)
            yield watched
            if watched.begins:
                self._life.comes_to(Step.CLAIMING)
            if watched.settles:
                self._life.comes_to(Step.SETTLING)
        if watched.begins:
            self._life.comes_to(Step.BEGUN)
        if watched.settles:
            self._life.comes_to(Step.SETTLED)

    def at_once(self) -> AbstractAsyncContextManager[Tx]:
        return self._db.at_once()

    def reading(self) -> AbstractAsyncContextManager[Tx]:
        return self._db.reading()

    async def now(self) -> datetime:
        return self._now + timedelta(seconds=time.monotonic() - self._began)

    async def close(self) -> None:
        await self._db.close()


class Knows(StrEnum):
    """What a provider of texts can do about letters in doubt."""

    REPEATS = "knows repeats"
    LETTERS = "can be asked"
    NOTHING = "knows nothing"


class Notebook(Texts):
    """A provider of texts that outlives its customers: each letter it takes is a line of a file."""

    def __init__(self, path: str, knows: Knows, life: Life) -> None:
        super().__init__()
        self.knows_repeats = knows is Knows.REPEATS
        self.key_life = timedelta(days=1) if self.knows_repeats else timedelta()
        self.can_be_asked = self.is_sure = knows is Knows.LETTERS
        self._path, self._life = Path(path), life
        self._file = os.open(path, os.O_APPEND | os.O_CREAT | os.O_WRONLY)

    async def send(self, letter: Outgoing) -> Receipt:
        return await called(self._life, self._take(letter))

    async def lookup(self, key: str) -> Receipt | None:
        return Receipt(key) if key in self._path.read_text() else None

    async def _take(self, letter: Outgoing) -> Receipt:
        os.write(self._file, f"{letter.address} {letter.key}\n".encode())
        return Receipt(letter.key)

    async def close(self) -> None:
        os.close(self._file)


class WatchedEmail(Email):
    """Mails whose calls are steps of a life."""

    def __init__(self, smtp: str, life: Life) -> None:
        super().__init__(server(f"smtp://{smtp}?starttls=never"), SENDER)
        self._life = life

    async def send(self, letter: Outgoing) -> Receipt:
        return await called(self._life, super().send(letter))


async def called(life: Life, call: Coroutine[Any, Any, Receipt]) -> Receipt:
    """A call, with what may come before its end and after it; each is a little longer than it need be."""
    await asyncio.sleep(random.uniform(0, 0.002))
    life.comes_to(Step.CALLING)
    receipt = await call
    life.comes_to(Step.TAKEN)
    await asyncio.sleep(random.uniform(0, 0.002))
    return receipt


@dataclass(frozen=True)
class Post:
    """By which ways letters leave: mails by this server, texts into this notebook."""

    smtp: str = ""
    notebook: str = ""
    knows: Knows = Knows.REPEATS

    def open(self, life: Life) -> Deliveries:
        """The ways of one worker."""
        ways: list[Delivery] = [WatchedEmail(self.smtp, life)] if self.smtp else []
        return Deliveries(*ways, *([Notebook(self.notebook, self.knows, life)] if self.notebook else []))
