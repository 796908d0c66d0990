"""Mails to partners: which are due, and what became of them."""

from collections.abc import Mapping
from datetime import datetime, timedelta
from typing import Any
from uuid import UUID

from sqlalchemy import ColumnElement, and_, or_, select, update

from booking.domain.messages import MessageState
from booking.domain.partner_messages import PartnerMessage, PartnerMessageKind
from booking.storage.database import Tx
from booking.storage.idempotency import INSERT
from booking.storage.shapes import columns, made, values
from booking.storage.tables import partner_messages

_MESSAGE = columns(PartnerMessage, partner_messages)
_FREED = {"lease_token": None, "lease_until": None}
_TO_LEAVE = partner_messages.c.state.in_([MessageState.PLANNED, MessageState.SENDING])


async def plan(tx: Tx, message: PartnerMessage) -> None:
    """Write it; what is planned already stays as it is."""
    new = INSERT[tx.dialect](partner_messages).on_conflict_do_nothing(index_elements=["dedupe_key"])
    await tx.run(new.values(values(message, partner_messages)))


async def of_referral(tx: Tx, referral_id: UUID) -> list[PartnerMessage]:
    """What was and is to be said about it, in that order."""
    mine = select(*_MESSAGE).where(partner_messages.c.referral_id == referral_id)
    rows = await tx.rows(mine.order_by(partner_messages.c.created_at, partner_messages.c.id))
    return [made(PartnerMessage, row) for row in rows]


async def withdraw(tx: Tx, referral_id: UUID, now: datetime) -> int:
    """What has not begun to leave stays here; returns how many there were."""
    mine = (partner_messages.c.referral_id == referral_id, partner_messages.c.state == MessageState.PLANNED)
    stays = {"state": MessageState.CANCELLED, "settled_at": now}
    return await tx.run(update(partner_messages).where(*mine).values(stays))


async def has_left(tx: Tx, referral_id: UUID, kind: PartnerMessageKind, since: datetime) -> bool:
    """Whether a mail of this kind that was planned since then is on its way, or has arrived."""
    c = partner_messages.c
    gone = (MessageState.SENDING, MessageState.ACCEPTED)
    mine = (c.referral_id == referral_id, c.kind == kind, c.created_at >= since, c.state.in_(gone))
    return await tx.value(select(c.id).where(*mine).limit(1)) is not None


async def due_since(tx: Tx, now: datetime) -> datetime | None:
    """Since when the longest-waiting one is to leave, if any is."""
    found = select(partner_messages.c.due_at).where(_due(now)).order_by(partner_messages.c.due_at).limit(1)
    return await tx.value(found)  # type: ignore[no-any-return]


def _due(now: datetime) -> ColumnElement[bool]:
    c = partner_messages.c
    planned = and_(c.state == MessageState.PLANNED, c.due_at <= now)
    # Whose worker vanished leaves again under the same key.
    abandoned = and_(c.state == MessageState.SENDING, c.lease_until <= now)
    return and_(_TO_LEAVE, or_(planned, abandoned), c.not_after > now)


async def claim(tx: Tx, now: datetime, token: UUID, lease: timedelta, most: int) -> list[PartnerMessage]:
    """Begin to send what is due."""
    c = partner_messages.c
    due = select(c.id).where(_due(now)).order_by(c.due_at, c.id).limit(most)
    ids = [row.id for row in await tx.rows(due.with_for_update(skip_locked=True))]
    if not ids:
        return []
    begun = {"state": MessageState.SENDING, "attempts": c.attempts + 1, "lease_token": token}
    leased = update(partner_messages).where(c.id.in_(ids)).values(**begun, lease_until=now + lease)
    found = [made(PartnerMessage, row) for row in await tx.rows(leased.returning(*_MESSAGE))]
    return sorted(found, key=lambda one: one.id)


async def settle(tx: Tx, token: UUID, became: Mapping[UUID, Mapping[str, Any]]) -> None:
    """Write what became of these, unless somebody else has taken them meanwhile."""
    for id in sorted(became):
        mine = (partner_messages.c.id == id, partner_messages.c.lease_token == token)
        await tx.run(update(partner_messages).where(*mine).values(**became[id], **_FREED))


async def late(tx: Tx, now: datetime) -> list[PartnerMessage]:
    """Those that were not sent in time, ended."""
    c = partner_messages.c
    abandoned = and_(c.state == MessageState.SENDING, c.lease_until <= now)
    over = update(partner_messages).where(
        or_(c.state == MessageState.PLANNED, abandoned), c.not_after <= now, _TO_LEAVE
    )
    ended = over.values(state=MessageState.EXPIRED, reason="too-late", settled_at=now, **_FREED)
    return [made(PartnerMessage, row) for row in await tx.rows(ended.returning(*_MESSAGE))]
