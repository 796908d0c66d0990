"""Placing a person: choose who, choose when, hand over paper. Three actions, while the person sits there."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from litestar import Controller, get, post
from litestar.di import NamedDependency

from booking.domain.agencies import Agency
from booking.domain.bookings import Booking, Party
from booking.domain.errors import Refused
from booking.domain.idempotency import Once, once
from booking.domain.staff import Right, Staff
from booking.domain.workshops import Audience
from booking.services import bookings, catalogues, confirmations, job_seekers, messages, prerequisites
from booking.services.confirmations import Confirmation
from booking.services.messages import Said
from booking.storage.listings import BookingListed
from booking.web.forms import Form
from booking.web.pages import words
from booking.web.pages.boards import look
from booking.web.pages.person_forms import blank, where_one_may_register
from booking.web.pages.seat_searches import Search, id_of
from booking.web.pages.visits import Answer, Visit, see
from booking.web.rendering import Page


@dataclass(frozen=True, slots=True)
class Outcome:
    """What was just done: the booking with its surroundings, what leaves when, and the letter's words."""

    confirmation: Confirmation
    leaving: Sequence[Said]
    text: str


class PlacingPages(Controller):
    """The screen on which advisers spend their day."""

    path = "/placer"

    @get()
    async def look(self, visit: NamedDependency[Visit]) -> Page:
        """A person on the left, seats on the right."""
        return await placing_page(visit, Search.of(visit.request.query_params))

    @post("/inscrire")
    async def book(self, visit: NamedDependency[Visit]) -> Answer:
        """Give the person a seat."""
        form = await visit.form()
        session_id, person_id = _both(form)
        key = _key(visit.staff, form, "book")
        try:
            done = await bookings.book(visit.db, session_id, person_id, by=visit.staff, now=visit.now, once=key)
        except Refused as refusal:
            return await _again(visit, form, refusal)
        return _after(form, done.booking)

    @post("/attente")
    async def wait(self, visit: NamedDependency[Visit]) -> Answer:
        """Put the person on the waitlist."""
        form = await visit.form()
        session_id, person_id = _both(form)
        key = _key(visit.staff, form, "wait")
        try:
            done = await bookings.wait(visit.db, session_id, person_id, by=visit.staff, now=visit.now, once=key)
        except Refused as refusal:
            return await _again(visit, form, refusal)
        return _after(form, done.booking)

    @post("/annuler")
    async def undo(self, visit: NamedDependency[Visit]) -> Answer:
        """Take back what was just done."""
        form = await visit.form()
        booking_id = form.id("booking") or UUID(int=0)
        try:
            await bookings.cancel(visit.db, booking_id, party=Party.ADVISER, by=visit.staff, now=visit.now)
        except Refused as refusal:
            return await _again(visit, form, refusal)
        return see(_search(form).href(done=booking_id))


def _both(form: Form) -> tuple[UUID, UUID]:
    """The session and the person of a form; what nobody chose is found nowhere."""
    nobody = UUID(int=0)
    return form.id("session") or nobody, form.id("person") or nobody


def _search(form: Form) -> Search:
    return Search.of(dict(form.pairs) | {"personne": form.get("person")})


def _key(staff: Staff, form: Form, deed: str) -> Once | None:
    """The same form sent twice acts once."""
    return once(staff.id, form.get("once")[:100] or None, deed, form.get("session"), form.get("person"))


def _after(form: Form, booking: Booking) -> Answer:
    """The row opens in place; who gets nothing else is handed the letter at once."""
    if form.get("print"):
        return see(f"/inscriptions/{booking.id}/papier")
    return see(f"{_search(form).href(done=booking.id)}#fait")


async def _again(visit: Visit, form: Form, refusal: Refused) -> Page:
    return await placing_page(visit, _search(form), refusal)


async def placing_page(visit: Visit, search: Search, refusal: Refused | None = None, **shown: Any) -> Page:
    """The whole screen for a search; ``shown`` is what a form of a new person still holds."""
    visit.staff.must_somewhere(Right.BOOK)
    person_id = id_of(search.person)
    person = await job_seekers.show(visit.db, person_id, by=visit.staff) if person_id else None
    history = await job_seekers.history(visit.db, person.id, by=visit.staff) if person else []
    outcome = await _outcome(visit, search)
    own = await where_one_may_register(visit)
    catalogue = [w for w in await catalogues.every(visit.db) if w.audience is Audience.JOB_SEEKERS]
    board = await look(
        visit.db,
        search,
        home=person.agency_id if person else _home(visit.staff, own),
        person=person,
        mine={x.booking.session_id: x.booking for x in history if x.booking.is_active},
        done=outcome.confirmation.listed if outcome else None,
        catalogue=catalogue,
        now=visit.now,
    )
    around = {
        "search": search,
        "found": await job_seekers.search(visit.db, search.query, by=visit.staff),
        "person": person,
        "ahead": _ahead(visit, history),
        "outcome": outcome,
        "board": board,
        "workshops": catalogue,
        "hues": {workshop.id: workshop.colour for workshop in catalogue},
        "asked": await prerequisites.of_person(visit.db, person.id, by=visit.staff) if person else {},
        "agencies": [("", ""), *((str(agency.id), agency.name) for agency in own)],
        "said": blank(search.query),
        "alike": [],
        "words": words,
        # The same page whichever form led to it: its place in the navigation, and where a change of language leads.
        "path": PlacingPages.path,
        "here": search.href(done=search.done),
    } | shown
    return visit.refused("placing.html", refusal, **around) if refusal else visit.page("placing.html", **around)


def _home(staff: Staff, own: Sequence[Agency]) -> UUID | None:
    """From where one looks without a person: the own agency, if there is one."""
    return None if staff.is_network_wide or not own else own[0].id


def _ahead(visit: Visit, history: Sequence[BookingListed]) -> list[BookingListed]:
    """What the person still has before him, the next first."""
    return [x for x in reversed(history) if x.booking.is_active and x.session.ends_at > visit.now]


async def _outcome(visit: Visit, search: Search) -> Outcome | None:
    booking_id = id_of(search.done)
    if booking_id is None:
        return None
    shown = await confirmations.show(visit.db, booking_id, by=visit.staff, now=visit.now)
    machines = visit.request.app.state.get("machines", frozenset())
    leaving = await messages.of_booking(visit.db, booking_id, machines=machines, by=visit.staff, now=visit.now)
    letter = await messages.letter(visit.db, booking_id, by=visit.staff, now=visit.now)
    return Outcome(shown, [said for said in leaving if said.channel], letter.words.body.strip())
