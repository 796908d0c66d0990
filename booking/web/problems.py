"""Refusals for programs: application/problem+json (RFC 9457) with a stable type."""

from typing import Any

import msgspec
from litestar import Response
from litestar.exceptions import HTTPException, ValidationException

from booking.domain.errors import NotFound, Refused, TooManyRequests
from booking.language import Translate, chosen, translate
from booking.storage.constraints import Unavailable
from booking.web.errors import UNFORESEEN, InvalidRequest, MalformedBody, Words, field_words, type_of, words_of
from booking.web.security import AnyRequest

MEDIA_TYPE = "application/problem+json"
# What the web framework refuses before any rule is asked: a type, and words.
WAYWARD = {
    404: ("not-found", words_of(NotFound())),
    405: ("method-not-allowed", Words(405, "Cette adresse ne connaît pas cette méthode", "Voyez l’en-tête Allow.")),
    413: ("body-too-large", Words(413, "La demande est trop longue", "Raccourcissez ce que vous envoyez.")),
}
# What msgspec says of a value, and what we call it; the first that fits.
CODES = (
    ("unknown field", "unknown-field"),
    ("missing required", "required"),
    ("timezone component", "no-time-zone"),
    ("enum value", "unknown-choice"),
    ("<=", "out-of-range"),
    (">=", "out-of-range"),
    ("out of range", "out-of-range"),
    ("out-of-range", "out-of-range"),
)
NOT_FACTS = ("fields", "alternatives")
# Facts that name something: where it is found.
LINKS = {
    "booking_id": ("booking", "/api/v1/bookings/{}"),
    "session_id": ("session", "/api/v1/sessions/{}"),
    "other_session_id": ("other_session", "/api/v1/sessions/{}"),
}


def problem(request: AnyRequest, error: Exception, reference: str) -> Response[bytes]:
    """The problem behind an error; what nobody foresaw says only its reference."""
    refusal = _in_our_words(error)
    kind, words = _named(refusal)
    say = translate(chosen(None, request.headers.get("accept-language", "")))
    told = {"type": kind, "title": say(words.title), "status": words.status, "detail": say(words.advice)}
    if isinstance(refusal, Refused):
        told |= _facts(refusal, say)
    body = msgspec.json.encode(told | {"reference": reference}, enc_hook=str)
    return Response(body, status_code=words.status, media_type=MEDIA_TYPE, headers=_headers(refusal, words))


def _in_our_words(error: Exception) -> Exception:
    """The web framework's complaint about a parameter as a refusal of ours; anything else as it is."""
    if not isinstance(error, ValidationException):
        return error
    told = [item for item in error.extra or [] if isinstance(item, dict)]
    named = {str(item.get("key", "")): code_of(item.get("message", "")) for item in told}
    if "data" in named:
        return MalformedBody()  # there was none
    missing = error.detail.partition("parameter '")[2].partition("'")[0]
    return InvalidRequest(fields=named or {missing: "required"})


def code_of(said: str) -> str:
    """The stable code of what msgspec says is wrong with a value."""
    return next((code for words, code in CODES if words in said), "wrong-type")


def _named(error: Exception) -> tuple[str, Words]:
    if not isinstance(error, HTTPException):
        return type_of(error), words_of(error)
    if error.status_code in WAYWARD:
        return WAYWARD[error.status_code]
    unreadable = InvalidRequest() if error.status_code < 500 else None
    return (unreadable.code(), words_of(unreadable)) if unreadable else ("internal-server-error", UNFORESEEN)


def _headers(error: Exception, words: Words) -> dict[str, str]:
    if isinstance(error, HTTPException):
        return dict(error.headers or {})
    if words.status == 401:
        return {"www-authenticate": "Bearer"}
    if isinstance(error, TooManyRequests):
        return {"retry-after": str(error.facts["seconds"])}
    waits = isinstance(error, Unavailable) or type_of(error) == "request-running"
    return {"retry-after": "5"} if waits else {}


def _facts(refusal: Refused, say: Translate) -> dict[str, Any]:
    """What the refusal knows; of what is not found, nothing: nobody learns whether it exists elsewhere."""
    if isinstance(refusal, NotFound):
        return {}
    told = {name: value for name, value in refusal.facts.items() if name not in NOT_FACTS}
    links = {LINKS[name][0]: LINKS[name][1].format(told[name]) for name in LINKS if name in told}
    fields = refusal.facts.get("fields", {})
    said = field_words(fields, say)
    errors = [{"pointer": _pointer(name), "code": fields[name], "message": said[name]} for name in fields]
    told |= {"links": links} if links else {}
    told |= {"errors": errors} if errors else {}
    if "alternatives" in refusal.facts:
        told["alternatives"] = [alternative(listed) for listed in refusal.facts["alternatives"]]
    return told


def _pointer(name: str) -> str:
    """A JSON pointer (RFC 6901); the rules count meetings from 1, in the order of their start."""
    steps = name.split(".") if "/" not in name else [name]
    return "".join(f"/{int(step) - 1 if step.isdigit() else step}" for step in steps) if name else ""


def alternative(listed: Any) -> dict[str, Any]:
    """A session to offer instead, as a refusal tells it."""
    session = listed.session
    return {
        "session_id": session.id,
        "workshop": listed.workshop_title,
        "agency": listed.agency_name,
        "starts_at": session.starts_at,
        "free": session.free,
    }
