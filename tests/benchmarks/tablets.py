"""Rolls on tablets whose network comes and goes, in Chromium: what they weigh, how soon a tap is saved, what is lost.

    python -m tests.benchmarks.tablets --browser chromium [--cuts 100] [--taps 100] [--seed 7]

Needs playwright beside what the tests need: python -m pip install playwright. Two tablets call one roll; the network is
cut, answers vanish after the server has noted a mark, tabs are closed, pages loaded again, the server is killed.
"""

import argparse
import asyncio
import gzip
import os
import random
import secrets
import signal
import sys
import tempfile
from collections import Counter
from collections.abc import AsyncIterator
from contextlib import ExitStack, asynccontextmanager, suppress
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from pathlib import Path
from shutil import which
from statistics import median

from playwright.async_api import Browser, BrowserContext, Error, Page, Response, Route, async_playwright

from booking.domain.identifiers import new_id
from booking.domain.sign_ins import SignIn
from booking.domain.staff import Staff
from booking.services import rosters
from booking.services.accounts import LONGEST, digest
from booking.storage import sign_ins
from booking.storage.migrating import migrate
from booking.storage.opening import open_database
from booking.web.security import cookie_name
from tests.benchmarks.servers import Running, running
from tests.benchmarks.tablet_scripts import ANSWER, CLICK, COME, READY, TAP
from tests.benchmarks.towns import HERE
from tests.given import World, meeting

PATIENCE = 120
MARKS = ("attended", "late", "absent")


@dataclass
class Office:
    """Rolls of today on a file, their server, and who calls them."""

    world: World
    database: str
    served: ExitStack
    server: Running
    meetings: dict[int, str] = field(default_factory=dict)

    def roll(self, size: int) -> str:
        """The address of the roll of so many people."""
        return f"http://127.0.0.1:{self.server.port}/presence/{self.meetings[size]}"

    async def restart(self) -> None:
        """Kill the server in the middle of whatever it does, and start it again."""
        os.kill(self.server.pid, signal.SIGKILL)
        self.served.close()
        self.server = await asyncio.to_thread(self.served.enter_context, running(self.database, port=self.server.port))

    async def marks(self, size: int) -> dict[str, tuple[str, str | None]]:
        """The name and the mark of everybody on a roll, by booking."""
        meeting_id = type(self.world.agency.id)(self.meetings[size])
        roll = await rosters.call(self.world.db, meeting_id, by=self.world.facilitator)
        return {str(one.booking_id): (one.last_name, one.mark) for one in roll.expected}

    async def signed_in(self, browser: Browser, who: Staff, **known: object) -> BrowserContext:
        """A browser of somebody who has just signed in."""
        secret, now = secrets.token_urlsafe(32), datetime.now(UTC)
        async with self.world.db.transaction() as tx:
            life = {"created_at": now, "seen_at": now, "expires_at": now + LONGEST}
            await sign_ins.add(tx, SignIn(id=new_id(now), staff_id=who.id, device="Chromium", **life), digest(secret))
        context = await browser.new_context(viewport={"width": 820, "height": 1180}, **known)  # type: ignore[arg-type]
        address = f"http://127.0.0.1:{self.server.port}"
        await context.add_cookies([{"name": cookie_name(HERE), "value": secret, "url": address}])
        return context


async def ready(page: Page) -> None:
    """When the roll and its scripts are there; asked now and then, because a page behind another one draws nothing."""
    async with asyncio.timeout(60):
        while True:
            with suppress(Error):  # it is just loading anew
                if await page.evaluate(f"Boolean({READY})"):
                    return
            await asyncio.sleep(0.05)


@dataclass
class Tablet:
    """A browser on a roll, what was tapped last on each row, and who came."""

    context: BrowserContext
    page: Page
    roll: str
    name: str
    tapped: dict[str, str] = field(default_factory=dict)
    came: list[str] = field(default_factory=list)
    done: Counter[str] = field(default_factory=Counter)

    async def open(self) -> None:
        """The roll, from the network or from the device."""
        await self.page.goto(self.roll)
        await ready(self.page)

    async def surely(self, script: str, said: object = None) -> int:
        """Run this on the roll, again where the page was just loading anew; each script does nothing twice."""
        for _ in range(PATIENCE):
            await ready(self.page)
            with suppress(Error):
                return await self.page.evaluate(script, said) or 0
        raise TimeoutError(script)

    async def tap(self, rows: list[str]) -> None:
        """A mark for somebody, or now and then somebody who comes without a booking."""
        if random.random() < 0.15:
            self.came.append(f"{self.name} {len(self.came):03}")
            await self.surely(COME, self.came[-1])
        else:
            row, mark = random.choice(rows), random.choice(MARKS)
            await self.surely(CLICK, [row, mark])
            self.tapped[row] = mark
        self.done["taps"] += 1

    async def cut(self, rows: list[str]) -> None:
        """Taps while the network goes, and comes again; sometimes an answer is lost, or the page."""
        if random.random() < 0.35:
            await self.page.route("**/presence/*/*", _swallow, times=1)
            self.done["answers lost"] += 1
        await self.tap(rows)
        await self.context.set_offline(True)
        for _ in range(random.randint(0, 3)):
            await self.tap(rows)
        await self.page.wait_for_timeout(random.randint(0, 60))
        fate = random.random()
        if fate < 0.1:
            self.done["reloads"] += 1
            with suppress(Error):  # it was just loading anew
                await self.page.reload()
        elif fate < 0.2:
            self.done["tabs closed"] += 1
            await self.page.close()
            self.page = await self.context.new_page()
            await self.open()
        await self.context.set_offline(False)

    async def settle(self) -> int:
        """Every question answered and everything sent; how many entries are left."""
        await self.page.unroute_all(behavior="ignoreErrors")
        left = 1
        for _ in range(PATIENCE):
            left = await self.surely(ANSWER)
            if not left:
                break
            await self.page.wait_for_timeout(500)
        return left


async def _swallow(route: Route) -> None:
    """The server gets it; whoever sent it hears nothing."""
    if route.request.method == "POST":
        with suppress(Error):  # the network may be gone meanwhile
            await route.fetch()
    with suppress(Error):  # and so may the page
        await (route.abort() if route.request.method == "POST" else route.continue_())


@asynccontextmanager
async def office(sizes: list[int]) -> AsyncIterator[Office]:
    """The product on a file, with a roll of each size."""
    with tempfile.TemporaryDirectory() as folder, ExitStack() as served:
        database = f"sqlite:///{Path(folder) / 'ateliers.sqlite3'}"
        await asyncio.to_thread(migrate, database)
        db = open_database(database)
        world = await World.begin(db)
        server = await asyncio.to_thread(served.enter_context, running(database))
        found = Office(world, database, served, server)
        starts_at = datetime.now(UTC).replace(second=0, microsecond=0) - timedelta(minutes=20)
        for size in sizes:
            session = await world.session(meeting(starts_at), capacity=size + 60)
            for n in range(size):
                person = await world.job_seeker(f"{chr(65 + n % 26)}personne {n:03}", first_name=f"Ada{n}")
                await world.booked(session, person)
            found.meetings[size] = str(session.meetings[0].id)
        yield found
        await db.close()


async def weigh(browser: Browser, office: Office, size: int) -> None:
    """What a first visit of a roll brings, as a proxy that compresses would send it."""
    context = await office.signed_in(browser, office.world.facilitator, service_workers="block")
    page, seen = await context.new_page(), list[Response]()

    def note(answer: Response) -> None:
        seen.append(answer)

    page.on("response", note)
    await page.goto(office.roll(size))
    await page.wait_for_timeout(1500)
    files = [(one.url, await one.body()) for one in seen if not one.url.endswith(("/direct", "/etat"))]
    packed = [min(len(body), len(gzip.compress(body, 6))) for _, body in files]
    scripts = sum(n for n, (url, _) in zip(packed, files, strict=True) if ".js" in url)
    fonts = sum(n for n, (url, _) in zip(packed, files, strict=True) if "/fonts/" in url)
    print(
        f"roll of {size}: page {len(files[0][1])} bytes, {packed[0]} compressed; {len(files)} requests, "
        f"{sum(packed)} bytes compressed in all, of them scripts {scripts}, typefaces {fonts}",
        flush=True,
    )
    await context.close()


async def clock(browser: Browser, office: Office, size: int, taps: int) -> None:
    """From the tap to the word of the server that it is saved."""
    context = await office.signed_in(browser, office.world.facilitator)
    page = await context.new_page()
    await page.goto(office.roll(size))
    await ready(page)
    rows = list(await office.marks(size))
    took = sorted([await page.evaluate(TAP, [rows[n % size], MARKS[n // size % 3]]) for n in range(taps)])
    print(f"from tap to saved, {taps} taps: median {median(took):.0f} ms, worst {took[-1]:.0f} ms", flush=True)
    await context.close()


async def cut(browser: Browser, office: Office, size: int, cuts: int) -> bool:
    """Two tablets on one roll; each has rows of its own, and they share some. Whether nothing was lost or doubled."""
    roll, rows = office.roll(size), list(await office.marks(size))
    tablets = []
    for who in (office.world.facilitator, office.world.manager):
        context = await office.signed_in(browser, who)
        tablets.append(Tablet(context, await context.new_page(), roll, who.name))
        await tablets[-1].open()
    shared, third = rows[: size // 3], size // 3
    own = [rows[third : 2 * third], rows[2 * third :]]
    await tablets[0].page.wait_for_timeout(3000)
    restarts = 0
    for n in range(cuts):
        one = n % 2
        await tablets[one].cut(own[one] + shared)
        if n % (cuts // 4 or 1) == cuts // 8:
            restarts += 1
            await asyncio.gather(office.restart(), *(each.tap(own[at]) for at, each in enumerate(tablets)))
    left = [await each.settle() for _ in range(2) for each in tablets][2:]
    found = await office.marks(size)
    names = Counter(name for name, mark in found.values() if mark)
    wrong = [
        row
        for at, each in enumerate(tablets)
        for row in own[at]
        if row in each.tapped and found[row][1] != each.tapped[row]
    ]
    torn = [row for row in shared if found[row][1] not in {None, *(each.tapped.get(row) for each in tablets)}]
    came = [name for each in tablets for name in each.came]
    twice_or_never = [name for name in came if names[name] != 1]
    done = sum((each.done for each in tablets), Counter[str]())
    print(f"{cuts} cuts, {dict(done)}, server killed {restarts} times, {len(came)} came without a booking", flush=True)
    print(
        f"left on the devices {sum(left)}; marks lost {len(wrong) + len(torn)}; "
        f"people lost or there twice {len(twice_or_never)} {twice_or_never[:3]}",
        flush=True,
    )
    return not (any(left) or wrong or torn or twice_or_never)


async def run(browser_path: str, cuts: int, taps: int) -> bool:
    """All the figures."""
    async with office([12, 30, 18]) as here, async_playwright() as play:
        browser = await play.chromium.launch(executable_path=browser_path, args=["--no-sandbox"])
        for size in (12, 30):
            await weigh(browser, here, size)
        await clock(browser, here, 12, taps)
        is_whole = await cut(browser, here, 18, cuts)
        await browser.close()
    return is_whole


if __name__ == "__main__":
    asked = argparse.ArgumentParser(description=__doc__)
    asked.add_argument("--browser", default="chromium", help="the program to run")
    asked.add_argument("--cuts", type=int, default=100, help="how often the network is cut")
    asked.add_argument("--taps", type=int, default=100, help="how many taps are timed")
    asked.add_argument("--seed", type=int, default=7, help="what is done when")
    given = asked.parse_args()
    random.seed(given.seed)
    found = asyncio.run(run(which(given.browser) or given.browser, given.cuts, given.taps))
    sys.exit(0 if found else "Something was lost or is there twice; see above.")
