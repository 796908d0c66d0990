"""Send until nothing is due: what the sender of a server does each time it wakes, and an operator without one."""

from collections.abc import Callable
from datetime import datetime

from booking.delivery.deliveries import Deliveries
from booking.domain.sites import Site
from booking.domain.turns import Turns
from booking.services import inviting_by_mail, mailing_partners, mailing_staff, sending
from booking.storage.database import Database


def unheard(_: int) -> None:
    """Where nobody wants to know how far it is."""


async def drain(
    db: Database,
    deliveries: Deliveries,
    now: datetime,
    *,
    site: Site,
    is_over: Callable[[], bool],
    told: Callable[[int], None] = unheard,
) -> int:
    """Look at group after group until nothing is due or it is over; returns how many messages were looked at.

    What has begun to leave is settled before it ends. ``told`` hears the sum so far after each group.
    """
    met, turns = 0, Turns()
    while not is_over() and (group := await _group(db, deliveries, now, site, turns)):
        met += group
        told(met)
        now = await db.now()
    return met


async def _group(db: Database, deliveries: Deliveries, now: datetime, site: Site, turns: Turns) -> int:
    """What is said to people, then what leaves for the calendars of staff, then their mails, then those to partners."""
    said = await sending.send_due(db, deliveries, now, site=site, turns=turns)
    said += await inviting_by_mail.send_due(db, deliveries, now, site=site)
    said += await mailing_staff.send_due(db, deliveries, now, site=site)
    return said + await mailing_partners.send_due(db, deliveries, now, site=site)
