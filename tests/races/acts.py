"""What the clients of a race do; each answers what it was told, and breaks off at anything that is not a refusal."""

import asyncio
import time
from collections.abc import Awaitable, Callable, Sequence
from dataclasses import dataclass, replace
from datetime import timedelta
from typing import Any
from uuid import UUID

from booking.domain.bookings import Booking, Party
from booking.domain.endings import Then
from booking.domain.erasures import Cause
from booking.domain.errors import Refused
from booking.domain.idempotency import once
from booking.domain.sessions import Session
from booking.domain.staff import Staff
from booking.services import bookings, contingents, erasing, holds, lapsing, merging, releasing, scheduling, waits
from booking.services.answers import Answered
from booking.services.waits import Joined
from booking.storage.database import Database
from tests.given import HOUR, NOW, SITE
from tests.races.crew import Meet

TASKS = 3


@dataclass(frozen=True, slots=True)
class Try:
    """Somebody asks for something: ``what`` is a function of this module, ``who`` its arguments."""

    what: str
    who: tuple[Any, ...]
    by: Staff
    key: str | None = None


@dataclass(frozen=True, slots=True)
class Told:
    """What came of a try: the booking, or the code of the refusal; ``seconds`` until then."""

    tried: Try
    booking: Booking | None
    refusal: str | None
    is_replay: bool
    seconds: float


async def try_all(db: Database, tries: Sequence[Try], meet: Meet) -> list[Told]:
    """Three tasks take the tries off one pile until it is gone."""
    pile, told = list(reversed(tries)), []
    meet()

    async def client() -> None:
        while pile:
            told.append(await attempt(db, pile.pop()))

    async with asyncio.TaskGroup() as group:
        for _ in range(TASKS):
            group.create_task(client())
    return told


async def try_in_step(db: Database, rounds: Sequence[Sequence[Try]], meet: Meet) -> list[list[Told]]:
    """Round after round, each begun when every process has come to it; the tries of a round go out together."""
    told = []
    for tries in rounds:
        meet()
        told.append(list(await asyncio.gather(*(attempt(db, tried) for tried in tries))))
    return told


async def attempt(db: Database, tried: Try) -> Told:
    """One try, and what came of it."""
    begun = time.perf_counter()
    try:
        answer = await WHAT[tried.what](db, tried)
    except Refused as refusal:
        return Told(tried, None, refusal.code(), False, time.perf_counter() - begun)
    booking = answer.booking if isinstance(answer, Answered | Joined) else None
    replayed = isinstance(answer, Answered) and answer.is_replay
    return Told(tried, booking, None, replayed, time.perf_counter() - begun)


def _key(tried: Try) -> Any:
    return once(tried.by.id, tried.key, tried.what, *tried.who)


def book(db: Database, tried: Try) -> Awaitable[Answered]:
    session_id, person_id = tried.who
    return bookings.book(db, session_id, person_id, by=tried.by, now=NOW, once=_key(tried))


def wait(db: Database, tried: Try) -> Awaitable[Answered]:
    session_id, person_id = tried.who
    return bookings.wait(db, session_id, person_id, by=tried.by, now=NOW, once=_key(tried))


async def book_or_wait(db: Database, tried: Try) -> Answered:
    """As an adviser does it: a seat, or else a place on the waitlist."""
    try:
        return await book(db, tried)
    except Refused as refusal:
        if refusal.code() != "session-full":
            raise
    return await wait(db, tried)


def cancel(db: Database, tried: Try) -> Awaitable[Answered]:
    (booking_id,) = tried.who
    return bookings.cancel(db, booking_id, party=Party.PERSON, by=tried.by, now=NOW, once=_key(tried))


def move(db: Database, tried: Try) -> Awaitable[Answered]:
    booking_id, session_id = tried.who
    return bookings.move(db, booking_id, session_id, by=tried.by, now=NOW, once=_key(tried))


def hold(db: Database, tried: Try) -> Awaitable[Answered]:
    session_id, person_id = tried.who
    return holds.hold(db, session_id, person_id, by=tried.by, now=NOW, once=_key(tried))


def confirm(db: Database, tried: Try) -> Awaitable[Answered]:
    """Book a held seat, or accept an offered one."""
    (booking_id,) = tried.who
    return holds.confirm(db, booking_id, by=tried.by, now=NOW, once=_key(tried))


def restore(db: Database, tried: Try) -> Awaitable[Answered]:
    (booking_id,) = tried.who
    return bookings.restore(db, booking_id, by=tried.by, now=NOW, once=_key(tried))


def join(db: Database, tried: Try) -> Awaitable[Joined]:
    """Wait for any session of a workshop in this agency."""
    workshop_id, person_id, agency_id = tried.who
    return waits.join(db, workshop_id, person_id, [agency_id], by=tried.by, now=NOW)


def expire(db: Database, tried: Try) -> Awaitable[None]:
    """The clock comes to one session when the time of what is held or offered in it is over."""
    session_id, later = tried.who
    return lapsing.clear(db, session_id, later)


def release_one(db: Database, tried: Try) -> Awaitable[None]:
    """The same for what is kept in it."""
    session_id, later = tried.who
    return releasing._release(db, session_id, later)


def publish(db: Database, tried: Try) -> Awaitable[Session]:
    (session_id,) = tried.who
    return scheduling.publish(db, session_id, by=tried.by, site=SITE, now=NOW)


async def give_up(db: Database, tried: Try) -> Answered | None:
    """Cancel whatever place this person has in this session."""
    mine = await _mine(db, *tried.who)
    return await cancel(db, replace(tried, who=(mine.id,))) if mine else None


async def change_over(db: Database, tried: Try) -> Answered | None:
    """Move whatever place this person has in one session to the other."""
    session_id, person_id, target = tried.who
    mine = await _mine(db, session_id, person_id)
    return await move(db, replace(tried, who=(mine.id, target))) if mine else None


async def _mine(db: Database, session_id: UUID, person_id: UUID) -> Booking | None:
    async with db.reading() as tx:
        return await bookings.bookings.active_of(tx, session_id, person_id)


def plan(db: Database, tried: Try) -> Awaitable[Session]:
    """A draft of one meeting of an hour in this room, led by this person."""
    agency_id, workshop_id, starts_at, room_id, facilitator_id = tried.who
    where = {"room_id": room_id, "facilitator_id": facilitator_id}
    held = scheduling.MeetingPlan(starts_at=starts_at, ends_at=starts_at + HOUR, **where)
    what = {"agency_id": agency_id, "workshop_id": workshop_id, "capacity": 8, "meetings": [held]}
    return scheduling.plan(db, **what, by=tried.by, now=NOW)


def cancel_session(db: Database, tried: Try) -> Awaitable[Session]:
    (session_id,) = tried.who
    return scheduling.cancel(db, session_id, because="Salle inondée", by=tried.by, site=SITE, now=NOW)


def empty_into(db: Database, tried: Try) -> Awaitable[Session]:
    """Cancel a session and move everybody to another."""
    session_id, into = tried.who
    how = {"because": "Salle inondée", "then": Then.MOVE, "into": into, "by": tried.by, "site": SITE, "now": NOW}
    return scheduling.cancel(db, session_id, **how)


async def release(db: Database, tried: Try) -> None:
    """The clock comes when the time of the contingents is over."""
    (later,) = tried.who
    await releasing.release_due(db, later)


async def keep_seats(db: Database, tried: Try) -> None:
    """Keep so many seats for an agency."""
    session_id, agency_id, places, until_at = tried.who
    known = {"places": places, "until_at": until_at, "by": tried.by, "now": NOW}
    await contingents.keep(db, session_id, agency_id, **known)


async def resize(db: Database, tried: Try) -> Session:
    """Another capacity, the meetings as they are."""
    session_id, capacity = tried.who
    return await _change(db, session_id, capacity, tried.by, days=0)


async def postpone(db: Database, tried: Try) -> Session:
    """The same meetings so many days later."""
    session_id, capacity, days = tried.who
    return await _change(db, session_id, capacity, tried.by, days)


async def _change(db: Database, session_id: UUID, capacity: int, by: Staff, days: float) -> Session:
    async with db.reading() as tx:
        session = await scheduling.sessions.load(tx, session_id)
    later = timedelta(days=days)
    meetings = [
        scheduling.MeetingPlan(
            id=m.id,
            starts_at=m.starts_at + later,
            ends_at=m.ends_at + later,
            room_id=m.room_id,
            facilitator_id=m.facilitator_id,
        )
        for m in session.meetings
    ]
    known = {"capacity": capacity, "meetings": meetings, "version": None, "by": by, "site": SITE, "now": NOW}
    return await scheduling.change(db, session_id, **known)


def merge(db: Database, tried: Try) -> Awaitable[Any]:
    """Two entries turn out to be one person: the second goes."""
    kept_id, gone_id = tried.who
    return merging.merge(db, kept_id, gone_id, by=tried.by, now=NOW)


async def erase(db: Database, tried: Try) -> None:
    """Who has nothing to hear goes, as soon as nobody gives him a place any more."""
    (person_id,) = tried.who
    for _ in range(20):
        if await erasing.ask(db, person_id, Cause.ASKED, site=SITE, by=tried.by, now=NOW):
            break


DEEDS = (book, wait, book_or_wait, cancel, move, give_up, change_over, plan, cancel_session, resize, postpone)
DEEDS += (empty_into, erase, merge, release, keep_seats)
DEEDS += (hold, confirm, restore, join, expire, release_one, publish)
WHAT: dict[str, Callable[[Database, Try], Awaitable[Any]]] = {deed.__name__: deed for deed in DEEDS}
