"""Pages from templates, in the language of whoever reads them."""

from functools import cache
from pathlib import Path
from typing import Any

from jinja2 import Environment, FileSystemLoader, StrictUndefined
from litestar import Response
from litestar.datastructures import Cookie
from litestar.exceptions import HTTPException

from booking.domain.errors import Refused
from booking.domain.sites import Site
from booking.language import chosen, translate
from booking.web.errors import UNAVAILABLE, Words, field_words, words_of
from booking.web.security import AnyRequest, form_token, secret_of

TEMPLATES = Path(__file__).parent / "templates"
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
    return Environment(
        loader=FileSystemLoader(TEMPLATES),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        auto_reload=False,
    )


def language_of(request: AnyRequest) -> str:
    """The language somebody chose on this computer; French first."""
    return chosen(request.cookies.get(LANGUAGE_COOKIE))


def page(
    request: AnyRequest, site: Site, template: str, *, status: int = 200, cookies: list[Cookie] | None = None, **shown: Any
) -> Page:
    """A page; ``staff`` among what is shown opens the navigation."""
    language = language_of(request)
    around = {
        "_": translate(language),
        "language": language,
        "path": request.url.path,
        "form_token": form_token(secret_of(request, site)),
        "staff": None,
        "errors": {},
    }
    text = environment().get_template(template).render(around | shown)
    return Response(text, media_type="text/html; charset=utf-8", status_code=status, cookies=cookies or [])


def refusal_page(request: AnyRequest, site: Site, error: Exception, reference: str) -> Page:
    """The page of an error that no form can show: what is so, what to do, and a way on."""
    words = WAYWARD.get(error.status_code, UNREADABLE) if isinstance(error, HTTPException) else words_of(error)
    headers = {"retry-after": "5"} if words is UNAVAILABLE else {}
    shown = page(request, site, "refused.html", status=words.status, words=words, reference=reference)
    shown.headers.update(headers)
    return shown


def told(request: AnyRequest, refusal: Refused) -> dict[str, Any]:
    """A refusal for a form that stays as it was typed: its words, and the sentence beside each field."""
    say = translate(language_of(request))
    return {"refusal": words_of(refusal), "errors": field_words(refusal.facts.get("fields", {}), say), "facts": refusal.facts}
