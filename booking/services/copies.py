"""What can be copied to other weeks: one session, all that begin in a week, or some that were chosen."""

from collections.abc import Sequence
from datetime import date, timedelta
from uuid import UUID

from booking.domain.agencies import Agency
from booking.domain.errors import NotFound
from booking.domain.sessions import SessionState
from booking.domain.staff import Right, Staff
from booking.services import sessions
from booking.storage import agencies, batches, listings
from booking.storage.database import Database
from booking.storage.listings import Listed
from booking.storage.wishes import Wanted
from calendars.zones import midnight

MOST_SESSIONS = 100
STANDING = (SessionState.DRAFT, SessionState.OPEN, SessionState.HELD)
WEEK = timedelta(days=7)


async def of_session(db: Database, session_id: UUID, *, by: Staff) -> tuple[Agency, Sequence[Listed]]:
    """One session, cancelled or not, with its agency. Raises :class:`NotFound`, :class:`NotAllowed`."""
    async with db.reading() as tx:
        listed = await sessions.visible(tx, session_id, by)
        by.must(Right.PLAN, listed.session.agency_id)
        return await agencies.load(tx, listed.session.agency_id), [listed]


async def of_week(db: Database, agency_id: UUID, monday: date, *, by: Staff) -> tuple[Agency, Sequence[Listed]]:
    """The sessions of an agency whose first meeting is in this week, without cancelled ones.

    Raises :class:`NotFound`, :class:`NotAllowed`.
    """
    by.must(Right.PLAN, agency_id)
    async with db.reading() as tx:
        agency = await agencies.load(tx, agency_id)
        begins, ends = midnight(monday, agency.time_zone), midnight(monday + WEEK, agency.time_zone)
        wanted = Wanted(
            agency_ids=[agency_id], states=STANDING, starts_from=begins, starts_before=ends, most=MOST_SESSIONS
        )
        return agency, await listings.find(tx, wanted)


async def of_batch(db: Database, batch_id: UUID, *, by: Staff) -> tuple[Agency, Sequence[Listed]]:
    """The sessions that somebody has chosen himself, as far as they are in the agency of the first.

    Raises :class:`NotFound`, :class:`NotAllowed`.
    """
    async with db.reading() as tx:
        await batches.load(tx, batch_id, by.id)
        found = await listings.some(tx, [line.subject_id for line in await batches.lines(tx, batch_id)])
        listed = sorted(found.values(), key=lambda one: (one.session.starts_at, one.session.id))
        if not listed:
            raise NotFound(batch_id=batch_id)
        agency = await agencies.load(tx, listed[0].session.agency_id)
        by.must(Right.PLAN, agency.id)
        return agency, [one for one in listed if one.session.agency_id == agency.id][:MOST_SESSIONS]
