"""How long somebody waits: an urgent word among all that is due, and a worker who finds nothing."""

import asyncio
import time
from dataclasses import replace

from sqlalchemy import select

from booking.domain.identifiers import new_id
from booking.domain.messages import Message, MessageKind
from booking.services.sending import send_due
from booking.storage import outbox, tables
from booking.storage.shapes import columns, made
from tests.benchmarks.outboxes import MORNING, Outbox
from tests.benchmarks.senders import GROUP, Work, deliveries, measured
from tests.given import SITE

POLLS = 200


async def urgent(box: Outbox) -> float:
    """Seconds until a word of the highest priority has left, while a worker is busy with all the rest."""
    m = tables.messages
    async with box.db.reading() as tx:
        pattern = made(Message, await tx.row(select(*columns(Message, m)).where(m.c.state == "planned").limit(1)))
    word = replace(
        pattern,
        id=new_id(MORNING),
        kind=MessageKind.CONFIRMATION,
        rule="now",
        priority=1,
        due_at=MORNING,
        dedupe_key="urgent",
    )
    worker = asyncio.create_task(measured(box, 1, Work(6)))
    while await box.count("accepted") < 2 * GROUP:  # noqa: ASYNC110 - only the rows tell
        await asyncio.sleep(0.02)
    async with box.db.transaction() as tx:
        await outbox.plan(tx, [word])
    begun = time.perf_counter()
    while await _state(box, word) == "planned":  # noqa: ASYNC110 - only the row tells
        await asyncio.sleep(0.005)
    took = time.perf_counter() - begun
    await worker
    return took


async def _state(box: Outbox, word: Message) -> str:
    async with box.db.reading() as tx:
        return str((await outbox.load(tx, word.id)).state)


async def settled_before(box: Outbox, many: int) -> None:
    """So many messages that left long ago, and nothing that is due."""
    names = [column.name for column in tables.messages.c]
    new = {"id": _id(box), "dedupe_key": "'old' || n", "state": "'accepted'", "settled_at": "created_at"}
    chosen = ", ".join(new.get(name, f"messages.{name}") for name in names)
    series = {
        "postgresql": f"generate_series(1, {many}) AS numbers(n)",
        "sqlite": f"(WITH RECURSIVE c(n) AS (SELECT 1 UNION ALL SELECT n + 1 FROM c WHERE n < {many}) SELECT n FROM c)",
    }[box.db.dialect]
    one = "(SELECT * FROM messages WHERE state = 'planned' LIMIT 1) AS messages"
    await box.say(
        "SET LOCAL statement_timeout = 0" if box.db.dialect == "postgresql" else "SELECT 1",
        f"INSERT INTO messages ({', '.join(names)}) SELECT {chosen} FROM {one}, {series}",
        "UPDATE messages SET state = 'cancelled', lease_token = NULL, lease_until = NULL WHERE state = 'planned'",
    )
    await box.tidy()


def _id(box: Outbox) -> str:
    return "gen_random_uuid()" if box.db.dialect == "postgresql" else "lower(hex(randomblob(16)))"


async def idle_poll(box: Outbox) -> float:
    """Seconds for a look at an outbox in which nothing is due."""
    post = deliveries()
    begun = time.perf_counter()
    for _ in range(POLLS):
        assert not await send_due(box.db, post, MORNING, site=SITE)
    return (time.perf_counter() - begun) / POLLS
