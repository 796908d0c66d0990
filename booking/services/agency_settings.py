"""An agency settles how it is found, how long it holds a seat, and what becomes of a freed one."""

from datetime import datetime
from uuid import UUID

from booking.domain.agencies import Agency
from booking.domain.agency_settings import AgencySettings
from booking.domain.changes import changes
from booking.domain.staff import Right, Staff
from booking.storage import agencies, audit
from booking.storage.database import Database


async def show(db: Database, agency_id: UUID, *, by: Staff) -> Agency:
    """An agency, for who plans there. Raises :class:`NotFound`, :class:`NotAllowed`."""
    by.must(Right.PLAN, agency_id)
    async with db.reading() as tx:
        return await agencies.load(tx, agency_id)


async def change(db: Database, agency_id: UUID, settings: AgencySettings, *, by: Staff, now: datetime) -> Agency:
    """Settle it anew; what was offered or held before stays as it was said.

    Raises :class:`InvalidField`, :class:`NotFound`, :class:`NotAllowed`.
    """
    by.must(Right.PLAN, agency_id)
    checked = settings.checked()
    async with db.transaction() as tx:
        before = await agencies.load(tx, agency_id)
        await agencies.settle(tx, agency_id, checked)
        after = await agencies.load(tx, agency_id)
        await audit.record(tx, by, "changed", "agency", agency_id, now, agency_id, changes=changes(before, after))
        return after
