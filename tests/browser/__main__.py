"""What every page costs, the heaviest first, and what the ten most frequent tasks ask of hands.

python -m tests.browser [--pages | --tasks]
"""

import asyncio
import shutil
import sys
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from booking.storage.migrating import migrate
from tests.browser.doors import PAPER, address, doors, visitor
from tests.browser.hands import Hand
from tests.browser.looks import IN_HAND, violations
from tests.browser.opening import opened
from tests.browser.speeds import SLOWER, ready
from tests.browser.tasks import TASKS
from tests.browser.town import Town, build
from tests.browser.weights import Weight
from tests.browser.windows import TABLET, Windows
from tests.given_demo import filled_at


@contextmanager
def visited() -> Iterator[tuple[Windows, Town]]:
    """A town as long as it is looked at."""
    folder = Path(tempfile.mkdtemp())
    try:
        migrate(f"sqlite:///{folder / 'demo.sqlite3'}")
        town = build(asyncio.run(filled_at(f"sqlite:///{folder / 'demo.sqlite3'}")), folder)
        with opened(town.url) as windows:
            yield windows, town
    finally:
        shutil.rmtree(folder)


def show_tasks(windows: Windows, town: Town) -> None:
    """Each once; the seconds are those of the machine."""
    print("clicks  keys  seconds  task")
    for task, who in TASKS.items():
        with windows.of(who) as page:
            hand = Hand(page)
            page.goto("/")
            hand.begin()
            task(hand, town)
            print(f"{hand.clicks:6}  {hand.keys:4}  {hand.seconds:7.1f}  {task.__name__.replace('_', ' ')}", flush=True)


def show_pages(windows: Windows, town: Town) -> None:
    """Bytes on the line, requests, how far it jumps, and when it can be used with a processor six times slower."""
    found = [(*weigh(windows, town, door), door) for door in doors()]
    print(f"  bytes  requests  shift  ms at 1/{SLOWER}  page")
    for weight, soon, wrong, door in sorted(found, key=lambda one: -one[0].bytes):
        print(f"{weight.bytes:7}  {weight.requests:8}  {weight.shift:5.3f}  {soon:9.0f}  {door}", *wrong)


def weigh(windows: Windows, town: Town, door: str) -> tuple[Weight, float, list[str]]:
    """One page, as nobody has opened it before; then as an auditor sees it on a tablet."""
    with windows.of(visitor(door)) as page:
        watch = windows.watch(page)
        soon = ready(page, address(door, town.ids))
        weight = watch.weight()
        page.set_viewport_size(TABLET)
        return weight, soon, [] if door in PAPER else violations(page, IN_HAND)


def main(asked: list[str]) -> None:
    """Fill, look at each, and tell."""
    with visited() as (windows, town):
        if "--tasks" not in asked:
            show_pages(windows, town)
        if "--pages" not in asked:
            show_tasks(windows, town)


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
