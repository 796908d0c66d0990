"""Presences as the employment service's partner appointments: of an agency and some days, or what changed since."""

from collections.abc import AsyncIterator
from datetime import datetime

from booking.documents.appointment_lists import Appointment, Writer, appointments
from booking.domain.errors import NotAllowed
from booking.domain.exports import Scope
from booking.domain.identifiers import new_id
from booking.domain.staff import Right, Staff
from booking.services.presences import rolls
from booking.storage import agencies, audit
from booking.storage.database import Database


async def take(
    db: Database, scope: Scope, kind: str, *, since: datetime | None = None, by: Staff | None, now: datetime
) -> AsyncIterator[bytes]:
    """The list in pieces, ``json`` or ``csv``; of ``since`` only what stands so since then. None acts for operators.

    Raises :class:`InvalidField`, :class:`NotFound` outside one's agencies, :class:`NotAllowed` for who may not see
    people: before the first piece.
    """
    reached = scope.checked() if by is None else scope.checked().within_reach(by)
    if reached.led_by:
        raise NotAllowed(right=Right.SEE_PEOPLE)
    said = {**reached.said, "format": kind, "vocabulary": "appointments"}
    said |= {"since": since.isoformat()} if since else {}
    async with db.transaction() as tx:
        await audit.record(tx, by, "taken", "export", new_id(now), now, reached.agency_id, **said)
    return _pieces(db, reached, Writer(kind), since)


async def _pieces(db: Database, scope: Scope, writer: Writer, since: datetime | None) -> AsyncIterator[bytes]:
    async with db.reading() as tx:
        where = {one.id: one for one in await agencies.every(tx)}
    async for some in rolls(db, scope):
        yield writer.piece([one for one in appointments(some, where) if _is_new(one, since)])
    yield writer.end()


def _is_new(one: Appointment, since: datetime | None) -> bool:
    return since is None or one.changed_at >= since
