"""Sessions of some agencies in some weeks, as lines that a list shows or another program reads."""

from collections.abc import Sequence
from datetime import datetime
from uuid import UUID

from booking.documents.session_lists import SessionLine
from booking.domain.agencies import Agency
from booking.domain.sessions import Meeting, SessionState
from booking.domain.staff import Right, Staff
from booking.domain.workshops import Workshop
from booking.services import agencies as own_agencies
from booking.storage import agencies, listings, staff, workshops
from booking.storage.database import Database
from booking.storage.listings import Listed
from booking.storage.wishes import Wanted

MOST = 5000
STATES = {
    SessionState.DRAFT: "brouillon",
    SessionState.OPEN: "ouverte",
    SessionState.CANCELLED: "annulée",
    SessionState.HELD: "terminée",
}


async def lines(
    db: Database, agency_ids: Sequence[UUID] | None, begins: datetime, ends: datetime, *, by: Staff
) -> list[SessionLine]:
    """A line for each meeting of the sessions that start in that time, by start; drafts only where one plans.

    Without agencies, those of one's own. No name of any job seeker is in it.
    """
    ids = [agency.id for agency in await own_agencies.own(db, by=by)] if agency_ids is None else list(agency_ids)
    wanted = Wanted(agency_ids=ids, starts_from=begins, starts_before=ends, most=MOST)
    async with db.reading() as tx:
        found = [listed for listed in await listings.find(tx, wanted) if _may_see(listed, by)]
        places = {agency.id: agency for agency in await agencies.some(tx, ids)}
        taught = await workshops.some(tx, {listed.session.workshop_id for listed in found})
        meetings = [meeting for listed in found for meeting in listed.session.meetings]
        names = await staff.named(tx, {id for meeting in meetings for id in meeting.staff_ids})
    return [
        _line(listed, meeting, places[listed.session.agency_id], taught[listed.session.workshop_id], names)
        for listed in found
        for meeting in listed.session.meetings
    ]


def _may_see(listed: Listed, by: Staff) -> bool:
    return listed.session.state is not SessionState.DRAFT or by.may(Right.PLAN, listed.session.agency_id)


def _line(
    listed: Listed,
    meeting: Meeting,
    agency: Agency,
    workshop: Workshop,
    names: dict[UUID, str],
) -> SessionLine:
    session = listed.session
    return SessionLine(
        session_id=str(session.id),
        meeting_id=str(meeting.id),
        agency_name=agency.name,
        agency_code=agency.code or "",
        address=agency.address,
        postcode=agency.postcode,
        commune=agency.commune,
        workshop=workshop.title,
        theme_code=workshop.theme_code,
        objectives=workshop.objectives,
        position=meeting.position,
        meetings=len(session.meetings),
        starts_at=meeting.starts_at,
        ends_at=meeting.ends_at,
        closes_at=session.closes_at,
        zone=agency.time_zone,
        room=listed.rooms.get(meeting.room_id, "") if meeting.room_id else "",
        leader=names.get(meeting.facilitator_id, "") if meeting.facilitator_id else "",
        assistants=", ".join(names.get(id, "") for id in meeting.assistant_ids),
        capacity=session.capacity,
        taken=session.taken,
        waiting=session.waiting,
        state=STATES[session.state],
        because=session.cancelled_because or session.overridden_because or "",
        languages=", ".join(session.languages),
    )
