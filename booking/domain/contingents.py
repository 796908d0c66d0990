"""A contingent keeps seats of a session for the people of one agency until a moment; then they are for all."""

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from booking.domain.fields import Problems
from booking.domain.sessions import Session


@dataclass(frozen=True, slots=True, kw_only=True)
class Contingent:
    """``unused`` of its ``seats`` are not taken yet. Once released it keeps nothing more."""

    session_id: UUID
    agency_id: UUID
    seats: int
    unused: int
    until_at: datetime
    released_at: datetime | None = None

    @property
    def used(self) -> int:
        """How many of its seats people of the agency have."""
        return self.seats - self.unused

    def is_due(self, now: datetime) -> bool:
        """Whether what it keeps has to fall back to all."""
        return self.released_at is None and self.until_at <= now

    def serves(self, agency_id: UUID, now: datetime) -> bool:
        """Whether a seat that it keeps may be had: by the people of its agency, or by anybody because it is due."""
        return self.unused > 0 and (self.agency_id == agency_id or self.is_due(now))


def checked(kept: Contingent, before: int, session: Session, now: datetime) -> Contingent:
    """This contingent, if the session has the seats for it; ``before`` is what it kept until now.

    Raises :class:`InvalidField`.
    """
    problems = Problems()
    if kept.seats < 1:
        problems.add("places", "out-of-range")
    elif kept.unused < 0:
        problems.add("places", "below-used")
    elif kept.unused - before > session.free:
        problems.add("places", "more-than-free")
    if kept.until_at <= now:
        problems.add("until_at", "in-the-past")
    elif kept.until_at > session.starts_at:
        problems.add("until_at", "after-the-session")
    problems.refuse()
    return kept
