"""What came of a diagnosis: the referrals that name it, and the seats taken since."""

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from sqlalchemy import select

from booking.domain.bookings import Booking
from booking.domain.referrals import ReferralState
from booking.storage.database import Tx
from booking.storage.shapes import columns, made
from booking.storage.tables import bookings, partners, referrals


@dataclass(frozen=True, slots=True)
class ReferralSeen:
    """A referral as far as a diagnosis shows it."""

    id: UUID
    state: ReferralState
    service: str
    partner_name: str
    created_at: datetime

    @property
    def is_kept(self) -> bool:
        """Whether it was not given up."""
        return self.state is not ReferralState.CANCELLED


async def referrals_of(tx: Tx, diagnosis_id: UUID) -> list[ReferralSeen]:
    """The referrals that were made from it, the first one first."""
    r = referrals.c
    found = (
        select(r.id, r.state, r.service, r.created_at, partners.c.name.label("partner_name"))
        .join(partners, partners.c.id == r.partner_id)
        .where(r.diagnosis_id == diagnosis_id)
    )
    return [made(ReferralSeen, row) for row in await tx.rows(found.order_by(r.created_at, r.id))]


async def places_since(tx: Tx, job_seeker_id: UUID, moment: datetime) -> list[Booking]:
    """The places that this person was given from this moment on, the first one first."""
    theirs = (bookings.c.job_seeker_id == job_seeker_id, bookings.c.created_at >= moment)
    found = select(*columns(Booking, bookings)).where(*theirs).order_by(bookings.c.created_at, bookings.c.id)
    return [made(Booking, row) for row in await tx.rows(found)]
