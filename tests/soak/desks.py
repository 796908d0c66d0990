"""What somebody at the desk of one agency knows: whom to book, into what, and how to get in."""

from dataclasses import dataclass
from uuid import UUID

PASSWORD = "un atelier chaque mardi matin"


@dataclass(frozen=True)
class Desk:
    """One agency as its staff see it.

    ``sessions`` are by start, the first of today, with ``meeting``; ``small`` is one of few seats that everybody wants;
    ``links`` are the secrets of the calendars that are followed.
    """

    agency: UUID
    slug: str
    workshop: UUID
    staff: UUID
    sign_in_name: str
    token: str
    people: tuple[UUID, ...]
    sessions: tuple[UUID, ...]
    small: UUID
    meeting: UUID
    links: tuple[str, ...]
