"""A session is written anew: it must be free of obstacles, its calendar entries follow, and everybody is told."""

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime
from typing import Any

from booking.domain.attending import attended
from booking.domain.changes import changes
from booking.domain.errors import PlaceTaken
from booking.domain.messages import Message, MessageKind, MessageState, on_change, to_come
from booking.domain.sessions import Session
from booking.domain.sites import Site
from booking.domain.staff import Staff
from booking.services import entries, made_up_in_vain, obstructions
from booking.storage import agencies, audit, bookings, outbox, policies, sessions
from booking.storage.database import Tx


async def rewrite(
    tx: Tx,
    before: Session,
    after: Session,
    *,
    overridden_because: str = "",
    by: Staff,
    site: Site,
    now: datetime,
    **facts: Any,
) -> None:
    """Write a locked session as it shall be; who holds or awaits a seat is told of a move.

    Raises :class:`JobSeekerElsewhere`, :class:`PlaceTaken`, :class:`Obstructed`, :class:`InvalidField`.
    """
    await must_be_free(tx, after, overridden_because, before)
    await made_up_in_vain.end(tx, before, after, by=by, now=now)
    with rivals():
        await sessions.change(tx, before, after)
    await entries.keep(tx, [after.id], site, now, before=before)
    if after.sequence != before.sequence:
        await _tell_everybody(tx, before, after, now)
    facts |= {"capacity": after.capacity, "changes": changes(before, after)}
    await audit.record(tx, by, "changed", "session", after.id, now, after.agency_id, **facts)


async def must_be_free(tx: Tx, session: Session, overridden_because: str = "", before: Session | None = None) -> None:
    """Do nothing when nothing new stands in the way of a session; raises like :func:`obstructions.must_be_free`."""
    agency = await agencies.load(tx, session.agency_id)
    await obstructions.must_be_free(tx, agency, session, overridden_because, before)


@contextmanager
def rivals() -> Iterator[None]:
    """A clash that only the database saw is looked at again, so that it can be named."""
    try:
        yield
    except PlaceTaken as refusal:
        raise obstructions.as_contended(refusal) from refusal


async def _tell_everybody(tx: Tx, before: Session, session: Session, now: datetime) -> None:
    agency = await agencies.load(tx, session.agency_id)
    place = await policies.place_of(tx, agency, session.workshop_id)
    await outbox.withdraw_session(tx, session.id, MessageState.SUPERSEDED, now)
    said: list[Message] = []
    for booking in await bookings.active(tx, session.id):
        has_moved = attended(booking, before) != attended(booking, session) or not booking.only_meeting_id
        told = on_change(MessageKind.SESSION_MOVED, booking, session, place, now) if has_moved else None
        said += told or to_come(booking, session, place, now)
    await outbox.plan(tx, said)
