"""The reminders of seats as a plan from scratch has them, from what is committed now."""

from collections.abc import Callable, Mapping, Sequence
from datetime import datetime
from uuid import UUID

from booking.domain.bookings import Booking
from booking.domain.messages import Message, reminders
from booking.domain.policies import Policy
from booking.domain.sessions import Session
from booking.domain.windows import Place
from booking.storage import planning, policies
from booking.storage.database import Tx
from booking.storage.policies import Decided, Key

Said = Callable[[Booking, Session, Place, datetime], list[Message]]


async def wanted(
    tx: Tx, page: Sequence[Booking], instead: Mapping[Key, Policy | None] | None = None, said: Said = reminders
) -> list[Message]:
    """The reminders of these bookings as planned at the last change of booking or session, whatever their time.

    ``instead`` are decisions that were not taken yet; ``said`` is what else of a seat may be wanted.
    """
    booked = await planning.still_booked(tx, [booking.id for booking in page])
    held = await planning.sessions_of(tx, {booking.session_id for booking in booked})
    agency_ids = {session.agency_id for session in held.values()}
    where, decided = await policies.with_agencies(tx, agency_ids, {session.workshop_id for session in held.values()})
    counts = _with(decided, instead or {})
    places = {session.id: counts.place(where[session.agency_id], session.workshop_id) for session in held.values()}
    return [one for booking in booked for one in _planned(booking, held[booking.session_id], places, said)]


def _with(decided: Decided, instead: Mapping[Key, Policy | None]) -> Decided:
    merged = {**decided.policies, **instead}
    return Decided({key: policy for key, policy in merged.items() if policy is not None})


def _planned(booking: Booking, session: Session, places: Mapping[UUID, Place], said: Said) -> list[Message]:
    changed_at = max(booking.changed_at, session.changed_at, *(m.changed_at for m in session.meetings))
    return said(booking, session, places[session.id], changed_at)
