"""Trainings of staff as programs read them."""

from datetime import datetime
from uuid import UUID

import msgspec

from booking.domain.bookings import BookingState
from booking.domain.staff import Role
from booking.domain.trainings import Attended, Standing, Trained
from booking.services.team_trainings import Member
from booking.services.trainings import Own
from booking.web.api.booking_views import IfFull


class TrainingBody(msgspec.Struct, forbid_unknown_fields=True):
    """Who is to have a seat: somebody of one's team, or oneself where nobody is named."""

    staff_id: UUID | None = None
    if_full: IfFull = IfFull.REFUSE


class OfferedView(msgspec.Struct, kw_only=True):
    """A training that may be booked, with one's own place in it if there is one."""

    session_id: UUID
    workshop_id: UUID
    title: str
    agency_id: UUID
    agency: str
    starts_at: datetime
    ends_at: datetime
    free: int
    waiting: int
    booking_id: UUID | None
    state: BookingState | None


class PlaceView(msgspec.Struct, kw_only=True):
    """A place of one's own; ``came`` to so many of its ``meetings``."""

    booking_id: UUID
    session_id: UUID
    workshop_id: UUID
    title: str
    agency: str
    state: BookingState
    starts_at: datetime
    ends_at: datetime
    meetings: int
    came: int
    is_done: bool

    @classmethod
    def of(cls, place: Attended) -> "PlaceView":
        """The view of this place."""
        named = {"title": place.workshop_title, "agency": place.agency_name, "is_done": place.is_done}
        return cls(**{name: named.get(name, getattr(place, name, None)) for name in cls.__struct_fields__})


class OwnTrainings(msgspec.Struct):
    """What is offered where one works, and one's places: those ahead, then those done, the latest first."""

    offered: list[OfferedView]
    places: list[PlaceView]

    @classmethod
    def of(cls, own: Own) -> "OwnTrainings":
        """The view of these."""
        offered = [
            OfferedView(
                session_id=one.listed.session.id,
                workshop_id=one.listed.session.workshop_id,
                title=one.listed.workshop_title,
                agency_id=one.listed.session.agency_id,
                agency=one.listed.agency_name,
                starts_at=one.listed.session.starts_at,
                ends_at=one.listed.session.ends_at,
                free=one.listed.session.free,
                waiting=one.listed.session.waiting,
                booking_id=one.mine.booking_id if one.mine else None,
                state=one.mine.state if one.mine else None,
            )
            for one in own.offered
        ]
        return cls(offered, [PlaceView.of(one) for one in (*own.ahead, *(done.place for done in own.done))])


class TrainedView(msgspec.Struct, kw_only=True):
    """How somebody stands with one training; ``until_at`` is until when it counts, ``free`` that nobody asks it."""

    workshop_id: UUID
    is_required: bool
    standing: Standing
    booking_id: UUID | None
    until_at: datetime | None


class TeamMemberView(msgspec.Struct):
    """A colleague, and how he stands with each training."""

    staff_id: UUID
    name: str
    roles: list[Role]
    trainings: list[TrainedView]

    @classmethod
    def of(cls, member: Member) -> "TeamMemberView":
        """The view of this colleague."""
        who = member.colleague
        stands = [_stands(id, member, trained) for id, trained in member.stands.items()]
        return cls(who.id, who.name, sorted(who.roles), stands)


def _stands(workshop_id: UUID, member: Member, trained: Trained) -> TrainedView:
    return TrainedView(
        workshop_id=workshop_id,
        is_required=workshop_id in member.required,
        standing=trained.standing,
        booking_id=trained.place.booking_id if trained.place else None,
        until_at=trained.until_at,
    )
