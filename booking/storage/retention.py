"""What is old enough to go: how much of it there is, and letting it go a few rows at a time."""

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy import Column, ColumnElement, Table, and_, delete, func, or_, select, tuple_

from booking.domain.messages import PENDING, MessageState
from booking.domain.retention import Rule
from booking.domain.text_answers import TextState
from booking.domain.waits import WaitState
from booking.storage import disputes
from booking.storage import tables as t
from booking.storage.database import Tx
from booking.storage.job_seekers import IS_SOMEBODY

ON_ITS_WAY = (*PENDING, MessageState.SENDING)


@dataclass(frozen=True, slots=True)
class Pile:
    """Rows of a table that go when the moment in this column is past, and the condition holds."""

    table: Table
    at: Column[Any]
    also: Callable[[], ColumnElement[bool]] | None = None

    def old(self, before: datetime) -> ColumnElement[bool]:
        """Which of its rows go."""
        return and_(self.at < before, self.also()) if self.also else self.at < before


def _about_old_messages(table: Table) -> Pile:
    """What hangs on a message goes before it."""
    return Pile(table, t.sessions.c.ends_at, lambda: and_(_is_settled(), table.c.message_id == t.messages.c.id))


def _is_settled() -> ColumnElement[bool]:
    """A message on its way stays, one that something else still names, as evidence for instance, and one to somebody
    about whom there is a dispute."""
    own = {t.message_attempts, t.sent_texts}
    named = [key.parent for table in t.metadata.sorted_tables if table not in own for key in _keys_to_messages(table)]
    unnamed = (~select(1).where(column == t.messages.c.id).exists() for column in named)
    kept = (*unnamed, ~disputes.runs_about(t.messages.c.job_seeker_id))
    return and_(t.messages.c.session_id == t.sessions.c.id, t.messages.c.state.not_in(ON_ITS_WAY), *kept)


def _is_answered() -> ColumnElement[bool]:
    texts = t.incoming_texts.c
    return and_(texts.state == TextState.HANDLED, ~disputes.needs_booking(texts.booking_id))


def _keys_to_messages(table: Table) -> Iterator[Any]:
    return (key for key in table.foreign_keys if key.column.table is t.messages)


# In this order, so that nothing names what is gone.
PILES: Mapping[Rule, Sequence[Pile]] = {
    Rule.WORDS: (
        Pile(t.sent_texts, t.sent_texts.c.kept_at, lambda: ~disputes.needs_message(t.sent_texts.c.message_id)),
    ),
    Rule.LOGS: (
        _about_old_messages(t.sent_texts),
        _about_old_messages(t.message_attempts),
        Pile(t.messages, t.sessions.c.ends_at, _is_settled),
        Pile(t.delivery_receipts, t.delivery_receipts.c.applied_at),
        Pile(t.incoming_texts, t.incoming_texts.c.received_at, _is_answered),
        Pile(t.webhook_deliveries, t.webhook_deliveries.c.settled_at),
        Pile(t.staff_messages, t.staff_messages.c.settled_at),
        Pile(t.partner_messages, t.partner_messages.c.settled_at),
        Pile(t.invitations, t.invitations.c.ends_at, lambda: t.invitations.c.state.not_in(("planned", "sending"))),
        Pile(t.retention_runs, t.retention_runs.c.finished_at),
    ),
    Rule.CALENDARS: (
        Pile(t.busy_times, t.busy_times.c.ends_at),
        Pile(t.external_times, t.external_times.c.ends_at),
    ),
    Rule.LINKS: (Pile(t.subscription_secrets, t.subscription_secrets.c.ended_at),),
    Rule.KEYS: (Pile(t.idempotency_keys, t.idempotency_keys.c.created_at),),
    Rule.SIGN_INS: (Pile(t.sign_ins, t.sign_ins.c.expires_at),),
}


async def due(tx: Tx, rule: Rule, before: datetime) -> tuple[int, datetime | None]:
    """How many rows of this kind are old enough, and the moment of the oldest."""
    if rule is Rule.PEOPLE:
        found = select(func.count().label("number"), func.min(t.job_seekers.c.changed_at).label("oldest"))
        row = await tx.row(found.where(*_unseen_since(before)))
        return (row.number, row.oldest) if row else (0, None)
    number, oldest = 0, []
    for pile in PILES[rule]:
        row = await tx.row(
            select(func.count().label("number"), func.min(pile.at).label("oldest")).where(pile.old(before))
        )
        if row and row.number:
            number, oldest = number + row.number, [*oldest, row.oldest]
    return number, min(oldest, default=None)


async def let_go(tx: Tx, pile: Pile, before: datetime, most: int) -> int:
    """At most so many rows; returns how many there were."""
    key = tuple_(*pile.table.primary_key.columns)
    some = select(*pile.table.primary_key.columns).where(pile.old(before)).limit(most)
    return await tx.run(delete(pile.table).where(key.in_(some.correlate(None))))


def _unseen_since(before: datetime) -> tuple[ColumnElement[bool], ...]:
    """Whom nobody has written, booked, referred, asked, expected or seen since, and about whom there is no dispute."""
    p = t.job_seekers.c
    lately = or_(t.bookings.c.changed_at >= before, t.sessions.c.ends_at >= before)
    came = (
        select(1)
        .select_from(t.bookings.join(t.sessions, t.sessions.c.id == t.bookings.c.session_id))
        .where(t.bookings.c.job_seeker_id == p.id, lately)
    )
    still = or_(t.waits.c.state == WaitState.WAITING, t.waits.c.ended_at >= before)
    waits = select(1).where(t.waits.c.job_seeker_id == p.id, still)
    sent_away = select(1).where(t.referrals.c.job_seeker_id == p.id, t.referrals.c.changed_at >= before)
    asked = select(1).where(t.diagnoses.c.job_seeker_id == p.id, t.diagnoses.c.answered_at >= before)
    disputed = disputes.runs_about(p.id)
    unseen = (~came.exists(), ~waits.exists(), ~sent_away.exists(), ~asked.exists(), ~disputed)
    return (*IS_SOMEBODY, p.changed_at < before, *unseen)


async def unseen_since(tx: Tx, before: datetime, most: int) -> list[UUID]:
    """Some of these people, who was seen longest ago first."""
    p = t.job_seekers.c
    found = select(p.id).where(*_unseen_since(before)).order_by(p.changed_at, p.id).limit(most)
    return [row.id for row in await tx.rows(found)]
