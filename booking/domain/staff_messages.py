"""What leaves by mail for who works here: tomorrow's roster, the week's digest, what awaits a decision, who is to call.

Nothing in it is told here only: whoever has no address finds the same on his pages.
"""

from collections.abc import Collection
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from enum import StrEnum
from typing import Any
from uuid import UUID

from booking.domain.identifiers import new_id
from booking.domain.messages import MessageState
from booking.domain.staff import LEADERS, ROLES_WITH, Right, Role

# What awaits a decision for two days is said once more; no morning is the same to the minute.
SAID_AGAIN_AFTER = timedelta(hours=47)


class StaffMessageKind(StrEnum):
    """What a mail to staff says."""

    ROSTER = "roster"
    DIGEST = "digest"
    DECISIONS = "decisions"
    CALLS = "calls"
    # About one's own account: nobody chooses not to get these.
    INVITED = "invited"
    FORGOTTEN = "forgotten"
    PASSWORD_CHANGED = "password_changed"  # noqa: S105 - the name of a mail
    FACTOR_CHANGED = "factor_changed"


OF_ACCOUNT = frozenset(
    {
        StaffMessageKind.INVITED,
        StaffMessageKind.FORGOTTEN,
        StaffMessageKind.PASSWORD_CHANGED,
        StaffMessageKind.FACTOR_CHANGED,
    }
)
# Which roles find such a mail of use; the choice on one's own page is the last word.
ROLES_OF = {
    StaffMessageKind.ROSTER: LEADERS,
    StaffMessageKind.DIGEST: frozenset({Role.MANAGER}),
    StaffMessageKind.DECISIONS: ROLES_WITH[Right.PLAN],
    StaffMessageKind.CALLS: ROLES_WITH[Right.REACH],
}


@dataclass(frozen=True, slots=True, kw_only=True)
class StaffMessage:
    """A mail to one member of staff about one day (the digest: about the week that begins on it) in one agency; about
    his own account it is of no agency.

    What it says is looked up when it leaves. ``content`` is then a fingerprint of it, ``details`` what it told.
    """

    id: UUID
    kind: StaffMessageKind
    agency_id: UUID | None
    staff_id: UUID
    about_on: date
    dedupe_key: str
    due_at: datetime
    not_after: datetime
    state: MessageState = MessageState.PLANNED
    attempts: int = 0
    reason: str | None = None
    content: str | None = None
    details: dict[str, Any] = field(default_factory=dict)
    created_at: datetime

    @property
    def is_second(self) -> bool:
        """Whether it leaves only if what was said before has changed."""
        return self.dedupe_key.endswith(SECOND)


SECOND = ":again"


def to_staff(
    kind: StaffMessageKind,
    agency_id: UUID,
    staff_id: UUID,
    about_on: date,
    due_at: datetime,
    not_after: datetime,
    now: datetime,
    *,
    is_second: bool = False,
) -> StaffMessage:
    """One mail; however often it is planned, it is the same. A roster is one a person and day, whatever the agency."""
    where = "" if kind is StaffMessageKind.ROSTER else f"{agency_id}:"
    return StaffMessage(
        id=new_id(now),
        kind=kind,
        agency_id=agency_id,
        staff_id=staff_id,
        about_on=about_on,
        dedupe_key=f"{kind}:{staff_id}:{where}{about_on}{SECOND if is_second else ''}",
        due_at=due_at,
        not_after=not_after,
        created_at=now,
    )


def kinds_for(roles: Collection[Role]) -> list[StaffMessageKind]:
    """The mails that somebody with these roles may be sent."""
    return [kind for kind, those in ROLES_OF.items() if those & set(roles)]


def is_worth_saying(waiting: Collection[str], told: Collection[str], told_at: datetime | None, now: datetime) -> bool:
    """Whether something waits that was not said the last time, or the last time is too long ago."""
    if not waiting:
        return False
    return told_at is None or not set(waiting) <= set(told) or now - told_at >= SAID_AGAIN_AFTER
