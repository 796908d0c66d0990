"""Histories and the journal: who did what, when, by which door; read again, never changed."""

from typing import Any
from uuid import UUID

from litestar import Controller, Response, get
from litestar.di import NamedDependency
from litestar.params import FromPath

from booking.documents.audit_lists import AuditRow, csv_of
from booking.domain.seals import Line
from booking.services import trails
from booking.services.trails import Known, Trail
from booking.web.pages import trail_words
from booking.web.pages.trail_searches import USUAL_ZONE, TrailSearch
from booking.web.pages.visits import Visit
from booking.web.rendering import Page
from calendars.zones import wall


class HistoryPages(Controller):
    """Of one person, one booking or one session, for who may see people there."""

    path = "/"

    @get("personnes/{person_id:uuid}/historique")
    async def of_person(self, visit: NamedDependency[Visit], person_id: FromPath[UUID]) -> Page:
        """All that was done for and about a person."""
        search = TrailSearch.of(visit)
        trail = await trails.of_person(visit.db, person_id, search.wanted(visit, trails.MOST), by=visit.staff)
        return _page(visit, trail, search, f"/personnes/{person_id}")

    @get("inscriptions/{booking_id:uuid}/historique")
    async def of_booking(self, visit: NamedDependency[Visit], booking_id: FromPath[UUID]) -> Page:
        """All that was done with a booking."""
        search = TrailSearch.of(visit)
        trail = await trails.of_booking(visit.db, booking_id, search.wanted(visit, trails.MOST), by=visit.staff)
        return _page(visit, trail, search, f"/inscriptions/{booking_id}")

    @get("sessions/{session_id:uuid}/historique")
    async def of_session(self, visit: NamedDependency[Visit], session_id: FromPath[UUID]) -> Page:
        """All that was done with a session."""
        search = TrailSearch.of(visit)
        trail = await trails.of_session(visit.db, session_id, search.wanted(visit, trails.MOST), by=visit.staff)
        return _page(visit, trail, search, f"/sessions/{session_id}")


class AuditPages(Controller):
    """For managers, auditors, and who administers the network."""

    path = "/journal"

    @get()
    async def show(self, visit: NamedDependency[Visit]) -> Page:
        """What was done in one's agencies, the latest first."""
        search = TrailSearch.of(visit)
        wanted = search.wanted(visit, trails.MOST)
        journal = await trails.journal(visit.db, wanted, by=visit.staff, now=visit.now)
        nouns = sorted(((code, visit.say(word)) for code, word in trail_words.NOUNS.items()), key=lambda one: one[1])
        return visit.page(
            "trails/journal.html", journal=journal, nouns=nouns, **_lines(visit, search, journal, USUAL_ZONE)
        )

    @get("/lignes.csv")
    async def export(self, visit: NamedDependency[Visit]) -> Response[bytes]:
        """The same lines as a file for a spreadsheet."""
        search = TrailSearch.of(visit)
        wanted = search.wanted(visit, trails.MOST_IN_FILE)
        journal = await trails.journal(visit.db, wanted, by=visit.staff, now=visit.now)
        headers = {"content-disposition": 'attachment; filename="journal.csv"', "cache-control": "private, no-store"}
        content = csv_of(_row(visit, line, journal.known) for line in journal.lines)
        return Response(content.encode(), media_type="text/csv; charset=utf-8", headers=headers)


def _page(visit: Visit, trail: Trail, search: TrailSearch, back: str) -> Page:
    shown = _lines(visit, search, trail, trail.agency.time_zone)
    return visit.page("trails/history.html", trail=trail, back=back, **shown)


def _lines(visit: Visit, search: TrailSearch, found: Any, zone: str) -> dict[str, Any]:
    rows = [(line, told(visit, line, found.known)) for line in found.lines]
    here = visit.request.url.path
    return {
        "rows": rows,
        "search": search,
        "zone": zone,
        "looks": f"{here}?{search.without_looks().query()}",
        "older": f"{here}?{search.query(avant=str(found.further))}" if found.further else "",
    }


def told(visit: Visit, line: Line, known: Known) -> dict[str, Any]:
    """A line in words: who, what, to what and where to look at it, and what it says in detail."""
    title, href = subject(line, known)
    names = {str(id): name for id, name in known.staff.items()}
    place = known.agencies.get(line.agency_id) if line.agency_id else None
    return {
        "who": known.staff.get(line.staff_id, "") if line.staff_id else "",
        "deed": trail_words.deed(line, visit.say),
        "noun": trail_words.noun(line, visit.say),
        "title": title,
        "href": href,
        "agency": place.name if place else "",
        "door": visit.say(trail_words.DOORS[line.via]),
        "facts": trail_words.facts(line, names, visit.say),
    }


def subject(line: Line, known: Known) -> tuple[str, str]:
    """The name of what a line is about, as far as the reader may know it, and its page."""
    id = line.noun_id
    if line.noun == "booking" and id in known.bookings:
        return known.people[known.bookings[id]].name, f"/inscriptions/{id}"
    if line.noun == "job_seeker" and id in known.people:
        return known.people[id].name, f"/personnes/{id}"
    if id in known.sessions:
        listed = known.sessions[id]
        return listed.workshop_title, f"/sessions/{listed.session.id}"
    if line.noun == "staff" and id in known.staff:
        return known.staff[id], ""
    if line.noun == "agency" and id in known.agencies:
        return known.agencies[id].name, ""
    return f"n° {str(id)[-6:]}", ""


def _row(visit: Visit, line: Line, known: Known) -> AuditRow:
    said = told(visit, line, known)
    return AuditRow(
        id=line.id,
        at=wall(line.at, USUAL_ZONE),
        who=said["who"],
        deed=said["deed"],
        noun=said["noun"],
        title=said["title"],
        agency=said["agency"],
        door=f"{said['door']} {line.sign_in or ''}".strip(),
        place=line.place or "",
        facts=" | ".join(f"{name}: {value}" for name, value in said["facts"]),
    )
