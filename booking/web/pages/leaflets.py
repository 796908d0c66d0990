"""Leaflets and posters: a shelf to print from, and for managers to fill."""

from typing import Any
from uuid import UUID

from litestar import Controller, Response, get, post
from litestar.di import NamedDependency
from litestar.exceptions.http_exceptions import RequestEntityTooLarge
from litestar.params import FromPath

from booking.domain.archives import ENDINGS
from booking.domain.errors import InvalidField, Refused, StaleEdit
from booking.domain.languages import FRENCH
from booking.domain.leaflets import Leaflet, LeafletKind
from booking.domain.partner_terms import Service
from booking.domain.staff import Right
from booking.services import leaflets, partners
from booking.services.leaflets import LeafletSaid
from booking.web.forms import Form
from booking.web.pages import partner_words, words
from booking.web.pages.seat_searches import id_of
from booking.web.pages.visits import Answer, Visit, see
from booking.web.rendering import Page
from booking.web.uploads import LARGEST_SCAN
from calendars.zones import today

ZONE = "Europe/Paris"
FIELDS = ("title", "kind", "language", "partner_id", "service", "first_on", "last_on")
DONE = {
    "ajoute": "Le document est ajouté.",
    "change": "Le document est modifié.",
    "retire": "Le document est retiré.",
}


class LeafletPages(Controller):
    """Everybody who works here prints them; managers bring them in."""

    path = "/depliants"

    @get()
    async def shelf(self, visit: NamedDependency[Visit]) -> Page:
        """Those that hold, then those to come; those that are over come last."""
        day = today(visit.now, ZONE)
        found = await leaflets.shelf(visit.db, by=visit.staff)
        return visit.page(
            "leaflets/list.html",
            current=[one for one in found.leaflets if one.holds_on(day)],
            coming=[one for one in found.leaflets if one.first_on and one.first_on > day],
            over=[one for one in found.leaflets if one.is_over(day)],
            shelf=found,
            languages=words.LANGUAGES,
            words=partner_words,
            may_write=visit.staff.may_somewhere(Right.PLAN),
            done=DONE.get(visit.asked("fait")),
        )

    @get("/nouveau")
    async def new(self, visit: NamedDependency[Visit]) -> Page:
        """The empty form, for a partner if the address names one."""
        visit.staff.must_somewhere(Right.PLAN)
        return await _form(visit, {"partner_id": visit.asked("partenaire")}, None)

    @post("/nouveau", request_max_body_size=LARGEST_SCAN)
    async def add(self, visit: NamedDependency[Visit]) -> Answer:
        """Keep one more."""
        try:
            form, file = await visit.upload("file")
        except RequestEntityTooLarge:
            return await _form(visit, {}, None, InvalidField(fields={"file": "scan-too-large"}))
        visit.staff.must_somewhere(Right.PLAN)
        try:
            await leaflets.add(visit.db, _read(form), file, by=visit.staff, now=visit.now)
        except Refused as refusal:
            return await _form(visit, _typed(form), None, refusal)
        return see("/depliants?fait=ajoute")

    @get("/{leaflet_id:uuid}/fichier")
    async def file(self, visit: NamedDependency[Visit], leaflet_id: FromPath[UUID]) -> Response[bytes]:
        """The document itself, to read or to print."""
        leaflet, kept = await leaflets.file(visit.db, leaflet_id, by=visit.staff)
        name = f"document-{leaflet.id}.{ENDINGS[kept.media_type]}"
        headers = {"content-disposition": f'inline; filename="{name}"', "cache-control": "private, no-store"}
        return Response(kept.content, media_type=kept.media_type, headers=headers)

    @get("/{leaflet_id:uuid}/modifier")
    async def edit(self, visit: NamedDependency[Visit], leaflet_id: FromPath[UUID]) -> Page:
        """The form of one."""
        visit.staff.must_somewhere(Right.PLAN)
        leaflet = await leaflets.show(visit.db, leaflet_id, by=visit.staff)
        return await _form(visit, {name: getattr(leaflet, name) for name in (*FIELDS, "version")}, leaflet)

    @post("/{leaflet_id:uuid}/modifier", request_max_body_size=LARGEST_SCAN)
    async def change(self, visit: NamedDependency[Visit], leaflet_id: FromPath[UUID]) -> Answer:
        """Write it anew, with another file if one is chosen; or take it off the shelf."""
        before = await leaflets.show(visit.db, leaflet_id, by=visit.staff)
        try:
            form, file = await visit.upload("file")
        except RequestEntityTooLarge:
            typed = {name: getattr(before, name) for name in (*FIELDS, "version")}
            return await _form(visit, typed, before, InvalidField(fields={"file": "scan-too-large"}))
        visit.staff.must_somewhere(Right.PLAN)
        known = {"version": form.whole("version"), "by": visit.staff, "now": visit.now}
        try:
            if form.get("action") == "remove":
                await leaflets.remove(visit.db, leaflet_id, **known)  # type: ignore[arg-type]
                return see("/depliants?fait=retire")
            await leaflets.change(visit.db, leaflet_id, _read(form), file, **known)  # type: ignore[arg-type]
        except StaleEdit as refusal:
            now = await leaflets.show(visit.db, leaflet_id, by=visit.staff)
            return await _form(visit, _typed(form) | {"version": now.version}, now, refusal)
        except Refused as refusal:
            return await _form(visit, _typed(form), before, refusal)
        return see("/depliants?fait=change")


def _read(form: Form) -> LeafletSaid:
    """What was said of it. Raises :class:`InvalidField` for what cannot be read."""
    days = {name: form.day(name) if form.get(name) else None for name in ("first_on", "last_on")}
    said = LeafletSaid(
        title=form.get("title").strip(),
        kind=form.choice("kind", LeafletKind) or LeafletKind.LEAFLET,
        language=form.get("language", FRENCH),
        partner_id=form.id("partner_id"),
        service=form.choice("service", Service),
        **days,
    )
    form.problems.refuse()
    return said


def _typed(form: Form) -> dict[str, Any]:
    return {name: form.get(name) for name in (*FIELDS, "version")}


async def _form(visit: Visit, typed: dict[str, Any], leaflet: Leaflet | None, refusal: Refused | None = None) -> Page:
    visit.staff.must_somewhere(Right.PLAN)
    about = id_of(str(typed.get("partner_id") or ""))
    shown = {
        "typed": dict.fromkeys((*FIELDS, "version"), "") | {"language": FRENCH} | typed,
        "leaflet": leaflet,
        "partner": await partners.show(visit.db, about, by=visit.staff) if about else None,
        "languages": words.LANGUAGES,
        "words": partner_words,
    }
    template = "leaflets/form.html"
    return visit.refused(template, refusal, **shown) if refusal else visit.page(template, **shown)
