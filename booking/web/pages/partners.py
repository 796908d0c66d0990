"""The directory of partners: who is near, for what, open when; and one partner with all one has to know to go there."""

from dataclasses import dataclass
from typing import Any
from urllib.parse import urlencode
from uuid import UUID

from litestar import Controller, get
from litestar.di import NamedDependency
from litestar.params import FromPath

from booking.domain.agencies import Agency
from booking.domain.opening_hours import understood
from booking.domain.opening_times import standing, week
from booking.domain.partner_terms import PartnerKind, Service
from booking.domain.partners import Partner, several
from booking.domain.staff import Right
from booking.services import agencies, directory, leaflets, partners
from booking.services.directory import Asked, Listed
from booking.web.pages import partner_words
from booking.web.pages.partner_words import periods_said, standing_said
from booking.web.pages.visits import Visit
from booking.web.rendering import Page, language_of

DISTANCES = (5, 10, 20, 50)
USUAL_KM, EVERYWHERE = 20, "partout"
SHOWN = 60


@dataclass(frozen=True, slots=True)
class Search:
    """What was asked, as it was written."""

    words: str
    service: str
    kind: str
    agency: Agency | None
    within: str
    is_open: bool
    is_archived: bool

    @property
    def asked(self) -> Asked:
        """The same for the directory."""
        far = self.within == EVERYWHERE or self.agency is None
        return Asked(
            words=self.words,
            kind=PartnerKind(self.kind) if self.kind in set(PartnerKind) else None,
            service=Service(self.service) if self.service in set(Service) else None,
            agency_id=self.agency.id if self.agency else None,
            within_km=None if far else int(self.within),
            is_open=self.is_open,
            is_archived=self.is_archived,
        )

    def href(self, **changed: str) -> str:
        """The same search with something changed."""
        said = {
            "q": self.words,
            "service": self.service,
            "sorte": self.kind,
            "agence": self.agency.slug if self.agency else "",
            "rayon": self.within if self.within != str(USUAL_KM) else "",
            "ouvert": "1" if self.is_open else "",
            "archives": "1" if self.is_archived else "",
        } | changed
        kept = {name: value for name, value in said.items() if value}
        return "/partenaires" + (f"?{urlencode(kept)}" if kept else "")


class PartnerPages(Controller):
    """Everybody who works here reads the directory."""

    path = "/partenaires"

    @get()
    async def search(self, visit: NamedDependency[Visit]) -> Page:
        """Those that fit, the nearest first."""
        own = await agencies.own(visit.db, by=visit.staff)
        search = _search(visit, own)
        found = await directory.find(visit.db, search.asked, by=visit.staff, now=visit.now)
        whole = visit.asked("tout") == "1"
        return visit.page(
            "partners/list.html",
            search=search,
            agencies=own,
            distances=DISTANCES,
            found=[(one, _standing(visit, one)) for one in (found if whole else found[:SHOWN])],
            count=len(found),
            words=partner_words,
            may_write=visit.staff.may_somewhere(Right.PLAN),
            done=DONE.get(visit.asked("fait")),
        )

    @get("/{partner_id:uuid}")
    async def show(self, visit: NamedDependency[Visit], partner_id: FromPath[UUID]) -> Page:
        """Hours, access, services, contact, and what can be handed out."""
        partner = await partners.show(visit.db, partner_id, by=visit.staff)
        own = await agencies.own(visit.db, by=visit.staff)
        here = directory.clock(partner, visit.now)
        return visit.page(
            "partners/show.html",
            partner=partner,
            several=several,
            words=partner_words,
            week=_week(visit, partner),
            this_date=here.date(),
            is_usual=(hours := understood(partner.hours)) is None or hours.is_every_week_the_same,
            remarks=hours.remarks if hours else (),
            standing=standing_said(standing(partner, here), here, visit.say, language_of(visit.request)),
            near=directory.near(partner, own),
            leaflets=await leaflets.beside(visit.db, partner, here.date()),
            may_write=visit.staff.may_somewhere(Right.PLAN),
            let_in=[one.name for one in await agencies.every(visit.db) if one.id in partner.agency_ids],
            done=DONE.get(visit.asked("fait")),
        )


DONE = {
    "ajoute": "Le partenaire est dans l’annuaire.",
    "change": "Le partenaire est modifié.",
    "archive": "Le partenaire est archivé : on n’y oriente plus personne.",
    "remis": "Le partenaire est de nouveau dans l’annuaire.",
}


def _search(visit: Visit, own: list[Agency]) -> Search:
    within = visit.asked("rayon", str(USUAL_KM))
    asked = visit.asked("agence")
    first = own[0] if own and not visit.staff.is_network_wide else None
    agency = next((one for one in own if one.slug == asked), first)
    known = {EVERYWHERE, *map(str, DISTANCES)}
    return Search(
        words=visit.asked("q").strip()[:120],
        service=visit.asked("service"),
        kind=visit.asked("sorte"),
        agency=agency,
        within=within if within in known else str(USUAL_KM),
        is_open=visit.asked("ouvert") == "1",
        is_archived=visit.asked("archives") == "1",
    )


def _standing(visit: Visit, listed: Listed) -> str:
    here = directory.clock(listed.partner, visit.now)
    return standing_said(listed.standing, here, visit.say, language_of(visit.request))


def _week(visit: Visit, partner: Partner) -> list[dict[str, Any]] | None:
    """Each day of this week with its hours in words."""
    here, language = directory.clock(partner, visit.now), language_of(visit.request)
    days = week(partner, here.date())
    if days is None:
        return None
    return [
        {
            "day": one.day,
            "said": None if one.periods is None else periods_said(one.periods, visit.say, language),
            "is_today": one.day == here.date(),
        }
        for one in days
    ]
