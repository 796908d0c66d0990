"""Workers as processes of their own, which send for some seconds or until nothing is left."""

import asyncio
import multiprocessing
import time
from dataclasses import dataclass
from datetime import timedelta
from uuid import uuid4

from booking.delivery.deliveries import Deliveries
from booking.delivery.email import Email, server
from booking.delivery.letters import Outgoing, Receipt
from booking.domain.job_seekers import Channel
from booking.domain.messages import MessageState
from booking.domain.sending import Outcome, Verdict
from booking.services.draining import drain
from booking.services.sending import send_due
from booking.storage import attempts, outbox
from booking.storage.attempts import Attempt, End
from booking.storage.opening import open_database
from tests.benchmarks.outbox_limits import GROUP
from tests.benchmarks.outboxes import MORNING, Outbox
from tests.given import SITE

LEASE = timedelta(seconds=60)
SENDER = "Ateliers <ateliers@example.org>"
WORKERS = multiprocessing.get_context("forkserver")
WORKERS.set_forkserver_preload([__name__])


class Sink:
    """Takes mails at once, and keeps them if told to."""

    channel = Channel.EMAIL

    def __init__(self, kept: list[Outgoing] | None = None) -> None:
        self._kept = kept

    async def send(self, letter: Outgoing) -> Receipt:
        if self._kept is not None:
            self._kept.append(letter)
        return Receipt("x")

    async def close(self) -> None:
        """Nothing to close."""


@dataclass(frozen=True)
class Work:
    """What a worker does: ``rows`` only (claim, begin, settle), or everything, to a sink or to this mail server."""

    seconds: float
    is_rows_only: bool = False
    smtp: str = ""


def deliveries(smtp: str = "") -> Deliveries:
    """A sink, or a mail server."""
    return Deliveries(Email(server(f"smtp://{smtp}?starttls=never"), SENDER) if smtp else Sink())


async def measured(box: Outbox, workers: int, work: Work) -> float:
    """Messages a second that so many workers bring to their end."""
    barrier = WORKERS.Barrier(workers + 1)
    processes = [WORKERS.Process(target=_live, args=(box.url, work, barrier), daemon=True) for _ in range(workers)]
    for process in processes:
        process.start()
    await asyncio.to_thread(barrier.wait, 60)
    before, begun = await box.count(MessageState.ACCEPTED), time.perf_counter()
    await asyncio.to_thread(barrier.wait, 60)
    for process in processes:
        await asyncio.to_thread(process.join)
    took = time.perf_counter() - begun
    return (await box.count(MessageState.ACCEPTED) - before) / took


def _live(url: str, work: Work, barrier) -> None:
    asyncio.run(_work(url, work, barrier))


async def _work(url: str, work: Work, barrier) -> None:
    db, post = open_database(url), deliveries(work.smtp)
    # The first group compiles statements and templates, and reads the holidays of a year.
    await (rows_only(db) if work.is_rows_only else send_due(db, post, MORNING, site=SITE))
    barrier.wait(60)
    barrier.wait(60)
    until = time.perf_counter() + work.seconds

    def is_over() -> bool:
        return time.perf_counter() > until

    if work.is_rows_only:
        while not is_over() and await rows_only(db):
            """One group after the other."""
    else:
        at_morning = _AtMorning(db)
        while await drain(at_morning, post, MORNING, site=SITE, is_over=is_over) and not is_over():
            """Until the time is over or nothing is left."""
    await post.close()
    await db.close()


async def rows_only(db, at=MORNING, many: int = GROUP) -> int:
    """What the outbox itself costs: nobody is looked up, no text is written."""
    token = uuid4()
    async with db.transaction() as tx:
        claimed = await outbox.claim(tx, at, token, LEASE, many)
        await attempts.begin(tx, token, [_try_of(message.id, message.attempts + 1) for message in claimed])
    async with db.transaction() as tx:
        verdict = Verdict(MessageState.ACCEPTED, Channel.EMAIL)
        ours = await outbox.settle(tx, token, {message.id: verdict for message in claimed}, at)
        ends = [End(message_id=id, outcome=Outcome.ACCEPTED, provider_reference="x") for id in ours]
        await attempts.end(tx, ends, at)
    return len(claimed)


def _try_of(message_id, n: int) -> Attempt:
    said = {"template": "reminder/1", "address_hash": str(message_id), "provider_key": str(message_id)}
    return Attempt(message_id=message_id, n=n, channel=Channel.EMAIL, started_at=MORNING, **said)


class _AtMorning:
    """The database at the time of the play."""

    def __init__(self, db) -> None:
        self._db, self._began = db, time.monotonic()

    def __getattr__(self, name: str):
        return getattr(self._db, name)

    async def now(self):
        return MORNING + timedelta(seconds=time.monotonic() - self._began)
