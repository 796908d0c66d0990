"""Who asks too often waits: counted in the database, so that all processes together count once."""

from collections import OrderedDict
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta

from booking.domain.errors import TooManyRequests
from booking.domain.limits import MINUTE, Patience, Rate, key_of
from booking.storage import limits
from booking.storage.database import Database, again_when_contended

# A code has thirty million values and half a year to live: at this pace nobody meets one by chance.
CODES = Rate("code", 60, MINUTE)
WRONG_LINKS = Rate("wrong-link", 30, 15 * MINUTE)
LOT = 50
LOT_LIFE = timedelta(seconds=10)
MOST_PURSES = 1000


@again_when_contended
async def spend(db: Database, rate: Rate, who: str, *, now: datetime, times: int = 1) -> None:
    """Do nothing, or raise :class:`TooManyRequests`: one more of what may be done at this rate."""
    key = key_of(rate, who)
    async with db.transaction() as tx:
        held = await limits.hold(tx, [key], now)
        await limits.keep(tx, rate.spent(held[key], now, times))


@again_when_contended
async def begin_try(
    db: Database, tries: Mapping[Patience, str], *, now: datetime, strict: Patience | None = None
) -> set[str]:
    """Count a try before its outcome is known, so that many at once count as many.

    Returns the names of the rules that forbid it; those count nothing. What the ``strict`` one forbids counts nowhere:
    raises :class:`TooManyRequests`.
    """
    keys = {key_of(rule, who): rule for rule, who in tries.items()}
    refused = set()
    async with db.transaction() as tx:
        held = await limits.hold(tx, keys.keys(), now)
        for key, rule in keys.items():
            try:
                await limits.keep(tx, rule.tried(held[key], now))
            except TooManyRequests:
                if rule is strict:
                    raise
                refused.add(rule.name)
    return refused


@again_when_contended
async def end_try(
    db: Database, tries: Mapping[Patience, str], *, now: datetime, pardoned: Mapping[Patience, str] | None = None
) -> None:
    """It was right: these begin anew, and this one try does not count for those that are ``pardoned``."""
    whole = [key_of(rule, who) for rule, who in tries.items()]
    once = {key_of(rule, who): rule for rule, who in (pardoned or {}).items()}
    async with db.transaction() as tx:
        held = await limits.hold(tx, [*whole, *once], now)
        for key, rule in once.items():
            await limits.keep(tx, rule.pardoned(held[key], now))
        await limits.drop(tx, whole)


async def forget(db: Database, now: datetime) -> int:
    """Drop what no longer counts; returns how many."""
    async with db.transaction() as tx:
        return await limits.forget(tx, now)


@dataclass(slots=True)
class _Purse:
    left: int
    ends_at: datetime


class Purses:
    """For what is asked thousands of times: a process takes a lot of them from the database, and spends it alone.

    All processes together never grant more than the rate; what a process does not need within ten seconds is lost.
    """

    def __init__(self, lot: int = LOT) -> None:
        self._lot = lot
        self._purses: OrderedDict[str, _Purse] = OrderedDict()

    async def spend(self, db: Database, rate: Rate, who: str, *, now: datetime) -> None:
        """Do nothing, or raise :class:`TooManyRequests`."""
        purse = self._purses.get(who)
        if purse is None or not purse.left or purse.ends_at <= now:
            lot = max(1, min(self._lot, rate.most // 10))
            await spend(db, rate, who, now=now, times=lot)
            purse = self._purses[who] = _Purse(lot, now + LOT_LIFE)
            if len(self._purses) > MOST_PURSES:
                self._purses.popitem(last=False)
        purse.left -= 1
