"""Two entries that may be one person: the likely pairs of an agency, and merging two after a look at what stays."""

from dataclasses import dataclass
from uuid import UUID

from litestar import Controller, get, post
from litestar.di import NamedDependency
from litestar.params import FromPath

from booking.domain.errors import NotFound, Refused
from booking.domain.job_seekers import JobSeeker
from booking.domain.staff import Right
from booking.services import duplicates, job_seekers, merging
from booking.web.pages import words
from booking.web.pages.person_forms import where_one_may_register
from booking.web.pages.seat_searches import id_of
from booking.web.pages.visits import Answer, Visit, see
from booking.web.rendering import Page

MOST_SHOWN = 200
NOBODY = UUID(int=0)


@dataclass(frozen=True, slots=True)
class Choice:
    """Whom to merge somebody with: who looks alike, and who was searched for."""

    person: JobSeeker
    alike: list[duplicates.Candidate]
    query: str
    found: list[JobSeeker]


class DuplicatePages(Controller):
    """For whoever may book: the people of their agencies, each known once."""

    path = "/personnes"

    @get("/doublons")
    async def pairs(self, visit: NamedDependency[Visit]) -> Page:
        """The likely pairs of one agency."""
        visit.staff.must_somewhere(Right.BOOK)
        own = await where_one_may_register(visit)
        chosen = id_of(visit.asked("agence")) or (own[0].id if own else None)
        found = await duplicates.in_agency(visit.db, chosen, by=visit.staff) if chosen else []
        shown = {"pairs": found[:MOST_SHOWN], "count": len(found), "agencies": own, "chosen": chosen, "words": words}
        apart = (visit.asked("une"), visit.asked("autre")) if visit.asked("fait") == "deux" else None
        return visit.page("job_seekers/duplicates.html", **shown, apart=apart)

    @post("/doublons/deux")
    async def tell_apart(self, visit: NamedDependency[Visit]) -> Answer:
        """These are two people."""
        form = await visit.form()
        one, other = form.id("one") or NOBODY, form.id("other") or NOBODY
        await duplicates.tell_apart(visit.db, one, other, by=visit.staff, now=visit.now)
        return see(f"/personnes/doublons?agence={form.get('agence')}&fait=deux&une={one}&autre={other}")

    @post("/doublons/ouvert")
    async def leave_open(self, visit: NamedDependency[Visit]) -> Answer:
        """It was said too soon."""
        form = await visit.form()
        one, other = form.id("one") or NOBODY, form.id("other") or NOBODY
        await duplicates.leave_open(visit.db, one, other, by=visit.staff, now=visit.now)
        return see(f"/personnes/doublons?agence={form.get('agence')}")

    @get("/{person_id:uuid}/fusionner")
    async def look(self, visit: NamedDependency[Visit], person_id: FromPath[UUID]) -> Page:
        """Whom to merge with, and then what would stay."""
        other = id_of(visit.asked("avec"))
        if other is None:
            return visit.page("job_seekers/choose.html", choice=await _choice(visit, person_id), words=words)
        shown = await merging.preview(visit.db, person_id, other, by=visit.staff, now=visit.now)
        return visit.page("job_seekers/merge.html", shown=shown, words=words)

    @post("/{person_id:uuid}/fusionner")
    async def merge(self, visit: NamedDependency[Visit], person_id: FromPath[UUID]) -> Answer:
        """Make one of two."""
        form = await visit.form()
        other = form.id("gone")
        if other is None:
            raise NotFound
        try:
            await merging.merge(visit.db, person_id, other, by=visit.staff, now=visit.now)
        except NotFound:
            raise
        except Refused as refusal:
            shown = await merging.preview(visit.db, person_id, other, by=visit.staff, now=visit.now)
            return visit.refused("job_seekers/merge.html", refusal, shown=shown, words=words)
        return see(f"/personnes/{person_id}?fait=fusionnee")


async def _choice(visit: Visit, person_id: UUID) -> Choice:
    alike = await duplicates.of_person(visit.db, person_id, by=visit.staff)
    person = await job_seekers.show(visit.db, person_id, by=visit.staff)
    query = visit.asked("q")
    found = await job_seekers.search(visit.db, query, by=visit.staff)
    same = [one for one in found if one.agency_id == person.agency_id and one.id != person_id]
    return Choice(person, alike, query, same)
