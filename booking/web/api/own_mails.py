"""Which mails somebody gets about his work, and where."""

import msgspec
from litestar import Controller, get, put
from litestar.di import NamedDependency
from litestar.params import JSONBody

from booking.domain.errors import InvalidField
from booking.domain.staff_messages import StaffMessageKind
from booking.services import own_mails
from booking.services.own_mails import OwnMails
from booking.web.api.refusals import may_refuse
from booking.web.api.requests import Call


class MailsBody(msgspec.Struct, forbid_unknown_fields=True):
    """The mails that somebody wants; without an address nothing can be sent."""

    wanted: list[StaffMessageKind]
    email: str | None = None


class MailsView(msgspec.Struct):
    """The mails there are for somebody's roles, and those of them that he wants."""

    kinds: list[StaffMessageKind]
    wanted: list[StaffMessageKind]
    email: str | None

    @classmethod
    def of(cls, own: OwnMails) -> "MailsView":
        """The view of this choice."""
        return cls(list(own.kinds), [kind for kind in own.kinds if kind not in own.unwanted], own.email)


class OwnMailChoice(Controller):
    """One's own choice; nobody chooses for another."""

    path = "/me/mails"
    tags = ("me",)

    @get("/", summary="Which mails one gets about one's work", responses=may_refuse())
    async def show(self, call: NamedDependency[Call]) -> MailsView:
        """The choice of whose token this is."""
        return MailsView.of(await own_mails.chosen(call.db, by=call.staff))

    @put("/", summary="Choose the mails about one's work", responses=may_refuse(InvalidField, reads_body=True))
    async def choose(self, data: JSONBody[MailsBody], call: NamedDependency[Call]) -> MailsView:
        """What is not among the mails for one's roles changes nothing. The address is that of the invitations, too."""
        return MailsView.of(await own_mails.choose(call.db, data.email or "", data.wanted, by=call.staff, now=call.now))
