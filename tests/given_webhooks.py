"""Programs that want to hear what happens in a small world."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from booking.delivery.webhooks import Receivers
from booking.domain.agencies import Agency
from booking.domain.identifiers import new_id
from booking.domain.staff import Role, Staff
from booking.domain.webhooks import CHOICES, Delivery, Endpoint
from booking.services import webhooks
from booking.services.calling import Caller, call_due
from booking.services.telling import tell
from booking.storage import webhook_deliveries
from tests.given import NOW, SITE, World

CALLER = Caller(Receivers(are_local=True, timeout=2), SITE.secret)


@dataclass
class Office:
    """A world with Agnès, who administers the network."""

    world: World
    agnes: Staff

    @classmethod
    async def begin(cls, world: World) -> "Office":
        """The world with her in it."""
        return cls(world, await world.staff(Role.ADMINISTRATOR, None, "Agnès"))

    async def endpoint(self, url: str = "http://127.0.0.1:1/recu", now: datetime = NOW, **known: Any) -> Endpoint:
        """A program that hears everything of the whole network, unless told otherwise."""
        endpoint = an_endpoint(url, self.agnes, **known)
        return await webhooks.add(self.world.db, endpoint, by=self.agnes, now=now, may_be_local=True)

    async def told(self, endpoint: Endpoint) -> list[Delivery]:
        """What a program was told or is to be told, the first first."""
        async with self.world.db.reading() as tx:
            return (await webhook_deliveries.latest(tx, endpoint.id, None, 1000))[::-1]

    async def types(self, endpoint: Endpoint) -> list[str]:
        """The events among it, in their order."""
        return [one.type for one in sorted(await self.told(endpoint), key=lambda one: one.audit_id)]

    async def tell_and_call(self, now: datetime = NOW) -> int:
        """What the clock does: plan what is to be told, and call."""
        await tell(self.world.db, now)
        return await call_due(self.world.db, CALLER, now)


def an_endpoint(
    url: str, by: Staff, agency: Agency | None = None, events: tuple[str, ...] = CHOICES, name: str = "Suivi"
) -> Endpoint:
    """A program, before it is added."""
    where = agency.id if agency else None
    return Endpoint(
        id=new_id(NOW), agency_id=where, name=name, url=url, events=events, created_by=by.id, created_at=NOW
    )
