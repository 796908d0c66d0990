"""Look for what breaks: ./dev fuzz --api 10000 [--seed 1], or ./dev fuzz --files 30 (minutes for all readers together).

Ends with an error when something broke; says what was sent and how it was answered.
"""

import argparse
import asyncio
import subprocess
import sys
import time
from collections.abc import Iterable

from booking.storage.migrating import migrate
from booking.storage.opening import open_database
from tests.fuzz.api import Fuzzed, fuzzed
from tests.given import World
from tests.postgresql import create_database, launch
from tests.web.programs import running

READERS = ("calendar", "reply", "rows", "meetings", "holidays", "bounce")
# Right and wrong ones for about as many operations as there are.
IN_A_ROUND = 2 * 140
MOST_EACH = 20


def main() -> None:
    """What was asked for."""
    said = argparse.ArgumentParser(description=__doc__)
    said.add_argument("--api", type=int, metavar="N", help="so many requests, on PostgreSQL")
    said.add_argument("--seed", type=int, default=1)
    said.add_argument("--files", type=float, metavar="MINUTES")
    asked = said.parse_args()
    if asked.api:
        sys.exit(report(asyncio.run(api(asked.api, asked.seed))))
    sys.exit(max(files(asked.files or 1.0)))


async def api(most: int, seed: int) -> Fuzzed:
    """Round after round, each on a fresh world with other dice, until so many were sent."""
    whole = Fuzzed()
    with launch() as server:
        while (left := most - sum(whole.sent.values())) > 0:
            each = min(MOST_EACH, -(-left // IN_A_ROUND))
            name = f"fuzz_{seed}"
            await create_database(server.url(), name)
            await asyncio.to_thread(migrate, server.url(name))
            db = open_database(server.url(name))
            world = await World.begin(db)
            async with running(world) as programs:
                one = await fuzzed(world, programs, each, seed)
            await db.close()
            whole.sent += one.sent
            whole.answers += one.answers
            whole.unsent += one.unsent
            whole.faults += one.faults
            seed += 1
    return whole


def report(found: Fuzzed) -> int:
    """How it went, on the screen; 1 when something broke."""
    print(f"{sum(found.sent.values())} requests for {len(found.sent)} operations; {found.unsent} nobody could write")
    print(", ".join(f"{status}: {many}" for status, many in sorted(found.answers.items())))
    print(*found.faults or ["nothing broke"], sep="\n")
    return 1 if found.faults else 0


def files(minutes: float) -> Iterable[int]:
    """Each reader for its share of the time, one after another."""
    for reader in READERS:
        began = time.monotonic()
        command = [sys.executable, "-m", "tests.fuzz.files", reader, str(round(60 * minutes / len(READERS)))]
        ended = subprocess.run(command, check=False, capture_output=True, text=True)
        counted = [line for line in ended.stderr.splitlines() if "number_of_executed_units" in line]
        print(f"{reader}: {' '.join(counted) or ended.stderr[-2000:]} in {time.monotonic() - began:.0f} s", flush=True)
        yield ended.returncode


if __name__ == "__main__":
    main()
