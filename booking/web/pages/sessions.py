"""Sessions: the week, one session with its people, and its life from published to cancelled."""

from datetime import date, timedelta
from uuid import UUID

from litestar import Controller, get, post
from litestar.di import NamedDependency
from litestar.params import FromPath

from booking.domain.agencies import Agency
from booking.domain.errors import Refused
from booking.domain.staff import Right
from booking.services import agencies, agendas, scheduling, sessions
from booking.web.pages import weeks, words
from booking.web.pages.blocks import kind_of
from booking.web.pages.visits import Answer, Visit, see
from booking.web.rendering import Page
from calendars.zones import midnight, today

WEEK = timedelta(days=7)
ALL = "toutes"
DONE = {
    "planifiee": "Le brouillon est enregistré. Publiez-le pour ouvrir les inscriptions.",
    "publiee": "La session est publiée : on peut inscrire des personnes.",
    "modifiee": "La session est enregistrée. Les personnes concernées seront prévenues.",
    "annulee": "La session est annulée. Les personnes inscrites seront prévenues.",
}


class SessionPages(Controller):
    """What one sees and does with sessions that exist."""

    path = "/sessions"

    @get()
    async def week(self, visit: NamedDependency[Visit]) -> Page:
        """The week of an agency, or of all of one's own."""
        own = await agencies.own(visit.db, by=visit.staff)
        shown = await _agencies_shown(visit, own)
        first = shown[0] if shown else None
        zone, territory = (first.time_zone, first.holiday_territory) if first else ("Europe/Paris", "metropole")
        this_day = today(visit.now, zone)
        monday = weeks.monday_of(visit.asked("semaine"), this_day)
        entries = await _entries(visit, shown, monday, zone)
        return visit.page(
            "sessions/week.html",
            grid=weeks.grid(monday, entries, zone, territory, visit.now),
            counted=[entry for entry in entries if kind_of(entry, visit.now) != "off"],
            kinds=[kind_of(entry, visit.now) for entry in entries],
            agencies=_offered(own, shown),
            agency=first if len(shown) == 1 else None,
            asked=visit.asked("agence"),
            is_this_week=monday <= this_day < monday + WEEK,
            before=weeks.name_of(monday - WEEK),
            after=weeks.name_of(monday + WEEK),
            may_plan=visit.staff.may_somewhere(Right.PLAN),
        )

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

    @get("/{session_id:uuid}/annuler")
    async def ask_cancel(self, visit: NamedDependency[Visit], session_id: FromPath[UUID]) -> Page:
        """How many people a cancellation touches, before it is made."""
        return await _cancel_page(visit, session_id)

    @post("/{session_id:uuid}/annuler")
    async def cancel(self, visit: NamedDependency[Visit], session_id: FromPath[UUID]) -> Answer:
        """Cancel, and tell everybody why."""
        because = (await visit.form()).get("because")
        try:
            await scheduling.cancel(
                visit.db, session_id, because=because, by=visit.staff, site=visit.site, now=visit.now
            )
        except Refused as refusal:
            return await _cancel_page(visit, session_id, because, refusal)
        return see(f"/sessions/{session_id}?fait=annulee")


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
        "may_book": visit.staff.may_somewhere(Right.BOOK) and shown.session.takes_bookings(visit.now),
        "sees_everybody": visit.staff.may(Right.SEE_PEOPLE, shown.agency.id),
    }
    template = "sessions/show.html"
    return visit.refused(template, refusal, **said) if refusal else visit.page(template, **said)


async def _cancel_page(visit: Visit, session_id: UUID, because: str = "", refusal: Refused | None = None) -> Page:
    concerned = await sessions.concerned(visit.db, session_id, by=visit.staff)
    shown = await sessions.show(visit.db, session_id, by=visit.staff, now=visit.now)
    said = {"shown": shown, "concerned": concerned, "because": because, "words": words, "zone": shown.agency.time_zone}
    template = "sessions/cancel.html"
    return visit.refused(template, refusal, **said) if refusal else visit.page(template, **said)


async def _agencies_shown(visit: Visit, own: list[Agency]) -> list[Agency]:
    """The agency asked for, all of one's own, or the first of them."""
    asked = visit.asked("agence")
    if asked == ALL:
        return own
    return [await agendas.agency(visit.db, asked)] if asked else own[:1]


def _offered(own: list[Agency], shown: list[Agency]) -> list[Agency]:
    known = {agency.id: agency for agency in (*own, *shown)}
    return sorted(known.values(), key=lambda agency: agency.name)


async def _entries(visit: Visit, shown: list[Agency], monday: date, zone: str) -> list[agendas.Entry]:
    """The meetings of a week; a day more on both sides, because not every agency has the same midnight."""
    begins = midnight(monday, zone) - timedelta(days=1)
    return await agendas.meetings(
        visit.db,
        by=visit.staff,
        agency_ids=[agency.id for agency in shown],
        starts_from=begins,
        starts_before=begins + WEEK + timedelta(days=2),
    )
