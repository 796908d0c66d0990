"""Compare what is planned with what should be, and heal the difference; safe at any time, any number of times."""

from collections import Counter
from collections.abc import AsyncIterator, Awaitable, Callable, Collection, Sequence
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from booking.domain.bookings import Booking
from booking.domain.messages import Message, next_meetings, reminders
from booking.services import replanning, wanting
from booking.services.wanting import Said
from booking.storage import listings, outbox, planning, planning_of_meetings, sessions
from booking.storage.database import Database, Tx, again_when_contended
from booking.storage.listings import Listed

# How many sessions are looked at in one conversation, and how many seats are planned in one.
SESSIONS, PAGE = 100, 500
Look = Callable[[Tx, datetime, Collection[UUID]], Awaitable[list[Booking]]]
LOOKS: tuple[tuple[Look, Said], ...] = (
    (planning.short_of_reminders, reminders),
    (planning_of_meetings.short_of_words, next_meetings),
)


@dataclass(frozen=True, slots=True)
class Healed:
    """How many reminders were missing, and how many spoke of a seat that is no more as they say or were not as the
    policy has them by now."""

    missing: int
    stale: int

    @property
    def count(self) -> int:
        """How many rows were put right."""
        return self.missing + self.stale


@dataclass(frozen=True, slots=True)
class Lack:
    """How many reminders are missing, and how many stale, in one session."""

    listed: Listed
    missing: int
    stale: int


@dataclass(frozen=True, slots=True)
class Lacking(Healed):
    """What is to be healed, in how many sessions, and the first of those, by their start."""

    sessions: int
    first: list[Lack]


async def look(db: Database, now: datetime, *, first: int) -> Lacking:
    """What :func:`reconcile` would do now; changes nothing."""
    async with db.reading() as tx:
        stale = Counter(await outbox.stale_reminders(tx))
    lacking: dict[str, UUID] = {}
    async for page, said in _short(db, now):
        async with db.reading() as tx:
            lacking |= {one.dedupe_key: one.session_id for one in await _missing(tx, page, now, said)}
    async for found in replanning.foresee_unsettled(db, now):
        lacking |= {one.dedupe_key: one.session_id for one in (*found.added, *found.revived)}
        stale.update(one.session_id for one in (*found.moved, *found.removed))
    missing = Counter(lacking.values())
    concerned = missing.keys() | stale.keys()
    async with db.reading() as tx:
        listed = await listings.some(tx, concerned)
    in_time = sorted(listed.values(), key=lambda one: (one.session.starts_at, one.session.id))[:first]
    lacks = [Lack(one, missing[one.session.id], stale[one.session.id]) for one in in_time]
    return Lacking(missing.total(), stale.total(), len(concerned), lacks)


async def reconcile(db: Database, now: datetime) -> Healed:
    """Make the reminders still ahead what a plan from scratch would give, in pages; nothing changes the second time."""
    stale = await _withdraw_stale(db, now)
    missing = 0
    async for page, said in _short(db, now):
        missing += await _plan_missing(db, page, now, said)
    # A policy that was decided meanwhile: what it adds was missing, the rest was not as it should be.
    found = await replanning.apply_unsettled(db, now)
    return Healed(missing + found.planned, stale + found.moved + found.removed)


async def _short(db: Database, now: datetime) -> AsyncIterator[tuple[list[Booking], Said]]:
    """Bookings that may lack reminders, or a word before a later meeting, in pages; no conversation is open
    meanwhile."""
    after = None
    while True:
        async with db.reading() as tx:
            places = await planning.ahead(tx, now, after, SESSIONS)
            ids = [id for _, id in places]
            found = [(await look_for(tx, now, ids), said) for look_for, said in LOOKS if ids]
        for seats, said in found:
            for start in range(0, len(seats), PAGE):
                yield seats[start : start + PAGE], said
        if len(places) < SESSIONS:
            return
        after = places[-1]


@again_when_contended
async def _withdraw_stale(db: Database, now: datetime) -> int:
    async with db.transaction() as tx:
        return await outbox.withdraw_stale_reminders(tx, now)


@again_when_contended
async def _plan_missing(db: Database, page: Sequence[Booking], now: datetime, said: Said) -> int:
    async with db.reading() as tx:
        missing = await _missing(tx, page, now, said)
    if not missing:
        return 0
    async with db.transaction() as tx:
        # What changed since it was read has planned its own, and what was read would be stale at once.
        await sessions.lock(tx, *{message.session_id for message in missing})
        unchanged = await planning.unchanged(tx, missing)
        await outbox.plan(tx, unchanged)
    return len(unchanged)


async def _missing(tx: Tx, page: Sequence[Booking], now: datetime, said: Said) -> list[Message]:
    """The reminders still ahead of these bookings, as planned at the last change of booking or session, less known."""
    wanted = [message for message in await wanting.wanted(tx, page, said=said) if message.due_at > now]
    known = await outbox.known(tx, [message.dedupe_key for message in wanted])
    return [message for message in wanted if message.dedupe_key not in known]
