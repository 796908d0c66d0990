"""The directory of partners, by a program."""

from datetime import datetime
from typing import Annotated
from uuid import UUID

import msgspec
from litestar import Controller, Response, delete, get, post, put
from litestar.di import NamedDependency
from litestar.params import FromPath, JSONBody, QueryParameter

from booking.domain.errors import InvalidField, NotAllowed, NotFound, PartnerKnown, StaleEdit
from booking.domain.identifiers import new_id
from booking.domain.opening_times import standing
from booking.domain.partner_terms import PartnerKind, Service
from booking.domain.partners import Partner
from booking.services import directory, leaflets, partners
from booking.services.directory import Asked
from booking.web.api.conditions import IfMatch, etag, version_of
from booking.web.api.leaflet_views import LeafletView
from booking.web.api.paging import PAGED, Page
from booking.web.api.partner_views import NewPartner, PartnerBody, PartnerView
from booking.web.api.refusals import may_refuse, sends
from booking.web.api.requests import Call
from booking.web.errors import VersionMissing

TAGGED = [sends("ETag", "The version of the partner, for If-Match.")]
Words = Annotated[str, QueryParameter(name="q", max_length=200, description="Words of the name or the place.")]
OfService = Annotated[Service | None, QueryParameter(name="service", description="Only those that do this.")]
OfKind = Annotated[PartnerKind | None, QueryParameter(name="kind", description="Only of this kind.")]
Archived = Annotated[bool, QueryParameter(description="Those laid aside, instead of the others.")]


class PartnerPage(msgspec.Struct):
    """Partners by id; ``next`` is the address of the next page, or null on the last one."""

    items: list[PartnerView]
    next: str | None


class Partners(Controller):
    """The directory."""

    path = "/partners"
    tags = ("partners",)

    @get("/", summary="The partners, page by page", responses=may_refuse(), dependencies=PAGED)
    async def list_all(
        self,
        page: NamedDependency[Page],
        call: NamedDependency[Call],
        words: Words = "",
        service: OfService = None,
        kind: OfKind = None,
        archived: Archived = False,
    ) -> PartnerPage:
        """Those to which one of one's own agencies may send people."""
        after = page.behind(tuple[UUID])
        asked = Asked(words=words, service=service, kind=kind, is_archived=archived)
        behind = after[0] if after else None
        found = await directory.page(call.db, asked, behind, page.most, by=call.staff)
        shown = found[: page.limit]
        items = [_view(one, call) for one in shown]
        return PartnerPage(items, page.following(found, *[one.id for one in shown[-1:]]))

    @get("/{partner_id:uuid}", summary="One partner", responses=may_refuse(NotFound), response_headers=TAGGED)
    async def show(self, partner_id: FromPath[UUID], call: NamedDependency[Call]) -> Response[PartnerView]:
        """Archived ones too."""
        return _answer(await partners.show(call.db, partner_id, by=call.staff), call)

    @get("/{partner_id:uuid}/leaflets", summary="What to hand out for a partner", responses=may_refuse(NotFound))
    async def leaflets(self, partner_id: FromPath[UUID], call: NamedDependency[Call]) -> list[LeafletView]:
        """What holds today and is about this partner, or about one of its services; by title."""
        partner = await partners.show(call.db, partner_id, by=call.staff)
        found = await leaflets.beside(call.db, partner, directory.clock(partner, call.now).date())
        return [LeafletView.of(leaflet) for leaflet in found]

    @post(
        "/",
        summary="Add a partner",
        responses=may_refuse(NotAllowed, NotFound, InvalidField, PartnerKnown, reads_body=True),
        response_headers=[*TAGGED, sends("Location", "The address of the partner.")],
    )
    async def add(self, data: JSONBody[NewPartner], call: NamedDependency[Call]) -> Response[PartnerView]:
        """For managers and administrators; which agencies may use it, administrators alone decide."""
        blank = Partner(id=new_id(call.now), name=data.name, created_at=call.now)
        added = await partners.add(call.db, data.upon(blank), is_sure=data.is_sure, by=call.staff, now=call.now)
        return _answer(added, call, Location=f"/api/v1/partners/{added.id}")

    @put(
        "/{partner_id:uuid}",
        summary="Write a partner anew",
        responses=may_refuse(NotFound, NotAllowed, VersionMissing, StaleEdit, InvalidField, reads_body=True),
        response_headers=TAGGED,
    )
    async def change(
        self,
        partner_id: FromPath[UUID],
        data: JSONBody[PartnerBody],
        call: NamedDependency[Call],
        if_match: IfMatch = None,
    ) -> Response[PartnerView]:
        """Whole; its key in a list stays."""
        version = version_of(if_match)
        before = await partners.show(call.db, partner_id, by=call.staff)
        changed = await partners.change(call.db, data.upon(before), version=version, by=call.staff, now=call.now)
        return _answer(changed, call)

    @post(
        "/{partner_id:uuid}/archival",
        summary="Lay a partner aside",
        status_code=200,
        responses=may_refuse(NotFound, NotAllowed),
    )
    async def archive(self, partner_id: FromPath[UUID], call: NamedDependency[Call]) -> PartnerView:
        """Nobody is sent there any more. Nothing changes when it is archived already."""
        return await self._set(partner_id, call, call.now)

    @delete(
        "/{partner_id:uuid}/archival",
        summary="Take a partner up again",
        status_code=200,
        responses=may_refuse(NotFound, NotAllowed),
    )
    async def restore(self, partner_id: FromPath[UUID], call: NamedDependency[Call]) -> PartnerView:
        """It is in the directory again."""
        return await self._set(partner_id, call, None)

    async def _set(self, partner_id: UUID, call: Call, archived_at: datetime | None) -> PartnerView:
        return _view(await partners.lay_aside(call.db, partner_id, archived_at, by=call.staff, now=call.now), call)


def _view(partner: Partner, call: Call) -> PartnerView:
    return PartnerView.of(partner, is_open=standing(partner, directory.clock(partner, call.now)).is_open)


def _answer(partner: Partner, call: Call, **headers: str) -> Response[PartnerView]:
    return Response(_view(partner, call), headers=headers | {"ETag": etag(partner.version)})
