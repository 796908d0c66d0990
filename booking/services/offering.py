"""A freed seat is given to the first in line who can take it, or offered to him until a deadline."""

from dataclasses import replace
from datetime import datetime

from booking.domain import bookings as rules
from booking.domain.agencies import Agency, WaitlistPolicy
from booking.domain.bookings import Booking, BookingState
from booking.domain.errors import JobSeekerElsewhere, PlaceTaken
from booking.domain.messages import MessageKind, MessageState, on_change
from booking.domain.offers import answer_until
from booking.domain.policies import Group
from booking.domain.sessions import Session
from booking.domain.staff import Staff
from booking.domain.waits import MOST_OFFERS, Skip, WaitState
from booking.domain.windows import Place
from booking.services import seats
from booking.storage import audit, bookings, holds, job_seekers, lines, outbox, policies, waits
from booking.storage.constraints import Contended
from booking.storage.database import Tx
from booking.storage.lines import BOOKING, Waiter


async def give(
    tx: Tx, waiter: Waiter, session: Session, agency: Agency, *, is_kept: bool, by: Staff | None, now: datetime
) -> Booking:
    """Give a seat of a locked session, or offer it where the agency asks first and there is time to answer.

    Raises :class:`Contended` when the person is placed elsewhere at this very moment.
    """
    await holds.hold_at_once(tx, waiter.job_seeker_id)
    place = await policies.place_of(tx, agency, session.workshop_id)
    until = await _until(tx, waiter, session, place, now) if agency.waitlist_policy is WaitlistPolicy.OFFER else None
    try:
        given = await _seated(tx, waiter, session, until, is_kept=is_kept, now=now)
    except (JobSeekerElsewhere, PlaceTaken) as error:
        # Somebody books this person elsewhere at this very moment: look again when that is decided.
        raise Contended(str(waiter.id)) from error
    await seats.count(tx, given, waited=waiter.kind == BOOKING)
    if until is None:
        await waits.serve(tx, given.job_seeker_id, session.id, now)
    kind = MessageKind.SEAT_OFFERED if until else MessageKind.SEAT_GIVEN
    await outbox.plan(tx, on_change(kind, given, session, place, now))
    await audit.record(tx, by, "offered" if until else "promoted", "booking", given.id, now, given.agency_id)
    return given


async def _until(tx: Tx, waiter: Waiter, session: Session, place: Place, now: datetime) -> datetime | None:
    person = await job_seekers.load_attendee(tx, waiter.job_seeker_id)
    return answer_until(place.policy.ways_to(person, Group.OFFER)[0], session, place, now)


async def _seated(
    tx: Tx, waiter: Waiter, session: Session, until: datetime | None, *, is_kept: bool, now: datetime
) -> Booking:
    if waiter.kind == BOOKING:
        before = await bookings.load(tx, waiter.id)
        given = replace(before.promoted(now, until=until), is_from_contingent=is_kept)
        await bookings.change(tx, given)
        await outbox.withdraw(tx, given.id, MessageState.SUPERSEDED, now)
        return given
    wait = await waits.load(tx, waiter.id)
    seat = rules.book(session.id, wait.job_seeker_id, wait.agency_id, by=wait.created_by, now=now)
    given = replace(
        seat,
        state=BookingState.OFFERED if until else BookingState.BOOKED,
        deadline_at=until,
        waiting_since=wait.waiting_since,
        priority=wait.priority,
        priority_because=wait.priority_because,
        overridden_because=wait.overridden_because,
        wait_id=wait.id,
        is_from_contingent=is_kept,
    )
    await bookings.add(tx, given)
    return given


async def note_refused(tx: Tx, offered: Booking, now: datetime) -> None:
    """An offer came to nothing: whoever waits for any seat of the workshop stays in line, but not for ever."""
    if offered.wait_id is None:
        return
    wait = await waits.load(tx, offered.wait_id)
    await lines.note(tx, offered.session_id, [(wait, Skip.DECLINED)], now)
    if await waits.count_offer(tx, wait.id) >= MOST_OFFERS:
        await waits.end(tx, wait.id, WaitState.LEFT, "offers", now)
