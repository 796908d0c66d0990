"""Who may give somebody a place: an adviser a job seeker, a manager the people of his team, everybody himself."""

from collections.abc import Collection
from datetime import datetime
from uuid import UUID

from booking.domain.errors import NotAllowed, NotFound, OtherAudience, StaffElsewhere
from booking.domain.staff import Right, Staff
from booking.storage import attendees
from booking.storage.database import Tx
from booking.storage.placements import Placement


async def must_place(tx: Tx, by: Staff, placement: Placement, now: datetime) -> None:
    """Do nothing, or raise: :class:`NotFound`, also for a training out of reach, :class:`NotAllowed`,
    :class:`OtherAudience`.
    """
    if placement.staff_id is None:
        by.must(Right.BOOK, placement.job_seeker_agency_id)
    else:
        await must_answer_for(tx, by, placement.staff_id, now)
    if placement.is_training is (placement.staff_id is None):
        raise OtherAudience(session_id=placement.session.id)
    if placement.staff_id is not None:
        works_at = await attendees.works_at(tx, placement.staff_id, now)
        if not is_near(placement.session.agency_id, works_at, by):
            raise NotFound(session_id=placement.session.id)


def is_near(agency_id: UUID, works_at: Collection[UUID | None], by: Staff) -> bool:
    """Whether a training there is within reach of who attends, or of who books."""
    return by.belongs_to(agency_id) or agency_id in works_at or None in works_at


async def must_change(tx: Tx, by: Staff, job_seeker_id: UUID, agency_id: UUID, now: datetime) -> None:
    """The same for a place that somebody has. Raises :class:`NotFound`, :class:`NotAllowed`."""
    staff_id = await attendees.staff_of(tx, job_seeker_id)
    if staff_id is None:
        by.must(Right.BOOK, agency_id)
    else:
        await must_answer_for(tx, by, staff_id, now, agency_id)


async def must_answer_for(tx: Tx, by: Staff, staff_id: UUID, now: datetime, *agency_ids: UUID) -> None:
    """Do nothing for oneself and for who gives and ends roles where this colleague works, or had a place.

    Raises :class:`NotFound` for who works in none of one's agencies, :class:`NotAllowed`.
    """
    if staff_id == by.id:
        return
    where = {*await attendees.works_at(tx, staff_id, now), *agency_ids}
    # A role for the whole network is given by who has one.
    if any(by.may(Right.TEAM, agency_id or UUID(int=0)) for agency_id in where):
        return
    if not by.is_network_wide and not where & by.agency_ids:
        raise NotFound(staff_id=staff_id)
    raise NotAllowed(right=Right.TEAM)


async def must_not_lead_meanwhile(tx: Tx, session_id: UUID, job_seeker_id: UUID, now: datetime) -> None:
    """Do nothing, or raise :class:`StaffElsewhere` for a member of staff who leads or helps at that time."""
    led = await attendees.led_meanwhile(tx, session_id, job_seeker_id, now)
    if led:
        raise StaffElsewhere(session_id=session_id, other_session_id=led)
