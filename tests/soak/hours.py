"""A national hour, and a program that keeps its pace whatever is answered.

Nine hundred agencies that book twenty people a day give 0.7 bookings a second over seven hours, twice that in the hour
that has most; around each stand some ten pages, searches and looks at a roll (14 a second), and one mark for each
who was expected. A hundred thousand subscribers whose programs ask every hour are 28 questions a second. All that is
50 requests a second.
"""

import asyncio
import random
import time
from collections.abc import Awaitable, Callable
from multiprocessing.connection import Connection

from tests.soak import booking_acts, reading_acts, roll_acts
from tests.soak.callers import Caller, opened
from tests.soak.desks import Desk
from tests.soak.minutes import Minute
from tests.soak.office import WITH_PAGES, Office
from tests.soak.streams import OPEN, listen

Act = Callable[[Office], Awaitable[None]]
# How often a second.
RATES: dict[Act, float] = {
    reading_acts.calendar: 27,
    reading_acts.public_calendar: 1,
    reading_acts.placer: 4,
    reading_acts.page: 5,
    reading_acts.search_sessions: 2.5,
    reading_acts.search_people: 2.5,
    reading_acts.figures: 0.2,
    reading_acts.sign_in: 0.15,
    booking_acts.book: 1.2,
    booking_acts.book_small: 0.8,
    booking_acts.cancel: 0.9,
    booking_acts.plan: 0.05,
    roll_acts.look: 0.5,
    roll_acts.mark: 0.9,
    roll_acts.synchronise: 0.25,
    roll_acts.print_sheet: 0.05,
}
MOST_AT_ONCE = 300
MINUTE = 60.0
# A server that has just begun reads its templates; an operator lets it.
WARM_UP, COLD = 120.0, 5


async def work(office: Office, until: float, share: float, tell: Callable[[Minute], None]) -> None:
    """One act after the other, each at its time, until then; each minute is told."""
    acts, weights = list(RATES), list(RATES.values())
    pause, due, told_at = 1 / (share * sum(weights)), time.monotonic(), time.monotonic()
    warm_at = due + WARM_UP
    at_work: set[asyncio.Task[None]] = set()
    while (now := time.monotonic()) < until or at_work:
        if now < until and len(at_work) < MOST_AT_ONCE:
            task = asyncio.create_task(random.choices(acts, weights)[0](office))
            at_work.add(task)
            task.add_done_callback(at_work.discard)
            task.add_done_callback(lambda ended: _look_at(office, ended))
        elif now < until:
            office.caller.minute.wonder("client", "too many at once: this one is not asked")
        if now > told_at + MINUTE:
            office.caller.minute, told, told_at = Minute(), office.caller.minute, told_at + MINUTE
            tell(told)
        due += pause if due > warm_at else pause * COLD
        await asyncio.sleep(max(0.0, due - time.monotonic()))
    tell(office.caller.minute)


def _look_at(office: Office, ended: asyncio.Task[None]) -> None:
    if error := ended.exception():
        office.caller.minute.wonder("client", repr(error))


async def live(urls: list[str], desks: list[Desk], seconds: float, share: float, pipe: Connection) -> None:
    """Everybody signs in, pages are opened, the hours pass; in the end what was acknowledged is told."""
    office = Office(Caller([opened(url) for url in urls]), desks)
    for desk in desks[:WITH_PAGES]:
        await reading_acts.enter(office, desk.sign_in_name)
    screens = [asyncio.create_task(listen(office)) for _ in range(OPEN)]
    await work(office, time.monotonic() + seconds, share, pipe.send)
    for screen in screens:
        screen.cancel()
    await asyncio.gather(*screens, return_exceptions=True)
    pipe.send(office.told)


def begin(urls: list[str], desks: list[Desk], seconds: float, share: float, pipe: Connection) -> None:
    """The same, as a process."""
    asyncio.run(live(urls, desks, seconds, share, pipe))
