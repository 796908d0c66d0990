"""The free seats of a page that is open, as a stream of events: each names the sessions of which a part is stale.

Server-sent events: HTML Living Standard, 9.2.
"""

import asyncio
from collections.abc import AsyncIterator
from uuid import UUID

from litestar import Controller, get
from litestar.datastructures import State
from litestar.di import NamedDependency
from litestar.response import Stream

from booking.domain.staff import Right
from booking.services.live_seats import Follower, LiveSeats
from booking.web.pages.seat_searches import id_of
from booking.web.pages.visits import Visit

MOST_SESSIONS = 30
BEAT_SECONDS = 20
# A page asks again after this time, and shows by it that its reader is still signed in.
LONGEST_SECONDS = 15 * 60
RETRY = "retry: 5000\n\n"
BEAT = ": \n\n"


class LiveSeatPages(Controller):
    """What a page listens to."""

    path = "/placer/direct"

    @get()
    async def listen(self, visit: NamedDependency[Visit], state: State) -> Stream:
        """Which of these sessions have changed since the page was made."""
        visit.staff.must_somewhere(Right.BOOK)
        return stream(state["live_seats"], _shown(visit.asked("sessions")))


def _shown(said: str) -> dict[UUID, str]:
    """``id_mark`` of each session, as many as a page has."""
    pairs = (one.partition("_") for one in said.split(",")[:MOST_SESSIONS])
    return {id: mark for id, mark in ((id_of(one), mark) for one, _, mark in pairs) if id}


def stream(seats: LiveSeats, shown: dict[UUID, str]) -> Stream:
    """The events of a page that shows these."""
    headers = {"cache-control": "no-store", "x-accel-buffering": "no"}
    return Stream(_events(seats, shown), media_type="text/event-stream", headers=headers)


async def _events(seats: LiveSeats, shown: dict[UUID, str]) -> AsyncIterator[str]:
    yield RETRY
    clock = asyncio.get_running_loop().time
    until = clock() + LONGEST_SECONDS
    async with seats.following(shown) as follower:
        while clock() < until and not follower.is_over:
            yield await _next(seats, follower)


async def _next(seats: LiveSeats, follower: Follower) -> str:
    """What has changed, or after a while a sign of life."""
    try:
        await asyncio.wait_for(follower.bell.wait(), BEAT_SECONDS)
    except TimeoutError:
        return BEAT
    follower.bell.clear()
    changed = follower.learn(seats.marks)
    return f"data: {' '.join(map(str, changed))}\n\n" if changed else BEAT
