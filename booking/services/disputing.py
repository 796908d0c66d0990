"""A dispute keeps the data of a person where they are, until somebody says that it is over."""

from datetime import datetime
from uuid import UUID

from booking.domain.disputes import Dispute
from booking.domain.identifiers import new_id
from booking.domain.staff import Right, Staff
from booking.storage import audit, disputes, erasures, job_seekers
from booking.storage.database import Database


async def begin(db: Database, person_id: UUID, because: str, *, by: Staff, now: datetime) -> None:
    """Nothing of this person is erased from now on; a request to erase him is withdrawn.

    While one runs another is not needed. Raises :class:`InvalidField`, :class:`NotFound`, :class:`NotAllowed`.
    """
    dispute = Dispute(
        id=new_id(now), job_seeker_id=person_id, because=because.strip(), since=now, opened_by=by.id
    ).checked()
    async with db.transaction() as tx:
        person = await job_seekers.load(tx, person_id, for_update=True)
        by.must(Right.PLAN, person.agency_id)
        if await disputes.running(tx, person_id):
            return
        await disputes.open_(tx, dispute)
        await erasures.withdraw(tx, person_id)
        await audit.record(tx, by, "dispute-begun", "job_seeker", person_id, now, person.agency_id)


async def end(db: Database, person_id: UUID, *, by: Staff, now: datetime) -> None:
    """It is over: what is old enough goes at the next round. Raises :class:`NotFound`, :class:`NotAllowed`."""
    async with db.transaction() as tx:
        person = await job_seekers.load(tx, person_id)
        by.must(Right.PLAN, person.agency_id)
        if await disputes.close(tx, person_id, by.id, now):
            await audit.record(tx, by, "dispute-ended", "job_seeker", person_id, now, person.agency_id)
