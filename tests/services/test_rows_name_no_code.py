"""What is planned names nothing of the program: a function or a module may be renamed while messages wait."""

import re

from sqlalchemy import select

from booking.delivery.deliveries import Deliveries
from booking.delivery.letters import TemporaryFailure
from booking.domain.bookings import Party
from booking.domain.job_seekers import Channel
from booking.services import bookings, ticking
from booking.services.sending import send_due
from booking.services.sweeping import sweep
from booking.storage.tables import job_ticks, message_attempts, messages
from tests.given import NOW, SITE, World, in_days
from tests.outside import Provider

DOTTED = re.compile(r"\b(booking|calendars|tests|builtins)\.[a-z_]+|\b[a-z_]+\.[a-z_]+:[a-z_]+|<function|<class")


async def a_rich_outbox(world: World) -> None:
    """Planned, sent, failed, cancelled, and done by the clock."""
    session = await world.session()
    seats = [await world.booked(session, await world.job_seeker(email=f"p{n}@example.org")) for n in range(3)]
    await bookings.cancel(world.db, seats[0].id, party=Party.PERSON, by=world.adviser, now=NOW)
    failing = Provider(Channel.EMAIL, failures=[TemporaryFailure("busy"), KeyError("a bug")])
    await send_due(world.db, Deliveries(failing), in_days(7), site=SITE)
    await ticking.record(world.db, "sweep", sweep)


async def test_no_row_names_a_function_or_a_module(world: World) -> None:
    await a_rich_outbox(world)

    async with world.db.reading() as tx:
        rows = [tuple(row) for table in (messages, message_attempts, job_ticks) for row in await tx.rows(select(table))]

    assert len(rows) > 10
    assert not [row for row in rows if DOTTED.search(repr([v for v in row if isinstance(v, str | dict | bytes)]))]
