"""Trainings of staff: one's own, booked by oneself in one click, and those of a team, booked by its manager."""

from urllib.parse import urlencode
from uuid import UUID

from litestar import Controller, get, post
from litestar.di import NamedDependency
from litestar.params import FromPath

from booking.domain.errors import Refused
from booking.domain.idempotency import Once, once
from booking.services import team_trainings, trainings
from booking.web.forms import Form
from booking.web.pages import training_words, where
from booking.web.pages.role_words import ROLES
from booking.web.pages.seat_searches import id_of
from booking.web.pages.visits import Answer, Visit, see
from booking.web.rendering import Page, told

OWN, TEAM = "trainings/own.html", "trainings/team.html"


class TrainingPages(Controller):
    """For everybody who works here."""

    path = "/formations"

    @get()
    async def own(self, visit: NamedDependency[Visit]) -> Page:
        """What is offered, what one is booked in, and what one has done."""
        return await _own(visit)

    @post("/{session_id:uuid}/inscription")
    async def book(self, visit: NamedDependency[Visit], session_id: FromPath[UUID]) -> Answer:
        """A seat for oneself, or a place on the waitlist."""
        form = await visit.form()
        is_waiting = form.get("action") == "wait"
        deed = trainings.wait if is_waiting else trainings.book
        key = _key(visit, form, "wait" if is_waiting else "book", session_id)
        try:
            done = await deed(visit.db, session_id, visit.staff.id, by=visit.staff, now=visit.now, once=key)
        except Refused as refusal:
            return await _own(visit, refusal)
        return see(f"/formations?fait={done.booking.state}&inscription={done.booking.id}")

    @post("/inscriptions/{booking_id:uuid}/annuler")
    async def cancel(self, visit: NamedDependency[Visit], booking_id: FromPath[UUID]) -> Answer:
        """Give the place up."""
        form = await visit.form()
        try:
            await trainings.cancel(visit.db, booking_id, by=visit.staff, now=visit.now)
        except Refused as refusal:
            return await _own(visit, refusal)
        if form.get("agency"):
            return see(f"/formations/equipe?{urlencode({'agence': form.get('agency'), 'fait': 'annulee'})}")
        return see(f"/formations?fait=cancelled&inscription={booking_id}")

    @post("/inscriptions/{booking_id:uuid}/retablir")
    async def restore(self, visit: NamedDependency[Visit], booking_id: FromPath[UUID]) -> Answer:
        """Take that back."""
        await visit.form()
        try:
            back = await trainings.restore(visit.db, booking_id, by=visit.staff, now=visit.now)
        except Refused as refusal:
            return await _own(visit, refusal)
        return see(f"/formations?fait={back.booking.state}&inscription={booking_id}")

    @get("/equipe")
    async def team(self, visit: NamedDependency[Visit]) -> Page:
        """Who has done which training, and who must still."""
        return await _team(visit)

    @post("/equipe")
    async def book_team(self, visit: NamedDependency[Visit]) -> Answer:
        """Seats for those who were ticked, as far as there are any."""
        form = await visit.form()
        people = [id for id in map(id_of, form.all("people")) if id]
        try:
            session_id = form.id("session")
            if session_id is None:
                form.problems.add("session", "required")
            form.problems.refuse()
            assert session_id is not None
            found = await team_trainings.book(visit.db, session_id, people, by=visit.staff, now=visit.now)
        except Refused as refusal:
            return await _team(visit, form, refusal)
        rows = [
            (staff_id, one, told(visit.request, one.refusal) if one.refusal else {}) for staff_id, one in found.items()
        ]
        return await _team(visit, form, rows=rows)


async def _own(visit: Visit, refusal: Refused | None = None) -> Page:
    said = {
        "own": await trainings.own(visit.db, by=visit.staff, now=visit.now),
        "done": training_words.DONE.get(visit.asked("fait")) if refusal is None else None,
        "booking_id": id_of(visit.asked("inscription")),
        "is_cancelled": visit.asked("fait") == "cancelled",
        "words": training_words,
    }
    return visit.refused(OWN, refusal, **said) if refusal else visit.page(OWN, **said)


async def _team(
    visit: Visit, form: Form | None = None, refusal: Refused | None = None, rows: list[tuple[object, ...]] | None = None
) -> Page:
    chosen = await where.chosen(visit)
    team = await team_trainings.of_agency(visit.db, chosen.agency.id, by=visit.staff, now=visit.now)
    only = visit.asked("qui") == "manque"
    said = {
        "chosen": chosen,
        "team": team,
        "shown": team.lacking if only else team.members,
        "only": only,
        "rows": rows,
        "names": {one.colleague.id: one.colleague.name for one in team.members},
        "is_cancelled": visit.asked("fait") == "annulee" and form is None,
        "ticked": form.all("people") if form and rows is None else [],
        "session": form.get("session") if form else visit.asked("session"),
        "words": training_words,
        "roles": ROLES,
    }
    return visit.refused(TEAM, refusal, **said) if refusal else visit.page(TEAM, **said)


def _key(visit: Visit, form: Form, deed: str, session_id: UUID) -> Once | None:
    key = form.get("once")[:100]
    return once(visit.staff.id, f"{key}:{deed}" if key else None, "training", deed, str(session_id))
