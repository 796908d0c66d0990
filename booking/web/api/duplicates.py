"""Two entries that may be one person, as programs find and merge them."""

from uuid import UUID

import msgspec
from litestar import Controller, Response, delete, get, post, put
from litestar.di import NamedDependency
from litestar.params import FromPath, JSONBody

from booking.domain.errors import JobSeekerElsewhere, NotAllowed, NotFound, NotOneAgency
from booking.domain.likeness import Likeness
from booking.services import duplicates, merging
from booking.web.api.conditions import etag
from booking.web.api.job_seekers import JobSeekerView
from booking.web.api.refusals import may_refuse, sends
from booking.web.api.requests import Call

MOST = 200


class PairView(msgspec.Struct):
    """Two who may be one, and why one may think so; ``job_seeker_id`` was added first."""

    job_seeker_id: UUID
    other_id: UUID
    because: Likeness


class MergerBody(msgspec.Struct, forbid_unknown_fields=True):
    """The entry that goes; what only it knows is taken over."""

    gone_id: UUID


class Duplicates(Controller):
    """Everybody known once."""

    path = "/"
    tags = ("job-seekers",)

    @get(
        "/agencies/{agency_id:uuid}/duplicates",
        summary="People who may be known twice",
        responses=may_refuse(NotFound, NotAllowed),
    )
    async def pairs(self, agency_id: FromPath[UUID], call: NamedDependency[Call]) -> list[PairView]:
        """The two hundred likeliest pairs of an agency."""
        found = await duplicates.in_agency(call.db, agency_id, by=call.staff)
        return [PairView(pair.one.id, pair.other.id, pair.because) for pair in found[:MOST]]

    @put(
        "/job-seekers/{job_seeker_id:uuid}/distinctions/{other_id:uuid}",
        summary="Say that two entries are two people",
        status_code=204,
        responses=may_refuse(NotFound, NotAllowed, NotOneAgency),
    )
    async def tell_apart(
        self, job_seeker_id: FromPath[UUID], other_id: FromPath[UUID], call: NamedDependency[Call]
    ) -> None:
        """The list of likely pairs shows them no more."""
        await duplicates.tell_apart(call.db, job_seeker_id, other_id, by=call.staff, now=call.now)

    @delete(
        "/job-seekers/{job_seeker_id:uuid}/distinctions/{other_id:uuid}",
        summary="Leave open whether two entries are one person",
        responses=may_refuse(NotFound, NotAllowed, NotOneAgency),
    )
    async def leave_open(
        self, job_seeker_id: FromPath[UUID], other_id: FromPath[UUID], call: NamedDependency[Call]
    ) -> None:
        """Nothing happens the second time."""
        await duplicates.leave_open(call.db, job_seeker_id, other_id, by=call.staff, now=call.now)

    @post(
        "/job-seekers/{job_seeker_id:uuid}/merger",
        summary="Make one person of two entries",
        status_code=200,
        responses=may_refuse(NotFound, NotAllowed, NotOneAgency, JobSeekerElsewhere, reads_body=True),
        response_headers=[sends("ETag", "The version of the person, for If-Match.")],
    )
    async def merge(
        self, job_seeker_id: FromPath[UUID], data: JSONBody[MergerBody], call: NamedDependency[Call]
    ) -> Response[JobSeekerView]:
        """All that was booked, marked and said goes to this person, and the other entry is found no more.

        Of two places in one session the better one stays. Seats at the same time in different sessions are refused,
        with the ``clashes``: one must be cancelled before.
        """
        person = await merging.merge(call.db, job_seeker_id, data.gone_id, by=call.staff, now=call.now)
        return Response(JobSeekerView.of(person), headers={"ETag": etag(person.version)})
