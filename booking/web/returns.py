"""The door for providers of text messages: what became of a text, and what somebody answered."""

from collections.abc import Mapping
from datetime import datetime
from http import HTTPMethod
from typing import Any
from urllib.parse import parse_qsl

import msgspec
from litestar import Response, route
from litestar.di import NamedDependency
from litestar.params import FromPath

from booking.delivery.sms_receipts import PARSERS, NotAReceipt
from booking.domain.errors import IssuerFailed, NotFound
from booking.domain.limits import MINUTE, Rate
from booking.domain.returns import GATEWAY, is_proof, signed_id
from booking.domain.sites import Site
from booking.services import limits, receiving, single_logout
from booking.storage.database import Database
from booking.web.errors import MalformedBody
from booking.web.security import AnyRequest, address_of, issuers_of

LARGEST = 16 * 1024
FORM = "application/x-www-form-urlencoded"
# Said to who tells a thing again: nothing happens twice, and there is no need to tell it once more.
KNOWN = {"status": "already-received"}
# At the end of a day many sign out at once.
ORDERS = Rate("logout-orders", 600, MINUTE)
Answer = Response[dict[str, str] | None]


@route("/retours/passerelle", http_method=HTTPMethod.POST, include_in_schema=False, request_max_body_size=LARGEST)
async def signed(
    request: AnyRequest, db: NamedDependency[Database], site: NamedDependency[Site], now: NamedDependency[datetime]
) -> Answer:
    """From a gateway that signs (Standard Webhooks). 401 says what is wrong with the signature."""
    body = await request.body()
    event = signed_id(request.headers, body, site.secret, now)
    return await _taken(db, GATEWAY, _json(body), event, site, now)


@route(
    "/retours/{provider:str}/{proof:str}",
    http_method=[HTTPMethod.GET, HTTPMethod.POST],
    include_in_schema=False,
    request_max_body_size=LARGEST,
)
async def unsigned(
    request: AnyRequest,
    provider: FromPath[str],
    proof: FromPath[str],
    db: NamedDependency[Database],
    site: NamedDependency[Site],
    now: NamedDependency[datetime],
) -> Answer:
    """From a provider that signs nothing, and knows the address."""
    if provider not in PARSERS or provider == GATEWAY or not is_proof(proof, site.secret, provider):
        raise NotFound
    return await _taken(db, provider, await _said(request), "", site, now)


@route(
    "/retours/deconnexion/{issuer:str}",
    http_method=HTTPMethod.POST,
    include_in_schema=False,
    request_max_body_size=2 * LARGEST,
)
async def signed_out(
    request: AnyRequest,
    issuer: FromPath[str],
    db: NamedDependency[Database],
    now: NamedDependency[datetime],
) -> Response[dict[str, str] | None]:
    """From a provider of identities that ends sign-ins (Back-Channel Logout 2.5)."""
    if not request.headers.get("content-type", "").lower().startswith(FORM):
        raise MalformedBody
    said = await _said(request)
    address, token = address_of(request), str(said.get("logout_token", ""))
    await limits.spend(db, ORDERS, address, now=now)
    try:
        await single_logout.obey(db, issuers_of(request), issuer, token, address=address, now=now)
    except IssuerFailed:
        return Response({"error": "invalid_request"}, status_code=400)
    return Response(None, status_code=200)


async def _said(request: AnyRequest) -> Mapping[str, Any]:
    """The body as JSON or as a form; without one, the query."""
    body = await request.body() if request.method == "POST" else b""
    if not body:
        return dict(request.query_params)
    if request.headers.get("content-type", "").lower().startswith(FORM):
        try:
            return dict(parse_qsl(body.decode(), keep_blank_values=True, max_num_fields=50))
        except ValueError as error:
            raise MalformedBody from error
    return _json(body)


def _json(body: bytes) -> Mapping[str, Any]:
    try:
        said = msgspec.json.decode(body)
    except (ValueError, RecursionError) as error:
        raise MalformedBody from error
    if not isinstance(said, dict):
        raise MalformedBody
    return said


async def _taken(db: Database, provider: str, told: Mapping[str, Any], event: str, site: Site, now: datetime) -> Answer:
    """204, also for what is of no interest; nothing is done here but writing it down."""
    try:
        arrival = PARSERS[provider](told, event)
    except NotAReceipt as error:
        raise MalformedBody from error
    if arrival is not None and not await receiving.take(db, provider, arrival, site=site, now=now):
        return Response(KNOWN, status_code=200)
    return Response(None, status_code=204)


RETURNS = [signed, signed_out, unsigned]
