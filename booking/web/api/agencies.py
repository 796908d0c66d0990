"""Agencies and their rooms, as programs read them."""

from uuid import UUID

import msgspec
from litestar import Controller, get
from litestar.di import NamedDependency
from litestar.params import FromPath

from booking.domain.agencies import Agency, Phase
from booking.domain.errors import NotFound
from booking.services import lookups
from booking.web.api.paging import PAGED, Page
from booking.web.api.place_views import RoomView
from booking.web.api.refusals import may_refuse
from booking.web.api.requests import Call


class AgencyView(msgspec.Struct):
    """An office that hosts workshops or sends people to them. ``code`` is its SAFIR code, ``feed`` its calendar,
    ``directions`` how one gets there."""

    id: UUID
    slug: str
    name: str
    code: str | None
    phase: Phase
    hosts: bool
    department: str
    time_zone: str
    holiday_territory: str
    address: str
    postcode: str
    commune: str
    phone: str
    latitude: float | None
    longitude: float | None
    directions: str
    feed: str | None

    @classmethod
    def of(cls, agency: Agency) -> "AgencyView":
        """The view of this agency."""
        own = {name: getattr(agency, name) for name in cls.__struct_fields__ if name != "feed"}
        return cls(**own, feed=f"/ical/agences/{agency.slug}/ateliers.ics" if agency.publishes else None)


class AgencyPage(msgspec.Struct):
    """Agencies by id; ``next`` is the address of the next page, or null on the last one."""

    items: list[AgencyView]
    next: str | None


class Agencies(Controller):
    """Agencies and their rooms."""

    path = "/agencies"
    tags = ("agencies",)

    @get("/", summary="The agencies, page by page", responses=may_refuse(), dependencies=PAGED)
    async def list_all(self, page: NamedDependency[Page], call: NamedDependency[Call]) -> AgencyPage:
        """Every agency of the network: a person may be booked anywhere."""
        after = page.behind(tuple[UUID])
        found = await lookups.find_agencies(call.db, after=after[0] if after else None, most=page.most)
        shown = found[: page.limit]
        return AgencyPage(
            [AgencyView.of(agency) for agency in shown], page.following(found, *[a.id for a in shown[-1:]])
        )

    @get("/{agency_id:uuid}", summary="One agency", responses=may_refuse(NotFound))
    async def show(self, agency_id: FromPath[UUID], call: NamedDependency[Call]) -> AgencyView:
        """Its address, its time zone and its calendar."""
        return AgencyView.of(await lookups.agency(call.db, agency_id))

    @get("/{agency_id:uuid}/rooms", summary="The rooms of an agency", responses=may_refuse(NotFound))
    async def rooms(self, agency_id: FromPath[UUID], call: NamedDependency[Call]) -> list[RoomView]:
        """By name, archived ones too."""
        return [RoomView.of(room) for room in await lookups.rooms(call.db, agency_id)]
