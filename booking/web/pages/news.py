"""What an open screen listens to: a stream of events, each of which names what is no longer as it is shown.

Server-sent events: HTML Living Standard, 9.2. The screen asks for the parts that show it where it got them; the stream
itself says nothing of what has happened, to whom or by whom.
"""

import asyncio
import random
from collections.abc import AsyncIterator, Mapping
from datetime import UTC, datetime

from litestar import Controller, get
from litestar.datastructures import State
from litestar.di import NamedDependency
from litestar.response import Stream

from booking.services.news import Followed, Follower, News, nouns_of
from booking.web.pages.visits import Visit

MOST_WORDS = 80
BEAT_SECONDS = 20
# A screen asks again after this time, and shows by it that its reader is still signed in.
LONGEST_SECONDS = 15 * 60
# Screens that lost the same server do not all come back in the same moment.
SOONEST_MS, LATEST_MS = 500, 2500
# What a screen hears while nothing happens.
BEAT = "-"
LAST_EVENT = "last-event-id"
LONGEST_NUMBER = 14


class NewsPages(Controller):
    """For everybody who is signed in: it tells that something has changed, never what."""

    path = "/direct"

    @get()
    async def listen(self, visit: NamedDependency[Visit], state: State) -> Stream:
        """Which of these have changed since the screen was drawn, and then whenever they do."""
        words = {said: nouns_of(said, visit.staff) for said in visit.asked("suit").split(",")[:MOST_WORDS]}
        since = _moment(visit.request.headers.get(LAST_EVENT) or visit.asked("vu"))
        headers = {"cache-control": "no-store", "x-accel-buffering": "no"}
        return Stream(_events(state, words, since), media_type="text/event-stream", headers=headers)


def _moment(said: str) -> datetime:
    """A time in milliseconds, as the stream has told it; long ago where it is none."""
    is_one = said.isascii() and said.isdecimal() and len(said) < LONGEST_NUMBER
    return datetime.fromtimestamp(int(said) / 1000 if is_one else 0, UTC)


async def _events(state: State, words: Mapping[str, frozenset[Followed]], since: datetime) -> AsyncIterator[str]:
    news: News = state["news"]
    yield f"retry: {random.randint(SOONEST_MS, LATEST_MS)}\n\n"  # noqa: S311 - a pause
    clock = asyncio.get_running_loop().time
    until = clock() + LONGEST_SECONDS
    async with news.following(words, since) as follower:
        while clock() < until and not follower.is_over:
            heard = await _next(follower)
            # When it was told: who comes back says so, and is told what he missed.
            yield f"id: {state['clock']().timestamp() * 1000:.0f}\ndata: {heard}\n\n"


async def _next(follower: Follower) -> str:
    """What has changed, or after a while a sign of life."""
    try:
        await asyncio.wait_for(follower.bell.wait(), BEAT_SECONDS)
    except TimeoutError:
        return BEAT
    return " ".join(follower.learn()) or BEAT
