"""Sending somebody to a partner: who is near and open, then what for and what the person agrees to."""

from typing import Any
from uuid import UUID

from litestar import Controller, get, post
from litestar.di import NamedDependency
from litestar.params import FromPath

from booking.domain.errors import Refused
from booking.domain.idempotency import once
from booking.domain.job_seekers import JobSeeker
from booking.domain.opening_times import standing
from booking.domain.partner_terms import Service
from booking.domain.partners import Partner
from booking.domain.referrals import Aid, Shared
from booking.domain.staff import Right
from booking.services import directory, leaflets, looking, merging, partners, referrals
from booking.services.directory import Asked
from booking.services.referrals import Proposal
from booking.web.forms import Form
from booking.web.pages import partner_words, referral_words
from booking.web.pages.partner_words import standing_said
from booking.web.pages.seat_searches import id_of
from booking.web.pages.visits import Answer, Visit, see
from booking.web.rendering import Page, language_of

SHOWN = 20
WITHIN = (5, 10, 25, 50)
USUAL_KM = 25


class NewReferralPages(Controller):
    """For whoever looks after the person."""

    path = "/personnes/{person_id:uuid}/orientations"

    @get("/nouvelle")
    async def begin(self, visit: NamedDependency[Visit], person_id: FromPath[UUID]) -> Answer:
        """Partners near; with one chosen, the rest."""
        kept_id = await merging.into(visit.db, person_id, by=visit.staff)
        if kept_id:
            return see(f"/personnes/{kept_id}/orientations/nouvelle?{visit.request.url.query}")
        person = await looking.show(visit.db, person_id, by=visit.staff, now=visit.now, way="referral")
        visit.staff.must(Right.BOOK, person.agency_id)
        chosen = id_of(visit.asked("partenaire"))
        if chosen is None:
            return await _choose(visit, person)
        partner = await partners.show(visit.db, chosen, by=visit.staff)
        service = _service(visit.asked("service"))
        known = {
            "service": service if service in partner.services else "",
            "aids": list(referral_words.AIDS_OF.get(service, ())) if service else [],
            # Nobody agrees by a box that was ticked for him.
            "shared": [],
            "agreed": False,
            "diagnosis": visit.asked("diagnostic"),
        }
        return visit.page("referrals/new.html", **await _shown(visit, person, partner, known))

    @post()
    async def propose(self, visit: NamedDependency[Visit], person_id: FromPath[UUID]) -> Answer:
        """Make it, and tell the partner if so wished."""
        form = await visit.form()
        person = await looking.show(visit.db, person_id, by=visit.staff, now=visit.now, way="referral")
        partner_id = form.id("partner")
        if partner_id is None:
            return see(f"/personnes/{person_id}/orientations/nouvelle")
        partner = await partners.show(visit.db, partner_id, by=visit.staff)
        try:
            proposal = _read(form, partner)
            key = form.get("once")[:100]
            protected = once(visit.staff.id, f"{key}:referral" if key else None, "referral", person_id, proposal)
            made = await referrals.propose(
                visit.db, person_id, proposal, by=visit.staff, site=visit.site, now=visit.now, once=protected
            )
        except Refused as refusal:
            return visit.refused("referrals/new.html", refusal, **await _shown(visit, person, partner, _typed(form)))
        return see(f"/orientations/{made.id}?fait={'envoyee' if proposal.is_sent else 'proposee'}")


async def _choose(visit: Visit, person: JobSeeker) -> Page:
    km = int(said) if (said := visit.asked("km")) in map(str, WITHIN) else USUAL_KM
    words, service = visit.asked("q")[:80], _service(visit.asked("service"))
    asked = Asked(words=words, service=service, agency_id=person.agency_id, within_km=None if words else km)
    found = [
        one
        for one in await directory.find(visit.db, asked, by=visit.staff, now=visit.now)
        if one.partner.serves([person.agency_id])
    ]
    say, language = visit.say, language_of(visit.request)
    opening = {
        one.partner.id: standing_said(one.standing, directory.clock(one.partner, visit.now), say, language)
        for one in found[:SHOWN]
    }
    return visit.page(
        "referrals/choose.html",
        person=person,
        found=found[:SHOWN],
        more=max(len(found) - SHOWN, 0),
        opening=opening,
        wish={"words": words, "service": service or "", "km": km, "diagnosis": visit.asked("diagnostic")},
        within=WITHIN,
        partner_words=partner_words,
    )


async def _shown(visit: Visit, person: JobSeeker, partner: Partner, said: dict[str, Any]) -> dict[str, Any]:
    there = directory.clock(partner, visit.now)
    opening = standing_said(standing(partner, there), there, visit.say, language_of(visit.request))
    return {
        "person": person,
        "partner": partner,
        "said": said,
        "opening": opening,
        "leaflets": await leaflets.beside(visit.db, partner, there.date()),
        "services": [Service(one) for one in partner.services if one in set(Service)],
        "aids": referral_words.AIDS,
        "shared": referral_words.SHARED,
        "has": {"phone": person.phone, "email": person.email},
        "partner_words": partner_words,
    }


def _service(said: str) -> Service | None:
    return Service(said) if said in set(Service) else None


def _read(form: Form, partner: Partner) -> Proposal:
    """Raises :class:`InvalidField`."""
    service, diagnosis_id = form.choice("service", Service), form.id("diagnosis")
    aids, shared = form.all("aids"), form.all("shared")
    if not set(aids) <= set(Aid):
        form.problems.add("aids", "unknown-choice")
    if not set(shared) <= set(Shared):
        form.problems.add("shared", "unknown-choice")
    form.problems.refuse()
    return Proposal(
        partner_id=partner.id,
        service=service or "",
        aids=tuple(map(Aid, aids)),
        shared=tuple(map(Shared, shared)),
        has_agreed=bool(form.get("agreed")),
        is_sent=form.get("faire") == "envoyer",
        diagnosis_id=diagnosis_id,
    )


def _typed(form: Form) -> dict[str, Any]:
    return {
        "service": form.get("service"),
        "aids": form.all("aids"),
        "shared": form.all("shared"),
        "agreed": bool(form.get("agreed")),
        "diagnosis": form.get("diagnosis"),
    }
