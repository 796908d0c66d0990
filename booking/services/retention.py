"""What is kept long enough goes: once a day, a few rows at a time, by one of however many processes there are."""

from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from booking.domain.erasures import Cause, Request
from booking.domain.retention import Delays, Due, Rule
from booking.domain.sites import Site
from booking.domain.staff import Right, Staff
from booking.services import erasing
from booking.services.restoring import NOBODY
from booking.storage import audit, incoming_texts, retention, retention_delays
from booking.storage.database import Database, again_when_contended
from booking.storage.retention import Pile
from booking.storage.retention_delays import Run

AT_ONCE = 500
PEOPLE_AT_ONCE = 50
SHOWN = 14
# The noun of the network as a whole, in the audit.
NETWORK = UUID(int=1)


@dataclass(frozen=True, slots=True)
class Report:
    """What would go now, what has gone lately, and the delays by which it goes."""

    delays: Delays
    due: list[Due]
    runs: list[Run]


async def report(db: Database, *, by: Staff, now: datetime) -> Report:
    """Changes nothing. Raises :class:`NotAllowed`."""
    by.must_somewhere(Right.ADMINISTER)
    async with db.reading() as tx:
        return Report(await retention_delays.delays(tx), await look(db, now), await retention_delays.last(tx, SHOWN))


async def look(db: Database, now: datetime) -> list[Due]:
    """How much of each kind would go now, and since when the oldest of it is there; changes nothing."""
    found = []
    async with db.reading() as tx:
        delays = await retention_delays.delays(tx)
        for rule in Rule:
            count, oldest = await retention.due(tx, rule, delays.before(rule, now))
            found.append(Due(rule, delays.of(rule), count, oldest))
    return found


async def decide(db: Database, delays: Delays, *, by: Staff, now: datetime) -> None:
    """Keep things longer or shorter, within the bounds. Raises :class:`InvalidField`, :class:`NotAllowed`."""
    by.must_somewhere(Right.ADMINISTER)
    delays.checked()
    async with db.transaction() as tx:
        before = await retention_delays.delays(tx)
        changed = Delays({rule: days for rule, days in delays.days.items() if days != before.of(rule)})
        if changed.days:
            await retention_delays.decide(tx, changed, by.id, now)
            told = {str(rule): days for rule, days in changed.days.items()}
            await audit.record(tx, by, "decided", "retention", NETWORK, now, days=told)


async def run_daily(db: Database, site: Site, now: datetime) -> int:
    """Let go of what is old enough, unless that was done today; returns how many rows and people went."""
    async with db.transaction() as tx:
        if not await retention_delays.begin(tx, now.date(), now):
            return 0
    return await run(db, site, now)


async def run(db: Database, site: Site, now: datetime) -> int:
    """The same at once, whatever was done today. What is cut short goes on another time."""
    async with db.transaction() as tx:
        await retention_delays.begin(tx, now.date(), now)
        delays = await retention_delays.delays(tx)
    counts: dict[str, int] = {}
    for rule in Rule:
        counts[rule] = await _let_go(db, rule, delays.before(rule, now), site, now)
        async with db.transaction() as tx:
            await retention_delays.note(tx, now.date(), counts, await db.now(), is_over=False)
    async with db.transaction() as tx:
        await retention_delays.note(tx, now.date(), counts, now, is_over=True)
    return sum(counts.values())


async def _let_go(db: Database, rule: Rule, before: datetime, site: Site, now: datetime) -> int:
    if rule is Rule.PEOPLE:
        return await _all(lambda: _forget_people(db, before, site, now))
    gone = 0
    for pile in retention.PILES[rule]:
        gone += await _all(lambda pile=pile: _some(db, pile, before))  # type: ignore[misc]
    if rule is Rule.WORDS:
        async with db.transaction() as tx:
            gone += await incoming_texts.forget(tx, before)
    return gone


async def _all(some: Callable[[], Awaitable[int]]) -> int:
    gone = 0
    while went := await some():
        gone += went
    return gone


@again_when_contended
async def _some(db: Database, pile: Pile, before: datetime) -> int:
    async with db.transaction() as tx:
        return await retention.let_go(tx, pile, before, AT_ONCE)


async def _forget_people(db: Database, before: datetime, site: Site, now: datetime) -> int:
    """Nobody is told: who was not seen for years has nothing to come."""
    async with db.reading() as tx:
        people = await retention.unseen_since(tx, before, PEOPLE_AT_ONCE)
    erased = 0
    for person_id in people:
        request = Request(job_seeker_id=person_id, because=Cause.EXPIRED, asked_at=now, asked_by=NOBODY)
        erased += await erasing.carry_out(db, request, site=site, now=now, is_forced=True)
    return erased
