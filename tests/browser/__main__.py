"""The weight of every page, the heaviest first.

python -m tests.browser
"""

import asyncio
import shutil
import sys
import tempfile
from pathlib import Path

from booking.storage.migrating import migrate
from tests.browser.doors import address, doors, visitor
from tests.browser.opening import opened
from tests.browser.town import Town, build
from tests.browser.weights import Weight
from tests.browser.windows import Windows
from tests.given_demo import filled_at


def main() -> None:
    """Fill, look at each, and tell."""
    folder = Path(tempfile.mkdtemp())
    try:
        migrate(f"sqlite:///{folder / 'demo.sqlite3'}")
        town = build(asyncio.run(filled_at(f"sqlite:///{folder / 'demo.sqlite3'}")), folder)
        with opened(town.url) as windows:
            found = [(weigh(windows, town, door), door) for door in doors()]
    finally:
        shutil.rmtree(folder)
    print("  bytes  requests  shift  page")
    for weight, door in sorted(found, key=lambda one: -one[0].bytes):
        print(f"{weight.bytes:7}  {weight.requests:8}  {weight.shift:5.3f}  {door}")


def weigh(windows: Windows, town: Town, door: str) -> Weight:
    """One page, as nobody has opened it before."""
    with windows.of(visitor(door)) as page:
        watch = windows.watch(page)
        page.goto(address(door, town.ids))
        return watch.weight()


if __name__ == "__main__":
    sys.exit(main())
