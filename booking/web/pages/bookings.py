"""One booking: its page, its letter, and giving it up or moving it."""

from uuid import UUID

from litestar import Controller, get, post
from litestar.di import NamedDependency
from litestar.params import FromPath

from booking.domain import links
from booking.domain.attendance import Reason
from booking.domain.bookings import Party
from booking.domain.errors import Refused
from booking.domain.fields import Problems
from booking.domain.staff import Right
from booking.services import bookings, confirmations, holds, lines, looking, own_links, refusals, trainings
from booking.services.confirmations import Confirmation
from booking.services.journals import Line
from booking.services.lines import InLine
from booking.storage.journal import Sought
from booking.web.forms import Form
from booking.web.pages import message_words, words
from booking.web.pages.journals import lines_about
from booking.web.pages.visits import Answer, Visit, see
from booking.web.rendering import Page

LONGEST_REASON = 200
DONE = {
    "annulee": "L’inscription est annulée.",
    "confirmee": "La personne a sa place. Elle sera prévenue.",
    "rattrapage": "La personne a une place à cette séance.",
    "retablie": "La personne a de nouveau sa place.",
    "deplacee": "La personne a une place dans cette session. L’ancienne place est libre.",
    "lien": "La personne a un nouveau lien. L’ancien ne marche plus. Remettez-lui la lettre : elle porte le nouveau.",
}


class BookingPages(Controller):
    """What one sees and does with an inscription."""

    path = "/inscriptions"

    @get("/{booking_id:uuid}")
    async def show(self, visit: NamedDependency[Visit], booking_id: FromPath[UUID]) -> Answer:
        """One booking, and what leaves when; that of a colleague stands among the trainings."""
        if own := await trainings.attended_by(visit.db, booking_id):
            return see("/formations" if own == visit.staff.id else "/formations/equipe")
        return await _page(visit, booking_id)

    @post("/{booking_id:uuid}/annuler")
    async def cancel(self, visit: NamedDependency[Visit], booking_id: FromPath[UUID]) -> Answer:
        """Give up the place for the person, the adviser or the service."""
        form = await visit.form()
        try:
            party, because, reason = _who_and_why(form)
            said = {"party": party, "because": because, "reason": reason}
            await bookings.cancel(visit.db, booking_id, **said, by=visit.staff, now=visit.now)
        except Refused as refusal:
            return await _page(visit, booking_id, refusal, form)
        return see(f"/inscriptions/{booking_id}?fait=annulee")

    @post("/{booking_id:uuid}/deplacer")
    async def move(self, visit: NamedDependency[Visit], booking_id: FromPath[UUID]) -> Answer:
        """A seat in another session instead; the answer is the page of the new booking."""
        form = await visit.form()
        try:
            target = form.id("session")
            if target is None:
                form.problems.add("session", "required")
            form.problems.refuse()
            assert target is not None
            moved = await bookings.move(visit.db, booking_id, target, by=visit.staff, now=visit.now)
        except Refused as refusal:
            return await _page(visit, booking_id, refusal, form)
        return see(f"/inscriptions/{moved.booking.id}?fait=deplacee")

    @post("/{booking_id:uuid}/confirmer")
    async def confirm(self, visit: NamedDependency[Visit], booking_id: FromPath[UUID]) -> Answer:
        """Book a seat that is held, or that was offered and is taken."""
        await visit.form()
        try:
            await holds.confirm(visit.db, booking_id, by=visit.staff, now=visit.now)
        except Refused as refusal:
            return await _page(visit, booking_id, refusal)
        return see(f"/inscriptions/{booking_id}?fait=confirmee")

    @post("/{booking_id:uuid}/retablir")
    async def restore(self, visit: NamedDependency[Visit], booking_id: FromPath[UUID]) -> Answer:
        """Take a cancellation back while there is a seat."""
        await visit.form()
        try:
            await bookings.restore(visit.db, booking_id, by=visit.staff, now=visit.now)
        except Refused as refusal:
            return await _page(visit, booking_id, refusal)
        return see(f"/inscriptions/{booking_id}?fait=retablie")

    @post("/{booking_id:uuid}/nouveau-lien")
    async def renew_link(self, visit: NamedDependency[Visit], booking_id: FromPath[UUID]) -> Answer:
        """Give the person another link to his own page; those he had open nothing any more."""
        await visit.form()
        try:
            await own_links.renew(visit.db, booking_id, by=visit.staff, now=visit.now)
        except Refused as refusal:
            return await _page(visit, booking_id, refusal)
        return see(f"/inscriptions/{booking_id}?fait=lien")


def _who_and_why(form: Form) -> tuple[Party, str, Reason | None]:
    party, because = form.choice("party", Party), form.get("because").strip()
    reason = form.choice("reason", Reason)
    problems = form.problems
    if party is None:
        problems.add("party", "required")
    problems.text("because", because, longest=LONGEST_REASON, required=False)
    problems.refuse()
    assert party is not None
    return party, because, reason


async def _page(visit: Visit, booking_id: UUID, refusal: Refused | None = None, form: Form | None = None) -> Page:
    shown = await confirmations.show(visit.db, booking_id, by=visit.staff, now=visit.now)
    typed = form or Form([], Problems())
    knows_contact = visit.staff.may(Right.SEE_PEOPLE, shown.booking.agency_id)
    if knows_contact:
        await looking.note(visit.db, shown.job_seeker, by=visit.staff, now=visit.now, way="booking")
    may_book = visit.staff.may(Right.BOOK, shown.booking.agency_id)
    said = _facts(shown) | {
        "done": DONE.get(visit.asked("fait")) if refusal is None else None,
        "typed": {name: typed.get(name) for name in ("party", "reason", "because", "session")},
        "may_change": shown.booking.is_active and may_book,
        "may_confirm": may_book and shown.booking.deadline_at is not None,
        "may_restore": may_book and shown.booking.may_be_restored(visit.now) and shown.session.is_to_come(visit.now),
        "may_renew_link": may_book and not shown.booking.has_successor and _has_own_page(visit, shown),
        "in_line": await _in_line(visit, shown),
        "knows_contact": knows_contact,
        "leaving": await _leaving(visit, shown) if knows_contact else [],
        "declined": await refusals.of_booking(visit.db, booking_id, now=visit.now),
        "said": message_words,
        "words": words,
    }
    template = "bookings/show.html"
    return visit.refused(template, refusal, **said) if refusal else visit.page(template, **said)


def _has_own_page(visit: Visit, shown: Confirmation) -> bool:
    return visit.now < links.ends_at(shown.session.ends_at, shown.agency.time_zone)


async def _in_line(visit: Visit, shown: Confirmation) -> InLine | None:
    """Where the person stands on the waitlist, and why he was passed over."""
    if shown.turn is None:
        return None
    line = await lines.of_session(visit.db, shown.session.id, by=visit.staff, now=visit.now)
    return next((one for one in line if one.waiter.id == shown.booking.id), None)


async def _leaving(visit: Visit, shown: Confirmation) -> list[Line]:
    """What was said about it and what leaves when, by time."""
    found = await lines_about(visit, Sought(booking_id=shown.booking.id))
    return sorted(found, key=lambda line: (line.message.due_at, line.message.id))


def _facts(shown: Confirmation) -> dict[str, object]:
    return {
        "shown": shown,
        "booking": shown.booking,
        "person": shown.job_seeker,
        "session": shown.session,
        "workshop": shown.workshop,
        "agency": shown.agency,
        "sender": shown.sender,
        "zone": shown.agency.time_zone,
    }
