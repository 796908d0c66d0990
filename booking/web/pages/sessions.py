"""Sessions: one with its people, and its life from published to cancelled."""

from collections.abc import Sequence
from uuid import UUID

from litestar import Controller, get, post
from litestar.di import NamedDependency
from litestar.params import FromPath

from booking.domain.errors import Refused
from booking.domain.exports import may_take_session
from booking.domain.staff import Right
from booking.domain.workshops import Audience
from booking.services import allowances, contingents, external_clashes, lines, refusals, scheduling, sessions
from booking.services.lines import InLine
from booking.services.refusals import Refusal
from booking.storage.journal import Sought
from booking.web.pages import message_words, words
from booking.web.pages.journals import lines_about
from booking.web.pages.visits import Answer, Visit, see
from booking.web.rendering import Page

DONE = {
    "planifiee": "Le brouillon est enregistré. Publiez-le pour ouvrir les inscriptions.",
    "publiee": "La session est publiée : on peut inscrire des personnes.",
    "modifiee": "La session est enregistrée. Les personnes concernées seront prévenues.",
    "annulee": "La session est annulée. Les personnes concernées seront prévenues.",
    "suivantes": "Les sessions sont enregistrées. Les personnes concernées seront prévenues.",
    "fusionnee": "Les deux sessions sont réunies ici. Les personnes concernées seront prévenues.",
}
# So many of its messages are shown; the journal has them all.
SHOWN = 5


class SessionPages(Controller):
    """What one sees and does with sessions that exist."""

    path = "/sessions"

    @get("/{session_id:uuid}")
    async def show(self, visit: NamedDependency[Visit], session_id: FromPath[UUID]) -> Page:
        """One session."""
        return await session_page(visit, session_id)

    @post("/{session_id:uuid}/publier")
    async def publish(self, visit: NamedDependency[Visit], session_id: FromPath[UUID]) -> Answer:
        """Open a draft for booking."""
        await visit.form()
        try:
            await scheduling.publish(visit.db, session_id, by=visit.staff, site=visit.site, now=visit.now)
        except Refused as refusal:
            return await session_page(visit, session_id, refusal)
        return see(f"/sessions/{session_id}?fait=publiee")


async def session_page(visit: Visit, session_id: UUID, refusal: Refused | None = None) -> Page:
    """The page of a session, with a refusal of what was tried there."""
    shown = await sessions.show(visit.db, session_id, by=visit.staff, now=visit.now)
    said = {
        "shown": shown,
        "session": shown.session,
        "zone": shown.agency.time_zone,
        "words": words,
        "done": DONE.get(visit.asked("fait")) if refusal is None else None,
        "may_plan": visit.staff.may(Right.PLAN, shown.agency.id),
        "may_mark": visit.staff.may(Right.MARK, shown.agency.id),
        "may_take": may_take_session(visit.staff, shown.agency.id, [m.facilitator_id for m in shown.session.meetings]),
        "is_training": shown.workshop.audience is Audience.STAFF,
        "may_book": visit.staff.may_somewhere(Right.BOOK) and shown.session.takes_bookings(visit.now),
        "kept": await contingents.of_session(visit.db, session_id, by=visit.staff),
        "allowed": await allowances.of_session(visit.db, shown.session),
        "line": await _line(visit, session_id),
        "declined": await _declined(visit, shown.agency.id, session_id),
        "busy_elsewhere": await external_clashes.of_session(visit.db, session_id, by=visit.staff, now=visit.now),
        "lines": await lines_about(visit, Sought(session_id=session_id, most=SHOWN)),
        "said": message_words,
        "sees_everybody": visit.staff.may(Right.SEE_PEOPLE, shown.agency.id),
    }
    template = "sessions/show.html"
    return visit.refused(template, refusal, **said) if refusal else visit.page(template, **said)


async def _declined(visit: Visit, agency_id: UUID, session_id: UUID) -> Sequence[Refusal]:
    """Who declined to lead or assist, for who plans here."""
    if not visit.staff.may(Right.PLAN, agency_id):
        return ()
    return await refusals.of_staff(visit.db, by=visit.staff, now=visit.now, session_id=session_id)


async def _line(visit: Visit, session_id: UUID) -> Sequence[InLine]:
    """Who waits, for whom one may know it."""
    if not visit.staff.may_somewhere(Right.SEE_PEOPLE):
        return ()
    return await lines.of_session(visit.db, session_id, by=visit.staff, now=visit.now)
