"""An outbox to be measured: a town in which everybody has a seat a week from now, and a reminder due this morning."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import timedelta

from sqlalchemy import func, select, text

from booking.services.reconciling import reconcile
from booking.storage.database import Database
from booking.storage.tables import messages
from tests.given import DAY, NOW, World, in_days
from tests.given_crowds import a_crowd, by_mail, seated

MORNING = in_days(7, hour=0.1)
SEATS = 100
# Half a minute apart, so that all first reminders are due this morning and no session is another one.
STARTS = timedelta(seconds=0.5)
FREED = "lease_token = NULL, lease_until = NULL, settled_at = NULL, channel = NULL, reason = NULL, attempts = 0"


@dataclass(frozen=True)
class Outbox:
    """A filled database, and the processes of its server (none for SQLite)."""

    kind: str
    url: str
    db: Database
    world: World
    pids: Callable[[], list[int]]

    async def say(self, *commands: str) -> None:
        """In one transaction."""
        async with self.db.transaction() as tx:
            for command in commands:
                await tx.run(text(command))

    async def count(self, state: str) -> int:
        """How many messages stand so."""
        async with self.db.reading() as tx:
            return int(await tx.value(text(f"SELECT count(*) FROM messages WHERE state = '{state}'")))

    async def due(self) -> int:
        """How many are due this morning."""
        async with self.db.reading() as tx:
            due = select(func.count()).where(messages.c.state == "planned", messages.c.due_at <= MORNING)
            return int(await tx.value(due))

    async def as_planned(self) -> None:
        """As if nothing had been sent, and as the server would find it after a while."""
        tables = ("sent_texts", "message_attempts")
        gone = [f"DELETE FROM {table}" for table in tables if await self._has(table)]
        await self.say(*gone, f"UPDATE messages SET state = 'planned', {FREED} WHERE state <> 'planned'")
        await self.tidy()

    async def tidy(self) -> None:
        """Dead rows away, statistics anew."""
        if self.db.dialect == "postgresql":
            async with self.db.reading() as tx:
                await tx.run(text("VACUUM ANALYZE"))
        else:
            await self.say("ANALYZE")

    async def _has(self, table: str) -> bool:
        async with self.db.reading() as tx:
            catalogue = {
                "sqlite": "SELECT count(*) FROM sqlite_master WHERE name = :name",
                "postgresql": "SELECT count(*) FROM pg_class WHERE relname = :name",
            }
            return bool(await tx.value(text(catalogue[self.db.dialect]), {"name": table}))


async def filled(world: World, people: int) -> None:
    """So many seats, and nothing planned."""
    starts = [in_days(14) - n * STARTS for n in range(max(people // SEATS, 1))]
    await seated(world.db, a_crowd(world, people, starts, NOW - DAY, by_mail))


async def planned(world: World) -> None:
    """What the reconciler makes of it."""
    await reconcile(world.db, NOW)
