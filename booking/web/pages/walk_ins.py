"""Who comes without a booking, from the roll: found or noted, seated and present in two taps."""

from collections.abc import Sequence
from typing import Any
from uuid import UUID

from litestar import Controller, get, post
from litestar.di import NamedDependency
from litestar.params import FromPath

from booking.domain.errors import PossibleDuplicates, Refused
from booking.domain.idempotency import once
from booking.domain.job_seekers import JobSeeker
from booking.domain.staff import Right
from booking.domain.workshops import Audience
from booking.services import catalogues, closing, colleagues_coming, walk_ins
from booking.services.colleagues_coming import Colleague
from booking.services.job_seekers import PersonSaid
from booking.services.walk_ins import Coming
from booking.web.forms import Form
from booking.web.pages.kept_answers import instant
from booking.web.pages.visits import Answer, Visit, see
from booking.web.rendering import Page

FIELDS = ("first_name", "last_name", "birth_year")


class WalkInPages(Controller):
    """Add somebody to the roll."""

    path = "/presence/{meeting_id:uuid}/sur-place"

    @get()
    async def ask(self, visit: NamedDependency[Visit], meeting_id: FromPath[UUID]) -> Page:
        """Who came?"""
        said = visit.asked("q").strip()
        meeting = await walk_ins.meeting_of(visit.db, meeting_id, by=visit.staff)
        people = await _found(visit, meeting_id, said)
        first_name, _, last_name = said.partition(" ")
        typed = {"first_name": first_name if last_name else "", "last_name": last_name or first_name, "birth_year": ""}
        around = await _around(visit, meeting)
        return visit.page("presence/walk_in.html", **around, people=people, said=said, typed=typed)

    @post()
    async def come(self, visit: NamedDependency[Visit], meeting_id: FromPath[UUID]) -> Answer:
        """A free seat, and present; back to the roll."""
        form = await visit.form()
        try:
            await come(visit, form, meeting_id)
        except Refused as refusal:
            return await _refused(visit, form, meeting_id, refusal)
        return see(f"/presence/{meeting_id}?fait=1")


async def come(visit: Visit, form: Form, meeting_id: UUID) -> None:
    """Seat who is chosen or typed; ``made_at`` is when a device without network took it."""
    person_id, birth_year, made_at = form.id("person"), form.whole("birth_year"), instant(form, "made_at")
    form.problems.refuse()
    said = {name: form.get(name) for name in FIELDS[:2]}
    is_sure, after_closing = form.get("sure") == "1", form.get("after_closing") == "1"
    asked = (meeting_id, person_id, said, birth_year, is_sure, after_closing, form.get("made_at"))
    key = once(visit.staff.id, form.get("once")[:100], "walk-in", *asked)
    told = Coming(visit.staff, visit.now, made_at, after_closing)
    if person_id:
        await walk_ins.seat(visit.db, meeting_id, person_id, told, once=key)
    else:
        typed = PersonSaid(**said, birth_year=birth_year)
        await walk_ins.seat_new(visit.db, meeting_id, typed, told, is_sure=is_sure, once=key)


async def _refused(visit: Visit, form: Form, meeting_id: UUID, refusal: Refused) -> Page:
    """The page again as it was typed, and who is known already."""
    meeting = await walk_ins.meeting_of(visit.db, meeting_id, by=visit.staff)
    typed = {name: form.get(name) for name in FIELDS}
    alike = refusal.facts["candidates"] if isinstance(refusal, PossibleDuplicates) else []
    around = await _around(visit, meeting) | {"typed": typed, "alike": alike}
    return visit.refused("presence/walk_in.html", refusal, people=[], said=form.get("q"), **around)


async def _found(visit: Visit, meeting_id: UUID, said: str) -> Sequence[JobSeeker | Colleague]:
    """Who is meant: a colleague where the meeting is of a training, else a job seeker."""
    colleagues = await colleagues_coming.search(visit.db, meeting_id, said, by=visit.staff, now=visit.now)
    return await walk_ins.search(visit.db, meeting_id, said, by=visit.staff) if colleagues is None else colleagues


async def _around(visit: Visit, meeting: Any) -> dict[str, Any]:
    may_add_seats = visit.staff.may(Right.PLAN, meeting.agency_id)
    closed = await closing.closed(visit.db, meeting.meeting.id)
    is_training = (await catalogues.show(visit.db, meeting.workshop_id)).audience is Audience.STAFF
    known = {"meeting": meeting, "may_add_seats": may_add_seats, "closed": closed, "alike": []}
    return known | {"is_training": is_training}
