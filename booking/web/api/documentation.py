"""The description of the API: for programs as OpenAPI, for people as a page made of the same."""

from collections.abc import Iterator
from inspect import getdoc
from typing import Any

import msgspec
from litestar import Request
from litestar.openapi import OpenAPIConfig
from litestar.openapi.plugins import JsonRenderPlugin, OpenAPIRenderPlugin
from litestar.openapi.spec import Components, SecurityScheme, Tag

from booking.web.api.reading import Operation, kinds, operations
from booking.web.errors import REFUSALS, UNAVAILABLE, UNFORESEEN
from booking.web.problems import WAYWARD
from booking.web.rendering import page

ABOUT = "Places in workshops of public employment agencies: find a session, book a person, call the roll."
BEARER = SecurityScheme(
    type="http", scheme="bearer", description="A token of a member of staff: `ateliers token` shows it once."
)
TAGS = {
    "me": "Mon compte",
    "agencies": "Agences et salles",
    "workshops": "Catalogue des ateliers",
    "sessions": "Sessions",
    "bookings": "Inscriptions",
    "job-seekers": "Personnes",
    "diagnoses": "Diagnostic numérique",
    "followed-bookings": "Suivi",
    "referrals": "Orientations vers un partenaire",
    "attendance": "Présences",
    "trainings": "Formations de l’équipe",
    "evidence": "Preuves de remise",
    "partners": "Partenaires et dépliants",
    "messages": "Messages à transmettre",
    "statistics": "Statistiques",
    "subscriptions": "Les agendas que l’on suit",
    "webhooks": "Avertissements automatiques vers un autre logiciel (webhooks)",
}


class Schema(JsonRenderPlugin):
    """The description as OpenAPI."""

    def render(self, request: Request[Any, Any, Any], openapi_schema: dict[str, Any]) -> bytes:
        """The description, each kind in the words of its docstring."""
        return self.render_json(request, explained(openapi_schema))


class Documentation(OpenAPIRenderPlugin):
    """The description as a page, without a script and without anything from elsewhere."""

    def __init__(self) -> None:
        super().__init__(path="/")

    def render(self, request: Request[Any, Any, Any], openapi_schema: dict[str, Any]) -> bytes:
        """The page; the descriptions of operations are in English, like the names of their fields."""
        schema = explained(openapi_schema)
        shown = {"chapters": _chapters(schema), "kinds": kinds(schema), "problems": problems()}
        site = request.app.state["site"]
        return page(request, site, "api.html", here_at=site.url, **shown).content.encode()


def _chapters(schema: dict[str, Any]) -> list[tuple[str, str, list[Operation]]]:
    """The operations by noun: the anchor of a chapter, its heading, and what it holds."""
    found = operations(schema)
    chapters = [(tag, TAGS[tag], [operation for operation in found if operation.tag == tag]) for tag in TAGS]
    return [chapter for chapter in chapters if chapter[2]]


def explained(schema: dict[str, Any]) -> dict[str, Any]:
    """The same, each kind with the docstring of its Struct; the framework knows only those of enumerations."""
    docstrings = {kind.__name__: getdoc(kind) for kind in _structs(msgspec.Struct)}
    for name, said in schema["components"]["schemas"].items():
        said.setdefault("description", docstrings.get(name))
    return schema


def _structs(kind: type[msgspec.Struct]) -> Iterator[type[msgspec.Struct]]:
    for own in kind.__subclasses__():
        yield from _structs(own)
        if own.__module__.startswith("booking.web.api."):
            yield own


def problems() -> list[tuple[int, str, str, str]]:
    """Every problem: status, type, title, advice; by status."""
    refused = [(words.status, kind.code(), words.title, words.advice) for kind, words in REFUSALS.items()]
    wayward = [(words.status, kind, words.title, words.advice) for kind, words in WAYWARD.values()]
    rest = [
        (words.status, kind, words.title, words.advice)
        for kind, words in (("service-unavailable", UNAVAILABLE), ("internal-server-error", UNFORESEEN))
    ]
    return sorted(set(refused + wayward + rest))


def described(version: str) -> OpenAPIConfig:
    """What the description says of the whole, and where it is found."""
    return OpenAPIConfig(
        title="Ateliers",
        version=version,
        description=ABOUT,
        path="/api",
        components=Components(security_schemes={"bearer": BEARER}),
        tags=[Tag(name, description) for name, description in TAGS.items()],
        use_handler_docstrings=True,
        render_plugins=[Schema(), Documentation()],
    )
