"""What an agency hands out or pins up, as PDF."""

from uuid import UUID

from litestar import Controller, Response, get
from litestar.di import NamedDependency
from litestar.params import FromPath

from booking.documents import dates
from booking.documents.pdf.call_lists import Call, CallList
from booking.documents.pdf.handouts import address_of, written
from booking.documents.pdf.orientations import Orientation
from booking.domain.job_seekers import Channel
from booking.services import agencies, handouts, looking, to_do
from booking.services.to_do import ToDo
from booking.web.pages import words
from booking.web.pages.pdfs import pdf
from booking.web.pages.visits import Visit
from calendars.zones import today, wall


class HandoutPages(Controller):
    """Each opens beside the page from which it is asked for."""

    @get("/sessions/{session_id:uuid}/programme.pdf")
    async def programme(self, visit: NamedDependency[Visit], session_id: FromPath[UUID]) -> Response[bytes]:
        """The dates of a session, for who has a place."""
        paper = await handouts.programme(visit.db, session_id, by=visit.staff)
        return await pdf(visit, "programme", paper.data, "programme", paper.workshop, on=paper.first_on)

    @get("/sessions/{session_id:uuid}/affiche.pdf")
    async def door(self, visit: NamedDependency[Visit], session_id: FromPath[UUID]) -> Response[bytes]:
        """A sign for the door for each meeting."""
        paper = await handouts.programme(visit.db, session_id, by=visit.staff)
        return await pdf(visit, "door", paper.data, "affiche", paper.workshop, on=paper.first_on)

    @get("/inscriptions/{booking_id:uuid}/attestation.pdf")
    async def certificate(self, visit: NamedDependency[Visit], booking_id: FromPath[UUID]) -> Response[bytes]:
        """That somebody came."""
        paper = await handouts.certificate(visit.db, booking_id, by=visit.staff, now=visit.now)
        return await pdf(visit, "certificate", paper.data, "attestation", paper.name)

    @get("/a-faire/appels.pdf")
    async def calls(self, visit: NamedDependency[Visit]) -> Response[bytes]:
        """Whom to call today."""
        found = await to_do.to_do(visit.db, by=visit.staff, now=visit.now)
        own = await agencies.own(visit.db, by=visit.staff)
        day = today(visit.now, own[0].time_zone if own else "Europe/Paris")
        calls = [_call(one) for one in found if one.message.channel is Channel.CALL]
        await looking.took(visit.db, "calls", len(calls), by=visit.staff, now=visit.now)
        return await pdf(visit, "calls", CallList(dates.day(day), calls).data, "a appeler", on=day)

    @get("/personnes/{person_id:uuid}/orientation.pdf")
    async def orientation(self, visit: NamedDependency[Visit], person_id: FromPath[UUID]) -> Response[bytes]:
        """The sheet with which somebody goes to a partner."""
        person, agency = await handouts.sent_away(visit.db, person_id, by=visit.staff)
        await looking.note(visit.db, person, by=visit.staff, now=visit.now, way="paper")
        paper = Orientation(
            name=person.name,
            phone=words.phone(person.phone) if person.phone else "",
            email=person.email or "",
            commune=f"{person.postcode} {person.commune}".strip(),
            language=words.LANGUAGES.get(person.language, ""),
            needs=[words.NEEDS[need] for need in sorted(person.needs)],
            sent_by=visit.staff.name,
            agency=agency.name,
            address=address_of(agency),
            agency_phone=agency.phone,
            dated=written(agency, visit.now),
        )
        return await pdf(visit, "orientation", paper.data, "orientation", person.name)


def _call(one: ToDo) -> Call:
    case, zone = one.case, one.case.home.time_zone
    kind = words.KINDS[one.message.kind]
    before, begins = wall(one.message.not_after, zone), wall(case.session.starts_at, case.agency.time_zone)
    return Call(
        name=case.person.name,
        phone=words.phone(case.person.phone) if case.person.phone else "",
        about=f"{kind} : {case.workshop.title}, {dates.day(begins.date())}, {case.agency.name}",
        before=f"{dates.day(before.date())}, {dates.hour(before.time())}",
        script=one.script or "",
        tries=one.message.attempts,
    )
