"""Pages left open: each listens to what changes, and comes back after some minutes as a browser does."""

import asyncio
import random
import time

import httpx

from tests.soak.callers import PAGE
from tests.soak.office import Office

OPEN, STAYS, LONGEST_SILENCE = 60, (60, 300), 45


async def listen(office: Office) -> None:
    """For ever."""
    await asyncio.sleep(random.uniform(0, 20))
    while True:
        try:
            await _once(office)
        except (httpx.HTTPError, TimeoutError) as error:
            office.caller.minute.wonder("stream", type(error).__name__)
            await asyncio.sleep(2)


async def _once(office: Office) -> None:
    desk, cookie = office.signed_in()
    words = ",".join(f"session.{one}" for one in (*desk.sessions, desk.small))
    path, until = f"/direct?suit={words}&vu={time.time() * 1000:.0f}", time.monotonic() + random.uniform(*STAYS)
    headers = PAGE | {"cookie": cookie, "accept": "text/event-stream"}
    async with office.caller.line.stream("GET", path, headers=headers, timeout=LONGEST_SILENCE) as answer:
        if answer.status_code != 200:
            office.caller.minute.wonder("stream", str(answer.status_code))
            await asyncio.sleep(2)
            return
        async for line in answer.aiter_lines():
            if line.startswith("data: "):
                office.caller.minute.outcomes["heard"] += line != "data: -"
            if time.monotonic() > until:
                return
