"""Webhooks: which programs are told what happens, what they were told, and telling it again."""

from dataclasses import replace
from typing import Any
from uuid import UUID

from litestar import Controller, get, post
from litestar.di import NamedDependency
from litestar.params import FromPath

from booking.domain.errors import Refused
from booking.domain.identifiers import new_id
from booking.domain.signatures import secrets_of, written
from booking.domain.staff import Right
from booking.domain.webhooks import Endpoint
from booking.services import agencies, webhook_trials, webhooks
from booking.web.forms import Form
from booking.web.pages import webhook_words as words
from booking.web.pages.visits import Answer, Visit, see
from booking.web.rendering import Page

TEMPLATE = "webhooks/form.html"
LATEST = 25
# What a form says for every agency at once.
NETWORK = "network"
DONE = {
    "ajoute": "Le destinataire est enregistré. Essayez-le.",
    "change": "Le destinataire est enregistré.",
    "essai": "Un essai part dans quelques secondes. Rechargez la page pour voir la réponse.",
    "renvoi": "Cet envoi repart dans quelques secondes. Rechargez la page pour voir la réponse.",
    "secret": "Le nouveau secret signe les envois. L’ancien les signe aussi pendant 24 heures.",
    "pause": "Les envois sont en pause.",
    "reprise": "Les envois reprennent.",
    "retire": "Le destinataire est supprimé.",
}


class WebhookPages(Controller):
    """For administrators."""

    path = "/webhooks"

    @get()
    async def every(self, visit: NamedDependency[Visit]) -> Page:
        """The programs by name."""
        known = await webhooks.every(visit.db, by=visit.staff)
        names = {one.id: one.name for one in await agencies.every(visit.db)}
        return visit.page("webhooks/list.html", webhooks=known, names=names, done=_done(visit))

    @get("/nouveau")
    async def new(self, visit: NamedDependency[Visit]) -> Page:
        """The empty form."""
        visit.staff.must_somewhere(Right.ADMINISTER)
        return visit.page(TEMPLATE, **await _shown(visit, {"events": []}))

    @post("/nouveau")
    async def add(self, visit: NamedDependency[Visit]) -> Answer:
        """Tell a program what happens from now on."""
        form = await visit.form()
        try:
            added = await webhooks.add(
                visit.db,
                _read(form, _blank(visit, form)),
                by=visit.staff,
                now=visit.now,
                may_be_local=_may_be_local(visit),
            )
        except Refused as refusal:
            return visit.refused(
                TEMPLATE, refusal, **await _shown(visit, _typed(form) | {"agency": form.get("agency")})
            )
        return _back(added.id, "ajoute")

    @get("/{webhook_id:uuid}")
    async def show(self, visit: NamedDependency[Visit], webhook_id: FromPath[UUID]) -> Page:
        """One program: its secret, and what it was told."""
        return await _page(visit, webhook_id)

    @get("/{webhook_id:uuid}/modifier")
    async def edit(self, visit: NamedDependency[Visit], webhook_id: FromPath[UUID]) -> Page:
        """The form of a program."""
        endpoint = await webhooks.show(visit.db, webhook_id, by=visit.staff)
        typed = {"name": endpoint.name, "url": endpoint.url, "events": endpoint.events}
        return visit.page(TEMPLATE, **await _shown(visit, typed, endpoint))

    @post("/{webhook_id:uuid}/modifier")
    async def change(self, visit: NamedDependency[Visit], webhook_id: FromPath[UUID]) -> Answer:
        """Another name, address or choice."""
        form = await visit.form()
        before = await webhooks.show(visit.db, webhook_id, by=visit.staff)
        try:
            await webhooks.change(
                visit.db, _read(form, before), by=visit.staff, now=visit.now, may_be_local=_may_be_local(visit)
            )
        except Refused as refusal:
            return visit.refused(TEMPLATE, refusal, **await _shown(visit, _typed(form), before))
        return _back(webhook_id, "change")

    @post("/{webhook_id:uuid}/essai")
    async def try_out(self, visit: NamedDependency[Visit], webhook_id: FromPath[UUID]) -> Answer:
        """Send a test."""
        await visit.form()
        try:
            await webhook_trials.try_out(visit.db, webhook_id, by=visit.staff, now=visit.now)
        except Refused as refusal:
            return await _page(visit, webhook_id, refusal)
        return _back(webhook_id, "essai")

    @post("/{webhook_id:uuid}/envois/{delivery_id:uuid}")
    async def replay(
        self, visit: NamedDependency[Visit], webhook_id: FromPath[UUID], delivery_id: FromPath[UUID]
    ) -> Answer:
        """Send the same thing again."""
        await visit.form()
        try:
            await webhook_trials.replay(visit.db, webhook_id, delivery_id, by=visit.staff, now=visit.now)
        except Refused as refusal:
            return await _page(visit, webhook_id, refusal)
        return _back(webhook_id, "renvoi")

    @post("/{webhook_id:uuid}/secret")
    async def rotate(self, visit: NamedDependency[Visit], webhook_id: FromPath[UUID]) -> Answer:
        """A new secret."""
        await visit.form()
        await webhooks.rotate(visit.db, webhook_id, by=visit.staff, now=visit.now)
        return _back(webhook_id, "secret")

    @post("/{webhook_id:uuid}/pause")
    async def pause(self, visit: NamedDependency[Visit], webhook_id: FromPath[UUID]) -> Answer:
        """Begin a pause, or end it."""
        form = await visit.form()
        if form.get("action") == "resume":
            await webhooks.enable(visit.db, webhook_id, by=visit.staff, now=visit.now)
            return _back(webhook_id, "reprise")
        await webhooks.disable(visit.db, webhook_id, by=visit.staff, now=visit.now)
        return _back(webhook_id, "pause")

    @post("/{webhook_id:uuid}/supprimer")
    async def remove(self, visit: NamedDependency[Visit], webhook_id: FromPath[UUID]) -> Answer:
        """Forget a program."""
        await visit.form()
        await webhooks.remove(visit.db, webhook_id, by=visit.staff, now=visit.now)
        return see("/webhooks?fait=retire")


def _back(webhook_id: UUID, done: str) -> Answer:
    return see(f"/webhooks/{webhook_id}?fait={done}")


def _done(visit: Visit) -> str | None:
    return DONE.get(visit.asked("fait"))


def _may_be_local(visit: Visit) -> bool:
    """Whether somebody tries out: the operator says so, not whoever sits before the page."""
    return bool(visit.request.app.state.get("has_local_receivers"))


def _blank(visit: Visit, form: Form) -> Endpoint:
    return Endpoint(
        id=new_id(visit.now),
        agency_id=None if form.get("agency") == NETWORK else form.id("agency"),
        name="",
        url="",
        events=(),
        created_by=visit.staff.id,
        created_at=visit.now,
    )


def _read(form: Form, before: Endpoint) -> Endpoint:
    """The program as the form says it. Raises :class:`InvalidField` for what cannot be read."""
    form.problems.refuse()
    return replace(before, **_typed(form))


def _typed(form: Form) -> dict[str, Any]:
    events = tuple(dict.fromkeys(form.all("events")))
    return {"name": form.get("name").strip(), "url": form.get("url").strip(), "events": events}


async def _shown(visit: Visit, typed: dict[str, Any], endpoint: Endpoint | None = None) -> dict[str, Any]:
    """The form, with the agencies of which one may let a program hear."""
    own = [one for one in await agencies.own(visit.db, by=visit.staff) if visit.staff.may(Right.ADMINISTER, one.id)]
    return {
        "typed": typed,
        "webhook": endpoint,
        "agencies": own,
        "may_hear_all": webhooks.may_hear_all(visit.staff),
        "words": words,
    }


async def _page(visit: Visit, webhook_id: UUID, refusal: Refused | None = None) -> Page:
    told = await webhooks.told(visit.db, webhook_id, by=visit.staff, most=LATEST)
    secrets = secrets_of(visit.site.secret, told.endpoint, visit.now)
    zones = {one.id: one.time_zone for one in await agencies.own(visit.db, by=visit.staff)}
    shown = {
        "webhook": told.endpoint,
        "deliveries": told.deliveries,
        "secrets": [written(secret) for secret in secrets],
        "words": words,
        "done": None if refusal else _done(visit),
        "zone": zones.get(told.endpoint.agency_id, "Europe/Paris"),
    }
    page = "webhooks/show.html"
    return visit.refused(page, refusal, **shown) if refusal else visit.page(page, **shown)
