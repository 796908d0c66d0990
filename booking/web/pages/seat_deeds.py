"""What one does with a seat while the person sits there: book, hold, confirm, wait, take back, restore."""

from collections.abc import Awaitable, Callable
from uuid import UUID

from litestar import Controller, post
from litestar.di import NamedDependency

from booking.domain.bookings import Booking, Party
from booking.domain.errors import Refused
from booking.domain.idempotency import Once, once
from booking.domain.staff import Staff
from booking.services import bookings, holds, waits
from booking.services.answers import Answered
from booking.web.forms import Form
from booking.web.pages.placing import placing_page
from booking.web.pages.seat_searches import Search, id_of
from booking.web.pages.visits import Answer, Visit, see

NOBODY = UUID(int=0)
Deed = Callable[..., Awaitable[Answered]]


class SeatDeedPages(Controller):
    """The buttons of the rows: each leads back to the page, where the row has opened."""

    path = "/placer"

    @post("/inscrire")
    async def book(self, visit: NamedDependency[Visit]) -> Answer:
        """Give the person a seat."""
        return await _seat(visit, await visit.form(), "book", bookings.book)

    @post("/retenir")
    async def hold(self, visit: NamedDependency[Visit]) -> Answer:
        """Hold a seat while one talks."""
        return await _seat(visit, await visit.form(), "hold", holds.hold)

    @post("/attente")
    async def wait(self, visit: NamedDependency[Visit]) -> Answer:
        """Put the person on the waitlist of a session."""
        form = await visit.form()
        return await _seat(visit, form, "wait", bookings.wait, first_because=form.get("first_because"))

    @post("/attendre")
    async def join(self, visit: NamedDependency[Visit]) -> Answer:
        """Put the person in the line for the next seat of a workshop anywhere near."""
        form = await visit.form()
        workshop_id, person_id = form.id("workshop") or NOBODY, form.id("person") or NOBODY
        agency_ids = [id for id in map(id_of, form.all("agency_ids")) if id]
        said = {"because": form.get("because"), "first_because": form.get("first_because")}
        try:
            joined = await waits.join(
                visit.db, workshop_id, person_id, agency_ids, by=visit.staff, now=visit.now, **said
            )
        except Refused as refusal:
            return await _again(visit, form, refusal, deed="join")
        if joined.booking:
            return _after(form, joined.booking)
        return see(_search(form).href(done="attend"))

    @post("/renoncer")
    async def leave(self, visit: NamedDependency[Visit]) -> Answer:
        """Wait no longer for any seat of a workshop."""
        form = await visit.form()
        await waits.leave(visit.db, form.id("wait") or NOBODY, by=visit.staff, now=visit.now)
        return see(_search(form).href(done="renonce"))

    @post("/confirmer")
    async def confirm(self, visit: NamedDependency[Visit]) -> Answer:
        """Book the seat that is held, or the one that was offered."""
        form = await visit.form()
        booking_id = form.id("booking") or NOBODY
        key = _key(visit.staff, form, "confirm", str(booking_id))
        try:
            done = await holds.confirm(visit.db, booking_id, by=visit.staff, now=visit.now, once=key)
        except Refused as refusal:
            return await _again(visit, form, refusal)
        return _after(form, done.booking)

    @post("/annuler")
    async def undo(self, visit: NamedDependency[Visit]) -> Answer:
        """Take back what was just done, or let go of what is held."""
        form = await visit.form()
        booking_id = form.id("booking") or NOBODY
        try:
            await bookings.cancel(visit.db, booking_id, party=Party.ADVISER, by=visit.staff, now=visit.now)
        except Refused as refusal:
            return await _again(visit, form, refusal)
        return see(f"{_search(form).href(done=booking_id)}#fait")

    @post("/retablir")
    async def restore(self, visit: NamedDependency[Visit]) -> Answer:
        """Take back that it was taken back."""
        form = await visit.form()
        booking_id = form.id("booking") or NOBODY
        try:
            await bookings.restore(visit.db, booking_id, by=visit.staff, now=visit.now)
        except Refused as refusal:
            return await _again(visit, form, refusal)
        return see(f"{_search(form).href(done=booking_id)}#fait")


async def _seat(visit: Visit, form: Form, deed: str, do: Deed, **more: str) -> Answer:
    """A place for the person of a form in its session; a refusal says what else there is, on the page as it was."""
    session_id, person_id = form.id("session") or NOBODY, form.id("person") or NOBODY
    key = _key(visit.staff, form, deed, form.get("session"), form.get("person"))
    said = {"because": form.get("because"), "by": visit.staff, "now": visit.now, "once": key}
    try:
        done = await do(visit.db, session_id, person_id, **said, **more)
    except Refused as refusal:
        return await _again(visit, form, refusal, deed=deed)
    return _after(form, done.booking)


def _search(form: Form) -> Search:
    return Search.of(dict(form.pairs) | {"personne": form.get("person")})


def _key(staff: Staff, form: Form, deed: str, *about: str) -> Once | None:
    """The same button pressed twice acts once; two buttons of one form are two deeds."""
    key = form.get("once")[:100]
    return once(staff.id, f"{key}:{deed}" if key else None, deed, *about)


def _after(form: Form, booking: Booking) -> Answer:
    """The row opens in place; who gets nothing else is handed the letter at once."""
    if form.get("print"):
        return see(f"/inscriptions/{booking.id}/papier")
    return see(f"{_search(form).href(done=booking.id)}#fait")


async def _again(visit: Visit, form: Form, refusal: Refused, deed: str = "") -> Answer:
    """The page as it was, with what was refused; what was tried can be tried again with a reason."""
    return await placing_page(visit, _search(form), refusal, tried={"deed": deed, "form": form.pairs})
