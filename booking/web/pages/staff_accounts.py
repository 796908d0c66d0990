"""The accounts of who works here, for whoever administers them."""

from typing import Any
from uuid import UUID

from litestar import Controller, get, post
from litestar.di import NamedDependency
from litestar.params import FromPath

from booking.domain.errors import InvalidField, NameTaken
from booking.domain.staff import Right, Role
from booking.services import agencies, staff_accounts
from booking.services.subscription_choices import clock_of
from booking.web.forms import Form
from booking.web.pages import role_words
from booking.web.pages.visits import Answer, Visit, see
from booking.web.rendering import Page
from booking.web.security import issuers_of

PAGE = "/comptes"
FRESH = {"name": "", "sign_in_name": "", "email": "", "agency_id": "", "role": Role.ADVISER.value}
DONE = {
    "invite": "Le compte est créé. Un lien pour choisir un mot de passe part par e-mail.",
    "lien": "Un nouveau lien part par e-mail.",
    "facteur": "Le second facteur est retiré. La personne en est prévenue.",
    "identite": "L’identité est retirée. Ses connexions et ses rôles sont terminés.",
    "fermer": "Le compte est fermé : connexions et jetons sont coupés.",
    "ouvrir": "Le compte est rouvert.",
}


class StaffAccountPages(Controller):
    """For administrators, each for the agencies that are theirs."""

    path = PAGE

    @get()
    async def every(self, visit: NamedDependency[Visit]) -> Page:
        """Who has an account."""
        said = visit.asked("q")
        found = await staff_accounts.listed(visit.db, said, by=visit.staff, now=visit.now)
        return visit.page(
            "accounts/every.html", found=found, said=said, most=staff_accounts.MOST, **await _around(visit)
        )

    @get("/nouveau")
    async def new(self, visit: NamedDependency[Visit]) -> Page:
        """Invite somebody."""
        visit.staff.must_somewhere(Right.ADMINISTER)
        return visit.page("accounts/new.html", typed=FRESH, **await _around(visit))

    @post("/nouveau")
    async def invite(self, visit: NamedDependency[Visit]) -> Answer:
        """An account, and a link by mail."""
        visit.staff.must_somewhere(Right.ADMINISTER)
        form = await visit.form()
        typed = {name: form.get(name) for name in FRESH}
        try:
            agency_id, role = form.id("agency_id"), form.choice("role", Role)
            if agency_id is None or role is None:
                form.problems.add("role" if agency_id else "agency_id", "required")
            form.problems.refuse()
            said = {name: typed[name] for name in ("name", "sign_in_name", "email")}
            around = {"by": visit.staff, "site": visit.site, "now": visit.now}
            person = await staff_accounts.invite(visit.db, **said, agency_id=agency_id, role=role, **around)  # type: ignore[arg-type]
        except (InvalidField, NameTaken) as refusal:
            return visit.refused("accounts/new.html", refusal, typed=typed, **await _around(visit))
        return see(f"{PAGE}/{person.id}?fait=invite")

    @get("/{staff_id:uuid}")
    async def show(self, visit: NamedDependency[Visit], staff_id: FromPath[UUID]) -> Page:
        """One of them, and what can be done."""
        return visit.page("accounts/one.html", **await _shown(visit, staff_id))

    @post("/{staff_id:uuid}")
    async def act(self, visit: NamedDependency[Visit], staff_id: FromPath[UUID]) -> Answer:
        """Do what the button says."""
        form = await visit.form()
        try:
            await _act(visit, staff_id, form)
        except InvalidField as refusal:
            shown = {"typed_email": form.get("email")} | await _shown(visit, staff_id)
            return visit.refused("accounts/one.html", refusal, **shown)
        return see(f"{PAGE}/{staff_id}?fait={form.get('faire') if form.get('faire') in DONE else ''}")


async def _act(visit: Visit, staff_id: UUID, form: Form) -> None:
    by = {"by": visit.staff, "now": visit.now}
    match form.get("faire"):
        case "lien":
            await staff_accounts.send_link(visit.db, staff_id, form.get("email"), site=visit.site, **by)  # type: ignore[arg-type]
        case "facteur":
            await staff_accounts.take_factor(visit.db, staff_id, **by)  # type: ignore[arg-type]
        case "identite":
            issuers, name = issuers_of(visit.request), form.get("fournisseur")
            await staff_accounts.drop_identity(visit.db, issuers, staff_id, name, **by)  # type: ignore[arg-type]
        case "fermer":
            await staff_accounts.disable(visit.db, staff_id, **by)  # type: ignore[arg-type]
        case "ouvrir":
            await staff_accounts.enable(visit.db, staff_id, **by)  # type: ignore[arg-type]
        case _:
            await staff_accounts.show(visit.db, staff_id, **by)  # type: ignore[arg-type]


async def _shown(visit: Visit, staff_id: UUID) -> dict[str, Any]:
    account = await staff_accounts.show(visit.db, staff_id, by=visit.staff, now=visit.now)
    issuers = issuers_of(visit.request)
    known_by = await staff_accounts.known_by(visit.db, issuers, staff_id, by=visit.staff, now=visit.now)
    return {"one": account, "known_by": known_by} | await _around(visit)


async def _around(visit: Visit) -> dict[str, Any]:
    where = [(one.id, one.name) for one in await agencies.own(visit.db, by=visit.staff)]
    own = [(id, name) for id, name in where if visit.staff.may(Right.ADMINISTER, id)]
    return {
        "agencies": [("", ""), *own],
        "names": dict(where),
        "roles": role_words.ROLES,
        "zone": await clock_of(visit.db, visit.staff),
        "done": DONE.get(visit.asked("fait")),
    }
