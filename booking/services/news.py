"""What open screens are told: one look at the database every second for all the screens of this process.

Truth is in the database, so that it is right whichever process did the deed. What a screen shows it names by words, as
``session.<id>``, ``agenda.<agency>`` or ``a-faire``; it is told which of them are no longer so, and asks for them.
"""

import asyncio
from collections.abc import AsyncIterator, Callable, Collection, Mapping
from contextlib import asynccontextmanager, suppress
from contextvars import Context
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Any
from uuid import UUID

import structlog

from booking.domain.staff import Staff
from booking.storage import news
from booking.storage.database import Database
from booking.storage.news import BATCH, EXPORT, IMPORT, REPLY, TEXT, THIS_SESSION, TO_DO

SECONDS = 1.0
# What was touched longer ago is forgotten: who was away so long asks for everything.
REMEMBERED = timedelta(minutes=10)
# Between two machines' clocks, and between a deed and the look that finds it.
MARGIN = timedelta(seconds=5)
SESSION = "session"
# By the word of a screen: the nouns of what it shows.
SHOWN = {
    "agenda": ("session", "booking", "meeting", "wait", "closure", "outage", "room", "busy_time"),
    "attente": ("wait",),
    "a-faire": ("message", TO_DO),
    "a-rappeler": ("booking", "wait", "message", TEXT, REPLY, "incoming_text"),
    "a-decider": ("session", "booking", "busy_time"),
    "orientations": ("referral",),
    "suivi": ("booking", "wait"),
    "imports": (IMPORT, "import"),
}
# What nobody sees but whoever asked for it.
OWN = {"exports": EXPORT, "actions": BATCH}
# Whoever books looks there at other agencies, too.
EVERYWHERE = {"agenda", "attente"}
# A noun and where, as a screen follows it; None is the whole network.
Followed = tuple[str, UUID | None]
log = structlog.get_logger()


def nouns_of(said: str, staff: Staff) -> frozenset[Followed]:
    """What stands behind a word of a screen; nothing behind one that nobody knows. Without an agency it means all of
    one's own."""
    kind, _, which = said.partition(".")
    one: UUID | None = None
    with suppress(ValueError):
        one = UUID(which) if which else None
    if kind == SESSION:
        return frozenset({(THIS_SESSION, one)} if one else ())
    if kind in OWN:
        return frozenset({(OWN[kind], staff.id)})
    own: Collection[UUID | None] = {None} if staff.is_network_wide else staff.agency_ids
    if one and kind not in EVERYWHERE and not {None, one}.intersection(own):
        return frozenset()
    return frozenset((noun, where) for noun in SHOWN.get(kind, ()) for where in ({one} if one else own))


@dataclass(eq=False, slots=True)
class Follower:
    """A screen: what stands behind each of its words, and a bell that rings when one of them is no longer as shown."""

    words: Mapping[str, frozenset[Followed]]
    nouns: frozenset[Followed]
    stale: set[str] = field(default_factory=set)
    bell: asyncio.Event = field(default_factory=asyncio.Event)
    is_over: bool = False

    def hear(self, touched: Collection[Followed]) -> None:
        """Something was touched; the bell rings if it is shown here."""
        found = self.nouns.intersection(touched)
        if found:
            self.stale |= {word for word, nouns in self.words.items() if not found.isdisjoint(nouns)}
            self.bell.set()

    def learn(self) -> list[str]:
        """The words that are stale; from now on the screen knows."""
        found, self.stale = sorted(self.stale), set()
        self.bell.clear()
        return found


class News:
    """Who follows what in this process; it looks only while somebody does."""

    def __init__(self, db: Database, clock: Callable[[], datetime], seconds: float = SECONDS) -> None:
        self._db, self._clock, self._seconds = db, clock, seconds
        self._followers: set[Follower] = set()
        self._looking: asyncio.Task[None] | None = None
        self._is_closed = False
        self._touched: dict[Followed, datetime] = {}
        self._since: datetime | None = None

    @asynccontextmanager
    async def following(self, words: Mapping[str, frozenset[Followed]], since: datetime) -> AsyncIterator[Follower]:
        """Follow these as long as the block; what may have changed since the screen was drawn is stale at once."""
        follower = Follower(dict(words), frozenset().union(*words.values()), is_over=self._is_closed)
        self._catch_up(follower, since - MARGIN)
        self._followers.add(follower)
        if self._looking is None and not self._is_closed:
            # It goes on for everybody: nothing is left of who came first, neither his patience nor his reference.
            self._looking = asyncio.create_task(self._look_on(), name="news", context=Context())
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

    def _catch_up(self, follower: Follower, since: datetime) -> None:
        if self._since is None:
            return  # the first look tells it
        if since < self._since:
            follower.hear(follower.nouns)
        else:
            follower.hear([noun for noun in follower.nouns if self._touched.get(noun, since) > since])

    def _stop(self) -> None:
        if self._looking:
            self._looking.cancel()
        self._looking, self._since = None, None
        self._touched = {}

    async def _look_on(self) -> None:
        place: news.Place | None = None
        lists: dict[news.Key, tuple[Any, ...]] = {}
        while True:
            try:
                place, lists = await self._look(place, lists)
            except Exception:
                log.exception("news not read")
            await asyncio.sleep(self._seconds)

    async def _look(
        self, place: news.Place | None, before: dict[news.Key, tuple[Any, ...]]
    ) -> tuple[news.Place, dict[news.Key, tuple[Any, ...]]]:
        now = self._clock()
        async with self._db.reading() as tx:
            if place is None:
                place, lists = await news.place(tx, now), await news.waiting(tx)
                self._since = now
                # What happened before this look nobody has seen.
                for follower in self._followers:
                    follower.hear(follower.nouns)
                return place, lists
            touched = await news.read(tx, place, now)
            lists = await news.waiting(tx)
        touched |= {key for key in before.keys() | lists.keys() if before.get(key) != lists.get(key)}
        self._tell({*touched, *((noun, None) for noun, _ in touched)}, now)
        return place, lists

    def _tell(self, touched: Collection[Followed], now: datetime) -> None:
        if touched:
            self._touched |= dict.fromkeys(touched, now)
            for follower in self._followers:
                follower.hear(touched)
        if self._since and now - self._since > 2 * REMEMBERED:
            self._since = now - REMEMBERED
            self._touched = {noun: at for noun, at in self._touched.items() if at > self._since}
