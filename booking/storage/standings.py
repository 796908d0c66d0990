"""How much waits or failed, counted for who watches over an installation; each is one look at the whole table."""

from datetime import datetime

from sqlalchemy import func, select

from booking.domain.invitations import InvitationState
from booking.domain.job_seekers import Channel
from booking.domain.messages import MessageState
from booking.domain.webhooks import DeliveryState
from booking.storage.database import Tx
from booking.storage.tables import (
    agencies,
    external_calendars,
    invitations,
    messages,
    webhook_deliveries,
    webhook_endpoints,
)


async def of_messages(tx: Tx) -> list[tuple[MessageState, Channel | None, int]]:
    """How many messages stand in each state, by the channel they took."""
    each = (messages.c.state, messages.c.channel)
    found = select(*each, func.count().label("number")).group_by(*each).order_by(*each)
    return [(row.state, row.channel, row.number) for row in await tx.rows(found)]


async def invitations_waiting(tx: Tx, now: datetime) -> int:
    """Entries for the calendars of staff that are still to leave."""
    c = invitations.c
    leaving = c.state.in_([InvitationState.PLANNED, InvitationState.SENDING])
    return int(await tx.value(select(func.count()).where(leaving, c.ends_at > now)))


async def webhooks_waiting(tx: Tx) -> int:
    """What programs are still to be told."""
    waiting = webhook_deliveries.c.state.in_([DeliveryState.PLANNED, DeliveryState.SENDING])
    return int(await tx.value(select(func.count()).where(waiting)))


async def webhooks_failing(tx: Tx) -> list[tuple[str, datetime]]:
    """The programs that do not answer, by name, and since when."""
    c = webhook_endpoints.c
    found = select(c.name, c.failing_since).where(c.disabled_at.is_(None), c.failing_since.is_not(None))
    return [(row.name, row.failing_since) for row in await tx.rows(found.order_by(c.name, c.id))]


async def calendars_failing(tx: Tx) -> list[tuple[str, int]]:
    """The calendars elsewhere that could not be read when they were last tried, by name, and how often in a row."""
    c = external_calendars.c
    found = select(c.name, c.failures).where(c.failures > 0, c.next_at.is_not(None))
    return [(row.name, row.failures) for row in await tx.rows(found.order_by(c.name, c.id))]


async def usual_zone(tx: Tx) -> str | None:
    """The time zone of most agencies; None where there are none."""
    zone = agencies.c.time_zone
    found = select(zone).group_by(zone).order_by(func.count().desc(), zone)
    return await tx.value(found.limit(1))  # type: ignore[no-any-return]
