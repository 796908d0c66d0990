"""Ending a session before its time: cancelled, or merged with another; who is concerned is said before it is done."""

from typing import Any
from uuid import UUID

from litestar import Controller, get, post
from litestar.di import NamedDependency
from litestar.params import FromPath

from booking.domain.endings import Then
from booking.domain.errors import InvalidField, Refused
from booking.domain.staff import Right
from booking.services import scheduling, sessions
from booking.web.forms import Form
from booking.web.pages import words
from booking.web.pages.visits import Answer, Visit, see
from booking.web.rendering import Page


class CancellingPages(Controller):
    """What touches everybody in a session at once."""

    path = "/sessions"

    @get("/{session_id:uuid}/annuler")
    async def ask_cancel(self, visit: NamedDependency[Visit], session_id: FromPath[UUID]) -> Page:
        """How many people a cancellation touches, and what may become of them."""
        return await _page(visit, "sessions/cancel.html", session_id)

    @post("/{session_id:uuid}/annuler")
    async def cancel(self, visit: NamedDependency[Visit], session_id: FromPath[UUID]) -> Answer:
        """Cancel; everybody is moved, offered other dates, or told why."""
        form = await visit.form()
        try:
            then = form.choice("then", Then) or Then.TELL
            into = form.id("into") if then is Then.MOVE else None
            form.problems.refuse()
            because = form.get("because")
            known = {"by": visit.staff, "site": visit.site, "now": visit.now}
            await scheduling.cancel(visit.db, session_id, because=because, then=then, into=into, **known)
        except Refused as refusal:
            return await _page(visit, "sessions/cancel.html", session_id, form, refusal)
        return see(f"/sessions/{session_id}?fait=annulee")

    @get("/{session_id:uuid}/fusionner")
    async def ask_merge(self, visit: NamedDependency[Visit], session_id: FromPath[UUID]) -> Page:
        """With which session this one could be merged."""
        return await _page(visit, "sessions/merge.html", session_id)

    @post("/{session_id:uuid}/fusionner")
    async def merge(self, visit: NamedDependency[Visit], session_id: FromPath[UUID]) -> Answer:
        """Everybody goes to the other session, and this one is cancelled."""
        form = await visit.form()
        into = form.id("into")
        try:
            if into is None:
                raise InvalidField(fields={"into": "required"})
            because = form.get("because")
            known = {"by": visit.staff, "site": visit.site, "now": visit.now}
            await scheduling.merge(visit.db, session_id, into, because=because, **known)
        except Refused as refusal:
            return await _page(visit, "sessions/merge.html", session_id, form, refusal)
        return see(f"/sessions/{into}?fait=fusionnee")


async def _page(
    visit: Visit, template: str, session_id: UUID, form: Form | None = None, refusal: Refused | None = None
) -> Page:
    concerned = await sessions.concerned(visit.db, session_id, by=visit.staff)
    shown = await sessions.show(visit.db, session_id, by=visit.staff, now=visit.now)
    visit.staff.must(Right.PLAN, shown.agency.id)
    said: dict[str, Any] = {
        "shown": shown,
        "session": shown.session,
        "concerned": concerned,
        "because": form.get("because") if form else "",
        "into": form.get("into") if form else visit.asked("vers"),
        "then": form.get("then") if form else "",
        "words": words,
        "zone": shown.agency.time_zone,
    }
    return visit.refused(template, refusal, **said) if refusal else visit.page(template, **said)
