"""The catalogue of workshops, as programs read and write it."""

from dataclasses import replace
from datetime import datetime
from typing import Annotated
from uuid import UUID

import msgspec
from litestar import Controller, Response, delete, get, post, put
from litestar.di import NamedDependency
from litestar.params import FromPath, JSONBody

from booking.domain.errors import AudienceFixed, InvalidField, NameTaken, NotAllowed, NotFound, StaleEdit
from booking.domain.identifiers import new_id
from booking.domain.staff import Right, Role
from booking.domain.terms import LAST_TO_JOIN, LONGEST_WINDOW
from booking.domain.workshops import LONGEST_CUTOFF, LONGEST_VALIDITY, Audience, Colour, Level, Skill, Workshop
from booking.services import catalogues, scheduling
from booking.web.api.conditions import IfMatch, etag, version_of
from booking.web.api.refusals import may_refuse, sends
from booking.web.api.requests import Call
from booking.web.errors import VersionMissing

Minutes = Annotated[int, msgspec.Meta(ge=15, le=480)]
People = Annotated[int, msgspec.Meta(ge=1, le=500)]
Fewest = Annotated[int, msgspec.Meta(ge=0, le=500)]
Few = Annotated[list[UUID], msgspec.Meta(max_length=50)]
Window = Annotated[int, msgspec.Meta(ge=1, le=LONGEST_WINDOW)]
Cutoff = Annotated[int, msgspec.Meta(ge=0, le=LONGEST_CUTOFF)]
LastToJoin = Annotated[int, msgspec.Meta(ge=1, le=LAST_TO_JOIN)]
Validity = Annotated[int, msgspec.Meta(ge=1, le=LONGEST_VALIDITY)]
TAGGED = [sends("ETag", "The version of the workshop, for If-Match.")]


class WorkshopBody(msgspec.Struct, forbid_unknown_fields=True, kw_only=True):
    """A workshop as it shall be. ``short_title`` has at most 14 characters, for text messages; ``after`` names the
    workshops to have done before. One may book from ``window_days`` before the first meeting (null is any time) until
    ``cutoff_hours`` before meeting ``join_until``; with ``frees_when_absent`` two absences in a row without excuse end
    a place. A training of staff is ``required_for`` some roles, and counts for ``validity_months`` (null is for
    ever)."""

    title: str
    short_title: str
    objectives: str = ""
    level: Level = Level.BEGINNER
    audience: Audience = Audience.JOB_SEEKERS
    theme: str = ""
    theme_code: str = ""
    colour: Colour = Colour.BLUE
    skills: list[Skill] = []
    after: Few = []
    is_compulsory: bool = False
    usual_minutes: Minutes = 120
    usual_capacity: People = 8
    minimum: Fewest = 1
    to_bring: str = ""
    window_days: Window | None = None
    cutoff_hours: Cutoff = 0
    join_until: LastToJoin = 1
    frees_when_absent: bool = False
    required_for: list[Role] = []
    validity_months: Validity | None = None

    def said(self) -> dict[str, object]:
        """The fields by name."""
        skills = tuple(skill for skill in Skill if skill in self.skills)
        required_for = tuple(role for role in Role if role in self.required_for)
        chosen = {"skills": skills, "required_for": required_for, "after": tuple(sorted(set(self.after)))}
        return msgspec.structs.asdict(self) | chosen


class WorkshopView(msgspec.Struct, kw_only=True):
    """An entry of the catalogue; ``usual_minutes`` is for one meeting, ``after`` are the workshops to have done."""

    id: UUID
    title: str
    short_title: str
    objectives: str
    level: Level
    audience: Audience
    theme: str
    theme_code: str
    colour: Colour
    skills: tuple[Skill, ...]
    after: tuple[UUID, ...]
    is_compulsory: bool
    usual_minutes: int
    usual_capacity: int
    minimum: int
    to_bring: str
    window_days: int | None
    cutoff_hours: int
    join_until: int
    frees_when_absent: bool
    required_for: list[Role]
    validity_months: int | None
    version: int
    created_at: datetime
    archived_at: datetime | None

    @classmethod
    def of(cls, workshop: Workshop) -> "WorkshopView":
        """The view of this workshop."""
        own = {name: getattr(workshop, name) for name in cls.__struct_fields__}
        return cls(
            **own
            | {"skills": tuple(map(Skill, workshop.skills)), "required_for": list(map(Role, workshop.required_for))}
        )


def _answer(workshop: Workshop, **headers: str) -> Response[WorkshopView]:
    return Response(WorkshopView.of(workshop), headers=headers | {"ETag": etag(workshop.version)})


class Workshops(Controller):
    """The catalogue."""

    path = "/workshops"
    tags = ("workshops",)

    @get("/", summary="The catalogue", responses=may_refuse())
    async def list_all(self, call: NamedDependency[Call]) -> list[WorkshopView]:
        """Every workshop that is not archived, by title."""
        return [WorkshopView.of(workshop) for workshop in await catalogues.every(call.db)]

    @get("/{workshop_id:uuid}", summary="One workshop", responses=may_refuse(NotFound), response_headers=TAGGED)
    async def show(self, workshop_id: FromPath[UUID], call: NamedDependency[Call]) -> Response[WorkshopView]:
        """Archived ones too."""
        return _answer(await catalogues.show(call.db, workshop_id))

    @post(
        "/",
        summary="Add a workshop",
        responses=may_refuse(NotAllowed, InvalidField, NameTaken, reads_body=True),
        response_headers=[*TAGGED, sends("Location", "The address of the workshop.")],
    )
    async def add(self, data: JSONBody[WorkshopBody], call: NamedDependency[Call]) -> Response[WorkshopView]:
        """For managers and administrators."""
        new = Workshop(id=new_id(call.now), created_at=call.now, **data.said())  # type: ignore[arg-type]
        added = await scheduling.add_workshop(call.db, new, by=call.staff, now=call.now)
        return _answer(added, Location=f"/api/v1/workshops/{added.id}")

    @put(
        "/{workshop_id:uuid}",
        summary="Write a workshop anew",
        responses=may_refuse(
            NotFound, NotAllowed, VersionMissing, StaleEdit, InvalidField, NameTaken, AudienceFixed, reads_body=True
        ),
        response_headers=TAGGED,
    )
    async def change(
        self,
        workshop_id: FromPath[UUID],
        data: JSONBody[WorkshopBody],
        call: NamedDependency[Call],
        if_match: IfMatch = None,
    ) -> Response[WorkshopView]:
        """Calendars that show it follow by themselves, and so do the terms of its sessions to come."""
        before = await catalogues.show(call.db, workshop_id)
        changed = Workshop(
            id=before.id,
            created_at=before.created_at,
            archived_at=before.archived_at,
            **data.said(),  # type: ignore[arg-type]
        )
        version = version_of(if_match)
        return _answer(
            await scheduling.change_workshop(
                call.db, changed, version=version, by=call.staff, site=call.site, now=call.now
            )
        )

    @post(
        "/{workshop_id:uuid}/archival",
        summary="Archive a workshop",
        status_code=200,
        responses=may_refuse(NotFound, NotAllowed),
    )
    async def archive(self, workshop_id: FromPath[UUID], call: NamedDependency[Call]) -> WorkshopView:
        """It can no longer be planned; its sessions stay. Nothing changes when it is archived already."""
        return await self._set(workshop_id, call, call.now)

    @delete(
        "/{workshop_id:uuid}/archival",
        summary="Bring a workshop back",
        status_code=200,
        responses=may_refuse(NotFound, NotAllowed),
    )
    async def restore(self, workshop_id: FromPath[UUID], call: NamedDependency[Call]) -> WorkshopView:
        """It can be planned again."""
        return await self._set(workshop_id, call, None)

    async def _set(self, workshop_id: UUID, call: Call, archived_at: datetime | None) -> WorkshopView:
        before = await catalogues.show(call.db, workshop_id)
        if (before.archived_at is None) == (archived_at is None):
            call.staff.must_somewhere(Right.PLAN)
            return WorkshopView.of(before)
        after = replace(before, archived_at=archived_at)
        return WorkshopView.of(
            await scheduling.change_workshop(call.db, after, by=call.staff, site=call.site, now=call.now)
        )
