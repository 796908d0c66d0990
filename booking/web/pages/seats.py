"""The seats of a session: its capacity, extra seats with a reason, and those kept for agencies."""

from typing import Any
from uuid import UUID

from litestar import Controller, get, post
from litestar.di import NamedDependency
from litestar.params import FromPath

from booking.domain.agencies import Agency
from booking.domain.errors import Refused
from booking.domain.staff import Right
from booking.services import allowances, contingents, neighbours, sessions
from booking.web.forms import Form
from booking.web.pages.typed_times import instant
from booking.web.pages.visits import Answer, Visit, see
from booking.web.rendering import Page

USUAL_HOUR = "18:00"
DONE = {
    "supplement": "Le nombre de places en plus est enregistré.",
    "gardees": "Les places sont gardées pour cette agence.",
    "liberees": "Ces places sont de nouveau pour tout le monde.",
}


class SeatPages(Controller):
    """Who may sit in a session, beyond who sits there already."""

    path = "/sessions"

    @get("/{session_id:uuid}/places")
    async def show(self, visit: NamedDependency[Visit], session_id: FromPath[UUID]) -> Page:
        """The seats, and what is kept or allowed."""
        return await _page(visit, session_id)

    @post("/{session_id:uuid}/places/supplement")
    async def allow(self, visit: NamedDependency[Visit], session_id: FromPath[UUID]) -> Answer:
        """Allow seats beyond the capacity, or take that back."""
        form = await visit.form()
        try:
            extra = form.whole("extra", 0) or 0
            form.problems.refuse()
            because = form.get("because")
            await allowances.allow(visit.db, session_id, extra, because, by=visit.staff, now=visit.now)
        except Refused as refusal:
            return await _page(visit, session_id, form, refusal)
        return see(f"/sessions/{session_id}/places?fait=supplement")

    @post("/{session_id:uuid}/places/contingents")
    async def keep(self, visit: NamedDependency[Visit], session_id: FromPath[UUID]) -> Answer:
        """Keep seats for an agency, or change how many or until when."""
        form = await visit.form()
        shown = await sessions.show(visit.db, session_id, by=visit.staff, now=visit.now)
        try:
            agency_id, places = form.id("agency"), form.whole("places", 0) or 0
            day, hour = form.day("until_at"), form.hour("until_hour")
            until_at = instant(form, "until_at", day, hour, shown.agency.time_zone)
            if agency_id is None:
                form.problems.add("agency", "required")
            form.problems.refuse()
            assert agency_id is not None and until_at is not None
            known = {"places": places, "until_at": until_at, "by": visit.staff, "now": visit.now}
            await contingents.keep(visit.db, session_id, agency_id, **known)  # type: ignore[arg-type]
        except Refused as refusal:
            return await _page(visit, session_id, form, refusal)
        return see(f"/sessions/{session_id}/places?fait=gardees")

    @post("/{session_id:uuid}/places/contingents/{agency_id:uuid}/liberer")
    async def let_go(
        self, visit: NamedDependency[Visit], session_id: FromPath[UUID], agency_id: FromPath[UUID]
    ) -> Answer:
        """Keep nothing more for an agency."""
        await visit.form()
        try:
            await contingents.let_go(visit.db, session_id, agency_id, by=visit.staff, now=visit.now)
        except Refused as refusal:
            return await _page(visit, session_id, None, refusal)
        return see(f"/sessions/{session_id}/places?fait=liberees")


async def _page(visit: Visit, session_id: UUID, form: Form | None = None, refusal: Refused | None = None) -> Page:
    shown = await sessions.show(visit.db, session_id, by=visit.staff, now=visit.now)
    visit.staff.must(Right.PLAN, shown.agency.id)
    shown.session.must_be_changeable(visit.now)
    said: dict[str, Any] = {
        "shown": shown,
        "session": shown.session,
        "zone": shown.agency.time_zone,
        "kept": await contingents.of_session(visit.db, session_id, by=visit.staff),
        "allowed": await allowances.of_session(visit.db, shown.session),
        "agencies": [(agency.id, agency.name) for agency in await _around(visit, shown.agency)],
        "typed": {"until_hour": USUAL_HOUR, "extra": shown.session.allowance} | (dict(form.pairs) if form else {}),
        "done": DONE.get(visit.asked("fait")) if refusal is None else None,
    }
    template = "sessions/seats.html"
    return visit.refused(template, refusal, **said) if refusal else visit.page(template, **said)


async def _around(visit: Visit, here: Agency) -> list[Agency]:
    """The agencies that may send people, the nearest first; the own ones too."""
    return [neighbour.agency for neighbour in await neighbours.of_agency(visit.db, here.id)]
