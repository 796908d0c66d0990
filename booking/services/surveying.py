"""How the whole installation stands at one moment, for whoever watches over it: cheap enough to be asked every few
seconds, and without anything about people.
"""

import asyncio
from collections import Counter
from dataclasses import dataclass
from datetime import datetime

from booking.domain.job_seekers import Channel
from booking.services import providers, ticking
from booking.services.providers import Provider
from booking.services.ticking import Health
from booking.storage import (
    invitations,
    outbox,
    partner_messages,
    seals,
    staff_messages,
    surveys,
    webhook_deliveries,
)
from booking.storage.database import Database, Tx

# Told from the start: a rate needs a zero before the first one.
USUAL = (
    *(("booking", each) for each in ("booked", "waitlisted", "cancelled", "promoted", "offered", "lapsed", "moved")),
    *(("sign_in", each) for each in ("signed-in", "refused")),
)
Deed = tuple[str, str]


@dataclass(frozen=True, slots=True, kw_only=True)
class Survey:
    """``deeds`` were done since this process was first asked; ``oldest`` is since when each queue waits.

    ``load`` is connections in use and who waits for one; ``head`` the number of the last seal.
    """

    deeds: dict[Deed, int]
    oldest: dict[str, datetime | None]
    due: int
    dead: int
    due_to_programs: int
    to_do: dict[Channel | None, int]
    health: Health
    providers: list[Provider]
    head: int
    load: tuple[int, int] | None


class Surveyor:
    """Follows the sealed audit from one survey to the next, so that each deed of any process is counted once."""

    def __init__(self) -> None:
        self._deeds: Counter[Deed] = Counter(dict.fromkeys(USUAL, 0))
        self._line: int | None = None
        self._turn = asyncio.Lock()

    async def look(self, db: Database, now: datetime) -> Survey:
        """Everything at this moment; raises :class:`Unavailable`."""
        load = surveys.load(db)
        health = await ticking.health(db, now)
        async with self._turn, db.reading() as tx:
            head = await self._follow(tx)
            return Survey(
                deeds=dict(self._deeds),
                oldest=await _oldest(tx, now),
                due=await surveys.due(tx, now),
                dead=await surveys.dead(tx),
                due_to_programs=await webhook_deliveries.due(tx, now, surveys.MOST),
                to_do=await surveys.to_do(tx),
                health=health,
                providers=await providers.found(tx, now),
                head=head,
                load=load,
            )

    async def _follow(self, tx: Tx) -> int:
        """Only what is sealed: a line under way could otherwise come after one that was counted."""
        head, line = await seals.head(tx)
        if self._line is not None and line > self._line:
            for noun, action, number in await surveys.deeds(tx, self._line, line):
                self._deeds[noun, action] += number
        self._line = line
        return head.n


async def _oldest(tx: Tx, now: datetime) -> dict[str, datetime | None]:
    queues = {"invitations": invitations, "staff": staff_messages, "partners": partner_messages}
    queues |= {"webhooks": webhook_deliveries}
    found = {name: await one.due_since(tx, now) for name, one in queues.items()}
    return {"people": await outbox.oldest_overdue(tx), **found}
