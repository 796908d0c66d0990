"""Words after an absence: which were said, which are taken back, and who has found another seat by himself."""

from collections.abc import Collection
from datetime import datetime
from uuid import UUID

from sqlalchemy import select, update

from booking.domain.bookings import BookingState
from booking.domain.messages import PENDING, MessageKind, MessageState
from booking.storage.database import Tx
from booking.storage.tables import attendance, bookings, calendar_replies, messages, sessions

_STAYS = frozenset(MessageState) - {*PENDING, MessageState.SUPERSEDED}


async def take_back(tx: Tx, booking_ids: Collection[UUID], meeting_id: UUID, now: datetime) -> None:
    """The mark was corrected, or given anew: what has not left about this meeting is not said."""
    pending = (messages.c.booking_id.in_(booking_ids), messages.c.state.in_(PENDING), *_about(meeting_id))
    ended = {"state": MessageState.SUPERSEDED, "reason": "changed", "settled_at": now}
    await tx.run(update(messages).where(*pending).values(**ended, lease_token=None, lease_until=None))


async def followed(tx: Tx, booking_ids: Collection[UUID], meeting_id: UUID) -> set[UUID]:
    """Of these bookings those whose absence from this meeting was followed up already, or is at this moment."""
    said = (messages.c.booking_id.in_(booking_ids), messages.c.state.in_(_STAYS), *_about(meeting_id))
    return {row.booking_id for row in await tx.rows(select(messages.c.booking_id).where(*said))}


def _about(meeting_id: UUID) -> tuple[object, ...]:
    return messages.c.kind == MessageKind.ABSENCE_FOLLOWUP, messages.c.rule.like(f"{meeting_id}@%")


async def seated_again(tx: Tx, booking_ids: Collection[UUID], now: datetime) -> set[UUID]:
    """Of these bookings those whose holders have another place in the same workshop, still to come."""
    other, elsewhere = bookings.alias("other"), sessions.alias("elsewhere")
    found = (
        select(bookings.c.id)
        .join(sessions, sessions.c.id == bookings.c.session_id)
        .join(other, (other.c.job_seeker_id == bookings.c.job_seeker_id) & (other.c.id != bookings.c.id))
        .join(elsewhere, elsewhere.c.id == other.c.session_id)
        .where(bookings.c.id.in_(booking_ids), other.c.state != BookingState.CANCELLED)
        .where(elsewhere.c.workshop_id == sessions.c.workshop_id, elsewhere.c.ends_at > now)
    )
    return {row.id for row in await tx.rows(found)}


async def excused(tx: Tx, booking_ids: Collection[UUID]) -> set[tuple[UUID, str]]:
    """Which of these bookings are not expected at which meetings: excused, or declined in the person's calendar."""
    a, r = attendance, calendar_replies
    marked = select(a.c.booking_id, a.c.meeting_id).where(a.c.booking_id.in_(booking_ids), a.c.mark == "excused")
    declined = select(r.c.booking_id, r.c.meeting_id).where(r.c.booking_id.in_(booking_ids), r.c.partstat == "declined")
    return {(row.booking_id, str(row.meeting_id)) for row in await tx.rows(marked.union(declined))}
