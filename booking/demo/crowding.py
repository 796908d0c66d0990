"""Sessions that everybody wants: full, with people who wait, and one of them asked whether he comes."""

from contextlib import suppress
from datetime import datetime, timedelta

from booking.demo.world import DemoWorld
from booking.domain.agencies import WaitlistPolicy
from booking.domain.bookings import Booking, Party
from booking.domain.errors import Refused, SessionFull
from booking.domain.sessions import Session
from booking.domain.workshops import Audience
from booking.services import bookings

AHEAD = (timedelta(days=3), timedelta(days=16))
WAITING = 3
SEEN, PRESSING = "À l’aise, vu pendant l’entretien", "Entretien d’embauche dans dix jours"


async def crowd(world: DemoWorld, now: datetime) -> None:
    """Fill the next session of each agency where that can be, with three who wait; where seats are offered, one is."""
    for agency in world.agencies:
        session = next((s for s in world.open_sessions if s.agency_id == agency.id and _is_next(world, s, now)), None)
        if session is None:
            continue
        seated = await _fill(world, session, now)
        if seated and agency.waitlist_policy is WaitlistPolicy.OFFER:
            by = world.adviser_of(seated[0].agency_id)
            await bookings.cancel(world.db, seated[0].id, party=Party.PERSON, by=by, now=now)


def _is_next(world: DemoWorld, session: Session, now: datetime) -> bool:
    is_for_people = world.workshops[session.workshop_id].audience is Audience.JOB_SEEKERS
    return is_for_people and now + AHEAD[0] < session.starts_at < now + AHEAD[1]


async def _fill(world: DemoWorld, session: Session, now: datetime) -> list[Booking]:
    """Book one after another until nobody can be; then some wait, the second of them with priority."""
    seated: list[Booking] = []
    waiting = 0
    for person in world.neighbours(session.agency_id):
        known = {"by": world.adviser_of(person.agency_id), "now": now, "because": SEEN}
        if waiting == WAITING:
            break
        with suppress(Refused):
            try:
                seated.append((await bookings.book(world.db, session.id, person.id, **known)).booking)
            except SessionFull:
                first_because = PRESSING if waiting == 1 else ""
                await bookings.wait(world.db, session.id, person.id, first_because=first_because, **known)
                waiting += 1
    return seated
