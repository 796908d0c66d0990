"""What a button of a booking does, at the person's own page and at a desk alike."""

from datetime import datetime

from booking.domain.bookings import Booking, Party
from booking.domain.errors import InvalidField
from booking.domain.staff import Staff
from booking.services import answering, bookings, holds
from booking.storage.database import Database
from booking.web.forms import Form


async def do(db: Database, booking: Booking, form: Form, *, by: Staff | None, now: datetime) -> Booking:
    """The deed of the field ``faire``, for the person; what comes of it is the booking that stands now.

    ``by`` is None for the person himself. Raises :class:`InvalidField`, and what the rules refuse.
    """
    said = {"by": by, "now": now}
    match form.get("faire"):
        case "viens":
            return await answering.coming(db, booking.id, **said)
        case "rappel":
            return await answering.wishes_other(db, booking.id, **said)
        case "prendre":
            return (await holds.confirm(db, booking.id, **said)).booking
        case "annuler":
            return (await bookings.cancel(db, booking.id, party=Party.PERSON, **said)).booking
        case "reprendre":
            return (await bookings.restore(db, booking.id, **said)).booking
        case "deplacer" if session_id := form.id("session"):
            return (await bookings.move(db, booking.id, session_id, **said)).booking
    raise InvalidField(fields={"faire": "unknown-choice"})
