"""Who works with the product, and what each role may do; roles are held per agency, or for the whole network."""

from dataclasses import dataclass
from datetime import timedelta
from enum import StrEnum
from uuid import UUID

from booking.domain.errors import NotAllowed, NotFound


class Role(StrEnum):
    """A staff role."""

    ADVISER = "adviser"
    FACILITATOR = "facilitator"
    ASSISTANT = "assistant"
    MANAGER = "manager"
    ADMINISTRATOR = "administrator"
    AUDITOR = "auditor"


class Right(StrEnum):
    """Something a role may do in an agency."""

    SEE_PEOPLE = "see_people"
    BOOK = "book"
    PLAN = "plan"
    MARK = "mark"
    REACH = "reach"
    ADMINISTER = "administer"
    TEAM = "team"
    AUDIT = "audit"


# A civic service lasts twelve months at most (Code du service national, L120-1).
LONGEST_SERVICE = timedelta(days=366)
# Who leads meetings, or helps in them.
LEADERS = frozenset({Role.FACILITATOR, Role.ASSISTANT})
# Who is told no contact of anybody, and of a name only what a meeting needs, if anything.
LITTLE_KNOWN = frozenset({Role.ASSISTANT, Role.AUDITOR})
# A facilitator may change presence and nothing else; an adviser everything but presence.
ROLES_WITH = {
    Right.SEE_PEOPLE: frozenset({Role.ADVISER, Role.MANAGER, Role.ADMINISTRATOR}),
    Right.BOOK: frozenset({Role.ADVISER, Role.MANAGER, Role.ADMINISTRATOR}),
    Right.PLAN: frozenset({Role.MANAGER, Role.ADMINISTRATOR}),
    Right.MARK: frozenset({Role.FACILITATOR, Role.ASSISTANT, Role.MANAGER, Role.ADMINISTRATOR}),
    Right.REACH: frozenset({Role.ADVISER, Role.MANAGER, Role.ADMINISTRATOR}),
    Right.ADMINISTER: frozenset({Role.ADMINISTRATOR}),
    # Give and end roles.
    Right.TEAM: frozenset({Role.MANAGER, Role.ADMINISTRATOR}),
    # An auditor reads who did what and the figures, and of people nothing but that.
    Right.AUDIT: frozenset({Role.MANAGER, Role.ADMINISTRATOR, Role.AUDITOR}),
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Staff:
    """Somebody who signed in. ``roles`` are pairs of agency and role; agency None is the whole network.

    ``has_shortcuts`` says whether single keys act on the pages he sees.
    """

    id: UUID
    name: str
    sign_in_name: str
    roles: frozenset[tuple[UUID | None, Role]]
    has_shortcuts: bool = True

    @property
    def agency_ids(self) -> frozenset[UUID]:
        """The agencies where this person holds a role by name."""
        return frozenset(agency for agency, _ in self.roles if agency is not None)

    @property
    def is_network_wide(self) -> bool:
        """Whether a role covers every agency."""
        return any(agency is None for agency, _ in self.roles)

    @property
    def leads_at(self) -> frozenset[UUID]:
        """The agencies where this person leads or assists."""
        return frozenset(agency for agency, role in self.roles if agency is not None and role in LEADERS)

    def is_more_than_assistant_at(self, agency_id: UUID) -> bool:
        """Whether any role held there is more than an assistant's; who only audits knows of people even less."""
        return any(agency in (agency_id, None) and role not in LITTLE_KNOWN for agency, role in self.roles)

    def belongs_to(self, agency_id: UUID) -> bool:
        """Whether this agency is within sight."""
        return self.is_network_wide or agency_id in self.agency_ids

    def may(self, right: Right, agency_id: UUID) -> bool:
        """Whether a role held there, or for the whole network, includes this right."""
        return any(agency in (agency_id, None) and role in ROLES_WITH[right] for agency, role in self.roles)

    def may_somewhere(self, right: Right) -> bool:
        """Whether any role includes this right; decides what the navigation shows."""
        return any(role in ROLES_WITH[right] for _, role in self.roles)

    def agencies_with(self, right: Right) -> frozenset[UUID] | None:
        """The agencies where a role includes this right; None is the whole network."""
        where = {agency for agency, role in self.roles if role in ROLES_WITH[right]}
        return None if None in where else frozenset(agency for agency in where if agency is not None)

    def must(self, right: Right, agency_id: UUID) -> None:
        """Do nothing, or raise: :class:`NotFound` outside one's agencies, :class:`NotAllowed` within them."""
        if not self.belongs_to(agency_id):
            raise NotFound()
        if not self.may(right, agency_id):
            raise NotAllowed(right=right)

    def must_somewhere(self, right: Right) -> None:
        """Do nothing, or raise :class:`NotAllowed`."""
        if not self.may_somewhere(right):
            raise NotAllowed(right=right)
