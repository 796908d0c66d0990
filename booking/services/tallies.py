"""What this process has counted since it started, for whoever watches over it; counting waits for nobody.

No label names a person or an agency, and each has as many values as the program has doors, rules and channels.
"""

from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar

from prometheus_client import CollectorRegistry, Counter, Histogram, ProcessCollector

SECONDS = (0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1.0, 2.5, 8.0)
TALLIES = CollectorRegistry()
ProcessCollector(registry=TALLIES)
REQUESTS = Counter(
    "ateliers_requests", "Answers, by door, method and status.", ["door", "method", "status"], registry=TALLIES
)
DURATIONS = Histogram(
    "ateliers_request_seconds",
    "Seconds until an answer began, by door and method.",
    ["door", "method"],
    buckets=SECONDS,
    registry=TALLIES,
)
REFUSALS = Counter("ateliers_refusals", "Requests that a rule refused, by its code.", ["reason"], registry=TALLIES)
DELIVERIES = Counter(
    "ateliers_deliveries",
    "Letters handed over by machine, by channel, provider and what came of it.",
    ["channel", "provider", "outcome"],
    registry=TALLIES,
)
# Codes of the refusals of the request under way; a page may word the same one twice.
_REFUSED: ContextVar[set[str] | None] = ContextVar("refused", default=None)


@contextmanager
def refusals() -> Iterator[None]:
    """Count what is refused inside, each reason once."""
    met: set[str] = set()
    before = _REFUSED.set(met)
    try:
        yield
    finally:
        _REFUSED.reset(before)
        for reason in met:
            REFUSALS.labels(reason).inc()


def note_refusal(reason: str) -> None:
    """A rule said no to the request under way; outside of any nothing is counted."""
    met = _REFUSED.get()
    if met is not None:
        met.add(reason)
