"""A person gives the code of a booking at a desk or on the phone, and says what she would say on her own page."""

from uuid import UUID

from litestar import Controller, get, post
from litestar.di import NamedDependency
from litestar.params import FromPath

from booking.domain.errors import InvalidField, NotFound, Refused
from booking.domain.staff import Right
from booking.services import codes, own_pages
from booking.services.own_pages import OwnPage
from booking.web.pages import deeds, situations, words
from booking.web.pages.visits import Answer, Visit, see
from booking.web.rendering import Page

DONE = {
    "viens": "C’est noté : la personne vient.",
    "annuler": "C’est noté : la personne ne vient pas. Sa place est libre.",
    "reprendre": "La personne a de nouveau sa place.",
    "prendre": "La personne a la place.",
    "deplacer": "La personne a une place à la nouvelle date.",
    "rappel": "C’est noté : la personne est dans la liste « À rappeler ».",
}


class CodePages(Controller):
    """The same as a person's own page, for who only calls."""

    path = "/code"

    @get("/")
    async def find(self, visit: NamedDependency[Visit]) -> Page:
        """Type the code as it is heard."""
        return await _page(visit, visit.asked("code"))

    @post("/{booking_id:uuid}")
    async def answer(self, visit: NamedDependency[Visit], booking_id: FromPath[UUID]) -> Answer:
        """Do for the person what she says."""
        form = await visit.form()
        code = form.get("code")
        try:
            known = {one.booking.id: one.booking for one in await _found(visit, code)}
            if booking_id not in known:
                raise NotFound(booking_id=booking_id)
            said = await deeds.do(visit.db, known[booking_id], form, by=visit.staff, now=visit.now)
        except NotFound:
            raise
        except Refused as refusal:
            return await _page(visit, code, refusal)
        return see(f"/code?code={said.code}&fait={form.get('faire')}")


async def _found(visit: Visit, code: str) -> list[OwnPage]:
    return await codes.with_code(visit.db, code, by=visit.staff, now=visit.now)


async def _page(visit: Visit, code: str, refusal: Refused | None = None) -> Page:
    visit.staff.must_somewhere(Right.BOOK)
    found = None
    try:
        found = await _found(visit, code) if code else None
    except InvalidField as no_code:
        refusal = no_code
    shown = {
        "typed": code,
        "found": found,
        "others": {one.booking.id: await _others(visit, one) for one in found or ()},
        "situations": situations,
        "words": words,
        "done": None if refusal else DONE.get(visit.asked("fait")),
    }
    template = "bookings/code.html"
    return visit.refused(template, refusal, **shown) if refusal else visit.page(template, **shown)


async def _others(visit: Visit, one: OwnPage) -> object:
    may_move = situations.of(one, visit.now) in situations.STEPS and one.booking.only_meeting_id is None
    return await own_pages.other_dates(visit.db, one, now=visit.now) if may_move else []
