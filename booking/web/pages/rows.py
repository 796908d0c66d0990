"""A session as a choice for one person: how far, since when his own, what it clashes with, why recommended."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from booking.domain.bookings import Booking
from booking.domain.sessions import Meeting, Session
from booking.services.contingents import Kept
from booking.storage.listings import BookingListed, Listed
from calendars.zones import wall

NEXT_DOOR_KM = 5


@dataclass(slots=True, kw_only=True)
class Row:
    """``clash`` is the place of the person at the same time; ``joined`` the meeting from which one still may come.

    ``already`` is his seat in another session of the same workshop. ``is_lacking``: it asks for what he has not.
    ``reasons`` say why it suits him, ``is_best`` that nothing suits him better.
    """

    listed: Listed
    now: datetime
    km: float = 0.0
    is_own_agency: bool = False
    is_step_free: bool = False
    has_loop: bool = False
    mine: Booking | None = None
    clash: BookingListed | None = None
    is_best: bool = False
    reasons: Sequence[str] = ()
    kept: Sequence[Kept] = ()
    own_kept: int = 0
    is_lacking: bool = False
    already: BookingListed | None = None

    @property
    def session(self) -> Session:
        """What one would book."""
        return self.listed.session

    @property
    def free(self) -> int:
        """How many seats a person of the own agency can have: those for all, and those kept for the agency."""
        return self.session.free + self.own_kept

    @property
    def is_near(self) -> bool:
        """Whether it is no journey."""
        return self.is_own_agency or self.km < NEXT_DOOR_KM

    @property
    def joined(self) -> Meeting:
        """The first meeting one would still come to."""
        ahead = (meeting for meeting in self.session.meetings if meeting.starts_at > self.now)
        return next(ahead, self.session.meetings[-1])

    @property
    def day(self) -> date:
        """The day of the first meeting one would come to, there."""
        return wall(self.joined.starts_at, self.listed.time_zone).date()

    @property
    def order(self) -> tuple[date, datetime, UUID]:
        """By day as it is shown, then by time."""
        return self.day, self.joined.starts_at, self.session.id


def clash_of(session: Session, places: Collection[BookingListed], now: datetime) -> BookingListed | None:
    """The place of a person that keeps him from a meeting of this session; a place on a waitlist keeps nobody."""
    ahead = [meeting for meeting in session.meetings if meeting.starts_at > now]
    for place in places:
        if place.booking.state.has_seat and place.session.id != session.id:
            taken = _attended(place)
            if any(meeting.overlaps(other) for meeting in ahead for other in taken):
                return place
    return None


def already_in(session: Session, places: Collection[BookingListed], now: datetime) -> BookingListed | None:
    """The seat that a person has in another session of the same workshop: hardly anybody wants two at a time."""
    same = (p for p in places if p.session.workshop_id == session.workshop_id and p.session.id != session.id)
    ahead = (place for place in same if place.session.is_to_come(now) and not place.booking.makes_up_id)
    return next((place for place in ahead if place.booking.state.has_seat), None)


def _attended(place: BookingListed) -> Sequence[Meeting]:
    only = place.booking.only_meeting_id
    return [meeting for meeting in place.session.meetings if only in (None, meeting.id)]
