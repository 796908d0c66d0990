"""Hours of a national load: python -m tests.soak [--minutes 120] [--share 1.0] [--agencies 900] [--port 8931].

PostgreSQL with durable commits, two servers, two workers, a provider of text messages, a mail server and clients, each
a process of its own on this machine. A line a minute; in the end ``ateliers doctor``, what was acknowledged beside what
is there, and how memory grew. Ends with an error when anything of that is not as it should be. ``--share`` 0.4 is 20
requests a second, for a machine that does other things too. Linux only.
"""

import argparse
import asyncio
import multiprocessing
import sys
import time
from collections import Counter
from contextlib import ExitStack
from pathlib import Path
from tempfile import TemporaryDirectory

from booking.settings import load
from booking.storage.database import Database
from booking.storage.migrating import migrate
from booking.storage.opening import open_database
from tests.benchmarks.mail_sink import mail_sink
from tests.postgresql import Server, create_database, launch
from tests.soak import hours, verdicts
from tests.soak.country import AGENCIES, settle
from tests.soak.lines import HEADINGS, show
from tests.soak.minutes import Minute
from tests.soak.office import Told
from tests.soak.processes import Running, running
from tests.soak.sights import Sight, look
from tests.soak.sinks import text_sink

PROCESSES = multiprocessing.get_context("spawn")


async def watch(pipe, db: Database, server: Server, there: Running) -> tuple[Told, list, Counter]:
    """A line for each minute that the clients tell, until they tell what was acknowledged."""
    sights: list[tuple[float, Sight]] = []
    strange: Counter[str] = Counter()
    began = time.monotonic()
    print(HEADINGS, flush=True)
    while isinstance(told := await asyncio.to_thread(pipe.recv), Minute):
        seen = await look(db, there.pids, server.pids())
        sights.append((time.monotonic() - began, seen))
        strange += told.strange
        show(len(sights), told, seen)
    return told, sights, strange


async def judge(db: Database, told: Told, sights: list, strange: Counter, doctor: tuple[int, str]) -> bool:
    """Print what came of it."""
    missing, too_many, grown = await verdicts.lost(db, told), await verdicts.oversold(db), verdicts.slopes(sights)
    kept = f"{len(told.seats)} bookings ({len(told.waiting)} waited) and {len(told.ended)} cancellations"
    print(f"acknowledged: {kept}; lost or changed {len(missing)} {missing[:5]}")
    print(f"seats: {too_many or 'as they should be'}; doctor {doctor[0]}: {doctor[1].strip()}")
    print(f"errors: {sum(strange.values())} {dict(strange.most_common(20))}")
    for name, slope in grown.items():
        print(f"{name}: {slope:+.2f} MB an hour over the second half (flat is below {verdicts.FLAT})")
    is_flat = all(slope < verdicts.FLAT for name, slope in grown.items() if name != "database")
    is_well = not (missing or too_many or strange or doctor[0]) and is_flat
    print("It held." if is_well else "It did not hold.", flush=True)
    return is_well


def settings_of(url: str, port: int, mail: str, texts: str) -> dict[str, str]:
    """What an operator would write."""
    return {
        "ATELIERS_DATABASE_URL": url.replace("+asyncpg", ""),
        "ATELIERS_PUBLIC_URL": f"http://127.0.0.1:{port}",
        "ATELIERS_SMTP_URL": f"smtp://{mail}?starttls=never",
        "ATELIERS_MAIL_FROM": "ateliers@example.org",
        "ATELIERS_SMS_URL": texts,
        "ATELIERS_SMS_A_DAY": "0",
        "ATELIERS_ACCESS_LOG": "no",
    }


async def run(given: argparse.Namespace, folder: Path) -> bool:
    """Whether it held."""
    with ExitStack() as stack:
        server = stack.enter_context(launch(durable=True))
        await create_database(server.url(), "soak")
        url, doors = server.url("soak"), (stack.enter_context(mail_sink()), stack.enter_context(text_sink()))
        await asyncio.to_thread(migrate, url)
        known = settings_of(url, given.port, *doors)
        db, began = open_database(url), time.monotonic()
        desks = await settle(db, load(folder / "data", known).site, given.agencies)
        print(f"{len(desks)} agencies written in {time.monotonic() - began:.0f} s", flush=True)
        there = stack.enter_context(running(folder, known, given.port))
        ours, theirs = PROCESSES.Pipe()
        asked = (there.urls, desks, given.minutes * 60, given.share, theirs)
        clients = PROCESSES.Process(target=hours.begin, args=asked, daemon=True)
        clients.start()
        # So that an end of theirs is heard here.
        theirs.close()
        told, sights, strange = await watch(ours, db, server, there)
        doctor = await asyncio.to_thread(verdicts.doctor, folder, known)
        is_well = await judge(db, told, sights, strange, doctor)
        await db.close()
    return is_well


def main() -> None:
    """Ask, and run in a folder of one's own."""
    asked = argparse.ArgumentParser(description=__doc__)
    asked.add_argument("--minutes", type=float, default=120)
    asked.add_argument("--share", type=float, default=1.0, help="of fifty requests a second")
    asked.add_argument("--agencies", type=int, default=AGENCIES)
    asked.add_argument("--port", type=int, default=8930, help="the two after it are taken")
    asked.add_argument("--folder", type=Path, help="to keep the logs in; a temporary one otherwise")
    given = asked.parse_args()
    with TemporaryDirectory(prefix="ateliers-soak-") as temporary:
        sys.exit(not asyncio.run(run(given, given.folder or Path(temporary))))


if __name__ == "__main__":
    main()
