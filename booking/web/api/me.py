"""Whose token this is."""

from uuid import UUID

import msgspec
from litestar import Controller, get
from litestar.di import NamedDependency

from booking.domain.staff import Role, Staff
from booking.web.api.refusals import may_refuse
from booking.web.api.requests import Call


class RoleView(msgspec.Struct):
    """A role held in one agency, or in the whole network when ``agency_id`` is null."""

    agency_id: UUID | None
    role: Role


class Me(msgspec.Struct):
    """A member of staff as known to the product."""

    id: UUID
    name: str
    sign_in_name: str
    roles: list[RoleView]

    @classmethod
    def of(cls, staff: Staff) -> "Me":
        """The view of this member of staff, roles in a stable order."""
        roles = [RoleView(agency, role) for agency, role in sorted(staff.roles, key=str)]
        return cls(staff.id, staff.name, staff.sign_in_name, roles)


class MyAccount(Controller):
    """Whose token this is."""

    path = "/me"
    tags = ("me",)

    @get("/", summary="Whose token this is, and the roles it carries", responses=may_refuse())
    async def show(self, call: NamedDependency[Call]) -> Me:
        """The member of staff behind the token."""
        return Me.of(call.staff)
