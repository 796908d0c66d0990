"""What a session must have to suit somebody, besides a free seat: a level, half of the day, a way in, a language."""

from collections.abc import Callable
from dataclasses import dataclass
from enum import StrEnum
from typing import Any

from sqlalchemy import ColumnElement, Text, bindparam, exists, literal, or_, select, type_coerce

from booking.domain.sessions import Session
from booking.domain.workshops import Level
from booking.storage.columns import Flag
from booking.storage.tables import meetings, rooms, sessions, workshops
from calendars.zones import wall

NOON = 12


class Half(StrEnum):
    """Half of a day, by the clock of the place."""

    MORNING = "matin"
    AFTERNOON = "apres-midi"


@dataclass(frozen=True, slots=True, kw_only=True)
class Narrowed:
    """Only what is said restricts. ``language`` (ISO 639-1) is one in which somebody helps there."""

    level: Level | None = None
    half: Half | None = None
    step_free: bool = False
    hearing_loop: bool = False
    language: str = ""


NOT_NARROWED = Narrowed()


def said(narrowed: Narrowed) -> dict[str, Any]:
    """What restricts in the database, by name: all but the half of the day, which needs the clock of each place."""
    return {name: getattr(narrowed, name) or None for name in RESTRICTIONS}


def values(narrowed: Narrowed) -> dict[str, Any]:
    """What the conditions are asked with."""
    spoken = narrowed.language.replace("/", "//").replace("%", "/%").replace("_", "/_")
    return {"level": narrowed.level, "language": f"% {spoken} %"}


def _of_level(_: str) -> ColumnElement[bool]:
    return sessions.c.workshop_id.in_(select(workshops.c.id).where(workshops.c.level == bindparam("level")))


def _in_language(_: str) -> ColumnElement[bool]:
    spoken = literal(" ") + type_coerce(sessions.c.languages, Text) + literal(" ")
    return spoken.like(bindparam("language", type_=Text), escape="/")


def _always_in(has: Any) -> ColumnElement[bool]:
    """No meeting of the session is in another room, or in none."""
    elsewhere = (
        select(1)
        .select_from(meetings)
        .join(rooms, rooms.c.id == meetings.c.room_id, isouter=True)
        .where(meetings.c.session_id == sessions.c.id, or_(rooms.c.id.is_(None), has != literal(True, Flag)))
    )
    return ~exists(elsewhere.correlate(sessions))


RESTRICTIONS: dict[str, Callable[[str], ColumnElement[bool]]] = {
    "level": _of_level,
    "step_free": lambda _: _always_in(rooms.c.has_step_free_access),
    "hearing_loop": lambda _: _always_in(rooms.c.has_hearing_loop),
    "language": _in_language,
}


def is_in_half(session: Session, time_zone: str, half: Half | None) -> bool:
    """Whether every meeting begins in that half of its day; None is any."""
    halves = (wall(meeting.starts_at, time_zone).hour < NOON for meeting in session.meetings)
    return half is None or all(is_morning == (half is Half.MORNING) for is_morning in halves)
