"""What has just happened, as far as open screens show it: the new lines of the audit, and how long the lists of waiting
things are.

Every deed writes its line in the audit in its own transaction, so nothing is added to a booking. What the clock brings,
or a letter from outside, has no line; it makes a short list longer or shorter that has an index of its own.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Any
from uuid import UUID

from sqlalchemy import bindparam, func, literal_column, or_, select

from booking.storage.audit import SAW
from booking.storage.database import Tx
from booking.storage.many import among, listed
from booking.storage.tables import (
    audit,
    batches,
    bookings,
    calendar_replies,
    exports,
    imports,
    incoming_texts,
    meetings,
    messages,
    sessions,
)

# What has changed: a noun, and the agency where; or a session, or something of a member of staff.
Key = tuple[str, UUID]
THIS_SESSION = "this session"
TO_DO, TEXT, REPLY, IMPORT, EXPORT, BATCH = "to-do", "text", "reply", "import", "export", "batch"
# PostgreSQL draws the number of a line before the line can be seen, and no transaction takes longer than this.
UNDER_WAY = timedelta(minutes=5)
MOST, MOST_GAPS = 2000, 1000
MOVED_FROM = "moved_from"

_LINE = (audit.c.id, audit.c.noun, audit.c.noun_id, audit.c.agency_id, audit.c.action, audit.c.details)
_GAPS = bindparam("gaps", expanding=True)
_NEW = select(*_LINE).where(audit.c.id > bindparam("last")).order_by(audit.c.id).limit(MOST)
_NEW_OR_LATE = (
    select(*_LINE).where(or_(audit.c.id > bindparam("last"), audit.c.id.in_(_GAPS))).order_by(audit.c.id).limit(MOST)
)


@dataclass(slots=True)
class Place:
    """How far the audit has been read. ``gaps`` are numbers below ``last`` that were not seen, and since when."""

    last: int
    gaps: dict[int, datetime] = field(default_factory=dict)

    def advance(self, ids: Sequence[int], now: datetime) -> None:
        """These lines have been read; what is missing between them may still be under way."""
        for number in ids:
            self.gaps.pop(number, None)
        new = [number for number in ids if number > self.last]
        if new and new[-1] - self.last - len(new) <= MOST_GAPS:
            self.gaps |= dict.fromkeys(set(range(self.last + 1, new[-1])) - set(new), now)
        self.last = max(self.last, *new) if new else self.last
        self.gaps = {number: since for number, since in self.gaps.items() if now - since < UNDER_WAY}


async def place(tx: Tx, now: datetime) -> Place:
    """The end of the audit; lines shortly before it may still be under way."""
    last = await tx.value(select(func.max(audit.c.id))) or 0
    found = Place(max(0, last - MOST_GAPS))
    await read(tx, found, now)
    return found


async def read(tx: Tx, place: Place, now: datetime) -> set[Key]:
    """What the lines touched that are new since the last time, each line once."""
    known = {"last": place.last} | ({"gaps": list(place.gaps)} if place.gaps else {})
    lines = await tx.rows(_NEW_OR_LATE if place.gaps else _NEW, known)
    place.advance([line.id for line in lines], now)
    return await _touched(tx, [line for line in lines if line.action != SAW]) if lines else set()


async def _touched(tx: Tx, lines: Iterable[Any]) -> set[Key]:
    lines = list(lines)
    found: set[Key] = {(line.noun, line.agency_id) for line in lines if line.agency_id}
    found |= {(THIS_SESSION, line.noun_id) for line in lines if line.noun == "session"}
    met = {line.noun_id for line in lines if line.noun == "meeting"}
    booked = {line.noun_id for line in lines if line.noun == "booking"}
    booked |= {UUID(line.details[MOVED_FROM]) for line in lines if line.details.get(MOVED_FROM)}
    if met:
        where = select(meetings.c.session_id).where(among(tx.dialect, meetings.c.id))
        found |= {(THIS_SESSION, row.session_id) for row in await tx.rows(where, {"ids": listed(tx.dialect, met)})}
    if booked:
        for row in await tx.rows(_booked(tx), {"ids": listed(tx.dialect, booked)}):
            found |= {(THIS_SESSION, row.session_id), ("booking", row.home_id), ("booking", row.agency_id)}
    return found


def _booked(tx: Tx) -> Any:
    """Where somebody has a seat, and where he is looked after."""
    columns = (bookings.c.session_id, bookings.c.agency_id.label("home_id"), sessions.c.agency_id)
    joined = select(*columns).join_from(bookings, sessions, sessions.c.id == bookings.c.session_id)
    return joined.where(among(tx.dialect, bookings.c.id))


def _stands(column: Any, *values: str) -> Any:
    """In one of these states, as the words of a partial index say it."""
    said = [f"'{value}'" for value in values]
    return column == literal_column(said[0]) if len(said) == 1 else column.in_([literal_column(one) for one in said])


def _summed(noun: str, of: Any, *sums: Any, where: Sequence[Any]) -> tuple[str, Any]:
    return noun, select(of.label("of"), func.count(), *sums).where(*where, of.is_not(None)).group_by(of)


_WAITING = (
    _summed(
        TO_DO,
        messages.c.agency_id,
        func.min(messages.c.due_at),
        func.max(messages.c.due_at),
        where=[_stands(messages.c.state, "to_do")],
    ),
    _summed(TEXT, incoming_texts.c.agency_id, where=[_stands(incoming_texts.c.state, "task")]),
    _summed(
        REPLY,
        calendar_replies.c.agency_id,
        func.max(calendar_replies.c.answered_at),
        where=[_stands(calendar_replies.c.partstat, "declined"), calendar_replies.c.settled_at.is_(None)],
    ),
    _summed(
        IMPORT,
        imports.c.agency_id,
        func.sum(imports.c.rows_done),
        func.min(imports.c.state),
        where=[_stands(imports.c.state, "waiting", "running")],
    ),
    _summed(
        EXPORT,
        exports.c.asked_by,
        func.sum(exports.c.meetings_done),
        func.min(exports.c.state),
        where=[_stands(exports.c.state, "waiting", "running")],
    ),
    _summed(
        BATCH,
        batches.c.asked_by,
        func.sum(batches.c.lines_done),
        func.min(batches.c.state),
        where=[_stands(batches.c.state, "waiting", "running")],
    ),
)


async def waiting(tx: Tx) -> dict[Key, tuple[Any, ...]]:
    """How long each list is, and what else shows that it has changed."""
    return {(noun, row.of): tuple(row[1:]) for noun, statement in _WAITING for row in await tx.rows(statement)}
