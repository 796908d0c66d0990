"""Cases for the rules and the words of messages, without a database."""

from dataclasses import replace
from datetime import datetime
from uuid import UUID

from booking.domain import bookings
from booking.domain.bookings import Booking
from booking.domain.cases import Case
from booking.domain.identifiers import new_id
from booking.domain.job_seekers import JobSeeker
from booking.domain.messages import Message, MessageKind, on_booking
from booking.domain.sessions import Meeting, Session, SessionState
from booking.domain.windows import Place
from tests.given import HOUR, NOW, a_workshop, an_agency, in_days

GRENOBLE = Place("Europe/Paris", "metropole")


def a_session(*starts: datetime, **known: object) -> Session:
    """An open session with a meeting of two hours at each of these times."""
    session_id = new_id(NOW)
    meetings = tuple(
        Meeting(
            id=new_id(NOW),
            session_id=session_id,
            position=n,
            starts_at=start,
            ends_at=start + 2 * HOUR,
            created_at=NOW,
            changed_at=NOW,
        )
        for n, start in enumerate(starts or (in_days(14),), start=1)
    )
    usual = {"agency_id": new_id(NOW), "workshop_id": new_id(NOW), "state": SessionState.OPEN, "capacity": 8}
    return Session(id=session_id, created_at=NOW, changed_at=NOW, meetings=meetings, **(usual | known))  # type: ignore[arg-type]


def a_booking(session: Session, now: datetime = NOW) -> Booking:
    """Somebody's seat."""
    return bookings.book(session.id, new_id(NOW), new_id(NOW), by=new_id(NOW), now=now)


def a_person(**known: object) -> JobSeeker:
    """Awa Diallo, with an e-mail address."""
    usual = {"first_name": "Awa", "last_name": "Diallo", "email": "awa@example.org"}
    times = {"created_at": NOW, "changed_at": NOW}
    return JobSeeker(id=new_id(NOW), agency_id=new_id(NOW), **(usual | times | known))  # type: ignore[arg-type]


def a_case(*starts: datetime, person: JobSeeker | None = None, rooms: dict[UUID, str] | None = None) -> Case:
    """Awa's seat at the agency of Grenoble."""
    agency = an_agency(address="1 rue des Alpes", postcode="38000", phone="04 76 00 00 00")
    workshop = a_workshop(to_bring="Une pièce d’identité")
    session = a_session(*starts, agency_id=agency.id, workshop_id=workshop.id)
    return Case(
        booking=a_booking(session),
        person=person or a_person(),
        session=session,
        workshop=workshop,
        agency=agency,
        home=agency,
        rooms=rooms or {},
    )


def message_of(case: Case, kind: MessageKind = MessageKind.CONFIRMATION, **known: object) -> Message:
    """What was planned for this case at booking: its confirmation, or a reminder."""
    planned = on_booking(case.booking, case.session, case.place, case.booking.created_at)
    return replace(next(m for m in planned if m.kind is kind), **known)  # type: ignore[arg-type]
