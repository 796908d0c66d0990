"""What was written of a plan, as an address carries it to the page that says so."""

from collections.abc import Sequence
from typing import Any
from urllib.parse import urlencode

from booking.domain.sessions import Session
from booking.web.pages.visits import Visit
from calendars.zones import wall

DONE = {"brouillons": False, "publiees": True}


def address(made: Sequence[Session], published: bool, zone: str, **more: str) -> str:
    """How many sessions and meetings, and the first day, as a query."""
    said = {
        "fait": "publiees" if published else "brouillons",
        "sessions": str(len(made)),
        "seances": str(sum(len(session.meetings) for session in made)),
        "premier": wall(min(session.starts_at for session in made), zone).date().isoformat(),
    }
    return urlencode(said | more)


def told(visit: Visit) -> dict[str, Any] | None:
    """The same, read again; nothing where the address does not say it."""
    counted = [visit.asked(name)[:4] for name in ("sessions", "seances")]
    if visit.asked("fait") not in DONE or not all(said.isascii() and said.isdigit() for said in counted):
        return None
    sessions, meetings = map(int, counted)
    is_published, day = DONE[visit.asked("fait")], visit.asked("premier")
    return {"published": is_published, "sessions": sessions, "meetings": meetings, "day": day}
