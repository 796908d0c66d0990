"""A partner as it is typed: a new one, one changed, one laid aside."""

from dataclasses import asdict, replace
from typing import Any
from uuid import UUID

from litestar import Controller, get, post
from litestar.di import NamedDependency
from litestar.params import FromPath

from booking.domain.errors import PartnerKnown, Refused, StaleEdit
from booking.domain.identifiers import new_id
from booking.domain.partner_terms import PartnerKind
from booking.domain.partners import LINES, TERMS, TEXTS, Partner
from booking.domain.staff import Right
from booking.services import agencies, partners
from booking.web.forms import Form
from booking.web.pages import partner_words
from booking.web.pages.seat_searches import id_of
from booking.web.pages.visits import Answer, Visit, see
from booking.web.rendering import Page

TEMPLATE = "partners/form.html"
# The key in a list is the list's own business.
TYPED = ("name", *(name for name in (*LINES, *TEXTS) if name not in ("reference", "source")), "postcode", "insee")
DEGREES = ("latitude", "longitude")


class PartnerForms(Controller):
    """For managers and administrators."""

    path = "/partenaires"

    @get("/nouveau")
    async def new(self, visit: NamedDependency[Visit]) -> Page:
        """The empty form."""
        visit.staff.must_somewhere(Right.PLAN)
        return visit.page(TEMPLATE, **await _shown(visit, _typed_of(_blank(visit)), None))

    @post("/nouveau")
    async def add(self, visit: NamedDependency[Visit]) -> Answer:
        """Put a partner into the directory; one that looks known is asked about first."""
        form = await visit.form()
        visit.staff.must_somewhere(Right.PLAN)
        try:
            read = _read(form, _blank(visit), visit)
            partner = await partners.add(
                visit.db, read, is_sure=form.get("is_sure") == "1", by=visit.staff, now=visit.now
            )
        except PartnerKnown as refusal:
            return await _refused(visit, refusal, form, None, candidates=refusal.facts["candidates"])
        except Refused as refusal:
            return await _refused(visit, refusal, form, None)
        return see(f"/partenaires/{partner.id}?fait=ajoute")

    @get("/{partner_id:uuid}/modifier")
    async def edit(self, visit: NamedDependency[Visit], partner_id: FromPath[UUID]) -> Page:
        """The form of an entry."""
        visit.staff.must_somewhere(Right.PLAN)
        partner = await partners.show(visit.db, partner_id, by=visit.staff)
        return visit.page(TEMPLATE, **await _shown(visit, _typed_of(partner), partner))

    @post("/{partner_id:uuid}/modifier")
    async def change(self, visit: NamedDependency[Visit], partner_id: FromPath[UUID]) -> Answer:
        """Write an entry anew, lay it aside, or take it up again."""
        form = await visit.form()
        visit.staff.must_somewhere(Right.PLAN)
        before = await partners.show(visit.db, partner_id, by=visit.staff)
        action = form.get("action")
        try:
            after = _read(form, before, visit)
            if action in ("archive", "restore"):
                after = replace(after, archived_at=visit.now if action == "archive" else None)
            version = form.whole("version")
            await partners.change(visit.db, after, version=version, by=visit.staff, now=visit.now)
        except StaleEdit as refusal:
            # What was typed stays, on top of the version of now: sent once more, it is meant.
            now = await partners.show(visit.db, partner_id, by=visit.staff)
            return await _refused(visit, refusal, form, now, version=now.version)
        except Refused as refusal:
            return await _refused(visit, refusal, form, before)
        done = {"archive": "archive", "restore": "remis"}.get(action, "change")
        return see(f"/partenaires/{partner_id}?fait={done}")


def _blank(visit: Visit) -> Partner:
    return Partner(id=new_id(visit.now), name="", kind=PartnerKind.MEDIATION, created_at=visit.now)


def _read(form: Form, before: Partner, visit: Visit) -> Partner:
    """The entry as the form says it. Raises :class:`InvalidField` for what cannot be read."""
    said = {name: form.get(name).strip() for name in TYPED}
    degrees = {name: _degrees(form, name) for name in DEGREES}
    terms = {name: tuple(form.all(name)) for name in TERMS}
    kind = form.choice("kind", PartnerKind) or before.kind
    chosen = [id_of(one) for one in form.all("agency_ids")]
    if None in chosen:
        form.problems.add("agency_ids", "unknown-choice")
    form.problems.refuse()
    let_in = tuple(sorted({id for id in chosen if id})) if visit.staff.is_network_wide else before.agency_ids
    return replace(before, **said, **degrees, **terms, kind=kind, agency_ids=let_in)


def _degrees(form: Form, name: str) -> float | None:
    said = form.get(name).strip().replace(",", ".")
    try:
        return float(said) if said else None
    except ValueError:
        form.problems.add(name, "not-a-degree")
        return None


def _typed_of(partner: Partner) -> dict[str, Any]:
    return asdict(partner) | {"agency_ids": [str(id) for id in partner.agency_ids], "is_sure": ""}


async def _refused(visit: Visit, refusal: Refused, form: Form, partner: Partner | None, **more: Any) -> Page:
    typed: dict[str, Any] = {name: form.get(name) for name in (*TYPED, *DEGREES, "kind", "is_sure", "version")}
    typed |= {name: form.all(name) for name in (*TERMS, "agency_ids")}
    typed["version"] = more.pop("version", typed["version"])
    return visit.refused(TEMPLATE, refusal, **await _shown(visit, typed, partner) | more)


async def _shown(visit: Visit, typed: dict[str, Any], partner: Partner | None) -> dict[str, Any]:
    every = await agencies.every(visit.db) if visit.staff.is_network_wide else []
    return {"typed": typed, "partner": partner, "words": partner_words, "agencies": every, "candidates": ()}
