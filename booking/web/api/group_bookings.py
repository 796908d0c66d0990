"""Several people booked into one session by one request."""

from collections.abc import Sequence
from typing import Annotated, Any
from uuid import UUID

import msgspec
from litestar import Controller, Response, post
from litestar.di import NamedDependency
from litestar.params import FromPath, JSONBody

from booking.domain.errors import InvalidField, NotAllowed, NotFound, Refused
from booking.services import group_bookings
from booking.services.groups import MOST_PEOPLE, Grouped
from booking.web.api.booking_views import BookingView
from booking.web.api.bookings import ONCE, REPLAYED
from booking.web.api.conditions import Key, acting_once
from booking.web.api.refusals import Alternative, may_refuse
from booking.web.api.requests import Call
from booking.web.errors import words_of
from booking.web.problems import alternative


class Group(msgspec.Struct, forbid_unknown_fields=True):
    """Who shall have a seat. With ``all_or_none`` nobody has one unless everybody has."""

    job_seeker_ids: Annotated[list[UUID], msgspec.Meta(min_length=1, max_length=MOST_PEOPLE)]
    all_or_none: bool = False


class Why(msgspec.Struct):
    """Why somebody has no seat; ``type`` is the stable name of the refusal."""

    type: str
    title: str
    detail: str
    alternatives: list[Alternative]


class GroupResult(msgspec.Struct):
    """What came of one person: a ``booking``, or why not. Where all or none was asked, what others could have had."""

    job_seeker_id: UUID
    booking: BookingView | None
    refusal: Why | None


class GroupBookings(Controller):
    """Seats for groups."""

    path = "/sessions/{session_id:uuid}/group-bookings"
    tags = ("bookings",)

    @post(
        "/",
        summary="Book several people into a session",
        status_code=200,
        responses=may_refuse(NotFound, NotAllowed, InvalidField, *ONCE, reads_body=True),
        response_headers=[REPLAYED],
    )
    async def book(
        self, session_id: FromPath[UUID], data: JSONBody[Group], call: NamedDependency[Call], key: Key = None
    ) -> Response[list[GroupResult]]:
        """One result for each person, in their order; who is named twice counts once. With ``all_or_none``, nobody is
        seated unless each result would have a booking."""
        once = acting_once(call.staff.id, key, "group", session_id, data.job_seeker_ids, data.all_or_none)
        results, is_replay = await group_bookings.book(
            call.db,
            session_id,
            data.job_seeker_ids,
            all_or_none=data.all_or_none,
            by=call.staff,
            now=call.now,
            once=once,
            written=lambda done: _written(done, data.all_or_none),
        )
        headers = {"Idempotent-Replayed": "true"} if is_replay else {}
        return Response(msgspec.convert(results, list[GroupResult]), headers=headers, status_code=200)


def _written(done: Sequence[Grouped], all_or_none: bool) -> list[dict[str, Any]]:
    """The results in JSON's own types, to be kept with the key; a seat that was undone is none."""
    is_undone = all_or_none and any(one.refusal for one in done)
    results = [
        GroupResult(
            one.job_seeker_id,
            BookingView.of(one.booking) if one.booking and not is_undone else None,
            _why(one.refusal) if one.refusal else None,
        )
        for one in done
    ]
    written: list[dict[str, Any]] = msgspec.to_builtins(results)
    return written


def _why(refusal: Refused) -> Why:
    words = words_of(refusal)
    instead = [Alternative(**alternative(listed)) for listed in refusal.facts.get("alternatives", ())]
    return Why(refusal.code(), words.title, words.advice, instead)
