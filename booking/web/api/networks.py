"""The network as a whole, as programs read it."""

from datetime import date
from typing import Annotated
from uuid import UUID

import msgspec
from litestar import Controller, get
from litestar.di import NamedDependency
from litestar.params import QueryParameter

from booking.domain.agencies import Phase
from booking.domain.errors import NotAllowed
from booking.domain.openings import Item
from booking.services import networks
from booking.services.networks import Branch, Wanted
from booking.web.api.refusals import may_refuse
from booking.web.api.requests import Call

Said = Annotated[str, QueryParameter(name="q", description="Words of the name, commune, post code or code.")]
InPhase = Annotated[Phase | None, QueryParameter(name="phase", description="Only agencies of this phase.")]
Hosting = Annotated[bool | None, QueryParameter(name="hosts", description="Only those that host, or that do not.")]
Department = Annotated[str, QueryParameter(name="department", description="Only those of this department.")]


class BranchView(msgspec.Struct):
    """An agency of the network: what lies ahead there, and how far its opening is; ``opens_on`` the day of a planned
    change, ``missing`` the points still to be done."""

    id: UUID
    slug: str
    name: str
    code: str | None
    department: str
    commune: str
    phase: Phase
    hosts: bool
    due_on: date | None
    latitude: float | None
    longitude: float | None
    sessions: int
    free: int
    taken: int
    waiting: int
    rooms: int
    trained: int
    percent: int
    missing: list[Item]

    @classmethod
    def of(cls, one: Branch) -> "BranchView":
        """The view of this branch."""
        names = ("id", "slug", "name", "code", "department", "commune", "phase", "hosts", "latitude", "longitude")
        seats = {name: getattr(one.seats, name) for name in ("sessions", "free", "taken", "waiting")}
        return cls(
            **{name: getattr(one.agency, name) for name in names},
            **seats,
            due_on=one.waiting.due_on if one.waiting else None,
            rooms=one.rooms,
            trained=one.trained,
            percent=one.checklist.percent,
            missing=list(one.checklist.missing),
        )


class NetworkOfAgencies(Controller):
    """For who manages or audits an agency."""

    path = "/network"
    tags = ("agencies",)

    @get(summary="The network of agencies", responses=may_refuse(NotAllowed))
    async def show(
        self,
        call: NamedDependency[Call],
        said: Said = "",
        phase: InPhase = None,
        hosts: Hosting = None,
        department: Department = "",
    ) -> list[BranchView]:
        """Pilots first, then by department, commune and name; these figures name nobody."""
        wanted = Wanted(said=said, phase=phase, hosts=hosts, department=department)
        network = await networks.show(call.db, wanted, by=call.staff, now=call.now)
        return [BranchView.of(one) for one in network.branches]
