"""The outbox as people look through it: what left, what waits, what failed, with every try."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any
from uuid import UUID

from sqlalchemy import ColumnElement, select

from booking.domain.job_seekers import Channel
from booking.domain.messages import Message, MessageKind, MessageState
from booking.storage.attending_staff import TOLD_NO_STAFF
from booking.storage.database import Tx
from booking.storage.shapes import columns, made
from booking.storage.tables import bookings, message_attempts, messages

_MESSAGE = columns(Message, messages)
MILLISECOND = timedelta(milliseconds=1)


@dataclass(frozen=True, slots=True, kw_only=True)
class Sought:
    """Which messages; None does not restrict. ``after`` is the last one seen.

    The latest written come first: identifiers stand in the order of time, so that a page costs what it shows.
    """

    agency_ids: Collection[UUID] | None = None
    states: Collection[MessageState] | None = None
    kind: MessageKind | None = None
    channel: Channel | None = None
    message_id: UUID | None = None
    booking_id: UUID | None = None
    session_id: UUID | None = None
    job_seeker_ids: Collection[UUID] | None = None
    due_from: datetime | None = None
    due_before: datetime | None = None
    written_from: datetime | None = None
    after: UUID | None = None
    most: int = 100


@dataclass(frozen=True, slots=True)
class Kept:
    """A message, and when it came to an end."""

    message: Message
    settled_at: datetime | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Try:
    """One try to say it; without an ``outcome`` it is under way."""

    message_id: UUID
    n: int
    channel: Channel
    started_at: datetime
    ended_at: datetime | None
    outcome: str | None
    error: str | None


_TRY = columns(Try, message_attempts)


async def find(tx: Tx, sought: Sought) -> list[Kept]:
    """The messages sought, the latest written first."""
    found = select(*_MESSAGE, messages.c.settled_at).where(*_conditions(sought))
    rows = await tx.rows(found.order_by(messages.c.id.desc()).limit(sought.most))
    return [Kept(made(Message, row), row.settled_at) for row in rows]


def first_id_of(instant: datetime) -> UUID:
    """No identifier drawn from this moment on is below this one (RFC 9562, 5.7)."""
    return UUID(int=int(instant.timestamp() * 1000) << 80)


def _conditions(sought: Sought) -> list[ColumnElement[bool]]:
    c = messages.c
    among: dict[Any, Collection[Any] | None] = {
        c.agency_id: sought.agency_ids,
        c.state: sought.states,
        c.kind: [sought.kind] if sought.kind else None,
        c.channel: [sought.channel] if sought.channel else None,
        c.id: [sought.message_id] if sought.message_id else None,
        c.booking_id: [sought.booking_id] if sought.booking_id else None,
        c.session_id: [sought.session_id] if sought.session_id else None,
    }
    chosen = [column.in_(values) for column, values in among.items() if values is not None]
    if sought.job_seeker_ids is not None:
        theirs = select(bookings.c.id).where(bookings.c.job_seeker_id.in_(sought.job_seeker_ids))
        chosen.append(c.booking_id.in_(theirs))
    if sought.message_id is None and sought.booking_id is None and sought.session_id is None:
        chosen.append(TOLD_NO_STAFF)
    return [*chosen, *_times(sought)]


def _times(sought: Sought) -> list[ColumnElement[bool]]:
    c, chosen = messages.c, []
    if sought.due_from:
        chosen.append(c.due_at >= sought.due_from)
    if sought.due_before:
        # Nothing is due before it was written: what was written later need not be looked at.
        chosen += [c.due_at < sought.due_before, c.id < first_id_of(sought.due_before + MILLISECOND)]
    if sought.written_from:
        chosen.append(c.id >= first_id_of(sought.written_from))
    if sought.after:
        chosen.append(c.id < sought.after)
    return chosen


async def tries(tx: Tx, message_ids: Collection[UUID]) -> dict[UUID, list[Try]]:
    """The tries of these messages, in their order."""
    found = select(*_TRY).where(message_attempts.c.message_id.in_(message_ids))
    made_of: dict[UUID, list[Try]] = {}
    ordered = found.order_by(message_attempts.c.message_id, message_attempts.c.n)
    for row in await tx.rows(ordered) if message_ids else ():
        made_of.setdefault(row.message_id, []).append(made(Try, row))
    return made_of


async def of_key(tx: Tx, key: str) -> Message:
    """The message with this key."""
    (row,) = await tx.rows(select(*_MESSAGE).where(messages.c.dedupe_key == key))
    return made(Message, row)
