"""One meeting of a session: changed alone, or with all that follow it."""

from typing import Any
from uuid import UUID

from litestar import Controller, get, post
from litestar.di import NamedDependency
from litestar.params import FromPath

from booking.domain.errors import NotFound, Obstructed, Refused
from booking.domain.sessions import Meeting
from booking.domain.staff import Right
from booking.services import choices, following, sessions
from booking.services.sessions import Shown
from booking.web.errors import field_words
from booking.web.pages import meeting_forms
from booking.web.pages.visits import Answer, Visit, see
from booking.web.rendering import Page

TEMPLATE = "sessions/meeting.html"


class SingleMeetingPages(Controller):
    """A small form for one date."""

    path = "/sessions"

    @get("/{session_id:uuid}/seances/{meeting_id:uuid}")
    async def edit(self, visit: NamedDependency[Visit], session_id: FromPath[UUID], meeting_id: FromPath[UUID]) -> Page:
        """The form of a meeting as it is."""
        shown, meeting = await _planned(visit, session_id, meeting_id)
        return await _page(visit, shown, meeting, meeting_forms.written(shown, meeting))

    @post("/{session_id:uuid}/seances/{meeting_id:uuid}")
    async def change(
        self, visit: NamedDependency[Visit], session_id: FromPath[UUID], meeting_id: FromPath[UUID]
    ) -> Answer:
        """Change it, alone or with those that follow; everybody concerned is told."""
        form = await visit.form()
        shown, meeting = await _planned(visit, session_id, meeting_id)
        try:
            wish, version = meeting_forms.wish(form, shown, meeting), form.whole("version")
            form.problems.refuse()
            assert wish is not None  # what is missing was refused
            known = {"version": version, "by": visit.staff, "site": visit.site, "now": visit.now}
            changed = await following.change(visit.db, session_id, meeting_id, wish, **known)  # type: ignore[arg-type]
        except Refused as refusal:
            # What was not even sent is as it was.
            typed = meeting_forms.written(shown, meeting) | dict(form.pairs)
            return await _page(visit, shown, meeting, typed, refusal)
        return see(f"/sessions/{session_id}?fait={'suivantes' if len(changed) > 1 else 'modifiee'}")


async def _planned(visit: Visit, session_id: UUID, meeting_id: UUID) -> tuple[Shown, Meeting]:
    shown = await sessions.show(visit.db, session_id, by=visit.staff, now=visit.now)
    visit.staff.must(Right.PLAN, shown.agency.id)
    shown.session.must_be_changeable(visit.now)
    for meeting in shown.session.meetings:
        if meeting.id == meeting_id:
            return shown, meeting
    raise NotFound(session_id=session_id, meeting_id=meeting_id)


async def _page(
    visit: Visit, shown: Shown, meeting: Meeting, typed: dict[str, Any], refusal: Refused | None = None
) -> Page:
    said: dict[str, Any] = {
        "shown": shown,
        "session": shown.session,
        "meeting": meeting,
        "zone": shown.agency.time_zone,
        "choices": await choices.of_planning(visit.db, shown.agency.id, by=visit.staff, now=visit.now),
        "typed": {"overridden_because": ""} | typed,
        "needs_reason": isinstance(refusal, Obstructed),
        "elsewhere": await _elsewhere(visit, shown, refusal),
    }
    if refusal is None:
        return visit.page(TEMPLATE, **said)
    fields = {_field(name): code for name, code in refusal.facts.get("fields", {}).items()}
    return visit.refused(TEMPLATE, refusal, **said, errors=field_words(fields, visit.say))


async def _elsewhere(visit: Visit, shown: Shown, refusal: Refused | None) -> Shown | None:
    """The later session of the series against which something stands."""
    other = refusal.facts.get("session_id") if refusal else None
    if other is None or other == shown.session.id:
        return None
    return await sessions.show(visit.db, other, by=visit.staff, now=visit.now)


def _field(name: str) -> str:
    """What stands against a meeting stands beside its date."""
    return "date" if name.startswith("meetings") else name
