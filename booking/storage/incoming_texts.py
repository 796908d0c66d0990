"""What people wrote back by text: taken once, understood or left to a person, forgotten after thirty days."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime, timedelta
from uuid import UUID

from sqlalchemy import and_, or_, select, text, update

from booking.domain.bookings import Booking, BookingState
from booking.domain.identifiers import new_id
from booking.domain.job_seekers import Channel, JobSeeker
from booking.domain.messages import MessageKind, MessageState
from booking.domain.receipts import Heard
from booking.domain.sessions import SessionState
from booking.domain.suppressions import hash_of
from booking.domain.text_answers import Meaning, TextState
from booking.storage import disputes, job_seekers
from booking.storage.database import Tx
from booking.storage.idempotency import INSERT
from booking.storage.shapes import columns, made
from booking.storage.tables import bookings, messages, sessions
from booking.storage.tables import incoming_texts as texts
from booking.storage.tables import job_seekers as people

# Who acts on a text and vanishes is followed by somebody else after this.
PATIENCE = timedelta(minutes=5)
LEFT = (MessageState.SENDING, MessageState.ACCEPTED, MessageState.DELIVERED)


@dataclass(frozen=True, slots=True, kw_only=True)
class IncomingText:
    """``number`` and ``body`` are None once they are forgotten; ``agency_id`` None concerns whoever sees everything."""

    id: UUID
    number: str | None
    body: str | None
    received_at: datetime
    state: TextState
    meaning: Meaning | None
    booking_id: UUID | None
    agency_id: UUID | None


_TEXT = columns(IncomingText, texts)


async def take(tx: Tx, provider: str, heard: Heard, number: str, secret: bytes, now: datetime) -> bool:
    """Write it down; False when it was told before."""
    new = {
        "id": new_id(now),
        "provider": provider,
        "event": heard.event,
        "number_hash": hash_of(secret, Channel.SMS, number),
        "number": number,
        "body": heard.body,
        "received_at": now,
        "state": TextState.RECEIVED,
    }
    once = INSERT[tx.dialect](texts).values(new).on_conflict_do_nothing(index_elements=["provider", "event"])
    return bool(await tx.run(once))


async def unread(tx: Tx, now: datetime, most: int) -> list[IncomingText]:
    """What nobody has understood yet, in the order in which it came."""
    lost = and_(texts.c.state == TextState.ACTING, texts.c.claimed_at <= now - PATIENCE)
    found = select(*_TEXT).where(or_(texts.c.state == TextState.RECEIVED, lost))
    # Said twice, and as the index of what is open says it, so that this is used.
    found = found.where(text("state IN ('received', 'acting')"))
    return [made(IncomingText, row) for row in await tx.rows(found.order_by(texts.c.id).limit(most))]


async def claim(tx: Tx, incoming: IncomingText, booking: Booking | None, now: datetime) -> bool:
    """Begin to act on it and on this place; False when somebody else does."""
    as_seen = (texts.c.id == incoming.id, texts.c.state == incoming.state)
    fresh = or_(texts.c.claimed_at.is_(None), texts.c.claimed_at <= now - PATIENCE)
    mine = update(texts).where(*as_seen, fresh)
    about = {"booking_id": booking.id if booking else None}
    return bool(await tx.run(mine.values(about | {"state": TextState.ACTING, "claimed_at": now})))


async def settle(
    tx: Tx,
    text_id: UUID,
    state: TextState,
    meaning: Meaning,
    booking: Booking | None,
    agency_id: UUID | None,
    now: datetime,
) -> None:
    """It is understood and done, or waits for a person of this agency."""
    said = {"state": state, "meaning": meaning, "booking_id": booking.id if booking else None, "agency_id": agency_id}
    handled = now if state is TextState.HANDLED else None
    await tx.run(update(texts).where(texts.c.id == text_id).values(said | {"handled_at": handled}))


async def with_numbers(tx: Tx, numbers: Collection[str]) -> dict[str, list[JobSeeker]]:
    """Everybody who has one of these numbers, by number."""
    known: dict[str, list[JobSeeker]] = {number: [] for number in numbers}
    found = select(*columns(JobSeeker, people)).where(people.c.phone.in_(numbers), people.c.merged_into.is_(None))
    for row in await tx.rows(found.order_by(people.c.id)) if numbers else ():
        known[row.phone].append(job_seekers.made(row))
    return known


async def last_told(tx: Tx, person_id: UUID, now: datetime) -> Booking | None:
    """The place to come of which the last text to this person told; None when it told of something else, or asked
    whether he wants another date: no answer to that is about a place that he has."""
    last = (
        select(messages.c.id)
        .join(bookings, bookings.c.id == messages.c.booking_id)
        .where(bookings.c.job_seeker_id == person_id, messages.c.channel == Channel.SMS, messages.c.state.in_(LEFT))
        .order_by(messages.c.settled_at.desc().nulls_first(), messages.c.id.desc())
        .limit(1)
    )
    to_come = (sessions.c.state == SessionState.OPEN, sessions.c.ends_at > now)
    found = (
        select(*columns(Booking, bookings))
        .join_from(bookings, sessions, sessions.c.id == bookings.c.session_id)
        .join(messages, messages.c.booking_id == bookings.c.id)
        .where(messages.c.id == last.scalar_subquery(), messages.c.kind != MessageKind.ABSENCE_FOLLOWUP, *to_come)
        .where(bookings.c.state.in_([BookingState.BOOKED, BookingState.OFFERED]))
    )
    row = await tx.row(found)
    return made(Booking, row) if row else None


async def load(tx: Tx, text_id: UUID) -> IncomingText | None:
    """One of them."""
    row = await tx.row(select(*_TEXT).where(texts.c.id == text_id).with_for_update())
    return made(IncomingText, row) if row else None


async def tasks(tx: Tx, agency_ids: Collection[UUID] | None, most: int) -> list[IncomingText]:
    """What waits for a person of these agencies, who has waited longest first; None is the whole network."""
    found = select(*_TEXT).where(texts.c.state == TextState.TASK)
    if agency_ids is not None:
        found = found.where(texts.c.agency_id.in_(agency_ids))
    return [made(IncomingText, row) for row in await tx.rows(found.order_by(texts.c.received_at).limit(most))]


async def handle(tx: Tx, text_id: UUID, by: UUID, now: datetime) -> bool:
    """A person has seen to it; False when somebody had before."""
    waiting = update(texts).where(texts.c.id == text_id, texts.c.state == TextState.TASK)
    return bool(await tx.run(waiting.values(state=TextState.HANDLED, handled_at=now, handled_by=by)))


async def forget(tx: Tx, before: datetime) -> int:
    """Numbers and words that are older go, unless a dispute needs them; returns how many there were."""
    is_free = ~disputes.needs_booking(texts.c.booking_id)
    old = update(texts).where(texts.c.received_at < before, texts.c.number.is_not(None), is_free)
    return await tx.run(old.values(number=None, body=None))
