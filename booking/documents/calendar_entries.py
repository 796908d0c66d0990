"""What a person's own calendar shows of a seat: less than the mail that brings it, and nothing of the person."""

from datetime import datetime
from uuid import UUID

from booking.domain.agencies import Agency
from booking.domain.attending import attended
from booking.domain.bookings import BookingState
from booking.domain.cases import Case
from booking.domain.invitations import Entry
from booking.domain.sessions import Meeting, Session, SessionState
from booking.domain.workshops import Workshop
from calendars.events import Event, Status

STANDING = (SessionState.OPEN, SessionState.HELD)


def of_seat(case: Case) -> dict[UUID, Entry]:
    """The entries that belong to this booking now; none without a seat."""
    if case.booking.state is not BookingState.BOOKED or case.session.state not in STANDING:
        return {}
    phone = case.home.phone or case.agency.phone
    bring = f"À apporter : {case.workshop.to_bring}" if case.workshop.to_bring else ""
    note = "\n".join(filter(None, (bring, f"Une question ? Appelez : {phone}" if phone else "")))
    return {
        one.id: entry_of(
            one, case.session, case.workshop, case.agency, room=_room(case, one), note=note, since=case.booking.sequence
        )
        for one in attended(case.booking, case.session)
    }


def entry_of(
    meeting: Meeting,
    session: Session,
    workshop: Workshop,
    agency: Agency,
    *,
    room: str | None,
    note: str = "",
    since: int = 0,
) -> Entry:
    """One meeting as its guest sees it; ``since`` is the sequence of his place, which makes later words later."""
    return Entry(
        meeting_id=meeting.id,
        sequence=meeting.sequence + since,
        starts_at=meeting.starts_at,
        ends_at=meeting.ends_at,
        zone=agency.time_zone,
        title=f"{workshop.title}{numbered(meeting, session)}",
        place=f"{room}, {agency.place}" if room else agency.place,
        note=note,
    )


def numbered(meeting: Meeting, session: Session) -> str:
    """Which meeting of a cycle it is, for the end of a title."""
    return f" – séance {meeting.position}/{len(session.meetings)}" if len(session.meetings) > 1 else ""


def event_of(entry: Entry, uid: str, said_at: datetime) -> Event:
    """The event of an entry, as it was said at that time."""
    return Event(
        uid=uid,
        sequence=entry.sequence,
        starts_at=entry.starts_at,
        ends_at=entry.ends_at,
        time_zone=entry.zone,
        summary=entry.title,
        description=entry.note,
        location=entry.place,
        status=Status.CANCELLED if entry.is_cancelled else Status.CONFIRMED,
        created_at=said_at,
        changed_at=said_at,
    )


def _room(case: Case, meeting: Meeting) -> str | None:
    return case.rooms.get(meeting.room_id) if meeting.room_id else None
