"""Whether the meetings that one leads are sent to one's own calendar."""

import msgspec
from litestar import Controller, get, put
from litestar.di import NamedDependency
from litestar.params import JSONBody

from booking.domain.errors import InvalidField
from booking.services import own_invitations
from booking.services.own_invitations import Own
from booking.web.api.refusals import may_refuse
from booking.web.api.requests import Call


class InvitingBody(msgspec.Struct, forbid_unknown_fields=True):
    """What somebody chooses for himself; without an address nothing can be sent."""

    takes_invitations: bool
    email: str | None = None


class InvitingView(msgspec.Struct):
    """What somebody chose, and how many of his meetings to come could not be sent."""

    takes_invitations: bool
    email: str | None
    failed: int

    @classmethod
    def of(cls, own: Own) -> "InvitingView":
        """The view of this choice."""
        return cls(own.choice.takes_invitations, own.choice.email, own.failed)


class OwnInvitations(Controller):
    """One's own choice; nobody chooses for another."""

    path = "/me/invitations"
    tags = ("me",)

    @get("/", summary="Whether the meetings one leads are sent to one's own calendar", responses=may_refuse())
    async def show(self, call: NamedDependency[Call]) -> InvitingView:
        """The choice of whose token this is."""
        return InvitingView.of(await own_invitations.show(call.db, by=call.staff, now=call.now))

    @put(
        "/",
        summary="Have the meetings one leads sent to one's own calendar, or not",
        responses=may_refuse(InvalidField, reads_body=True),
    )
    async def choose(self, data: JSONBody[InvitingBody], call: NamedDependency[Call]) -> InvitingView:
        """Those to come are sent within minutes and follow every change. What a calendar holds stays when this ends."""
        said = (data.email or "", data.takes_invitations)
        return InvitingView.of(await own_invitations.choose(call.db, *said, by=call.staff, now=call.now))
