"""One's own subscriptions: following something, what a subscriber sees, a new link, and an end."""

from typing import Any
from uuid import UUID

from litestar import Controller, get, post
from litestar.di import NamedDependency
from litestar.params import FromPath
from markupsafe import Markup

from booking.documents import qr
from booking.domain.errors import InvalidField, LinkShown, Refused, SubscriptionRevoked, TooManySubscriptions
from booking.domain.feed_links import FeedLinks
from booking.domain.identifiers import new_id
from booking.domain.subscriptions import Detail, FeedKind, Subscription
from booking.services import subscription_choices, subscription_scopes, subscriptions
from booking.services.subscriptions import Issued, Wish, link_made_at
from booking.web.forms import Form
from booking.web.pages import subscription_words as words
from booking.web.pages.seat_searches import id_of
from booking.web.pages.visits import Answer, Visit, see
from booking.web.rendering import Page
from calendars.previews import Shown

FORM = "subscriptions/form.html"


class SubscriptionPages(Controller):
    """For everybody who works here; nobody sees those of another."""

    path = "/agendas"

    @get()
    async def every(self, visit: NamedDependency[Visit]) -> Page:
        """One's own by name, and how to add one to each program."""
        mine = await subscriptions.own(visit.db, by=visit.staff, now=visit.now)
        gone = next((one for one in mine if str(one.subscription.id) == visit.asked("retire") and one.over), None)
        zone = await subscription_choices.clock_of(visit.db, visit.staff)
        return visit.page("subscriptions/list.html", kept=mine, gone=gone, zone=zone, words=words)

    @get("/nouveau")
    async def new(self, visit: NamedDependency[Visit]) -> Page:
        """The form, filled with what the address asks for."""
        offered = subscription_scopes.kinds_for(visit.staff)
        asked = next((kind for kind in offered if kind == visit.asked("quoi")), offered[0])
        typed = {"scope_id": visit.asked("lequel"), "detail": Detail.PLACE, "shows_cancelled": "1"}
        return visit.page(FORM, **await _offered(visit, asked, typed))

    @post("/nouveau")
    async def add(self, visit: NamedDependency[Visit]) -> Answer:
        """Follow it from now on: the only page that ever shows the link."""
        form = await visit.form()
        kind, id = form.choice("kind", FeedKind), form.id("once")
        try:
            wish = _wish(form, kind)
            issued = await subscriptions.create(visit.db, wish, by=visit.staff, now=visit.now, id=id)
        except (InvalidField, TooManySubscriptions) as refusal:
            offered = await _offered(visit, kind or FeedKind.NETWORK, dict(form.pairs))
            return visit.refused(FORM, refusal, **offered)
        except LinkShown as refusal:
            return await _page(visit, id or new_id(visit.now), refusal)
        return _fresh(visit, issued)

    @get("/{subscription_id:uuid}")
    async def show(self, visit: NamedDependency[Visit], subscription_id: FromPath[UUID]) -> Page:
        """One of them: what a subscriber sees, who read it last, and what can be changed."""
        return await _page(visit, subscription_id)

    @post("/{subscription_id:uuid}")
    async def change(self, visit: NamedDependency[Visit], subscription_id: FromPath[UUID]) -> Answer:
        """Another name or detail, another link, an end, or none."""
        form = await visit.form()
        try:
            match form.get("action"):
                case "rotate":
                    return await _rotate(visit, subscription_id, form)
                case "revoke":
                    await subscriptions.revoke(visit.db, subscription_id, by=visit.staff, now=visit.now)
                    return see(f"/agendas?retire={subscription_id}")
                case "restore":
                    await subscriptions.restore(visit.db, subscription_id, by=visit.staff, now=visit.now)
                    return see(f"/agendas/{subscription_id}?fait=retabli")
                case _:
                    return await _save(visit, subscription_id, form)
        except (InvalidField, LinkShown, SubscriptionRevoked, TooManySubscriptions) as refusal:
            return await _page(visit, subscription_id, refusal, form)


async def _rotate(visit: Visit, subscription_id: UUID, form: Form) -> Page:
    """A new link, unless the page that asks for it was sent before: what was made then has been shown."""
    before = (await subscriptions.show(visit.db, subscription_id, by=visit.staff, now=visit.now)).subscription
    if form.get("link") != link_made_at(before).isoformat():
        raise LinkShown
    issued = await subscriptions.rotate(
        visit.db, subscription_id, by=visit.staff, now=visit.now, since=link_made_at(before)
    )
    return _fresh(visit, issued, is_another=True)


async def _save(visit: Visit, subscription_id: UUID, form: Form) -> Answer:
    detail = form.choice("detail", Detail) or Detail.PLACE
    form.problems.refuse()
    new = {"name": form.get("name").strip(), "detail": detail, "hides_cancelled": not form.get("shows_cancelled")}
    await subscriptions.change(visit.db, subscription_id, **new, by=visit.staff, now=visit.now)  # type: ignore[arg-type]
    return see(f"/agendas/{subscription_id}?fait=change")


def _wish(form: Form, kind: FeedKind | None) -> Wish:
    """What somebody wants to follow. Raises :class:`InvalidField` for what cannot be read."""
    scope_id, detail = form.id("scope_id"), form.choice("detail", Detail)
    if kind is None:
        form.problems.add("kind", "required")
    form.problems.refuse()
    return Wish(
        kind=kind or FeedKind.NETWORK,
        scope_id=scope_id,
        name=form.get("name").strip(),
        detail=detail or Detail.PLACE,
        hides_cancelled=not form.get("shows_cancelled"),
    )


async def _offered(visit: Visit, kind: FeedKind, typed: dict[str, Any]) -> dict[str, Any]:
    """The form of a kind; its id makes the same form, sent again, the same subscription."""
    wanted = id_of(typed.get("scope_id", ""))
    slug = visit.asked("agence")
    return {
        "kind": kind,
        "kinds": subscription_scopes.kinds_for(visit.staff),
        "choices": await subscription_choices.choices(visit.db, kind, by=visit.staff, wanted=wanted, slug=slug),
        "typed": typed,
        "once": typed.get("once") or new_id(visit.now),
        "words": words,
    }


def _fresh(visit: Visit, issued: Issued, *, is_another: bool = False) -> Page:
    """The links, once; they stand in this page, and nowhere else."""
    links = FeedLinks.of(visit.site, issued.token)
    drawing = Markup(qr.drawn(links.webcal))  # noqa: S704 - drawn by us
    shown = {"subscription": issued.subscription, "links": links, "qr": drawing, "is_another": is_another}
    return visit.page("subscriptions/fresh.html", **shown, words=words)


async def _coming(visit: Visit, one: Subscription, zone: str) -> list[Shown]:
    return await subscription_choices.preview(visit.db, one, zone, site=visit.site, now=visit.now)


async def _page(visit: Visit, subscription_id: UUID, refusal: Refused | None = None, form: Form | None = None) -> Page:
    kept = await subscriptions.show(visit.db, subscription_id, by=visit.staff, now=visit.now)
    one, zone = kept.subscription, await subscription_choices.clock_of(visit.db, visit.staff)
    as_it_is = {"name": one.name, "detail": one.detail, "shows_cancelled": "" if one.hides_cancelled else "1"}
    is_typed = form is not None and "name" in dict(form.pairs)
    shown = {
        "kept": kept,
        "subscription": one,
        "typed": dict(form.pairs) if form and is_typed else as_it_is,
        "link": link_made_at(one).isoformat(),
        "coming": [] if kept.over else await _coming(visit, one, zone),
        "zone": zone,
        "done": None if refusal else words.DONE.get(visit.asked("fait")),
        "words": words,
    }
    page = "subscriptions/show.html"
    return visit.refused(page, refusal, **shown) if refusal else visit.page(page, **shown)
