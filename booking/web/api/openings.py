"""The list by which an agency opens, as programs read and complete it; and copying a model agency."""

from datetime import date
from typing import Annotated
from uuid import UUID

import msgspec
from litestar import Controller, delete, get, post, put
from litestar.di import NamedDependency
from litestar.params import FromPath, JSONBody, QueryParameter
from litestar.status_codes import HTTP_200_OK

from booking.domain.errors import InvalidField, NotAllowed, NotFound
from booking.domain.openings import Item
from booking.services import models, openings
from booking.services.models import Part, Wish
from booking.services.openings import Opening
from booking.web.api.refusals import may_refuse
from booking.web.api.requests import Call

OWN = (NotFound, NotAllowed)
DryRun = Annotated[bool, QueryParameter(description="Say what would be copied, write nothing.")]


class NoteBody(msgspec.Struct, forbid_unknown_fields=True):
    """Why a point is not needed there."""

    because: str


class PointView(msgspec.Struct):
    """One point: how much of it was found, whether it is done, and why it is not needed, if somebody said so."""

    item: Item
    count: int
    is_done: bool
    because: str | None


class OpeningView(msgspec.Struct):
    """The list of an agency; ``percent`` of its points are done."""

    percent: int
    points: list[PointView]

    @classmethod
    def of(cls, opening: Opening) -> "OpeningView":
        """The view of this opening."""
        points = [
            PointView(one.item, one.count, one.is_done, one.note.because if one.note else None)
            for one in opening.checklist.points
        ]
        return cls(opening.checklist.percent, points)


class CopyBody(msgspec.Struct, forbid_unknown_fields=True, kw_only=True):
    """Which parts of which agency. Of its programme ``weeks`` from this one on are copied to begin in the week of
    ``first_on``."""

    model_id: UUID
    parts: list[Part]
    first_on: date | None = None
    weeks: int = 2


class NotCopied(msgspec.Struct):
    """What cannot be copied, and a stable code that says why."""

    what: str
    code: str


class CopiedPart(msgspec.Struct):
    """What is copied, what was there already, and what cannot be."""

    part: Part
    made: list[str]
    known: list[str]
    refused: list[NotCopied]


class OpeningOfAgency(Controller):
    """For who plans in the agency."""

    path = "/agencies/{agency_id:uuid}"
    tags = ("agencies",)

    @get("/opening", summary="The list by which an agency opens", responses=may_refuse(*OWN))
    async def show(self, agency_id: FromPath[UUID], call: NamedDependency[Call]) -> OpeningView:
        """What is there is found in the data."""
        return OpeningView.of(await openings.show(call.db, agency_id, by=call.staff, now=call.now))

    @put(
        "/opening/{item:str}",
        summary="Say that a point is not needed",
        responses=may_refuse(*OWN, InvalidField, reads_body=True),
    )
    async def leave_out(
        self, agency_id: FromPath[UUID], item: FromPath[str], data: JSONBody[NoteBody], call: NamedDependency[Call]
    ) -> OpeningView:
        """And why."""
        await openings.leave_out(call.db, agency_id, _item(item), data.because, by=call.staff, now=call.now)
        return OpeningView.of(await openings.show(call.db, agency_id, by=call.staff, now=call.now))

    @delete("/opening/{item:str}", summary="Ask for a point again", responses=may_refuse(*OWN))
    async def ask_again(self, agency_id: FromPath[UUID], item: FromPath[str], call: NamedDependency[Call]) -> None:
        """It is needed after all."""
        await openings.ask_again(call.db, agency_id, _item(item), by=call.staff, now=call.now)

    @post(
        "/copies",
        summary="Copy a model agency",
        status_code=HTTP_200_OK,
        responses=may_refuse(*OWN, InvalidField, reads_body=True),
    )
    async def copy(
        self,
        agency_id: FromPath[UUID],
        data: JSONBody[CopyBody],
        call: NamedDependency[Call],
        dry_run: DryRun = False,
    ) -> list[CopiedPart]:
        """All in one transaction; what the agency has already stays as it is."""
        wish = Wish(model_id=data.model_id, parts=frozenset(data.parts), first_on=data.first_on, weeks=data.weeks)
        done = await models.copy(call.db, agency_id, wish, is_dry_run=dry_run, by=call.staff, now=call.now)
        return [
            CopiedPart(part, one.made, one.known, [NotCopied(*each) for each in one.refused])
            for part, one in done.parts.items()
        ]


def _item(said: str) -> Item:
    if said not in set(Item):
        raise NotFound(item=said)
    return Item(said)
