"""Which message is the next: the urgent first, of the same urgency the longest due.

Each priority is asked by itself: what is due stands at the beginning of its part of the index, so that neither what is
planned for later nor what has left long ago is ever looked at.
"""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy import ColumnElement, and_, bindparam, func, literal_column, or_, select, union_all, update

from booking.domain.job_seekers import Channel
from booking.domain.messages import Message
from booking.domain.sending import PRESSING
from booking.domain.turns import ORDINARY
from booking.storage.columns import Instant, Whole
from booking.storage.driving import hot
from booking.storage.shapes import columns
from booking.storage.tables import messages

MESSAGE = columns(Message, messages)
PRIORITIES = range(1, 10)
# As words of the statement and no value: only then does the server know that the partial index will do.
_PLANNED, _CLAIMED = literal_column("'planned'"), literal_column("'claimed'")


@dataclass(frozen=True, slots=True)
class Spared:
    """What a claim leaves alone: what waits for a channel that is ``dry`` or ``resting``, and the ``agencies`` that
    had their share. Who can wait no longer for a channel that rests is looked at, because another one may do.
    """

    dry: frozenset[Channel] = frozenset()
    resting: frozenset[Channel] = frozenset()
    agencies: frozenset[UUID] = frozenset()

    def __bool__(self) -> bool:
        return bool(self.dry or self.resting or self.agencies)


NOTHING = Spared()


def _due(of: Any, priority: Any, now: Any) -> ColumnElement[bool]:
    return and_(of.c.state == _PLANNED, of.c.priority == priority, of.c.due_at <= now)


def most_urgent(now: Any, *more: Any) -> Any:
    """The priority of what comes next, as a column of a statement; NULL where nothing is due."""
    levels = []
    for priority in PRIORITIES:
        one, level = messages.alias(f"p{priority}"), literal_column(str(priority), Whole)
        # By the first of them and not by whether there is any, for which the server might read the whole table.
        first = select(func.min(one.c.due_at)).where(_due(one, level, now), *(condition(one) for condition in more))
        is_due = first.correlate(None).scalar_subquery().is_not(None)
        levels.append(select(level.label("priority")).where(is_due))
    found = union_all(*levels).subquery("levels")
    return select(func.min(found.c.priority).label("priority"))


def oldest() -> Any:
    """When the planned message that waits for longest was due."""
    firsts = [
        select(func.min(one.c.due_at).label("due_at")).where(
            one.c.state == _PLANNED, one.c.priority == literal_column(str(priority))
        )
        for priority in PRIORITIES
        for one in [messages.alias(f"p{priority}")]
    ]
    found = union_all(*firsts).subquery("firsts")
    return select(func.min(found.c.due_at, type_=Instant).label("due_at"))


def claiming(dialect: str, now: Any, token: Any, until: Any, most: Any, *more: Any) -> Any:
    """Take the next messages, as one statement that returns them in no order."""
    waiting = messages.alias("waiting")
    chosen = (
        select(waiting.c.id)
        .where(_due(waiting, most_urgent(now, *more).scalar_subquery(), now), *(one(waiting) for one in more))
        .order_by(waiting.c.due_at)
        .limit(most)
        .with_for_update(skip_locked=True)
    )
    # By a list and not by a join, for which the server might choose to read the whole table.
    among = messages.c.id == func.any(func.array(chosen.scalar_subquery())) if dialect == "postgresql" else None
    if among is None:
        among = messages.c.id.in_(chosen)
    taken = update(messages).where(among).values(state=_CLAIMED, lease_token=token, lease_until=until)
    return taken.returning(*MESSAGE)


def sparing(spared: Spared, now: datetime) -> list[Any]:
    """The conditions under which a message is not left alone."""
    conditions = []
    for channels, last in ((spared.dry, None), (spared.resting, now + PRESSING)):
        if channels:
            conditions.append(_not_by(channels, last))
    if spared.agencies:
        conditions.append(lambda of: or_(of.c.priority < ORDINARY, of.c.agency_id.not_in(spared.agencies)))
    return conditions


def _not_by(channels: Collection[Channel], last: datetime | None) -> Any:
    def condition(of: Any) -> ColumnElement[bool]:
        can_leave = or_(of.c.channel.is_(None), of.c.channel.not_in(channels))
        return can_leave if last is None else or_(can_leave, of.c.not_after <= last)

    return condition


IS_DUE: Any = hot(most_urgent(bindparam("at", type_=Instant)))
OLDEST: Any = hot(oldest())
CLAIM: dict[str, Any] = {
    dialect: hot(
        claiming(
            dialect,
            bindparam("at", type_=Instant),
            bindparam("token"),
            bindparam("until"),
            bindparam("most", type_=Whole),
        )
    )
    for dialect in ("postgresql", "sqlite")
}
