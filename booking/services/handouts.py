"""What an agency hands out: programmes, signs for the door, proof of attendance, sheets for a partner."""

from collections.abc import Collection, Sequence
from datetime import datetime, timedelta
from uuid import UUID

from booking.documents.pdf.handouts import NOTES, Certificate, Programme, address_of, dated, written
from booking.domain.agencies import Agency
from booking.domain.errors import NeverCame
from booking.domain.job_seekers import JobSeeker
from booking.domain.staff import Right, Staff
from booking.services import attendees, looking
from booking.services.sessions import visible
from booking.storage import agencies, attendance, cases, job_seekers, make_ups, workshops
from booking.storage.database import Database
from booking.storage.make_ups import MakeUp
from calendars.zones import wall


async def programme(db: Database, session_id: UUID, *, by: Staff) -> Programme:
    """All dates of a session. Raises :class:`NotFound` for a draft where one may not plan."""
    async with db.reading() as tx:
        listed = await visible(tx, session_id, by)
        workshop = await workshops.load(tx, listed.session.workshop_id)
        agency = await agencies.load(tx, listed.session.agency_id)
    rooms = {
        meeting.id: listed.rooms.get(meeting.room_id, "") if meeting.room_id else ""
        for meeting in listed.session.meetings
    }
    return Programme(
        workshop=workshop.title,
        objectives=workshop.objectives,
        to_bring=workshop.to_bring,
        meetings=[dated(meeting, listed.time_zone, rooms[meeting.id]) for meeting in listed.session.meetings],
        place=agency.name,
        address=address_of(agency),
        phone=agency.phone,
        directions=agency.directions,
        first_on=wall(listed.session.starts_at, listed.time_zone).date(),
    )


async def certificate(db: Database, booking_id: UUID, *, by: Staff, now: datetime) -> Certificate:
    """That somebody came, here or where a missed meeting was made up for.

    Raises :class:`NeverCame` where no presence is marked, :class:`NotFound`, :class:`NotAllowed`.
    """
    async with db.reading() as tx:
        case = await cases.load(tx, booking_id)
        if case.person.staff_id:
            await attendees.must_answer_for(tx, by, case.person.staff_id, now, case.booking.agency_id)
        else:
            by.must(Right.SEE_PEOPLE, case.booking.agency_id)
        marks = await attendance.of_booking(tx, booking_id)
        elsewhere = await make_ups.of(tx, [booking_id])
    await looking.note(db, case.person, by=by, now=now, way="paper")
    came = [one for one in case.session.meetings if one.id in marks and marks[one.id].mark.is_present]
    made_up = _made_up(elsewhere, {one.id for one in came})
    if not (came or made_up):
        raise NeverCame(booking_id=booking_id)
    said = {one.starts_at: dated(one, case.agency.time_zone, note=NOTES.get(marks[one.id].mark, "")) for one in came}
    said |= {one.starts_at: dated(one, one.time_zone, note=_elsewhere(one, case.agency)) for one in made_up}
    return Certificate(
        name=case.person.name,
        workshop=case.workshop.title,
        meetings=[said[starts_at] for starts_at in sorted(said)],
        all_meetings=len(case.session.meetings),
        length=sum((one.ends_at - one.starts_at for one in (*came, *made_up)), timedelta()),
        organiser=case.agency.name,
        address=address_of(case.agency),
        dated=written(case.agency, now),
        is_training=case.person.staff_id is not None,
    )


def _made_up(elsewhere: Sequence[MakeUp], attended: Collection[UUID]) -> list[MakeUp]:
    """Where somebody came instead; a meeting to which he came after all counts once."""
    return [
        one for one in elsewhere if one.mark and one.mark.is_present and one.booking.missed_meeting_id not in attended
    ]


def _elsewhere(one: MakeUp, agency: Agency) -> str:
    """``rattrapée à Lyon Part-Dieu, arrivée en retard``."""
    where = f"rattrapée à {one.agency_name}" if one.agency_name != agency.name else "rattrapée"
    return ", ".join(filter(None, (where, NOTES.get(one.mark, "") if one.mark else "")))


async def sent_away(db: Database, job_seeker_id: UUID, *, by: Staff) -> tuple[JobSeeker, Agency]:
    """Who goes to a partner, and from which agency. Raises :class:`NotFound`, :class:`NotAllowed`."""
    async with db.reading() as tx:
        person = await job_seekers.load(tx, job_seeker_id)
        by.must(Right.SEE_PEOPLE, person.agency_id)
        return person, await agencies.load(tx, person.agency_id)
