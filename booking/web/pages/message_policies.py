"""The rules of messages of an agency, or of one of its workshops: read, tried out, and decided anew."""

from typing import Any
from uuid import UUID

from litestar import Controller, get, post
from litestar.di import NamedDependency
from litestar.params import FromPath

from booking.domain.errors import Refused
from booking.domain.policies import MOST_RULES, Policy
from booking.services import message_policies
from booking.services.replanning import Effect
from booking.web.forms import Form
from booking.web.pages import policy_forms, policy_words, words
from booking.web.pages.seat_searches import id_of
from booking.web.pages.visits import Answer, Visit, see
from booking.web.rendering import Page

TEMPLATE = "policies/show.html"
SAVE, FOLLOW = "enregistrer", "suivre"


class MessagePolicyPages(Controller):
    """For who plans in the agency; nothing is saved that was not tried out before."""

    path = "/agences"

    @get("/{agency_id:uuid}/messages")
    async def show(self, visit: NamedDependency[Visit], agency_id: FromPath[UUID]) -> Page:
        """What counts now, and how it came to be."""
        done = _effect(visit) if visit.asked("fait") == "enregistre" else None
        return await _page(visit, agency_id, id_of(visit.asked("atelier")), done=done)

    @post("/{agency_id:uuid}/messages")
    async def change(self, visit: NamedDependency[Visit], agency_id: FromPath[UUID]) -> Answer:
        """Say what it would change, or decide it."""
        form = await visit.form()
        workshop_id, step = form.id("atelier"), form.get("faire")
        about = {"by": visit.staff, "now": visit.now}
        try:
            policy = None if step == FOLLOW else policy_forms.read(form)
            if step not in (SAVE, FOLLOW):
                effect = await message_policies.try_out(visit.db, agency_id, workshop_id, policy, **about)
                return await _page(visit, agency_id, workshop_id, form=form, foreseen=effect)
            version = form.whole("version", 0)
            changed = await message_policies.change(visit.db, agency_id, workshop_id, policy, version=version, **about)
        except Refused as refusal:
            return await _page(visit, agency_id, workshop_id, form=form, refusal=refusal)
        return see(_after(agency_id, workshop_id, changed.effect))


def _after(agency_id: UUID, workshop_id: UUID | None, effect: Effect) -> str:
    counts = f"plus={effect.planned}&autres={effect.moved}&moins={effect.removed}&tout={int(effect.is_whole)}"
    about = f"atelier={workshop_id}&" if workshop_id else ""
    return f"/agences/{agency_id}/messages?{about}fait=enregistre&{counts}"


def _effect(visit: Visit) -> Effect:
    """What the address says that was just done."""
    said = [visit.asked(name) for name in ("plus", "autres", "moins")]
    counts = [int(one) if one.isascii() and one.isdecimal() and len(one) < 9 else 0 for one in said]
    return Effect(*counts, is_whole=visit.asked("tout") != "0")


async def _page(
    visit: Visit,
    agency_id: UUID,
    workshop_id: UUID | None,
    *,
    form: Form | None = None,
    foreseen: Effect | None = None,
    done: Effect | None = None,
    refusal: Refused | None = None,
) -> Page:
    decision = await message_policies.show(visit.db, agency_id, workshop_id, by=visit.staff)
    around = await message_policies.around(visit.db, agency_id, by=visit.staff)
    shown: dict[str, Any] = {
        "decision": decision,
        "agency": decision.agency,
        "typed": policy_forms.typed_in(form) if form else policy_forms.typed_of(decision.policy),
        "version": form.get("version") if form and not refusal else decision.version,
        "choices": [(one.id, _title(visit, one.title, one.id in around.with_own)) for one in around.workshops],
        "foreseen": foreseen,
        "done": done,
        "words": policy_words,
        "names": words.CHANNELS,
        "most": MOST_RULES,
        "row_of": _row_of,
    }
    return visit.refused(TEMPLATE, refusal, **shown) if refusal else visit.page(TEMPLATE, **shown)


def _title(visit: Visit, title: str, has_own: bool) -> str:
    return visit.say("%(title)s (règles propres)") % {"title": title} if has_own else title


def _row_of(policy: Policy) -> list[dict[str, str]]:
    """The rules of an older version, as the form says them."""
    return list(policy_forms.typed_of(policy)["rules"])
