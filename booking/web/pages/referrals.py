"""Referrals: the list of those that run, one of them with its steps, and what staff say of it."""

from collections.abc import Awaitable, Callable, Mapping
from enum import StrEnum
from typing import Any
from uuid import UUID

from litestar import Controller, get, post
from litestar.di import NamedDependency
from litestar.params import FromPath

from booking.domain.errors import Refused
from booking.domain.referrals import RUNNING, Deed, Outcome, Remark, Said, Shared
from booking.domain.staff import Right
from booking.language import Translate
from booking.services import referral_lists, referrals
from booking.web.forms import Form
from booking.web.pages import partner_words, referral_words, words
from booking.web.pages.referral_wishes import PAGE, Wish
from booking.web.pages.visits import Answer, Visit, see
from booking.web.rendering import Page

# What staff note of an answer on the telephone, in this order.
NOTED = (Deed.MET, Deed.CLOSED, Deed.NOT_REACHED, Deed.REMARKED)


class ReferralPages(Controller):
    """For whoever sees people; whoever books changes."""

    path = "/orientations"

    @get()
    async def find(self, visit: NamedDependency[Visit]) -> Page:
        """Partners to call first, then answers that nobody has seen."""
        wish = Wish.of(visit.request.query_params)
        wanted = wish.wanted(visit.staff.id)
        found = await referral_lists.find(visit.db, wanted, by=visit.staff, most=PAGE + 1, offset=wish.offset)
        return visit.page(
            "referrals/list.html",
            wish=wish,
            found=found[:PAGE],
            has_more=len(found) > PAGE,
            to_look_at=await referral_lists.to_look_at(visit.db, by=visit.staff),
            words=referral_words,
            phone=words.phone,
        )

    @get("/{referral_id:uuid}")
    async def show(self, visit: NamedDependency[Visit], referral_id: FromPath[UUID]) -> Page:
        """One of them."""
        return await _page(visit, referral_id)

    @post("/{referral_id:uuid}/accord")
    async def accept(self, visit: NamedDependency[Visit], referral_id: FromPath[UUID]) -> Answer:
        """The person agrees."""
        form = await visit.form()
        shared = tuple(one for one in Shared if one in form.all("shared"))

        async def agree() -> None:
            await referrals.accept(visit.db, referral_id, shared, **_who(visit, form))

        return await _do(visit, referral_id, form, agree, "accord")

    @post("/{referral_id:uuid}/envoi")
    async def send(self, visit: NamedDependency[Visit], referral_id: FromPath[UUID]) -> Answer:
        """The partner is told."""
        form = await visit.form()

        async def tell() -> None:
            await referrals.send(visit.db, referral_id, site=visit.site, **_who(visit, form))

        return await _do(visit, referral_id, form, tell, "envoyee")

    @post("/{referral_id:uuid}/etape")
    async def note(self, visit: NamedDependency[Visit], referral_id: FromPath[UUID]) -> Answer:
        """What the partner said on the telephone, or that his answer was read."""
        form = await visit.form()

        async def write() -> None:
            await referrals.note(visit.db, referral_id, said_in(form), **_who(visit, form))

        return await _do(visit, referral_id, form, write, "note")

    @post("/{referral_id:uuid}/annulation")
    async def cancel(self, visit: NamedDependency[Visit], referral_id: FromPath[UUID]) -> Answer:
        """Nobody goes there after all."""
        form = await visit.form()

        async def end() -> None:
            await referrals.cancel(visit.db, referral_id, **_who(visit, form))

        return await _do(visit, referral_id, form, end, "annulee")

    @post("/{referral_id:uuid}/retour")
    async def undo(self, visit: NamedDependency[Visit], referral_id: FromPath[UUID]) -> Answer:
        """The last step was a slip."""
        form = await visit.form()

        async def back() -> None:
            await referrals.undo(visit.db, referral_id, **_who(visit, form))

        return await _do(visit, referral_id, form, back, "retour")


def said_in(form: Form) -> Said:
    """What a form says of a step. Raises :class:`InvalidField`."""
    deed, outcome = form.choice("deed", Deed), form.choice("outcome", Outcome)
    remark = form.choice("remark", Remark)
    met_on = form.day("met_on") if form.get("met_on") else None
    if deed is None:
        form.problems.add("deed", "required")
    form.problems.refuse()
    assert deed is not None
    return Said(deed=deed, outcome=outcome, met_on=met_on, remark=remark)


def choices(say: Translate, named: Mapping[StrEnum, str]) -> list[tuple[str, str]]:
    """For a list of which nothing needs to be chosen."""
    return [("", "–"), *((one.value, say(said)) for one, said in named.items())]


def _who(visit: Visit, form: Form) -> dict[str, Any]:
    return {"version": form.whole("version"), "by": visit.staff, "now": visit.now}


async def _do(visit: Visit, referral_id: UUID, form: Form, deed: Callable[[], Awaitable[None]], done: str) -> Answer:
    try:
        await deed()
    except Refused as refusal:
        return await _page(visit, referral_id, refusal, form)
    return see(f"/orientations/{referral_id}?fait={done}")


async def _page(visit: Visit, referral_id: UUID, refusal: Refused | None = None, form: Form | None = None) -> Page:
    found = await referral_lists.show(visit.db, referral_id, by=visit.staff, now=visit.now)
    shown = {
        "whole": found,
        "may_change": visit.staff.may(Right.BOOK, found.referral.agency_id),
        "done": referral_words.DONE.get(visit.asked("fait")) if not refusal else None,
        "just_sent": visit.asked("fait") == "envoyee" and not refusal,
        "noted": NOTED,
        "typed": dict(form.pairs) if form else {},
        "words": referral_words,
        "partner_words": partner_words,
        "phone": words.phone,
        "has": {"phone": found.person.phone, "email": found.person.email},
        "is_running": found.referral.state in RUNNING,
        "outcomes": choices(visit.say, referral_words.OUTCOMES),
        "remarks": choices(visit.say, referral_words.REMARKS),
    }
    if refusal:
        return visit.refused("referrals/show.html", refusal, **shown)
    return visit.page("referrals/show.html", **shown)
