"""Calendars elsewhere that say when somebody or a room is busy: added, looked at again, named, removed."""

from collections.abc import Awaitable
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from litestar import Controller, get, post
from litestar.di import NamedDependency
from litestar.exceptions.http_exceptions import RequestEntityTooLarge
from litestar.params import FromPath

from booking.domain.errors import InvalidField, NotFound, Refused
from booking.domain.external_calendars import ExternalCalendar
from booking.domain.identifiers import new_id
from booking.domain.staff import Right
from booking.services import agencies, calendar_refreshes, choices, external_calendars, rooms, teams
from booking.services.calendar_copies import Copier
from booking.services.external_calendars import Outside
from booking.web.errors import FIELDS
from booking.web.forms import Form
from booking.web.pages.visits import Answer, Visit, see
from booking.web.rendering import Page
from booking.web.uploads import LARGEST_CALENDAR

TEMPLATE = "diaries/page.html"
OWN = "/mon-agenda-exterieur"
DONE = {
    "ajoute": "L’agenda est lu. Il compte dès maintenant quand on planifie.",
    "actualise": "L’agenda vient d’être relu.",
    "nom": "Le nom est enregistré.",
    "retire": "L’agenda est retiré. Ce qu’il disait ne compte plus.",
}


@dataclass(frozen=True, slots=True)
class Holder:
    """Whose calendars a page shows, where it stands, and by which clock."""

    id: UUID
    name: str
    agency_id: UUID
    zone: str
    path: str
    back: str = ""
    is_room: bool = False
    is_oneself: bool = False

    @property
    def whose(self) -> dict[str, UUID]:
        """As a calendar names its holder."""
        return {"room_id": self.id} if self.is_room else {"staff_id": self.id}

    def having(self, done: str) -> str:
        """The page after something was done."""
        return f"{self.path}{'&' if '?' in self.path else '?'}fait={done}"


class DiaryPages(Controller):
    """For who plans, and for everybody who leads or assists his own."""

    @get(OWN)
    async def show_own(self, visit: NamedDependency[Visit]) -> Page:
        """One's own."""
        return await _page(visit, await _oneself(visit))

    @post(OWN, request_max_body_size=LARGEST_CALENDAR)
    async def add_own(self, visit: NamedDependency[Visit]) -> Answer:
        """Add one's own, by its address or as a file."""
        return await _add(visit, await _oneself(visit), visit.upload("file"))

    @get("/equipe/{staff_id:uuid}/agenda-exterieur")
    async def show_person(self, visit: NamedDependency[Visit], staff_id: FromPath[UUID]) -> Page:
        """Somebody's of the team."""
        return await _page(visit, await _person(visit, staff_id))

    @post("/equipe/{staff_id:uuid}/agenda-exterieur", request_max_body_size=LARGEST_CALENDAR)
    async def add_person(self, visit: NamedDependency[Visit], staff_id: FromPath[UUID]) -> Answer:
        """Add somebody's."""
        return await _add(visit, await _person(visit, staff_id), visit.upload("file"))

    @get("/salles/{room_id:uuid}/agenda-exterieur")
    async def show_room(self, visit: NamedDependency[Visit], room_id: FromPath[UUID]) -> Page:
        """A room's."""
        return await _page(visit, await _room(visit, room_id))

    @post("/salles/{room_id:uuid}/agenda-exterieur", request_max_body_size=LARGEST_CALENDAR)
    async def add_room(self, visit: NamedDependency[Visit], room_id: FromPath[UUID]) -> Answer:
        """Add a room's."""
        return await _add(visit, await _room(visit, room_id), visit.upload("file"))

    @post("/agendas-exterieurs/{calendar_id:uuid}")
    async def change(self, visit: NamedDependency[Visit], calendar_id: FromPath[UUID]) -> Answer:
        """Look at it again, give it another name, or remove it."""
        form = await visit.form()
        before = await external_calendars.show(visit.db, calendar_id, by=visit.staff, now=visit.now)
        holder = await _holder_of(visit, before)
        try:
            done = await _do(visit, form.get("action"), calendar_id, form.get("name"))
        except Refused as refusal:
            return await _page(visit, holder, refusal)
        return see(holder.having(done))


async def _do(visit: Visit, action: str, calendar_id: UUID, name: str) -> str:
    known = {"by": visit.staff, "now": visit.now}
    if action == "remove":
        await external_calendars.remove(visit.db, calendar_id, **known)
        return "retire"
    if action == "rename":
        await external_calendars.rename(visit.db, calendar_id, name, **known)
        return "nom"
    found = await calendar_refreshes.refresh(visit.db, _copier(visit), calendar_id, **known)
    return "echec" if found.error else "actualise"


async def _add(visit: Visit, holder: Holder, sending: Awaitable[tuple[Form, bytes]]) -> Answer:
    try:
        form, content = await sending
    except RequestEntityTooLarge:
        return await _page(visit, holder, InvalidField(fields={"file": "too-large"}))
    typed = dict(form.pairs)
    try:
        await _added(visit, holder, typed, content)
    except Refused as refusal:
        return await _page(visit, holder, refusal, typed)
    return see(holder.having("ajoute"))


async def _added(visit: Visit, holder: Holder, typed: dict[str, str], content: bytes) -> None:
    """Raises whatever adding raises."""
    url = typed.get("url", "").strip()
    if not url and not content:
        raise InvalidField(fields={"url": "address-or-file"})
    wished = ExternalCalendar(
        id=new_id(visit.now),
        agency_id=holder.agency_id,
        **holder.whose,
        name=typed.get("name", ""),
        # With a file alone nothing is ever fetched.
        url=url if url or not content else None,
        created_by=visit.staff.id,
        created_at=visit.now,
    )
    file = None if wished.url is not None else content
    await external_calendars.add(visit.db, _copier(visit), wished, by=visit.staff, now=visit.now, content=file)


async def _oneself(visit: Visit) -> Holder:
    mine = [one for one in await agencies.own(visit.db, by=visit.staff) if one.id in visit.staff.leads_at]
    if not mine:
        raise NotFound(staff_id=visit.staff.id)
    return Holder(visit.staff.id, visit.staff.name, mine[0].id, mine[0].time_zone, OWN, is_oneself=True)


async def _person(visit: Visit, staff_id: UUID) -> Holder:
    """Somebody of the team of the agency that the address names, or of the first where he is planned."""
    last: Refused = NotFound(staff_id=staff_id)
    own = [one for one in await agencies.own(visit.db, by=visit.staff) if visit.staff.may(Right.PLAN, one.id)]
    visit.staff.must_somewhere(Right.PLAN)
    asked = visit.asked("agence")
    for agency in sorted(own, key=lambda one: one.slug != asked):
        try:
            shown = await teams.show(visit.db, agency.id, staff_id, by=visit.staff, now=visit.now)
        except NotFound as refusal:
            last = refusal
            continue
        path = f"/equipe/{staff_id}"
        asking = f"?agence={agency.slug}"
        there = f"{path}/agenda-exterieur{asking}"
        return Holder(staff_id, shown.member.name, agency.id, agency.time_zone, there, path + asking)
    raise last


async def _room(visit: Visit, room_id: UUID) -> Holder:
    room = await rooms.show(visit.db, room_id, by=visit.staff)
    agency = (await choices.of_planning(visit.db, room.agency_id, by=visit.staff, now=visit.now)).agency
    path = f"/salles/{room_id}"
    return Holder(
        room_id, room.name, agency.id, agency.time_zone, f"{path}/agenda-exterieur", f"{path}/modifier", is_room=True
    )


async def _holder_of(visit: Visit, calendar: ExternalCalendar) -> Holder:
    if calendar.room_id:
        return await _room(visit, calendar.room_id)
    if calendar.staff_id == visit.staff.id:
        return await _oneself(visit)
    return await _person(visit, calendar.holder_id)


async def _page(
    visit: Visit, holder: Holder, refusal: Refused | None = None, typed: dict[str, str] | None = None
) -> Page:
    shown: dict[str, Any] = {
        "holder": holder,
        "outside": await of(visit, holder.id, is_room=holder.is_room),
        "typed": typed or {},
        "sentences": FIELDS,
        "done": None if refusal else DONE.get(visit.asked("fait")),
        "has_failed": visit.asked("fait") == "echec",
    }
    return visit.refused(TEMPLATE, refusal, **shown) if refusal else visit.page(TEMPLATE, **shown)


async def of(visit: Visit, holder_id: UUID, *, is_room: bool) -> Outside:
    """The calendars of a room or of somebody, for a section of another page."""
    find = external_calendars.of_room if is_room else external_calendars.of_person
    return await find(visit.db, holder_id, by=visit.staff, now=visit.now)


def _copier(visit: Visit) -> Copier:
    """Who fetches and reads; the operator says from where."""
    found: Copier = visit.request.app.state["copier"]
    return found
