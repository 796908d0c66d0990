"""A workshop's terms of booking change: its sessions to come follow at once, and who waits may get a seat then."""

from collections.abc import Mapping
from dataclasses import replace
from datetime import datetime
from uuid import UUID

from booking.domain.sessions import Session, SessionState
from booking.domain.staff import Staff
from booking.domain.terms import on_terms, terms_of
from booking.domain.workshops import Workshop
from booking.services import waitlist
from booking.storage import sessions
from booking.storage.database import Tx

PLANNED = (SessionState.DRAFT, SessionState.OPEN)


async def follow(
    tx: Tx, before: Workshop, after: Workshop, locked: Mapping[UUID, Session], *, by: Staff, now: datetime
) -> None:
    """Put locked sessions on the workshop's new terms; those that had terms of their own keep them."""
    old, new = terms_of(before), terms_of(after)
    if old == new:
        return
    for session in locked.values():
        if session.state in PLANNED and terms_of(session) == old:
            followed = replace(on_terms(session, new), version=session.version + 1, changed_at=now)
            await sessions.change(tx, session, followed)
    await waitlist.give_seats(tx, locked, by=by, now=now)
