"""A program of its own that reads one calendar and ends: whatever the calendar does to it, it does to nobody else.

The first line of what it is fed says the zone and the window, the rest is the calendar; it answers in JSON.
"""

import json
import sys
from datetime import datetime
from typing import Any

from calendars.foreign import Unreadable, Why
from calendars.importing import busy_times

try:
    import resource
except ImportError:  # no such thing on Windows: the time is limited from outside
    resource = None  # type: ignore[assignment]

MEMORY = 256 * 1024 * 1024
CPU_SECONDS = 5


def main() -> None:
    """Read, and answer."""
    _limit_oneself()
    asked, _, body = sys.stdin.buffer.read().partition(b"\n")
    sys.stdout.write(json.dumps(answer(json.loads(asked), body)))


def answer(asked: dict[str, str], body: bytes) -> dict[str, Any]:
    """The busy times, or why there are none."""
    begins, ends = datetime.fromisoformat(asked["begins"]), datetime.fromisoformat(asked["ends"])
    try:
        found = busy_times(body, asked["zone"], begins, ends)
    except Unreadable as refusal:
        return {"why": refusal.why}
    except MemoryError:
        return {"why": Why.TOO_MUCH}
    times = [[one.starts_at.isoformat(), one.ends_at.isoformat(), one.uid] for one in found.times]
    return {"times": times, "read": found.read, "problems": found.problems}


def _limit_oneself() -> None:
    """No more memory, time and files than reading takes; and no core left behind."""
    if resource is None:
        return
    limits = {
        resource.RLIMIT_AS: MEMORY,
        resource.RLIMIT_CPU: CPU_SECONDS,
        resource.RLIMIT_FSIZE: 0,
        resource.RLIMIT_CORE: 0,
    }
    for what, most in limits.items():
        _, hard = resource.getrlimit(what)
        allowed = most if hard == resource.RLIM_INFINITY else min(most, hard)
        resource.setrlimit(what, (allowed, allowed))


if __name__ == "__main__":
    main()
