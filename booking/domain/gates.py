"""How fast a provider is called, and when it is left alone: one gate for each, the same for every worker.

A gate lets so many letters through a second and a day. It shuts when nobody answers three times in a row, and at once
when the provider takes nothing from us; every half minute one letter then tries whether it is over.
"""

from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta
from enum import StrEnum
from math import ceil, floor

from booking.domain.job_seekers import Channel

MOST_FAILURES = 3
PROBE_EVERY = timedelta(seconds=30)
DAY = timedelta(days=1)
WORTH = timedelta(seconds=3)
# Below this many texts left somebody should buy some.
LOW_CREDIT = 200


class Trouble(StrEnum):
    """Why nothing leaves: nobody answers, or the provider takes nothing from us until somebody puts it right."""

    SILENT = "silent"
    KEY = "key"
    CREDIT = "credit"
    REFUSED = "refused"


@dataclass(frozen=True, slots=True, kw_only=True)
class Limits:
    """What is asked of a provider at most: so many letters a second, so many a day; None is no limit."""

    rate: float | None = None
    a_day: int | None = None

    @property
    def burst(self) -> int:
        """What may leave at once after a silence: as much as between two looks of a worker, or it loses speed."""
        return max(ceil((self.rate or 0) * WORTH.total_seconds()), 1)


@dataclass(frozen=True, slots=True, kw_only=True)
class Terms:
    """How a provider may be called. Without ``rate`` (letters a second) or ``a_day`` there is no such limit.

    ``burst`` is what may leave at once after a silence, ``group`` what one worker hands over at once.
    """

    name: str
    rate: float | None = None
    burst: int = 1
    a_day: int | None = None
    group: int = 50

    @property
    def is_limited(self) -> bool:
        """Whether letters are counted at all."""
        return self.rate is not None or self.a_day is not None


@dataclass(frozen=True, slots=True, kw_only=True)
class Gate:
    """What is known of one provider.

    ``tokens`` were left at ``filled_at``; ``sent`` letters left on ``day`` (UTC), and none more may before
    ``full_until``. While ``trouble`` stands nothing leaves before ``open_until``, and then one letter. ``credit`` is
    what the provider said was left at ``asked_at``.
    """

    name: str
    tokens: float = 0.0
    filled_at: datetime | None = None
    day: date | None = None
    sent: int = 0
    full_until: datetime | None = None
    failures: int = 0
    trouble: Trouble | None = None
    failing_since: datetime | None = None
    open_until: datetime | None = None
    error: str | None = None
    alerted_at: datetime | None = None
    credit: float | None = None
    asked_at: datetime | None = None

    @property
    def is_shut(self) -> bool:
        """Whether only a letter now and then tries it."""
        return self.trouble is not None

    @property
    def channel(self) -> Channel:
        """The channel that it stands for, with which its name begins."""
        return Channel(self.name.partition(":")[0])

    @property
    def is_low(self) -> bool:
        """Whether somebody should buy credit soon."""
        return self.credit is not None and self.credit < LOW_CREDIT

    def left_today(self, terms: Terms, now: datetime) -> int | None:
        """How many may still leave today; None without a limit."""
        if terms.a_day is None:
            return None
        return max(terms.a_day - (self.sent if self.day == now.date() else 0), 0)

    def rests_until(self, terms: Terms, now: datetime) -> datetime | None:
        """When a letter may try again after a failure or a full day; None when it may now."""
        if self.open_until and self.open_until > now:
            return self.open_until
        if self.left_today(terms, now) == 0:
            return _midnight(now)
        return None

    def room(self, terms: Terms, now: datetime) -> int:
        """How many letters may leave at this moment, a group at most."""
        if self.rests_until(terms, now):
            return 0
        if self.is_shut:
            return 1
        limits = (terms.group, self.left_today(terms, now), self._filled(terms, now))
        return min(floor(limit) for limit in limits if limit is not None)

    def taken(self, wanted: int, terms: Terms, now: datetime) -> tuple["Gate", int]:
        """The gate after so many left, and how many may: a letter that tries a shut gate shuts it for the others."""
        granted = min(wanted, self.room(terms, now))
        if granted <= 0:
            return self, 0
        sent = (self.sent if self.day == now.date() else 0) + granted
        tokens = (self._filled(terms, now) or 0.0) - granted
        gone = replace(self, tokens=max(tokens, 0.0), filled_at=now, day=now.date(), sent=sent)
        gone = replace(gone, full_until=None if gone.left_today(terms, now) != 0 else _midnight(now))
        return (replace(gone, open_until=now + PROBE_EVERY) if self.is_shut else gone), granted

    def given_back(self, untried: int, terms: Terms) -> "Gate":
        """So many of those that were let through never left."""
        tokens, sent = min(self.tokens + untried, terms.burst), max(self.sent - untried, 0)
        return replace(self, tokens=tokens, sent=sent, full_until=None if untried else self.full_until)

    def failed(self, times: int, error: str, now: datetime) -> "Gate":
        """Nobody answered so often in a row; the third time shuts it."""
        failed = replace(self, failures=self.failures + times, error=error)
        if failed.failures < MOST_FAILURES and not self.is_shut:
            return failed
        return failed._shut(self.trouble or Trouble.SILENT, now)

    def faulted(self, trouble: Trouble, error: str, now: datetime) -> "Gate":
        """The provider takes nothing from us, whatever the letter."""
        return replace(self, failures=self.failures + 1, error=error)._shut(trouble, now)

    def worked(self) -> "Gate":
        """A letter was taken: all that was wrong is forgotten."""
        well = {"trouble": None, "failing_since": None, "open_until": None, "error": None, "alerted_at": None}
        return replace(self, failures=0, **well)

    def _shut(self, trouble: Trouble, now: datetime) -> "Gate":
        since = self.failing_since or now
        alerted_at = self.alerted_at or now
        return replace(self, trouble=trouble, failing_since=since, open_until=now + PROBE_EVERY, alerted_at=alerted_at)

    def _filled(self, terms: Terms, now: datetime) -> float | None:
        """The tokens of this moment; None where letters are not counted by the second."""
        if terms.rate is None:
            return None
        if self.filled_at is None:
            return float(terms.burst)
        elapsed = max((now - self.filled_at).total_seconds(), 0.0)
        return min(self.tokens + elapsed * terms.rate, float(terms.burst))


def _midnight(now: datetime) -> datetime:
    return datetime(now.year, now.month, now.day, tzinfo=now.tzinfo) + DAY
