"""A training in the small world: the catalogue entry, a session of it, and colleagues to take part."""

from datetime import timedelta

from booking.domain.attendance import Mark
from booking.domain.bookings import Booking
from booking.domain.sessions import Session
from booking.domain.staff import Role, Staff
from booking.domain.workshops import Audience, Workshop
from booking.services import attendance, trainings
from booking.storage import workshops
from tests.given import NOW, World, a_workshop, in_days, meeting


async def a_training(world: World, **known: object) -> Workshop:
    """The awareness training, which advisers and assistants must have done within two years."""
    usual = {"audience": Audience.STAFF, "required_for": (Role.ADVISER, Role.ASSISTANT), "validity_months": 24}
    training = a_workshop("Repérer et orienter", **(usual | known))
    async with world.db.transaction() as tx:
        await workshops.add(tx, training)
    return training


async def a_session_of(world: World, training: Workshop, *, days: float = 14, capacity: int = 8) -> Session:
    """An open session of it, in a fortnight unless told otherwise."""
    return await world.session(meeting(in_days(days)), workshop_id=training.id, capacity=capacity)


async def takes_part(world: World, session: Session, who: Staff, by: Staff | None = None) -> Booking:
    """A seat for this colleague, booked by himself unless told otherwise."""
    answered = await trainings.book(world.db, session.id, who.id, by=by or who, now=NOW)
    return answered.booking


async def has_come(world: World, session: Session, booking: Booking, mark: Mark = Mark.ATTENDED) -> None:
    """He was marked in every meeting, an hour after its end."""
    for one in session.meetings:
        later = one.ends_at + timedelta(hours=1)
        await attendance.mark(world.db, one.id, booking.id, mark, by=world.manager, now=later)
