"""The settings of an agency: how it is found, how long it holds a seat, and what becomes of a freed one."""

from dataclasses import asdict
from typing import Any
from uuid import UUID

from litestar import Controller, get, post
from litestar.di import NamedDependency
from litestar.params import FromPath

from booking.domain.agencies import Agency, WaitlistPolicy
from booking.domain.agency_settings import LONGEST_DIRECTIONS, LONGEST_HOLD, AgencySettings, settings_of
from booking.domain.errors import Refused
from booking.services import agency_settings
from booking.web.forms import Form
from booking.web.pages.visits import Answer, Visit, see
from booking.web.rendering import Page

TEMPLATE = "places/settings.html"
POLICIES = {
    WaitlistPolicy.GIVE: "Donner la place tout de suite",
    WaitlistPolicy.OFFER: "Proposer la place, avec un délai de réponse",
}
MEANINGS = {
    WaitlistPolicy.GIVE: "La première personne de la liste a la place, et elle est prévenue.",
    WaitlistPolicy.OFFER: "La première personne de la liste dit si elle vient. Sans réponse à temps, la place va à la "
    "suivante.",
}


class AgencySettingsPages(Controller):
    """For who plans in the agency."""

    path = "/agences"

    @get("/{agency_id:uuid}/reglages")
    async def edit(self, visit: NamedDependency[Visit], agency_id: FromPath[UUID]) -> Page:
        """The settings as they are."""
        agency = await agency_settings.show(visit.db, agency_id, by=visit.staff)
        return visit.page(TEMPLATE, **_shown(agency, asdict(settings_of(agency))))

    @post("/{agency_id:uuid}/reglages")
    async def change(self, visit: NamedDependency[Visit], agency_id: FromPath[UUID]) -> Answer:
        """Settle them anew."""
        form = await visit.form()
        agency = await agency_settings.show(visit.db, agency_id, by=visit.staff)
        try:
            await agency_settings.change(visit.db, agency_id, _read(form), by=visit.staff, now=visit.now)
        except Refused as refusal:
            typed = asdict(settings_of(agency)) | dict(form.pairs)
            return visit.refused(TEMPLATE, refusal, **_shown(agency, typed))
        return see(f"/salles?agence={agency.slug}&fait=reglages")


def _read(form: Form) -> AgencySettings:
    """The settings as the form says them. Raises :class:`InvalidField` for what cannot be read."""
    minutes, policy = form.whole("hold_minutes"), form.choice("waitlist_policy", WaitlistPolicy)
    for name, said in (("hold_minutes", minutes), ("waitlist_policy", policy)):
        if said is None:
            form.problems.add(name, "required")
    form.problems.refuse()
    assert minutes is not None and policy is not None  # refused above
    return AgencySettings(directions=form.get("directions"), hold_minutes=minutes, waitlist_policy=policy)


def _shown(agency: Agency, typed: dict[str, Any]) -> dict[str, Any]:
    longest = {"directions": LONGEST_DIRECTIONS, "hold": LONGEST_HOLD}
    return {"agency": agency, "typed": typed, "policies": POLICIES, "meanings": MEANINGS, "longest": longest}
