"""An invented person with a place in an invented session of a real agency, to show what a text will look like."""

from dataclasses import replace
from datetime import datetime, time, timedelta
from typing import Any
from uuid import UUID

from booking.domain import bookings
from booking.domain.agencies import Agency
from booking.domain.bookings import SESSION_BEGAN, Booking, Party
from booking.domain.cases import Case
from booking.domain.identifiers import new_id
from booking.domain.job_seekers import JobSeeker
from booking.domain.messages import MessageKind
from booking.domain.sessions import Meeting, Session, SessionState
from booking.domain.workshops import Workshop
from calendars.zones import resolve, today

SOMEWHERE = Agency(
    id=UUID(int=1),
    slug="exemple",
    name="Grenoble Bastille",
    department="38",
    time_zone="Europe/Paris",
    holiday_territory="metropole",
    address="1 rue des Alpes",
    postcode="38000",
    commune="Grenoble",
    phone="04 76 00 00 00",
)


def example(kind: MessageKind, agency: Agency | None, now: datetime) -> Case:
    """Awa Diallo, in a fortnight, in the state in which such a message is sent."""
    where = agency or SOMEWHERE
    workshop = Workshop(
        id=UUID(int=2),
        title="Premiers pas avec l’ordinateur",
        short_title="Ordinateur 1",
        usual_capacity=8,
        to_bring="Une pièce d’identité",
        created_at=now,
    )
    session = _session(where, workshop, now)
    person = JobSeeker(
        id=UUID(int=3), agency_id=where.id, first_name="Awa", last_name="Diallo", created_at=now, changed_at=now
    )
    booked = bookings.book(session.id, person.id, where.id, by=UUID(int=4), now=now)
    booking = _in_state(kind, replace(booked, id=UUID(int=2026)), session)
    room = session.meetings[0].room_id
    rooms = {room: "Vercors"} if room else {}
    return Case(
        booking=booking, person=person, session=session, workshop=workshop, agency=where, home=where, rooms=rooms
    )


def details(case: Case) -> dict[str, Any]:
    """What a message of any kind may remember."""
    here = {"zone": case.agency.time_zone, "agency": case.agency.name}
    first = case.session.starts_at
    return {
        "alternatives": [here | {"starts_at": (first + timedelta(days=days)).isoformat()} for days in (7, 14)],
        "number": 2,
        "gone": [here | {"starts_at": first.isoformat()}],
    }


def _session(agency: Agency, workshop: Workshop, now: datetime) -> Session:
    day = today(now, agency.time_zone) + timedelta(days=14)
    starts_at = resolve(day, time(9, 30), agency.time_zone)
    session_id = new_id(now)
    meeting = Meeting(
        id=new_id(now),
        session_id=session_id,
        position=1,
        starts_at=starts_at,
        ends_at=starts_at + timedelta(hours=2),
        room_id=UUID(int=5),
        created_at=now,
        changed_at=now,
    )
    return Session(
        id=session_id,
        agency_id=agency.id,
        workshop_id=workshop.id,
        state=SessionState.OPEN,
        capacity=8,
        meetings=(meeting,),
        created_at=now,
        changed_at=now,
    )


def _in_state(kind: MessageKind, booking: Booking, session: Session) -> Booking:
    now = booking.created_at
    match kind:
        case MessageKind.WAITLISTED:
            return bookings.waiting(booking)
        case MessageKind.SEAT_OFFERED:
            return bookings.waiting(booking).promoted(now, until=session.starts_at - timedelta(days=2))
        case MessageKind.BOOKING_CANCELLED:
            return booking.cancelled(Party.PERSON, "", now)
        case MessageKind.WAIT_ENDED:
            return bookings.waiting(booking).cancelled(Party.SERVICE, SESSION_BEGAN, now)
        case _:
            return booking
