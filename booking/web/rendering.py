"""Pages from templates, in the language of whoever reads them."""

from collections.abc import Collection
from typing import Any

from litestar import MediaType, Response
from litestar.datastructures import Cookie
from litestar.exceptions import HTTPException

from booking.domain.errors import Refused, TooManyRequests
from booking.domain.sending import PEOPLE
from booking.domain.sites import Site
from booking.language import LANGUAGES, NAMES, chosen, translate
from booking.web.errors import UNAVAILABLE, Words, field_words, words_of
from booking.web.forms import to_send_again
from booking.web.security import AnyRequest, form_token, host_only, secret_of
from booking.web.templating import environment

# What the web framework refuses before any rule is asked.
WAYWARD = {
    404: Words(404, "Page introuvable", "Vérifiez l’adresse, ou repartez de l’accueil."),
    405: Words(405, "Cette adresse ne s’ouvre pas ainsi", "Repartez de l’accueil."),
    413: Words(413, "C’est trop long", "Raccourcissez ce que vous envoyez."),
}
UNREADABLE = Words(400, "La demande ne peut pas être lue", "Repartez de l’accueil.")
LANGUAGE_COOKIE = "langue"
Page = Response[str]


def here(request: AnyRequest) -> str:
    """The page that is shown, to come back to; what refused a form is shown where the form is."""
    query = request.url.query if request.method == "GET" else ""
    return request.url.path + (f"?{query}" if query else "")


def language_of(request: AnyRequest, among: Collection[str] = LANGUAGES) -> str:
    """The language somebody chose on this computer; French first."""
    return chosen(request.cookies.get(host_only(request.app.state["site"], LANGUAGE_COOKIE)), among=among)


def page(
    request: AnyRequest,
    site: Site,
    template: str,
    *,
    status: int = 200,
    cookies: list[Cookie] | None = None,
    **shown: Any,
) -> Page:
    """A page; ``staff`` among what is shown opens the navigation, ``page_languages`` are those in which it is there."""
    languages = shown.setdefault("page_languages", {code: NAMES[code] for code in LANGUAGES})
    language = shown.pop("language", None) or language_of(request, languages)
    around = {
        "path": request.url.path,
        "here": here(request),
        "form_token": form_token(secret_of(request, site)),
        "deliverable": PEOPLE | request.app.state.get("machines", frozenset()),
        "issuers": request.app.state.get("issuers", ()),
        "staff": None,
        "refusal": None,
        "errors": {},
        "facts": {},
    }
    text = environment(language).get_template(template).render(around | shown)
    return Response(text, media_type=MediaType.HTML, status_code=status, cookies=cookies or [])


def refusal_page(request: AnyRequest, site: Site, error: Exception, reference: str) -> Page:
    """The page of an error that no form can show: what is so, what to do, and a way on."""
    words = WAYWARD.get(error.status_code, UNREADABLE) if isinstance(error, HTTPException) else words_of(error)
    is_away = words is UNAVAILABLE
    around = {"staff": request.state.get("staff"), "again": to_send_again(request) if is_away else []}
    shown = page(request, site, "refused.html", status=words.status, words=words, reference=reference, **around)
    shown.headers.update({"retry-after": "5"} if is_away else retry_after(error))
    return shown


def retry_after(error: Exception) -> dict[str, str]:
    """After how many seconds to try again (RFC 9110, 10.2.3), where that is known."""
    return {"retry-after": str(error.facts["seconds"])} if isinstance(error, TooManyRequests) else {}


def told(request: AnyRequest, refusal: Refused) -> dict[str, Any]:
    """A refusal for a form that stays as it was typed: its words, and the sentence beside each field."""
    say = translate(language_of(request))
    return {
        "refusal": words_of(refusal),
        "errors": field_words(refusal.facts.get("fields", {}), say),
        "facts": refusal.facts,
    }
