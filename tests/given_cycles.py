"""Cycles of four meetings, every other day, and what is marked in them."""

from dataclasses import replace
from datetime import datetime
from uuid import UUID

from booking.domain.attendance import Mark
from booking.domain.bookings import Booking
from booking.domain.sessions import Session
from booking.services import attendance, catalogues, scheduling
from booking.storage import bookings
from tests.given import SITE, World, in_days, meeting

DAYS = (1, 3, 5, 7)


async def workshop_with(world: World, **terms: object) -> None:
    """The workshop of the world on other terms."""
    changed = replace(await catalogues.show(world.db, world.workshop.id), **terms)
    await scheduling.change_workshop(world.db, changed, by=world.manager, site=SITE, now=in_days(0))


async def a_cycle(world: World, *, days: tuple[float, ...] = DAYS, **known: object) -> Session:
    """A cycle with a meeting on each of these days."""
    return await world.session(*(meeting(in_days(day)) for day in days), **known)


async def mark(
    world: World, session: Session, n: int, booking: Booking, what: Mark, at: datetime | None = None
) -> None:
    """Mark somebody at the nth meeting, an hour after it began or later."""
    place = session.meetings[n - 1]
    when = at or place.starts_at.replace(hour=place.starts_at.hour + 1)
    await attendance.mark(world.db, place.id, booking.id, what, by=world.facilitator, now=when)


async def expected(world: World, session: Session, n: int) -> list[UUID]:
    """Who is expected at the nth meeting, by booking."""
    roster = await attendance.roster(world.db, session.meetings[n - 1].id, by=world.facilitator)
    return [line.booking.id for line in roster.lines]


async def as_it_is(world: World, booking: Booking) -> Booking:
    """The booking as it stands now."""
    async with world.db.reading() as tx:
        return await bookings.load(tx, booking.id)
