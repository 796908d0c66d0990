"""How the description of an operation says what it may refuse."""

from collections import defaultdict
from uuid import UUID

import msgspec
from litestar.datastructures import ResponseHeader
from litestar.openapi.datastructures import ResponseSpec

from booking.domain.errors import Refused, TooManyRequests
from booking.web.errors import (
    InvalidRequest,
    MalformedBody,
    NotSignedIn,
    ScopeTooNarrow,
    WrongContentType,
    words_of,
)
from booking.web.problems import MEDIA_TYPE

ALWAYS = (NotSignedIn, InvalidRequest, ScopeTooNarrow, TooManyRequests)
READS_BODY = (MalformedBody, WrongContentType)


class FieldProblem(msgspec.Struct):
    """What is wrong with one field; ``pointer`` is a JSON pointer (RFC 6901), or the name of a parameter."""

    pointer: str
    code: str
    message: str


class Alternative(msgspec.Struct):
    """A session to offer instead."""

    session_id: UUID
    workshop: str
    agency: str
    starts_at: str
    free: int


class Problem(msgspec.Struct, omit_defaults=True):
    """A refusal (RFC 9457). ``type`` is stable, ``reference`` finds it in the log; its facts stand beside."""

    type: str
    title: str
    status: int
    detail: str
    reference: str
    errors: list[FieldProblem] = []
    alternatives: list[Alternative] = []
    links: dict[str, str] = {}


def may_refuse(*kinds: type[Refused], reads_body: bool = False) -> dict[int, ResponseSpec]:
    """The answers to refusals, by status; what every operation may refuse is added."""
    named: dict[int, list[str]] = defaultdict(list)
    for kind in (*ALWAYS, *(READS_BODY if reads_body else ()), *kinds):
        named[words_of(kind()).status].append(kind.code())
    named[503].append("service-unavailable")
    if reads_body:
        named[413].append("body-too-large")
    return {status: _spec(" · ".join(dict.fromkeys(codes))) for status, codes in sorted(named.items())}


def _spec(description: str) -> ResponseSpec:
    return ResponseSpec(Problem, generate_examples=False, media_type=MEDIA_TYPE, description=description)


def sends(name: str, description: str) -> ResponseHeader:
    """A header that the answer carries."""
    return ResponseHeader(name=name, description=description, documentation_only=True)
