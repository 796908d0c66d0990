"""People: finding them, their page, adding one, and keeping the ways that reach them right."""

from typing import Any
from uuid import UUID

from litestar import Controller, get, post
from litestar.di import NamedDependency
from litestar.params import FromPath

from booking.domain.errors import PossibleDuplicates, Refused, StaleEdit
from booking.domain.job_seekers import JobSeeker
from booking.domain.staff import Right
from booking.services import diagnoses, followed_bookings, job_seekers, looking, merging, recents, referral_lists, waits
from booking.web.forms import Form
from booking.web.pages import contacts, follow_words, referral_words, words
from booking.web.pages.person_forms import as_known, as_typed, changes, person_said, where_one_may_register
from booking.web.pages.placing import placing_page
from booking.web.pages.seat_searches import Search
from booking.web.pages.visits import Answer, Visit, see
from booking.web.rendering import Page


class JobSeekerPages(Controller):
    """The people of one's agencies."""

    path = "/personnes"

    @get()
    async def search(self, visit: NamedDependency[Visit]) -> Page:
        """Find somebody by name, identifier or phone."""
        query = visit.asked("q")
        found = await job_seekers.search(visit.db, query, by=visit.staff)
        return visit.page("job_seekers/search.html", query=query, found=found, words=words)

    @post()
    async def register(self, visit: NamedDependency[Visit]) -> Answer:
        """Add a person, unless somebody alike is known and nobody said that this is another; then choose a seat."""
        form = await visit.form()
        try:
            said = person_said(form)
            agency_id = await _agency(visit, form)
            is_sure = bool(form.get("sure"))
            person = await job_seekers.register(
                visit.db, agency_id, said, is_sure=is_sure, by=visit.staff, now=visit.now
            )
        except PossibleDuplicates:
            known = await job_seekers.alike(visit.db, agency_id, said, by=visit.staff, now=visit.now)
            return await _new_again(visit, form, alike=known)
        except Refused as refusal:
            return await _new_again(visit, form, refusal)
        if form.get("suite") == "diagnostic":
            return see(f"/personnes/{person.id}/diagnostic")
        return see(Search.of(dict(form.pairs)).href(query="", new="", person=person.id))

    @get("/{person_id:uuid}")
    async def show(self, visit: NamedDependency[Visit], person_id: FromPath[UUID]) -> Answer:
        """One person: how to reach him, what the room must know, what he booked; or who he turned out to be."""
        kept_id = await merging.into(visit.db, person_id, by=visit.staff)
        if kept_id:
            return see(f"/personnes/{kept_id}")
        person = await looking.show(visit.db, person_id, by=visit.staff, now=visit.now)
        await recents.opened(visit.db, person, by=visit.staff, now=visit.now)
        may_book = visit.staff.may(Right.BOOK, person.agency_id)
        return visit.page(
            "job_seekers/show.html",
            person=person,
            history=await followed_bookings.of_person(visit.db, person_id, by=visit.staff, now=visit.now),
            diagnoses=await diagnoses.of_person(visit.db, person_id, by=visit.staff),
            waits=await waits.of_person(visit.db, person_id, by=visit.staff, now=visit.now),
            referrals=await referral_lists.of_person(visit.db, person_id, by=visit.staff),
            may_book=may_book,
            done=visit.asked("fait"),
            words=words,
            follow=follow_words,
            referral_words=referral_words,
            **await contacts.shown(visit, person_id),
        )

    @get("/{person_id:uuid}/modifier")
    async def edit(self, visit: NamedDependency[Visit], person_id: FromPath[UUID]) -> Page:
        """The form of somebody known."""
        person = await looking.show(visit.db, person_id, by=visit.staff, now=visit.now)
        visit.staff.must(Right.BOOK, person.agency_id)
        return visit.page("job_seekers/edit.html", **_edited(person), said=as_known(person))

    @post("/{person_id:uuid}/modifier")
    async def change(self, visit: NamedDependency[Visit], person_id: FromPath[UUID]) -> Answer:
        """Write somebody anew; what has not left yet goes to the new address."""
        form = await visit.form()
        person = await job_seekers.show(visit.db, person_id, by=visit.staff)
        try:
            said, version = person_said(form), form.whole("version")
            await job_seekers.change(visit.db, person_id, said, version=version, by=visit.staff, now=visit.now)
        except StaleEdit as refusal:
            return await _edit_stale(visit, person_id, form, refusal)
        except Refused as refusal:
            return _edit_again(visit, person, form, refusal, version=form.get("version"))
        return see(f"/personnes/{person_id}?fait=modifiee")


async def _agency(visit: Visit, form: Form) -> UUID:
    """The agency chosen, or the only one there is."""
    chosen = form.id("agency")
    own = [agency.id for agency in await where_one_may_register(visit)]
    if chosen is None and len(own) != 1:
        visit.staff.must_somewhere(Right.BOOK)
        form.problems.add("agency", "required")
    form.problems.refuse()
    return chosen or own[0]


async def _new_again(visit: Visit, form: Form, refusal: Refused | None = None, **shown: Any) -> Page:
    search = Search.of(dict(form.pairs) | {"nouvelle": "1"})
    return await placing_page(visit, search, refusal, said=as_typed(form), **shown)


def _edited(person: JobSeeker, **shown: Any) -> dict[str, Any]:
    return {"person": person, "version": person.version, "words": words, "last": None, "changes": []} | shown


def _edit_again(visit: Visit, person: JobSeeker, form: Form, refusal: Refused, **shown: Any) -> Page:
    return visit.refused("job_seekers/edit.html", refusal, **_edited(person, **shown), said=as_typed(form))


async def _edit_stale(visit: Visit, person_id: UUID, form: Form, refusal: StaleEdit) -> Page:
    """What was typed stays; beside it, what a colleague wrote meanwhile, and who it was."""
    last = await job_seekers.last_change(visit.db, person_id, by=visit.staff)
    return _edit_again(visit, last.person, form, refusal, last=last, changes=changes(last.person, form))
