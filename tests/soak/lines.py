"""One minute as a line."""

from collections.abc import Iterable
from datetime import datetime

from tests.soak.minutes import Minute
from tests.soak.sights import Sight

HEADINGS = (
    "minute  hour  requests errors   p50 ms   p99 ms  MB: servers, workers, database    open files          "
    "connections  oldest s    sent  size MB  wal MB (written)"
)


def show(number: int, told: Minute, seen: Sight) -> None:
    """What was heard and seen in this minute, and each error beneath."""
    memory = _row(f"{one:.1f}" for one in seen.memory.values())
    asked = f"{told.count:8} {sum(told.strange.values()):6} {told.quantile(0.5):8.1f} {told.quantile(0.99):8.1f}"
    stored = f"{seen.size:8.0f} {seen.wal:7.0f} ({seen.written:.0f})"
    waits = f"{seen.connections:11} {seen.oldest_seconds:9.1f} {seen.sent:7}"
    hour = f"{datetime.now().astimezone():%H:%M}"
    print(f"{number:6} {hour} {asked}  {memory:33} {_row(seen.files.values()):20} {waits} {stored}", flush=True)
    for what, times in told.strange.most_common():
        print(f"         {times} x {what}", flush=True)


def _row(numbers: Iterable[object]) -> str:
    return " ".join(map(str, numbers))
