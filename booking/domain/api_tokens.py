"""Tokens by which programs ask: no more than their owner may, often less, and never for longer than a year."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum
from uuid import UUID

from booking.domain.fields import Problems
from booking.domain.staff import Staff

LONGEST_LIFE = timedelta(days=365)
LIVES = (30, 90, 180, 365)
MOST = 20


class Scope(StrEnum):
    """What a program may do."""

    READ = "read"
    WRITE = "write"


@dataclass(frozen=True, slots=True, kw_only=True)
class ApiToken:
    """A token as its owner knows it; ``agency_id`` None is wherever the owner works."""

    id: UUID
    staff_id: UUID
    name: str
    scope: Scope = Scope.WRITE
    agency_id: UUID | None = None
    created_at: datetime
    expires_at: datetime
    revoked_at: datetime | None = None
    last_used_at: datetime | None = None

    def checked(self) -> "ApiToken":
        """This, if it can be. Raises :class:`InvalidField`."""
        problems = Problems()
        problems.text("name", self.name, longest=80)
        problems.refuse()
        return self

    def is_over(self, now: datetime) -> bool:
        """Whether nothing can be asked with it any more."""
        return self.revoked_at is not None or self.expires_at <= now


@dataclass(frozen=True, slots=True)
class Bearer:
    """Who is behind a token, with no more roles than it grants."""

    token: ApiToken
    staff: Staff


def narrowed(staff: Staff, agency_id: UUID | None) -> Staff:
    """The owner as seen from one agency: the roles held there, those of the whole network among them."""
    if agency_id is None:
        return staff
    roles = frozenset((agency_id, role) for agency, role in staff.roles if agency in (agency_id, None))
    return Staff(id=staff.id, name=staff.name, sign_in_name=staff.sign_in_name, roles=roles)
