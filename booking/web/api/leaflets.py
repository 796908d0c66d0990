"""Leaflets and posters, by a program."""

from uuid import UUID

from litestar import Controller, Response, get, post, put
from litestar.di import NamedDependency
from litestar.openapi.datastructures import ResponseSpec
from litestar.params import FromPath, JSONBody

from booking.domain.archives import LARGEST, PDF
from booking.domain.errors import InvalidField, NotAllowed, NotFound, StaleEdit
from booking.domain.leaflets import Leaflet
from booking.services import leaflets
from booking.web.api.conditions import IfMatch, etag, version_if_said, version_of
from booking.web.api.leaflet_views import LeafletBody, LeafletView
from booking.web.api.refusals import may_refuse, sends
from booking.web.api.requests import Call
from booking.web.errors import VersionMissing

TAGGED = [sends("ETag", "The version of the leaflet, for If-Match.")]
FILE = ResponseSpec(bytes, generate_examples=False, media_type=PDF, description="PDF, PNG or JPEG.")
# Base64 takes four letters for three bytes.
LARGEST_BODY = LARGEST // 3 * 4 + 64 * 1024


class Leaflets(Controller):
    """The shelf."""

    path = "/leaflets"
    tags = ("partners",)

    @get("/", summary="Leaflets and posters", responses=may_refuse())
    async def list_all(self, call: NamedDependency[Call]) -> list[LeafletView]:
        """All of them by title, also those that are over."""
        return [LeafletView.of(one) for one in (await leaflets.shelf(call.db, by=call.staff)).leaflets]

    @get("/{leaflet_id:uuid}", summary="One leaflet", responses=may_refuse(NotFound), response_headers=TAGGED)
    async def show(self, leaflet_id: FromPath[UUID], call: NamedDependency[Call]) -> Response[LeafletView]:
        """Without its file."""
        return _answer(await leaflets.show(call.db, leaflet_id, by=call.staff))

    @get("/{leaflet_id:uuid}/file", summary="The file of a leaflet", responses={200: FILE, **may_refuse(NotFound)})
    async def file(self, leaflet_id: FromPath[UUID], call: NamedDependency[Call]) -> Response[bytes]:
        """The very bytes."""
        _, kept = await leaflets.file(call.db, leaflet_id, by=call.staff)
        return Response(kept.content, media_type=kept.media_type)

    @post(
        "/",
        summary="Add a leaflet",
        request_max_body_size=LARGEST_BODY,
        responses=may_refuse(NotAllowed, NotFound, InvalidField, reads_body=True),
        response_headers=[*TAGGED, sends("Location", "The address of the leaflet.")],
    )
    async def add(self, data: JSONBody[LeafletBody], call: NamedDependency[Call]) -> Response[LeafletView]:
        """For managers and administrators. What is not seen in the file is taken out of it."""
        added = await leaflets.add(call.db, data.said, data.content or b"", by=call.staff, now=call.now)
        return _answer(added, Location=f"/api/v1/leaflets/{added.id}")

    @put(
        "/{leaflet_id:uuid}",
        summary="Write a leaflet anew",
        request_max_body_size=LARGEST_BODY,
        responses=may_refuse(NotFound, NotAllowed, VersionMissing, StaleEdit, InvalidField, reads_body=True),
        response_headers=TAGGED,
    )
    async def change(
        self,
        leaflet_id: FromPath[UUID],
        data: JSONBody[LeafletBody],
        call: NamedDependency[Call],
        if_match: IfMatch = None,
    ) -> Response[LeafletView]:
        """With another file, or with the one that is there."""
        known = {"version": version_of(if_match), "by": call.staff, "now": call.now}
        return _answer(await leaflets.change(call.db, leaflet_id, data.said, data.content or b"", **known))  # type: ignore[arg-type]

    @post(
        "/{leaflet_id:uuid}/removal",
        summary="Take a leaflet off the shelf",
        status_code=204,
        responses=may_refuse(NotFound, NotAllowed, StaleEdit),
    )
    async def remove(self, leaflet_id: FromPath[UUID], call: NamedDependency[Call], if_match: IfMatch = None) -> None:
        """For good, with its file."""
        await leaflets.remove(call.db, leaflet_id, version=version_if_said(if_match), by=call.staff, now=call.now)


def _answer(leaflet: Leaflet, **headers: str) -> Response[LeafletView]:
    return Response(LeafletView.of(leaflet), headers=headers | {"ETag": etag(leaflet.version)})
