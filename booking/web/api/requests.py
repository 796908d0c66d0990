"""Reading a request strictly: a body is JSON of exactly the documented form, a query has no word twice."""

import re
from dataclasses import dataclass
from datetime import datetime
from functools import cache
from typing import Any

import msgspec
from litestar import Request
from litestar.connection import ASGIConnection
from litestar.enums import ParamType
from litestar.handlers.base import BaseRouteHandler
from litestar.params import ParameterKwarg

from booking.domain.job_seekers import Channel
from booking.domain.sites import Site
from booking.domain.staff import Staff
from booking.storage.database import Database
from booking.web.errors import InvalidRequest, MalformedBody, WrongContentType
from booking.web.problems import code_of
from booking.web.security import AnyRequest, token_staff

AnyConnection = ASGIConnection[Any, Any, Any, Any]
PLACE = re.compile(r" - at `\$(.*)`$")
FIELD = re.compile(r"Object (?:contains unknown|missing required) field `(.*)`")


class StrictRequest(Request[Any, Any, Any]):
    """A request whose body is decoded once, into the type that its handler takes, without any bending."""

    async def json(self) -> Any:
        """The body as the handler's own type.

        Raises :class:`WrongContentType`, :class:`MalformedBody`, :class:`InvalidRequest`.
        """
        must_be(self, "application/json")
        wanted = self.route_handler.parsed_fn_signature.parameters["data"].annotation
        return decoded(await self.body(), wanted)


def must_be(request: AnyRequest, *kinds: str) -> None:
    """Do nothing for a body of one of these types; otherwise raise :class:`WrongContentType`."""
    if request.headers.get("content-type", "").partition(";")[0].strip().lower() not in kinds:
        raise WrongContentType


async def list_sent(request: AnyRequest) -> bytes:
    """A CSV or JSON list as it was sent. Raises :class:`WrongContentType`."""
    must_be(request, "application/json", "text/csv")
    return await request.body()


def decoded(body: bytes, wanted: Any) -> Any:
    """The body as this type. Raises :class:`MalformedBody`, :class:`InvalidRequest`."""
    try:
        return _decoder(wanted).decode(body)
    except msgspec.ValidationError as error:
        _must_be_json(body)
        raise InvalidRequest(fields=dict([problem_of(str(error))])) from error
    except (ValueError, RecursionError) as error:
        raise MalformedBody from error


@cache
def _decoder(wanted: Any) -> msgspec.json.Decoder[Any]:
    return msgspec.json.Decoder(wanted)


def _must_be_json(body: bytes) -> None:
    """What has the wrong form may be no JSON at all further on."""
    try:
        msgspec.json.decode(body)
    except (ValueError, RecursionError) as error:
        raise MalformedBody from error


def problem_of(said: str) -> tuple[str, str]:
    """Where in the body (a JSON pointer, RFC 6901, without its slash) and which code."""
    found, named = PLACE.search(said), FIELD.match(said)
    place = re.sub(r"\[(\d+|\.\.\.)\]", r"/\1", found.group(1) if found else "").replace(".", "/").strip("/")
    if named:
        place = f"{place}/{named.group(1)}".strip("/")
    return place, code_of(said)


@dataclass(frozen=True, slots=True)
class Call:
    """One request of one program: who asks, when, and all it takes to answer.

    One thing to inject and not five: the web framework starts a task for each of several.
    """

    db: Database
    site: Site
    machines: frozenset[Channel]
    staff: Staff
    now: datetime


async def must_bring_token(connection: AnyConnection, _: BaseRouteHandler) -> None:
    """Do nothing, or raise :class:`NotSignedIn`: who asks comes first, whether or not a handler wants to know."""
    around = connection.app.state
    db, now = around["db"], around["clock"]()
    staff = await token_staff(connection, db, now)
    connection.scope["auth"] = Call(db, around["site"], around["machines"], staff, now)


def call(request: AnyRequest) -> Call:
    """What :func:`must_bring_token` found."""
    return request.auth  # type: ignore[no-any-return]


async def must_be_documented(connection: AnyConnection, handler: BaseRouteHandler) -> None:
    """Do nothing, or raise :class:`InvalidRequest`: each word of the query is known, and stands once."""
    known, seen, problems = _query_words(handler), set(), {}
    for name, _ in connection.query_params.multi_items():
        if name not in known:
            problems[name] = "unknown-field"
        elif name in seen:
            problems[name] = "repeated"
        seen.add(name)
    if problems:
        raise InvalidRequest(fields=problems)


@cache
def _query_words(handler: BaseRouteHandler) -> frozenset[str]:
    provided = (provider.parsed_fn_signature for provider in handler.resolve_dependencies().values())
    signatures = (handler.parsed_fn_signature, *provided)
    kinds = {name: field.kwarg_definition for one in signatures for name, field in one.parameters.items()}
    return frozenset(
        kind.name or name
        for name, kind in kinds.items()
        if isinstance(kind, ParameterKwarg) and kind.param_type is ParamType.QUERY
    )
