"""Many things done in one go: what it will come to, how far it is, what became of each, and the way back."""

from typing import Any
from uuid import UUID

from litestar import Controller, get, post
from litestar.di import NamedDependency
from litestar.params import FromPath

from booking.domain.batches import BatchState, Deed, LineOutcome, Subject
from booking.domain.endings import Then
from booking.domain.errors import InvalidField, NotFound, Refused
from booking.domain.job_seekers import Channel
from booking.services import batch_effects, batches, choices
from booking.services.batches import Shown
from booking.services.to_do import OUTCOMES
from booking.storage.listings import Listed
from booking.web.errors import field_words
from booking.web.forms import Form
from booking.web.pages import batch_forms, batch_words, words
from booking.web.pages.messages import OUTCOMES as TICKS
from booking.web.pages.visits import Answer, Visit, see
from booking.web.rendering import Page

HERE = "/actions"
TYPED = ("because", "then", "days", "way", "capacity", "facilitator", "outcome")


class BatchPages(Controller):
    """Whoever chose them, and nobody else."""

    path = HERE

    @get()
    async def list_own(self, visit: NamedDependency[Visit]) -> Page:
        """What one has begun in the last days."""
        found = await batches.own(visit.db, by=visit.staff, now=visit.now)
        return visit.page("batches/list.html", found=found, batch_words=batch_words, Outcome=LineOutcome)

    @post("/choisir")
    async def choose(self, visit: NamedDependency[Visit]) -> Answer:
        """Keep what is ticked, and go on to how it shall be done."""
        form = await visit.form()
        deed = form.chosen("deed", Deed)
        try:
            ids = await batch_forms.chosen(visit, form, deed)
            batch = await batches.choose(visit.db, deed, ids, by=visit.staff, now=visit.now)
        except InvalidField as refusal:
            return visit.refused("batches/nothing.html", refusal, back=batch_words.BACK[deed.subject])
        if deed is Deed.COPY:
            return see(f"/sessions/copier-choix?choix={batch.id}")
        return see(f"{HERE}/{batch.id}")

    @get("/{batch_id:uuid}")
    async def show(self, visit: NamedDependency[Visit], batch_id: FromPath[UUID]) -> Page:
        """What it will come to, or how far it is, or what became of it."""
        return await _page(visit, batch_id)

    @post("/{batch_id:uuid}")
    async def begin(self, visit: NamedDependency[Visit], batch_id: FromPath[UUID]) -> Answer:
        """Do it, at once or beside."""
        form = await visit.form()
        try:
            known = await batches.state(visit.db, batch_id, by=visit.staff)
            said = batch_forms.told(form, known.deed) if known.state is BatchState.DRAFT else {}
            await batches.begin(visit.db, batch_id, said, by=visit.staff, site=visit.site, now=visit.now)
        except InvalidField as refusal:
            return await _page(visit, batch_id, refusal, form)
        return see(f"{HERE}/{batch_id}")

    @get("/{batch_id:uuid}/etat")
    async def far(self, visit: NamedDependency[Visit], batch_id: FromPath[UUID]) -> Page:
        """How far it is, for the open page; nothing once it is over."""
        batch = await batches.state(visit.db, batch_id, by=visit.staff)
        said = batch_words.progress(batch, batch.left(visit.now), visit.say)
        return visit.page("batches/far.html", batch=batch, progress=said)

    @post("/{batch_id:uuid}/arreter")
    async def stop(self, visit: NamedDependency[Visit], batch_id: FromPath[UUID]) -> Answer:
        """Begin no further line."""
        await visit.form()
        await batches.stop(visit.db, batch_id, by=visit.staff, now=visit.now)
        return see(f"{HERE}/{batch_id}")

    @post("/{batch_id:uuid}/defaire")
    async def undo(self, visit: NamedDependency[Visit], batch_id: FromPath[UUID]) -> Answer:
        """Take it back."""
        await visit.form()
        try:
            undoing = await batches.undo(visit.db, batch_id, by=visit.staff, site=visit.site, now=visit.now)
        except Refused as refusal:
            if isinstance(refusal, NotFound):
                raise
            return await _page(visit, batch_id, refusal)
        return see(f"{HERE}/{undoing.id}")


async def _page(visit: Visit, batch_id: UUID, refusal: Refused | None = None, form: Form | None = None) -> Page:
    shown = await batches.show(visit.db, batch_id, by=visit.staff, now=visit.now)
    batch = shown.batch
    said: dict[str, Any] = {
        "shown": shown,
        "batch": batch,
        "title": batch_words.title(batch, visit.say),
        "progress": batch_words.progress(batch, batch.left(visit.now), visit.say),
        "back": batch_words.BACK[batch.deed.subject],
        "batch_words": batch_words,
        "words": words,
        "Subject": Subject,
        "Outcome": LineOutcome,
    }
    if batch.state is BatchState.DRAFT:
        template = "batches/draft.html"
        said |= await _asked(visit, shown, form)
    else:
        template = "batches/show.html"
        said["faults"] = {line.number: list(field_words(line.fields, visit.say).values()) for line in shown.lines}
    return visit.refused(template, refusal, **said) if refusal else visit.page(template, **said)


async def _asked(visit: Visit, shown: Shown, form: Form | None) -> dict[str, Any]:
    """What it will come to, and what may be chosen."""
    return {
        "effect": await batch_effects.foresee(visit.db, shown, visit.now),
        "typed": {name: form.get(name) if form else "" for name in TYPED},
        "Then": Then,
        "leaders": await _leaders(visit, shown),
        "ticks": _ticks(shown),
    }


async def _leaders(visit: Visit, shown: Shown) -> list[tuple[UUID, str]]:
    """Who may lead all of them: somebody of their one agency."""
    where = {one.session.agency_id for one in shown.known.values() if isinstance(one, Listed)}
    if shown.batch.deed is not Deed.LEAD or len(where) != 1:
        return []
    found = await choices.of_planning(visit.db, where.pop(), by=visit.staff, now=visit.now)
    return list(found.facilitators)


def _ticks(shown: Shown) -> list[tuple[str, str]]:
    """What may have come of all these messages."""
    channels = {one[0].channel or Channel.HAND for one in shown.known.values() if isinstance(one, tuple)}
    common = [set(OUTCOMES.get(channel, ())) for channel in channels]
    return [(code, said) for code, said in TICKS.items() if common and code in set.intersection(*common)]
