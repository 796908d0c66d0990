"""The week of an agency: every meeting on its day, with how full its session is."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from booking.domain.agencies import Agency
from booking.domain.errors import NotFound
from booking.domain.sessions import Meeting, Session, SessionState
from booking.domain.staff import Right, Staff
from booking.domain.workshops import Workshop
from booking.storage import agencies, listings, staff, workshops
from booking.storage.database import Database, Tx
from booking.storage.listings import Listed, Wanted

MOST_SESSIONS = 1000


@dataclass(frozen=True, slots=True, kw_only=True)
class Entry:
    """One meeting as an agenda shows it; ``facilitator`` is a name."""

    listed: Listed
    meeting: Meeting
    workshop: Workshop
    facilitator: str | None

    @property
    def session(self) -> Session:
        """What is booked to attend this meeting."""
        return self.listed.session

    def lacks_people(self, now: datetime) -> bool:
        """Whether it is still to be filled: below what makes it worth holding, or less than half full."""
        few = self.session.taken < self.workshop.minimum or 2 * self.session.taken < self.session.capacity
        return few and self.session.takes_bookings(now)


async def agency(db: Database, slug: str) -> Agency:
    """Any agency, own or not: its open sessions may be seen by all who work here. Raises :class:`NotFound`."""
    async with db.reading() as tx:
        found = await agencies.by_slug(tx, slug)
    if found is None:
        raise NotFound(slug=slug)
    return found


async def meetings(
    db: Database, *, by: Staff, agency_ids: Collection[UUID], starts_from: datetime, starts_before: datetime
) -> list[Entry]:
    """The meetings of these agencies that begin in this time, by start; of drafts only where one may plan."""
    wanted = Wanted(agency_ids=agency_ids, ends_after=starts_from, starts_before=starts_before, most=MOST_SESSIONS)
    async with db.reading() as tx:
        found = [listed for listed in await listings.find(tx, wanted) if _may_see(by, listed.session)]
        entries = await _entries(tx, found)
    begun = [entry for entry in entries if starts_from <= entry.meeting.starts_at < starts_before]
    return sorted(begun, key=lambda entry: (entry.meeting.starts_at, entry.meeting.id))


async def _entries(tx: Tx, found: list[Listed]) -> list[Entry]:
    known = await workshops.some(tx, {listed.session.workshop_id for listed in found})
    leaders = {m.facilitator_id for listed in found for m in listed.session.meetings if m.facilitator_id}
    names = await staff.named(tx, leaders)
    return [
        Entry(
            listed=listed,
            meeting=meeting,
            workshop=known[listed.session.workshop_id],
            facilitator=names.get(meeting.facilitator_id) if meeting.facilitator_id else None,
        )
        for listed in found
        for meeting in listed.session.meetings
    ]


def _may_see(by: Staff, session: Session) -> bool:
    return session.state is not SessionState.DRAFT or by.may(Right.PLAN, session.agency_id)
