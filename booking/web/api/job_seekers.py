"""Job seekers, as programs find and write them."""

from datetime import datetime
from typing import Annotated, Any
from uuid import UUID

import msgspec
from litestar import Controller, Response, get, post, put
from litestar.di import NamedDependency
from litestar.params import FromPath, JSONBody, QueryParameter

from booking.domain.errors import InvalidField, NameTaken, NotAllowed, NotFound, PossibleDuplicates, StaleEdit
from booking.domain.job_seekers import Channel, JobSeeker, Need
from booking.services import job_seekers, looking
from booking.services.job_seekers import PersonSaid
from booking.web.api.conditions import IfMatch, etag, version_of
from booking.web.api.refusals import may_refuse, sends
from booking.web.api.requests import Call
from booking.web.errors import VersionMissing

Words = Annotated[
    str,
    QueryParameter(
        max_length=100,
        description="Beginnings of names, an identifier, an e-mail, the code of a booking, or a phone in any spelling, "
        "also its last four figures or more.",
    ),
]
TAG = sends("ETag", "The version of the person, for If-Match.")
MOST_FOUND = 50
Few = Annotated[int, QueryParameter(ge=1, le=MOST_FOUND, description=f"How many at most, 1 to {MOST_FOUND}.")]
Year = Annotated[int, msgspec.Meta(ge=1900, le=2100)]


class JobSeekerChange(msgspec.Struct, forbid_unknown_fields=True, kw_only=True):
    """A person as known from now on; phone and e-mail in any spelling, as little as possible of all."""

    first_name: str
    last_name: str
    identifier: str | None = None
    birth_year: Year | None = None
    email: str | None = None
    phone: str | None = None
    address: str = ""
    postcode: str = ""
    commune: str = ""
    preferred: Channel | None = None
    needs: list[Need] = []
    language: str = ""

    def said(self) -> PersonSaid:
        """What is said of the person."""
        known: dict[str, Any] = {name: getattr(self, name) for name in JobSeekerChange.__struct_fields__}
        return PersonSaid(**known | {"needs": frozenset(self.needs)})


class JobSeekerBody(JobSeekerChange, forbid_unknown_fields=True, kw_only=True):
    """A person to add, and the agency that follows her or him; ``is_sure`` when it is nobody known who looks alike."""

    agency_id: UUID
    is_sure: bool = False


class FoundPersonView(msgspec.Struct, kw_only=True):
    """Somebody in a list: enough to tell who it is, and no more. The person's own address says the rest."""

    id: UUID
    agency_id: UUID
    first_name: str
    last_name: str
    identifier: str | None
    birth_year: int | None
    will_receive_nothing: bool

    @classmethod
    def of(cls, person: JobSeeker) -> "FoundPersonView":
        """The view of this person."""
        return cls(**{name: getattr(person, name) for name in cls.__struct_fields__})


class JobSeekerView(msgspec.Struct, kw_only=True):
    """A person. ``channels`` are the ways to reach this person, best first; ``will_receive_nothing`` asks for paper."""

    id: UUID
    agency_id: UUID
    first_name: str
    last_name: str
    identifier: str | None
    birth_year: int | None
    email: str | None
    phone: str | None
    phone_takes_sms: bool
    address: str
    postcode: str
    commune: str
    preferred: Channel | None
    needs: list[Need]
    language: str
    channels: list[Channel]
    will_receive_nothing: bool
    version: int
    changed_at: datetime

    @classmethod
    def of(cls, person: JobSeeker) -> "JobSeekerView":
        """The view of this person."""
        own: dict[str, Any] = {name: getattr(person, name) for name in cls.__struct_fields__}
        return cls(**own | {"needs": sorted(person.needs), "channels": list(person.channels())})


class JobSeekers(Controller):
    """The people of one's agencies."""

    path = "/job-seekers"
    tags = ("job-seekers",)

    @get("/", summary="Find people", responses=may_refuse(NotAllowed))
    async def search(self, q: Words, call: NamedDependency[Call], limit: Few = 20) -> list[FoundPersonView]:
        """Without accents and in any order of names, in one's own agencies; who finds too many says more words."""
        return [FoundPersonView.of(one) for one in await job_seekers.search(call.db, q, by=call.staff, most=limit)]

    @post(
        "/",
        summary="Add a person",
        responses=may_refuse(NotFound, NotAllowed, InvalidField, NameTaken, PossibleDuplicates, reads_body=True),
        response_headers=[sends("Location", "The address of the person."), TAG],
    )
    async def register(self, data: JSONBody[JobSeekerBody], call: NamedDependency[Call]) -> Response[JobSeekerView]:
        """A name and an agency are enough.

        Who looks like somebody known is refused with the ``candidates``, each with its ``because``, unless ``is_sure``.
        """
        person = await job_seekers.register(
            call.db, data.agency_id, data.said(), is_sure=data.is_sure, by=call.staff, now=call.now
        )
        return _told(person, {"Location": f"/api/v1/job-seekers/{person.id}"})

    @get(
        "/{job_seeker_id:uuid}",
        summary="One person",
        responses=may_refuse(NotFound, NotAllowed),
        response_headers=[TAG],
    )
    async def show(self, job_seeker_id: FromPath[UUID], call: NamedDependency[Call]) -> Response[JobSeekerView]:
        """With the ways that reach the person."""
        return _told(await looking.show(call.db, job_seeker_id, by=call.staff, now=call.now, way="api"))

    @put(
        "/{job_seeker_id:uuid}",
        summary="Write a person anew",
        responses=may_refuse(NotFound, NotAllowed, InvalidField, NameTaken, StaleEdit, VersionMissing, reads_body=True),
        response_headers=[TAG],
    )
    async def change(
        self,
        job_seeker_id: FromPath[UUID],
        data: JSONBody[JobSeekerChange],
        call: NamedDependency[Call],
        if_match: IfMatch = None,
    ) -> Response[JobSeekerView]:
        """Messages not yet sent go to the new address."""
        version = version_of(if_match)
        return _told(
            await job_seekers.change(call.db, job_seeker_id, data.said(), version=version, by=call.staff, now=call.now)
        )


def _told(person: JobSeeker, headers: dict[str, str] | None = None) -> Response[JobSeekerView]:
    return Response(JobSeekerView.of(person), headers=(headers or {}) | {"ETag": etag(person.version)})
