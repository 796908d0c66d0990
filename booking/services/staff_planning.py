"""Which mails to staff are due by the clock of each place: planned by the same rule again and again, each once."""

from datetime import datetime, timedelta
from uuid import UUID

from booking.domain.staff_hours import Slot, slots
from booking.domain.staff_messages import StaffMessageKind, to_staff
from booking.domain.windows import DAY, Place
from booking.storage import staff_messages
from booking.storage.database import Database, Tx, again_when_contended
from calendars.zones import midnight

# What had nothing to say is forgotten; it only kept the same from being asked twice.
SILENT_FOR = timedelta(days=3)


async def plan_due(db: Database, now: datetime) -> int:
    """Plan what is due in any place at this moment, and end what came too late. Returns how many were touched."""
    async with db.reading() as tx:
        found = [(clock, slot) for clock in await staff_messages.clocks(tx) for slot in slots(Place(*clock), now)]
    planned = sum([await _plan(db, clock, slot, now) for clock, slot in found])
    return planned + await _sweep(db, now)


@again_when_contended
async def _plan(db: Database, clock: tuple[str, str], slot: Slot, now: datetime) -> int:
    async with db.reading() as tx:
        people = await _whom(tx, clock, slot, now)
    if not people:
        return 0
    planned = [
        to_staff(slot.kind, agency, staff, slot.about_on, now, slot.not_after, now, is_second=slot.is_second)
        for staff, agency in people
    ]
    async with db.transaction() as tx:
        await staff_messages.plan(tx, planned)
    return len(planned)


async def _whom(tx: Tx, clock: tuple[str, str], slot: Slot, now: datetime) -> list[tuple[UUID, UUID]]:
    """Whom such a mail is for, and where."""
    if slot.kind is not StaffMessageKind.ROSTER:
        return await staff_messages.by_role(tx, slot.kind, clock, slot.about_on, now)
    zone, _ = clock
    begins, ends = midnight(slot.about_on, zone), midnight(slot.about_on + DAY, zone)
    lead = await staff_messages.who_lead(tx, clock, slot.about_on, begins, ends, is_second=slot.is_second)
    gone = await staff_messages.told_only(tx, clock, slot.about_on) if slot.is_second else []
    return list((dict(gone) | dict(lead)).items())


@again_when_contended
async def _sweep(db: Database, now: datetime) -> int:
    async with db.transaction() as tx:
        late = await staff_messages.expire(tx, now)
        return late + await staff_messages.forget_silent(tx, (now - SILENT_FOR).date())
