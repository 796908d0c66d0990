"""Free seats as they change: one look at the database every two seconds for all the pages of this process.

Truth is in the database, so that it is right whichever process gave the seat.
"""

import asyncio
from collections.abc import AsyncIterator, Awaitable, Callable, Collection, Mapping
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from typing import Any
from uuid import UUID

import structlog

from booking.domain.bookings import Booking
from booking.domain.sessions import Session
from booking.storage import live_seats
from booking.storage.database import Database, Tx

SECONDS = 2.0
AT_ONCE = 500
log = structlog.get_logger()
Marks = Mapping[UUID, str]
Count = Callable[[Tx, Collection[UUID]], Awaitable[Mapping[UUID, tuple[Any, ...]]]]


def mark_of(session: Session) -> str:
    """What there is to see of a session's seats, in one word."""
    return _mark((session.taken, session.kept, session.waiting, session.capacity + session.allowance, session.state))


def _mark(counts: tuple[Any, ...]) -> str:
    return "-".join(map(str, counts))


async def seat_number(db: Database, booking: Booking) -> int:
    """Which seat of its session this is, in the order in which they were taken."""
    async with db.reading() as tx:
        return await live_seats.seat_number(tx, booking)


@dataclass(eq=False, slots=True)
class Follower:
    """A page: what it shows, and a bell that rings when something of it is no longer so."""

    shown: dict[UUID, str]
    bell: asyncio.Event = field(default_factory=asyncio.Event)
    is_over: bool = False

    def learn(self, marks: Marks) -> list[UUID]:
        """What has changed since it was shown; from now on the page knows."""
        changed = [id for id, mark in self.shown.items() if marks.get(id, mark) != mark]
        self.shown |= {id: marks[id] for id in changed}
        return changed


class LiveSeats:
    """Who follows which seats in this process; it looks only while somebody does. ``count`` is what it looks at: the
    seats of sessions, or other things that have an id."""

    def __init__(self, db: Database, seconds: float = SECONDS, count: Count = live_seats.counts) -> None:
        self._db, self._seconds, self._count = db, seconds, count
        self._followers: set[Follower] = set()
        self._looking: asyncio.Task[None] | None = None
        self._is_closed = False
        self.marks: dict[UUID, str] = {}

    @asynccontextmanager
    async def following(self, shown: Marks) -> AsyncIterator[Follower]:
        """Follow these sessions, as the page shows them, as long as the block."""
        follower = Follower(dict(shown), is_over=self._is_closed)
        self._followers.add(follower)
        if self._looking is None and not self._is_closed:
            self._looking = asyncio.create_task(self._look_on(), name="live seats")
        try:
            yield follower
        finally:
            self._followers.discard(follower)
            if not self._followers:
                self._stop()

    def close(self) -> None:
        """Let everybody go; nobody follows from now on."""
        self._is_closed = True
        for follower in self._followers:
            follower.is_over = True
            follower.bell.set()
        self._stop()

    def _stop(self) -> None:
        if self._looking:
            self._looking.cancel()
        self._looking = None
        self.marks = {}

    async def _look_on(self) -> None:
        while True:
            try:
                await self._look()
            except Exception:
                log.exception("seats not followed")
            await asyncio.sleep(self._seconds)

    async def _look(self) -> None:
        wanted = list({id for follower in self._followers for id in follower.shown})
        found: dict[UUID, tuple[Any, ...]] = {}
        async with self._db.reading() as tx:
            for begin in range(0, len(wanted), AT_ONCE):
                found |= await self._count(tx, wanted[begin : begin + AT_ONCE])
        self.marks = {id: _mark(counts) for id, counts in found.items()}
        for follower in self._followers:
            if any(self.marks.get(id, mark) != mark for id, mark in follower.shown.items()):
                follower.bell.set()
