"""Faults of a cluster while people book: python -m tests.failover [--minutes 10] [--faults crash ...] [--control].

Three hosts with PostgreSQL under Patroni, two servers of Ateliers, and clients that keep a ledger of what they were
told. Needs Linux, root, iproute2, python3-venv and etcd (etcd-server); fetches Patroni from the package index into a
temporary folder. Ends with an error when anything acknowledged is lost or doubled; with --control, without synchronous
standbys, when nothing is.
"""

import argparse
import asyncio
import subprocess
import sys
import time
from collections import defaultdict
from dataclasses import dataclass, field
from datetime import UTC, datetime
from pathlib import Path
from statistics import median
from tempfile import TemporaryDirectory

from sqlalchemy import text

from booking.services import accounts
from booking.storage.database import Database
from booking.storage.migrating import migrate
from booking.storage.opening import open_database
from tests.failover.clients import Clients
from tests.failover.cluster import Cluster, patroni_in
from tests.failover.faults import FAULTS
from tests.failover.hosts import go_inside, is_inside, make_hub
from tests.failover.ledger import Place, Verdict
from tests.failover.servers import Servers
from tests.given import World, in_days, meeting
from tests.postgresql import command
from tests.races import oracle
from tests.races.crowd import people

SESSIONS, SEATS, PEOPLE = 60, 8, 500
ASKED_AGAIN = 200
HEADINGS = f"{'fault':12}{'times':>6}{'outage p50':>12}{'max':>7}{'acknowledged':>14}{'lost':>6}{'doubled':>9}"


@dataclass
class Line:
    """What one kind of fault came to."""

    outages: list[float] = field(default_factory=list)
    told: int = 0
    lost: int = 0
    doubled: int = 0

    def add(self, outage: float, told: int, verdict: Verdict) -> None:
        """Once more."""
        self.outages.append(outage)
        self.told, self.lost, self.doubled = self.told + told, self.lost + verdict.lost, self.doubled + verdict.doubled

    def show(self, name: str) -> None:
        """As a line of the table."""
        spans = f"{len(self.outages):6}{median(self.outages):12.1f}{max(self.outages):7.1f}"
        print(f"{name:12}{spans}{self.told:14}{self.lost:6}{self.doubled:9}", flush=True)


async def rows(db: Database) -> dict[object, tuple[Place, bool]]:
    """Every booking there is."""
    async with db.reading() as tx:
        found = await tx.rows(text("SELECT id, session_id, job_seeker_id, state FROM bookings"))
    return {row[0]: ((row[1], row[2]), row[3] != "cancelled") for row in found}


async def a_town(db: Database) -> tuple[str, list, list]:
    """A token, sessions, and people."""
    world = await World.begin(db)
    days = [(await world.session(meeting(in_days(90 + n)), capacity=SEATS)).id for n in range(SESSIONS)]
    token = await accounts.add_token(db, world.adviser.sign_in_name, "failover", now=datetime.now(UTC))
    return token, days, await people(world, PEOPLE)


async def storm(cluster: Cluster, servers: Servers, clients: Clients, db: Database, names: list[str], minutes: float):
    """One fault after another until the time is over; then each kind with what it came to."""
    lines: dict[str, Line] = defaultdict(Line)
    ends = time.monotonic() + minutes * 60
    while time.monotonic() < ends:
        for name in names:
            clients.is_over = False
            at_work = asyncio.create_task(clients.work(6))
            await asyncio.sleep(2)
            before, began = len(clients.ledger.told_at), time.monotonic()
            await asyncio.to_thread(FAULTS[name], cluster, servers)
            await asyncio.to_thread(servers.look_after)
            await asyncio.to_thread(cluster.until_whole)
            await asyncio.to_thread(servers.until_ready)
            await asyncio.sleep(3)
            silence = clients.ledger.longest_silence(began, time.monotonic())
            clients.is_over = True
            await at_work
            verdict = clients.ledger.judge(await rows(db))
            lines[name].add(silence, len(clients.ledger.told_at) - before, verdict)
            print(f"  {name}: {silence:.1f} s, {verdict}, slowest answer {clients.ledger.slowest:.1f} s", flush=True)
            forget(clients, verdict)
            if time.monotonic() > ends:
                break
    return lines


def forget(clients: Clients, verdict: Verdict) -> None:
    """What is lost once is not counted again."""
    if not verdict.is_well:
        clients.ledger.places.clear()
        clients.ledger.ended.clear()


async def run(minutes: float, names: list[str], *, is_control: bool, folder: Path, patroni: Path) -> bool:
    """Whether every promise was kept."""
    cluster = Cluster(folder, patroni, is_safe=not is_control)
    servers = None
    try:
        cluster.start()
        await asyncio.to_thread(cluster.until_whole)
        url = f"postgresql://postgres@{cluster.hosts}/ateliers"
        primary = await asyncio.to_thread(cluster.primary)
        await command(f"postgresql://postgres@{primary.host.address}/postgres", "CREATE DATABASE ateliers")
        await asyncio.to_thread(migrate, url)
        db = open_database(url)
        token, sessions, crowd = await a_town(db)
        servers = Servers(folder, url)
        await asyncio.to_thread(servers.until_ready)
        clients = Clients(servers.urls, token, sessions, crowd)
        lines = await storm(cluster, servers, clients, db, names, minutes)
        return await judged(lines, clients, db, folder, url)
    finally:
        if servers:
            servers.end()
        cluster.end()


async def judged(lines: dict[str, Line], clients: Clients, db: Database, folder: Path, url: str) -> bool:
    """The table, and what else has to hold."""
    print(HEADINGS)
    for name, line in lines.items():
        line.show(name)
    faults, wrong = await oracle.faults(db), await clients.ask_again(ASKED_AGAIN)
    await db.close()
    known = {"PATH": "/usr/bin:/bin", "ATELIERS_DATABASE_URL": url}
    program = [sys.executable, "-m", "booking", "doctor", "--data", folder / "data"]
    doctor = await asyncio.to_thread(subprocess.run, program, env=known, capture_output=True, text=True, check=False)
    print(
        f"other answers now {wrong} of {ASKED_AGAIN}, refused {clients.ledger.refused}, asked again {clients.strange}"
    )
    print(f"slowest answer {clients.ledger.slowest:.1f} s, broken promises {faults}, doctor {doctor.returncode}")
    if doctor.returncode:
        print(doctor.stdout[-2000:], doctor.stderr[-2000:])
    has_kept = not any(line.lost or line.doubled for line in lines.values())
    return has_kept and not (faults or wrong or doctor.returncode)


def main() -> None:
    """Ask, go into a network of one's own, and run."""
    asked = argparse.ArgumentParser(description=__doc__)
    asked.add_argument("--minutes", type=float, default=10, help="no fault begins after that")
    asked.add_argument("--faults", nargs="+", choices=FAULTS, default=list(FAULTS), help="which, in this order")
    asked.add_argument("--control", action="store_true", help="no synchronous standby: something must be lost")
    asked.add_argument("--folder", type=Path, help="an empty one, to keep the logs in; a temporary one otherwise")
    asked.add_argument("--patroni", type=Path, help="the program; fetched into the folder otherwise")
    given = asked.parse_args()
    if is_inside():
        make_hub()
        names, own = ["behind"] if given.control else given.faults, {"folder": given.folder, "patroni": given.patroni}
        has_kept = asyncio.run(run(given.minutes, names, is_control=given.control, **own))
        sys.exit(has_kept if given.control else not has_kept)
    with TemporaryDirectory(prefix="ateliers-failover-") as temporary:
        folder = given.folder or Path(temporary)
        folder.chmod(0o755)
        patroni = given.patroni or patroni_in(folder)
        sys.exit(go_inside("--folder", str(folder), "--patroni", str(patroni)))


if __name__ == "__main__":
    main()
