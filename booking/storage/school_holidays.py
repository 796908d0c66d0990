"""The school calendar: which days are holidays in which zone."""

from collections.abc import Collection, Sequence

from sqlalchemy import delete, insert, select

from booking.domain.rooms import SchoolHoliday
from booking.storage.database import Tx
from booking.storage.shapes import columns, made, values
from booking.storage.tables import school_holidays

_HOLIDAY = columns(SchoolHoliday, school_holidays)


async def every(tx: Tx, zones: Collection[str] | None = None) -> list[SchoolHoliday]:
    """All that is known of these zones, or of every one: by zone, then by first day."""
    t = school_holidays.c
    where = [] if zones is None else [t.zone.in_(zones)]
    found = select(*_HOLIDAY).where(*where).order_by(t.zone, t.first_on)
    return [made(SchoolHoliday, row) for row in await tx.rows(found)]


async def replace(tx: Tx, gone: Collection[SchoolHoliday], new: Sequence[SchoolHoliday]) -> None:
    """Forget some and write others in their place."""
    t = school_holidays.c
    for one in gone:
        await tx.run(delete(school_holidays).where(t.zone == one.zone, t.first_on == one.first_on))
    if new:
        await tx.run(insert(school_holidays), [values(one, school_holidays) for one in new])
