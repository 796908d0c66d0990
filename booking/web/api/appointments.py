"""Presences in the words of the employment service's partner appointments, for a regular transfer."""

from datetime import date, datetime
from typing import Annotated, Any
from uuid import UUID

from litestar import Controller, get
from litestar.di import NamedDependency
from litestar.openapi.datastructures import ResponseSpec
from litestar.params import QueryParameter
from litestar.response import Stream

from booking.documents.appointment_lists import TYPES
from booking.domain.errors import InvalidField, NotAllowed, NotFound
from booking.domain.exports import Scope
from booking.services import appointments
from booking.web.api.instants import asked, asked_day
from booking.web.api.refusals import may_refuse
from booking.web.api.requests import Call
from booking.web.errors import InvalidRequest

First = Annotated[date, QueryParameter(name="from", description="The first day, by the clock of the agency.")]
Last = Annotated[date, QueryParameter(name="until", description="The last day, included.")]
AgencyId = Annotated[
    UUID | None, QueryParameter(name="agency", description="This agency; without it the network, for administrators.")
]
Since = Annotated[datetime | None, QueryParameter(name="since", description="Only what stands so since then.")]
Format = Annotated[str, QueryParameter(name="format", description="`json` or `csv`.")]
LISTED = {200: ResponseSpec(list[dict[str, Any]], generate_examples=False, description="The list; as text for `csv`.")}


class Appointments(Controller):
    """One object for each person and meeting, with one status and without a name."""

    path = "/appointments"
    tags = ("attendance",)

    @get(
        "/",
        summary="Presences as partner appointments",
        responses=may_refuse(NotFound, NotAllowed, InvalidField) | LISTED,
    )
    async def find(
        self,
        call: NamedDependency[Call],
        first: First,
        last: Last,
        agency: AgencyId = None,
        since: Since = None,
        kind: Format = "json",
    ) -> Stream:
        """``identifiant`` never changes: what comes later under it replaces what came before."""
        if kind not in TYPES:
            raise InvalidRequest(fields={"format": "unknown-choice"})
        days = {"first_on": asked_day("from", first), "last_on": asked_day("until", last)}
        moment = asked("since", since)
        scope = Scope(agency_id=agency, **days)
        pieces = await appointments.take(call.db, scope, kind, since=moment, by=call.staff, now=call.now)
        return Stream(pieces, media_type=TYPES[kind])
