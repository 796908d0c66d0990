"""What a partner is told by mail: somebody is sent to him, an answer is missing, or nobody comes after all."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum
from uuid import UUID

from booking.domain.identifiers import new_id
from booking.domain.messages import MessageState

# Later than that nobody is helped by it.
USEFUL = timedelta(days=5)


class PartnerMessageKind(StrEnum):
    """The three things."""

    SENT = "sent"
    REMINDER = "reminder"
    CANCELLED = "cancelled"


@dataclass(frozen=True, slots=True, kw_only=True)
class PartnerMessage:
    """One mail about one referral; to whom and in which words is looked up when it leaves."""

    id: UUID
    kind: PartnerMessageKind
    referral_id: UUID
    agency_id: UUID
    dedupe_key: str
    due_at: datetime
    not_after: datetime
    state: MessageState = MessageState.PLANNED
    attempts: int = 0
    reason: str | None = None
    created_at: datetime


def to_partner(
    kind: PartnerMessageKind, referral_id: UUID, agency_id: UUID, version: int, now: datetime
) -> PartnerMessage:
    """One mail; the ``version`` of the referral tells apart what is said again, so that each is planned once."""
    return PartnerMessage(
        id=new_id(now),
        kind=kind,
        referral_id=referral_id,
        agency_id=agency_id,
        dedupe_key=f"{kind}:{referral_id}:{version}",
        due_at=now,
        not_after=now + USEFUL,
        created_at=now,
    )
