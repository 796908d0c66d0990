"""Long works are done beside, each by whichever worker claims it; what one leaves, another goes on with."""

import time
from collections.abc import Awaitable, Callable
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import TypeVar

W = TypeVar("W")


class GivenUp(Exception):
    """Nobody wants it any more, or another worker has it."""


@dataclass(frozen=True, slots=True)
class Clock:
    """Time that goes on from the moment a worker was told."""

    since: datetime
    begun: float = field(default_factory=time.monotonic)

    @property
    def now(self) -> datetime:
        """The moment that has come meanwhile."""
        return self.since + timedelta(seconds=time.monotonic() - self.begun)


async def work_off(
    claim: Callable[[datetime], Awaitable[W | None]],
    attempt: Callable[[W], Awaitable[bool]],
    now: datetime,
    is_over: Callable[[], bool],
) -> int:
    """Claim and attempt one after the other, until nothing waits or the worker has to go; returns how many came to
    their end.
    """
    done, clock = 0, Clock(now)
    while not is_over() and (work := await claim(clock.now)) is not None:
        done += await attempt(work)
    return done
