"""What is looked at every few seconds is what waits, and never all that was ever said."""

import pytest
from sqlalchemy import text

from booking.storage import outbox
from tests.given import NOW, World
from tests.storage.test_finding import plan

SWEEPS = (outbox.expire, outbox.coalesce, outbox.withdraw_stale_reminders, outbox.free_abandoned)


class Listening:
    """Takes statements and does nothing."""

    def __init__(self) -> None:
        self.statements: list = []

    async def run(self, statement) -> int:
        self.statements.append(statement)
        return 0


@pytest.mark.parametrize("sweep", SWEEPS)
async def test_a_sweep_reads_only_what_waits(world: World, sweep) -> None:
    heard = Listening()
    await sweep(heard, NOW)

    async with world.db.transaction() as tx:
        if tx.dialect == "postgresql":
            # Of an empty table it would read all, index or not.
            await tx.run(text("SET LOCAL enable_seqscan = off"))
        plans = [await plan(tx, statement) for statement in heard.statements]

    assert plans and all("ix_messages_" in said for said in plans)
    assert not any("SCAN messages'" in said or "Seq Scan on messages " in said for said in plans)
