"""What programs look up: sessions page by page, the people of a session, the meetings of a time."""

from collections.abc import Collection, Sequence
from dataclasses import replace
from datetime import datetime
from uuid import UUID

from booking.domain.agencies import Agency
from booking.domain.job_seekers import Channel
from booking.domain.rooms import Room
from booking.domain.sessions import SessionState
from booking.domain.sites import Site
from booking.domain.staff import Right, Staff
from booking.services import confirmations, messages, sessions
from booking.services.confirmations import Confirmation
from booking.services.messages import Said
from booking.services.sessions import Participant
from booking.storage import agencies, agendas, listings
from booking.storage.agendas import MeetingListed, MeetingsWanted
from booking.storage.database import Database
from booking.storage.listings import Listed
from booking.storage.wishes import Wanted

PUBLISHED = (SessionState.OPEN, SessionState.CANCELLED, SessionState.HELD)


async def session(db: Database, session_id: UUID, *, by: Staff) -> Listed:
    """One session. Raises :class:`NotFound` for a draft where one may not plan."""
    async with db.reading() as tx:
        return await sessions.visible(tx, session_id, by)


async def find_sessions(db: Database, wanted: Wanted, *, by: Staff) -> list[Listed]:
    """The published sessions wanted, of any agency; drafts when they alone are wanted, of those where one may plan.

    Raises :class:`NotAllowed` for drafts when one plans nowhere.
    """
    if wanted.states is None:
        wanted = replace(wanted, states=PUBLISHED)
    elif SessionState.DRAFT in wanted.states:
        by.must_somewhere(Right.PLAN)
        wanted = replace(wanted, agency_ids=_where_one_plans(wanted, by))
    async with db.reading() as tx:
        return await listings.find(tx, wanted)


def _where_one_plans(wanted: Wanted, by: Staff) -> Sequence[UUID] | None:
    if wanted.agency_ids is None and by.may(Right.PLAN, UUID(int=0)):
        return None  # a role for the whole network
    asked = by.agency_ids if wanted.agency_ids is None else wanted.agency_ids
    return [agency_id for agency_id in asked if by.may(Right.PLAN, agency_id)]


async def participants(db: Database, session_id: UUID, *, by: Staff, now: datetime) -> Sequence[Participant]:
    """Who has a place in a session, as far as one may know them. Raises :class:`NotAllowed`, :class:`NotFound`."""
    by.must_somewhere(Right.SEE_PEOPLE)
    return (await sessions.show(db, session_id, by=by, now=now)).participants


async def booking(
    db: Database, booking_id: UUID, *, machines: Collection[Channel], by: Staff, now: datetime, site: Site | None = None
) -> tuple[Confirmation, list[Said]]:
    """A booking, and what is said about it to who works in the agency of the person.

    Raises :class:`NotFound`, :class:`NotAllowed`.
    """
    shown = await confirmations.show(db, booking_id, by=by, now=now)
    if not by.may(Right.SEE_PEOPLE, shown.booking.agency_id):
        return shown, []
    return shown, await messages.of_booking(db, booking_id, machines=machines, by=by, now=now, site=site)


async def find_meetings(db: Database, wanted: MeetingsWanted, *, by: Staff) -> list[MeetingListed]:
    """The published meetings wanted, of one's own agencies only. Raises :class:`NotAllowed`."""
    by.must_somewhere(Right.MARK)
    if not by.is_network_wide:
        asked = by.agency_ids if wanted.agency_ids is None else wanted.agency_ids
        wanted = replace(wanted, agency_ids=by.agency_ids & set(asked))
    async with db.reading() as tx:
        return await agendas.find(tx, wanted)


async def agency(db: Database, agency_id: UUID) -> Agency:
    """Any agency: a person may sit anywhere. Raises :class:`NotFound`."""
    async with db.reading() as tx:
        return await agencies.load(tx, agency_id)


async def find_agencies(db: Database, *, after: UUID | None = None, most: int = 50) -> list[Agency]:
    """Agencies by id, from behind the last one seen."""
    async with db.reading() as tx:
        return await agencies.page(tx, after, most)


async def rooms(db: Database, agency_id: UUID) -> list[Room]:
    """The rooms of an agency by name. Raises :class:`NotFound`."""
    async with db.reading() as tx:
        await agencies.load(tx, agency_id)
        return await agencies.rooms_of(tx, [agency_id])
