"""What an adviser follows, as programs read it: bookings with outcome and next step, and who is hard to reach."""

from datetime import datetime
from itertools import chain
from typing import Annotated
from uuid import UUID

import msgspec
from litestar import Controller, get
from litestar.di import NamedDependency
from litestar.params import QueryParameter

from booking.domain.bookings import Party
from booking.domain.errors import NotAllowed, NotFound
from booking.domain.followed_bookings import Standing, Step
from booking.domain.reaching import Remedy, Unreached
from booking.services import followed_bookings, reaching
from booking.services.followed_bookings import FollowedBooking
from booking.services.reaching import HardToReach
from booking.storage.followed_bookings import Asked
from booking.web.api.instants import Instant, asked
from booking.web.api.paging import PAGED, Page
from booking.web.api.refusals import may_refuse
from booking.web.api.requests import Call

By = Annotated[UUID | None, QueryParameter(name="staff_id", description="For managers: an adviser of their agencies.")]
State = Annotated[Standing | None, QueryParameter(name="outcome", description="Only these.")]
Of = Annotated[UUID | None, QueryParameter(name="workshop_id", description="Only this workshop.")]
From = Annotated[Instant | None, QueryParameter(name="from", description="Sessions that begin then or later.")]
Before = Annotated[Instant | None, QueryParameter(name="before", description="Sessions that begin earlier.")]


class FollowedView(msgspec.Struct, kw_only=True):
    """A booking as its adviser follows it: ``came`` to so many of its ``meetings``; ``leads_to`` by id and title.

    ``answer_until`` is until when a seat is offered or held.
    """

    booking_id: UUID
    job_seeker_id: UUID
    session_id: UUID
    workshop_id: UUID
    starts_at: datetime
    outcome: Standing
    came: int
    meetings: int
    answer_until: datetime | None
    cancelled_by: Party | None
    next_step: Step
    leads_to: dict[str, str]

    @classmethod
    def of(cls, one: FollowedBooking) -> "FollowedView":
        """The view of this booking."""
        found, session = one.found, one.listed.session
        return cls(
            booking_id=found.booking.id,
            job_seeker_id=one.person.id,
            session_id=session.id,
            workshop_id=session.workshop_id,
            starts_at=session.starts_at,
            outcome=found.outcome,
            came=found.came,
            meetings=found.meetings,
            answer_until=found.booking.deadline_at,
            cancelled_by=found.booking.cancelled_by,
            next_step=one.step,
            leads_to={str(id): title for id, title in one.leads_to.items()},
        )


class FollowedPage(msgspec.Struct):
    """Some bookings, and where the following ones are."""

    items: list[FollowedView]
    next: str | None


class UnreachedView(msgspec.Struct, kw_only=True):
    """Somebody with a place to come who may hear nothing of it, why, and what would reach her or him, best first."""

    job_seeker_id: UUID
    booking_id: UUID
    session_id: UUID
    starts_at: datetime
    reasons: list[Unreached]
    remedies: list[Remedy]

    @classmethod
    def of(cls, one: HardToReach) -> "UnreachedView":
        """The view of this person."""
        return cls(
            job_seeker_id=one.person.id,
            booking_id=one.booking.id,
            session_id=one.listed.session.id,
            starts_at=one.listed.session.starts_at,
            reasons=sorted(one.reasons),
            remedies=one.remedies,
        )


class UnreachedPage(msgspec.Struct):
    """Some of them, and where the following ones are."""

    items: list[UnreachedView]
    next: str | None


class FollowedBookings(Controller):
    """What advisers follow."""

    path = "/"
    tags = ("followed-bookings",)
    dependencies = PAGED

    @get("/followed-bookings", summary="Bookings that an adviser made", responses=may_refuse(NotFound, NotAllowed))
    async def follow(
        self,
        call: NamedDependency[Call],
        page: NamedDependency[Page],
        staff_id: By = None,
        outcome: State = None,
        workshop_id: Of = None,
        starts_from: From = None,
        starts_before: Before = None,
    ) -> FollowedPage:
        """One's own, who waits for an answer first, then what lies ahead, then what is over."""
        wanted = Asked(
            staff_id=staff_id or call.staff.id,
            outcomes=[outcome] if outcome else None,
            workshop_id=workshop_id,
            starts_from=asked("from", starts_from),
            starts_before=asked("before", starts_before),
            after=page.behind(tuple[int, int, UUID]),
            most=page.most,
        )
        found = await followed_bookings.find(call.db, wanted, by=call.staff, now=call.now)
        shown = found[: page.limit]
        last = [one.found.place for one in shown[-1:]]
        return FollowedPage([FollowedView.of(one) for one in shown], page.following(found, *chain(*last)))

    @get("/unreachable", summary="People who are hard to reach", responses=may_refuse(NotAllowed))
    async def unreachable(self, call: NamedDependency[Call], page: NamedDependency[Page]) -> UnreachedPage:
        """People of one's agencies with a place to come, who is expected first comes first."""
        after = page.behind(tuple[Instant, UUID])
        said = {"by": call.staff, "now": call.now, "site": call.site}
        found = await reaching.find(call.db, after=after, most=page.most, **said)
        shown = found[: page.limit]
        last = [one.place for one in shown[-1:]]
        return UnreachedPage([UnreachedView.of(one) for one in shown], page.following(found, *chain(*last)))
