"""A worker that is told to end (SIGTERM) says what it has begun to say, and nothing is in doubt afterwards."""

import asyncio
import os
import signal
import subprocess
import sys
import time
from dataclasses import replace
from typing import Any

from booking.domain.identifiers import new_id
from booking.domain.messages import MessageState
from booking.storage import outbox
from tests.delivery.servers import Inbox, smtp_server
from tests.given import DAY, World, meeting
from tests.races.counting import Counted, counted
from tests.races.storms import count

MESSAGES = 60
LONGEST_GOODBYE = 20


class SlowInbox(Inbox):
    """Takes its time over each mail."""

    async def handle_DATA(self, server: Any, session: Any, envelope: Any) -> str:  # noqa: N802
        await asyncio.sleep(0.1)
        return await super().handle_DATA(server, session, envelope)


async def confirmations(world: World) -> None:
    """So many that are due now; what they say does not matter here."""
    now = await world.db.now()
    session = await world.session(meeting(now + 14 * DAY))
    booking = await world.booked(session, await world.job_seeker(email="awa@example.org"), now=now)
    async with world.db.transaction() as tx:
        pattern, *_ = await outbox.of_booking(tx, booking.id)
        await outbox.plan(tx, [replace(pattern, id=new_id(now), dedupe_key=f"{n}") for n in range(1, MESSAGES)])


def a_worker(url: str, smtp: str) -> subprocess.Popen:
    """The program itself, as an operator starts it."""
    settings = {
        "ATELIERS_DATABASE_URL": url,
        "ATELIERS_SMTP_URL": f"smtp://{smtp}?starttls=never",
        "ATELIERS_MAIL_FROM": "Ateliers <ateliers@example.org>",
        "ATELIERS_SECRET": "nobody can guess this in a test run",
    }
    return subprocess.Popen([sys.executable, "-m", "booking", "worker"], env=os.environ | settings)


async def test_who_is_told_to_end_finishes_what_it_has_begun(world: World, url: str) -> None:
    await confirmations(world)
    inbox = SlowInbox()

    with smtp_server(inbox) as smtp:
        worker = a_worker(url, smtp)
        try:
            async with asyncio.timeout(40):
                while len(inbox.mails) < 3:  # noqa: ASYNC110 - the server runs in a thread of its own
                    await asyncio.sleep(0.02)
            begun = time.monotonic()
            worker.send_signal(signal.SIGTERM)
            await asyncio.to_thread(worker.wait, LONGEST_GOODBYE)
        finally:
            worker.kill()

    assert time.monotonic() - begun < LONGEST_GOODBYE and worker.returncode == 0
    said = counted(inbox)
    assert said == Counted(told=1, repeats=0, strange=len(inbox.mails) - 1)
    assert await count(world.db, MessageState.ACCEPTED) == len(inbox.mails) < MESSAGES
    assert await count(world.db, MessageState.SENDING) == 0
