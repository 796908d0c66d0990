"""Pages from templates, in the language of whoever reads them."""

import hashlib
import secrets
from collections.abc import Callable, Collection
from functools import cache, partial
from pathlib import Path
from typing import Any

from jinja2 import Environment, FileSystemLoader, StrictUndefined
from litestar import MediaType, Response
from litestar.datastructures import Cookie
from litestar.exceptions import HTTPException

from booking.domain.errors import Refused, TooManyRequests
from booking.domain.sending import PEOPLE
from booking.domain.sites import Site
from booking.language import FRENCH, LANGUAGES, NAMES, chosen, counting, translate
from booking.services.contacts import spoken
from booking.web import menus, moments
from booking.web.errors import UNAVAILABLE, Words, field_words, words_of
from booking.web.security import AnyRequest, form_token, host_only, secret_of

TEMPLATES = Path(__file__).parent / "templates"
STATIC = Path(__file__).parent / "static"
# What the web framework refuses before any rule is asked.
WAYWARD = {
    404: Words(404, "Page introuvable", "Vérifiez l’adresse, ou repartez de l’accueil."),
    405: Words(405, "Cette adresse ne s’ouvre pas ainsi", "Repartez de l’accueil."),
    413: Words(413, "C’est trop long", "Raccourcissez ce que vous envoyez."),
}
UNREADABLE = Words(400, "La demande ne peut pas être lue", "Repartez de l’accueil.")
LANGUAGE_COOKIE = "langue"
Page = Response[str]


@cache
def environment() -> Environment:
    """The templates, read once; whatever a page shows of a person is escaped."""
    made = Environment(
        loader=FileSystemLoader(TEMPLATES),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        auto_reload=False,
    )
    made.globals |= {
        "asset": asset,
        "initials": initials,
        "once_key": once_key,
        "km_words": km_words,
        "phone_words": spoken,
        "menus": menus,
    }
    return made


@cache
def asset(name: str) -> str:
    """The address of one of our own files; it changes with what is in the file, so that it may be kept for long."""
    return f"/static/{name}?{hashlib.sha256((STATIC / name).read_bytes()).hexdigest()[:8]}"


def initials(name: str) -> str:
    """Two letters for a person."""
    words = name.split()
    return "".join(word[0] for word in (words[:1] + words[1:][-1:])).upper()


def km_words(km: float) -> str:
    """``2,3 km``, ``14 km``; a number a person can compare."""
    return (f"{km:.1f}" if km < 9.95 else f"{km:.0f}").replace(".", ",") + "\u00a0km"


def here(request: AnyRequest) -> str:
    """The page that is shown, to come back to; what refused a form is shown where the form is."""
    query = request.url.query if request.method == "GET" else ""
    return request.url.path + (f"?{query}" if query else "")


def once_key() -> str:
    """A key for a form that must act once, however often its button is pressed."""
    return secrets.token_urlsafe(16)


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
        "_": translate(language),
        "n_": counting(language),
        "language": language,
        "path": request.url.path,
        "here": here(request),
        "form_token": form_token(secret_of(request, site)),
        "deliverable": PEOPLE | request.app.state.get("machines", frozenset()),
        "issuers": request.app.state.get("issuers", ()),
        "staff": None,
        "refusal": None,
        "errors": {},
        "facts": {},
        # Papers are French whoever prints them.
        "french": _moments(FRENCH),
    } | _moments(language)
    text = environment().get_template(template).render(around | shown)
    return Response(text, media_type=MediaType.HTML, status_code=status, cookies=cookies or [])


def _moments(language: str) -> dict[str, Callable[..., str]]:
    return {name: partial(words, language=language) for name, words in moments.WORDS.items()}


def refusal_page(request: AnyRequest, site: Site, error: Exception, reference: str) -> Page:
    """The page of an error that no form can show: what is so, what to do, and a way on."""
    words = WAYWARD.get(error.status_code, UNREADABLE) if isinstance(error, HTTPException) else words_of(error)
    headers = {"retry-after": "5"} if words is UNAVAILABLE else retry_after(error)
    staff = request.state.get("staff")
    shown = page(request, site, "refused.html", status=words.status, staff=staff, words=words, reference=reference)
    shown.headers.update(headers)
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
