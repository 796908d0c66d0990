"""How often something may be tried, whoever counts: so many in a time, or a few and then ever longer pauses."""

import hashlib
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from math import ceil

from booking.domain.errors import TooManyRequests

MINUTE = timedelta(minutes=1)


@dataclass(frozen=True, slots=True)
class Tally:
    """What is known of one who tries: how often he did, from when he may again, and when all this is forgotten."""

    key: str
    count: int
    free_at: datetime
    forgotten_at: datetime


@dataclass(frozen=True, slots=True)
class Rate:
    """``most`` in the time ``within``, all at once if one likes; each comes back by itself (a token bucket)."""

    name: str
    most: int
    within: timedelta

    def spent(self, tally: Tally, now: datetime, times: int = 1) -> Tally:
        """After so many more. Raises :class:`TooManyRequests`."""
        full_at = max(tally.forgotten_at, now) + times * (self.within / self.most)
        _must_wait_no_longer(full_at - self.within - now)
        return replace(tally, forgotten_at=full_at)


@dataclass(frozen=True, slots=True)
class Patience:
    """``most`` tries in the time ``within``; then a pause after each one, twice as long every time up to ``longest``.

    Never for good: who waits as long as ``within`` begins anew.
    """

    name: str
    most: int
    within: timedelta = 15 * MINUTE
    first: timedelta = MINUTE
    longest: timedelta = 15 * MINUTE

    def tried(self, tally: Tally, now: datetime) -> Tally:
        """After one more. Raises :class:`TooManyRequests` during a pause, which no try makes longer."""
        _must_wait_no_longer(tally.free_at - now)
        count = 1 if tally.forgotten_at <= now else tally.count + 1
        pause = self._pause(count)
        return Tally(tally.key, count, now + pause if pause else self._free(now), now + pause + self.within)

    def pardoned(self, tally: Tally, now: datetime) -> Tally:
        """As if the last try had not been."""
        return Tally(tally.key, max(0, tally.count - 1), self._free(now), now + self.within)

    def _free(self, now: datetime) -> datetime:
        """Free by the clock of every host, also of one that is a little behind."""
        return now - self.within

    def _pause(self, count: int) -> timedelta:
        over = count - self.most
        return min(self.first * 2 ** min(over, 20), self.longest) if over >= 0 else timedelta(0)


def key_of(rule: Rate | Patience, who: str) -> str:
    """What is kept instead of an address or a name."""
    return hashlib.sha256(f"{rule.name}:{who}".encode(errors="replace")).hexdigest()


def _must_wait_no_longer(pause: timedelta) -> None:
    if pause > timedelta(0):
        raise TooManyRequests(seconds=ceil(pause.total_seconds()))
