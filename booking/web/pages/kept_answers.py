"""What a device that kept something is answered: the time as scripts count it, or what stands in the way, in words."""

from datetime import datetime
from typing import Any

from litestar import MediaType, Response

from booking.domain.errors import Refused
from booking.web.errors import words_of
from booking.web.forms import Form
from booking.web.pages.visits import Visit

Answer = Response[dict[str, Any]]


def said(told: dict[str, Any], status: int = 200) -> Answer:
    """An answer for a script."""
    return Response(told, media_type=MediaType.JSON, status_code=status)


def refused(visit: Visit, refusal: Refused, **more: Any) -> Answer:
    """A refusal with its words, so that the person can decide."""
    words = words_of(refusal)
    told = {"code": refusal.code(), "title": visit.say(words.title), "advice": visit.say(words.advice)}
    return said(told | more, words.status)


def milliseconds(instant: datetime) -> int:
    """As scripts count time; which of two pages is the newer one is told by it."""
    return int(instant.timestamp() * 1000)


def instant(form: Form, name: str) -> datetime | None:
    """An instant with its zone (RFC 3339); noted as a problem when it is none."""
    typed = form.get(name)
    try:
        found = datetime.fromisoformat(typed)
    except ValueError:
        found = None
    if found and found.tzinfo:
        return found
    if typed:
        form.problems.add(name, "not-an-hour")
    return None
