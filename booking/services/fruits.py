"""What came of a diagnosis, suggestion by suggestion: seats and referrals."""

from collections.abc import Sequence
from dataclasses import dataclass
from uuid import UUID

from booking.domain.bookings import Booking
from booking.domain.diagnoses import Choice, Diagnosis
from booking.domain.staff import Right, Staff
from booking.domain.suggestions import Kind, Suggestion, fitting
from booking.domain.workshops import Workshop
from booking.storage import diagnosis_fruits, listings, workshops
from booking.storage.database import Database
from booking.storage.diagnosis_fruits import ReferralSeen
from booking.storage.listings import Listed


@dataclass(frozen=True, slots=True)
class Place:
    """A booking with the session it is for."""

    booking: Booking
    listed: Listed


@dataclass(frozen=True, slots=True)
class Fruits:
    """What came of one suggestion."""

    places: Sequence[Place] = ()
    referrals: Sequence[ReferralSeen] = ()

    def __bool__(self) -> bool:
        """Whether anything did that still stands."""
        return any(one.booking.is_active for one in self.places) or any(one.is_kept for one in self.referrals)


@dataclass(frozen=True, slots=True)
class Harvest:
    """All that came of a diagnosis, and the catalogue by which it is told apart."""

    places: Sequence[Place]
    referrals: Sequence[ReferralSeen]
    catalogue: Sequence[Workshop]

    def of(self, wanted: Suggestion, choice: Choice | None) -> Fruits:
        """What belongs to this suggestion: the seat that was booked by it, or one of a workshop that it means."""
        if wanted.kind is Kind.WORKSHOP:
            meant = {one.id for one in fitting(wanted, self.catalogue)}
            booked = choice.booking_id if choice else None
            return Fruits(places=[one for one in self.places if _belongs(one, meant, booked)])
        return Fruits(referrals=[one for one in self.referrals if one.service == wanted.what])


async def of(db: Database, diagnosis: Diagnosis, *, by: Staff) -> Harvest:
    """The places given since, and the referrals that name it. Raises :class:`NotFound`, :class:`NotAllowed`."""
    by.must(Right.SEE_PEOPLE, diagnosis.agency_id)
    async with db.reading() as tx:
        booked = await diagnosis_fruits.places_since(tx, diagnosis.job_seeker_id, diagnosis.answered_at)
        listed = await listings.some(tx, {one.session_id for one in booked}) if booked else {}
        referrals = await diagnosis_fruits.referrals_of(tx, diagnosis.id)
        catalogue = await workshops.every(tx, with_archived=True)
    return Harvest([Place(one, listed[one.session_id]) for one in booked], referrals, catalogue)


def _belongs(place: Place, meant: set[UUID], booked: UUID | None) -> bool:
    return place.booking.id == booked or place.listed.session.workshop_id in meant
