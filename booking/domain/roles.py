"""Roles given and entrusted: by whom, to whom, from when to when."""

from dataclasses import dataclass
from datetime import date, datetime, timedelta
from uuid import UUID

from booking.domain.errors import NotAllowed
from booking.domain.fields import Problems
from booking.domain.staff import LITTLE_KNOWN, LONGEST_SERVICE, Right, Role, Staff

# What a manager gives in his own agency; who audits him, and who runs the network, somebody else chooses.
GIVEN_BY_MANAGERS = frozenset({Role.ADVISER, Role.FACILITATOR, Role.ASSISTANT, Role.MANAGER})
LONGEST_DELEGATION = timedelta(days=92)


@dataclass(frozen=True, slots=True, kw_only=True)
class Held:
    """A role that somebody holds, held or will hold. Without an agency it covers the network.

    ``delegated_from`` is the role of ``given_by`` that this one comes from, while he entrusts it to somebody.
    ``issuer`` is the provider of identities whose claim gives it.
    """

    id: UUID
    staff_id: UUID
    agency_id: UUID | None
    role: Role
    starts_at: datetime | None = None
    ends_at: datetime | None = None
    given_by: UUID | None = None
    delegated_from: UUID | None = None
    issuer: str | None = None

    @property
    def is_delegated(self) -> bool:
        """Whether it is somebody else's."""
        return self.delegated_from is not None

    @property
    def last_at(self) -> datetime | None:
        """Its last moment."""
        return self.ends_at and self.ends_at - timedelta(microseconds=1)

    def is_over(self, now: datetime) -> bool:
        """Whether it counts no more."""
        return self.ends_at is not None and self.ends_at <= now

    def has_begun(self, now: datetime) -> bool:
        """Whether it counts already, or did."""
        return self.starts_at is None or self.starts_at <= now

    def may_be_entrusted(self, now: datetime) -> bool:
        """Whether its holder may let somebody act in his place: not what was entrusted to him, nor for the network."""
        is_own = self.agency_id is not None and not self.is_delegated and self.role not in LITTLE_KNOWN
        return is_own and self.has_begun(now) and not self.is_over(now)


@dataclass(frozen=True, slots=True, kw_only=True)
class Span:
    """From the first to the last day, both included; without a day there is no limit."""

    first_on: date | None = None
    last_on: date | None = None


def must_give(by: Staff, role: Role, agency_id: UUID | None) -> None:
    """Do nothing for who may give and end this role there; raise :class:`NotFound` or :class:`NotAllowed`."""
    if agency_id is None or role not in GIVEN_BY_MANAGERS:
        by.must_somewhere(Right.ADMINISTER)
        if not any(agency in (agency_id, None) and held is Role.ADMINISTRATOR for agency, held in by.roles):
            raise NotAllowed(right=Right.ADMINISTER)
    else:
        by.must(Right.TEAM, agency_id)


def check_span(role: Role, span: Span, today: date) -> None:
    """Raise :class:`InvalidField` for days in the wrong order, and for an assistant's service without an end."""
    problems = Problems()
    first = span.first_on or today
    if role is Role.ASSISTANT and span.last_on is None:
        problems.add("last_on", "service-needs-end")
    if span.last_on and span.last_on < max(first, today):
        problems.add("last_on", "ends-before-it-starts" if span.last_on < first else "in-the-past")
    if role is Role.ASSISTANT and span.last_on and span.last_on - first > LONGEST_SERVICE:
        problems.add("last_on", "service-too-long")
    problems.refuse()


def check_delegation(span: Span, today: date) -> None:
    """Raise :class:`InvalidField`: a delegation has two days, is not behind us, and does not last for ever."""
    problems = Problems()
    for name, day in (("first_on", span.first_on), ("last_on", span.last_on)):
        if day is None:
            problems.add(name, "required")
        elif day < today:
            problems.add(name, "in-the-past")
    if span.first_on and span.last_on:
        if span.last_on < span.first_on:
            problems.add("last_on", "ends-before-it-starts")
        if span.last_on - span.first_on > LONGEST_DELEGATION:
            problems.add("last_on", "delegation-too-long")
    problems.refuse()
