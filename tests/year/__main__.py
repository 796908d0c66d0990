"""A year of life in twenty agencies, lived through the services: ./dev year [--agencies 20] [--weeks 52] [--seed 7].

At its end the doctor looks at the database, and the figures are compared with what happened. On a file, or on
PostgreSQL with --postgresql. Ends with an error when a promise is broken or a figure is wrong.
"""

import argparse
import asyncio
import sys
import time
from pathlib import Path
from random import Random
from tempfile import TemporaryDirectory

from booking.delivery.deliveries import Deliveries
from booking.services import doctor
from booking.storage.migrating import migrate
from booking.storage.opening import open_database
from tests.given import NOW
from tests.outside import Provider
from tests.postgresql import create_database, launch
from tests.year.comparing import differences
from tests.year.living import Year
from tests.year.places import open_all

# A Monday with a whole year behind it, two changes of the clocks and every public holiday.
MONDAY = NOW.replace(hour=0)


async def live(url: str, agencies: int, weeks: int, seed: int) -> bool:
    """The whole year; whether every promise was kept and every figure is what happened."""
    db, begun = open_database(url), time.perf_counter()
    year = Year(db, await open_all(db, agencies, MONDAY), Random(seed), Deliveries(Provider()))
    end = await year.live(MONDAY, weeks)
    print(f"{year.told()}; {time.perf_counter() - begun:.0f} s", flush=True)
    wrong = await differences(db, year.ledger, end)
    faults = [f"{fault.name}: {fault.count}" for fault in await doctor.examine(db, now=end)]
    await db.close()
    print("\n".join([f"{len(wrong)} figures wrong", *wrong[:40], f"{len(faults)} promises broken", *faults]))
    return not wrong and not faults


def main() -> None:
    """Live as asked for."""
    asked = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    asked.add_argument("--agencies", type=int, default=20)
    asked.add_argument("--weeks", type=int, default=52)
    asked.add_argument("--seed", type=int, default=7)
    asked.add_argument("--postgresql", action="store_true")
    told = asked.parse_args()
    size = (told.agencies, told.weeks, told.seed)
    if told.postgresql:
        with launch() as server:
            asyncio.run(create_database(server.url(), "year"))
            migrate(server.url("year"))
            is_well = asyncio.run(live(server.url("year"), *size))
    else:
        with TemporaryDirectory() as folder:
            url = f"sqlite:///{Path(folder) / 'year.sqlite3'}"
            migrate(url)
            is_well = asyncio.run(live(url, *size))
    sys.exit(0 if is_well else 1)


if __name__ == "__main__":
    main()
