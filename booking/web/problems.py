"""Refusals for programs: application/problem+json (RFC 9457) with a stable type."""

from typing import Any
from uuid import UUID

import msgspec
from litestar import Response
from litestar.exceptions import HTTPException, ValidationException

from booking.domain.errors import Refused
from booking.language import chosen, translate
from booking.storage.constraints import Unavailable
from booking.web.errors import field_words, type_of, words_of
from booking.web.security import AnyRequest

MEDIA_TYPE = "application/problem+json"


def problem(request: AnyRequest, error: Exception, reference: str) -> Response[bytes]:
    """The problem behind an error; what nobody foresaw says only its reference."""
    if isinstance(error, HTTPException):
        return _answer(_of_framework(error), error.status_code, dict(error.headers or {}))
    words = words_of(error)
    say = translate(chosen(None, request.headers.get("accept-language", "")))
    told = {"type": type_of(error), "title": say(words.title), "status": words.status, "detail": say(words.advice)}
    if isinstance(error, Refused):
        told |= _facts(error, say)
    told["reference"] = reference
    return _answer(told, words.status, _headers(error))


def _headers(error: Exception) -> dict[str, str]:
    if words_of(error).status == 401:
        return {"www-authenticate": "Bearer"}
    waits = isinstance(error, Unavailable) or type_of(error) == "request-running"
    return {"retry-after": "5"} if waits else {}


def _facts(refusal: Refused, say: Any) -> dict[str, Any]:
    facts = {name: value for name, value in refusal.facts.items() if name not in ("fields", "alternatives")}
    fields = refusal.facts.get("fields", {})
    said = field_words(fields, say)
    errors = [{"pointer": f"/{n.replace('.', '/')}", "code": fields[n], "message": said[n]} for n in fields]
    alternatives = [_alternative(listed) for listed in refusal.facts.get("alternatives", [])]
    told: dict[str, Any] = dict(facts)
    told |= {"errors": errors} if errors else {}
    return told | ({"alternatives": alternatives} if "alternatives" in refusal.facts else {})


def _alternative(listed: Any) -> dict[str, Any]:
    session = listed.session
    return {
        "session_id": session.id,
        "workshop": listed.workshop_title,
        "agency": listed.agency_name,
        "starts_at": session.starts_at,
        "free": session.free,
    }


def _of_framework(error: HTTPException) -> dict[str, Any]:
    """What the web framework refused before any rule was asked: a path, a method, the form of a body."""
    kind = "invalid-request" if isinstance(error, ValidationException) else type_of_status(error.status_code)
    told: dict[str, Any] = {"type": kind, "title": error.detail, "status": error.status_code}
    extra = error.extra if isinstance(error.extra, list) else []
    found = [{"pointer": f"/{item.get('key', '')}", "message": item.get("message", "")} for item in extra]
    return told | ({"errors": found} if found else {})


def type_of_status(status: int) -> str:
    """The stable name of a status that says all there is to say."""
    return {404: "not-found", 405: "method-not-allowed", 413: "body-too-large", 415: "wrong-content-type"}.get(
        status, "malformed-body" if status == 400 else "refused"
    )


def _answer(told: dict[str, Any], status: int, headers: dict[str, str]) -> Response[bytes]:
    body = msgspec.json.encode(told, enc_hook=lambda value: str(value) if isinstance(value, UUID) else repr(value))
    return Response(body, status_code=status, media_type=MEDIA_TYPE, headers=headers)
