"""The very words that somebody was told, for thirty days."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from uuid import UUID

from sqlalchemy import and_, delete, select

from booking.domain.languages import FRENCH
from booking.storage import disputes, many
from booking.storage.database import Tx
from booking.storage.shapes import columns, made, values
from booking.storage.tables import message_attempts, sent_texts

KEPT_FOR = timedelta(days=30)


@dataclass(frozen=True, slots=True, kw_only=True)
class SentText:
    """What the try ``n`` said, or was to say; of a paper, what was printed."""

    message_id: UUID
    n: int
    subject: str
    body: str
    template: str
    language: str = FRENCH
    kept_at: datetime


_TEXT = columns(SentText, sent_texts)


async def keep(tx: Tx, texts: Sequence[SentText]) -> None:
    """Write what is being said, in the transaction that begins to say it."""
    await many.add(tx, sent_texts, [values(one, sent_texts) for one in texts])


async def drop(tx: Tx, message_ids: Collection[UUID]) -> None:
    """What was never said after all: of tries that were begun and not made."""
    if not message_ids:
        return
    c, tried = sent_texts.c, message_attempts.c
    was_tried = select(tried.n).where(and_(tried.message_id == c.message_id, tried.n == c.n)).exists()
    await tx.run(delete(sent_texts).where(c.message_id.in_(message_ids), ~was_tried))


async def of_messages(tx: Tx, message_ids: Collection[UUID], since: datetime) -> dict[UUID, list[SentText]]:
    """What is still kept of these messages, in the order of their tries."""
    found: dict[UUID, list[SentText]] = {}
    if not message_ids:
        return found
    c = sent_texts.c
    kept = select(*_TEXT).where(c.message_id.in_(message_ids), c.kept_at > since).order_by(c.message_id, c.n)
    for row in await tx.rows(kept):
        found.setdefault(row.message_id, []).append(made(SentText, row))
    return found


async def forget(tx: Tx, before: datetime, most: int) -> int:
    """Let go of what is older, so many at once at most, unless a dispute needs it; returns how many there were."""
    c = sent_texts.c
    old = (
        select(c.message_id)
        .where(c.kept_at <= before, ~disputes.needs_message(c.message_id))
        .order_by(c.kept_at)
        .limit(most)
    )
    ids = {row.message_id for row in await tx.rows(old)}
    if not ids:
        return 0
    return await tx.run(delete(sent_texts).where(c.message_id.in_(ids), c.kept_at <= before))
