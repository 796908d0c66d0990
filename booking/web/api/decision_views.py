"""What programs read of decisions and of people to call back."""

from datetime import datetime
from uuid import UUID

import msgspec

from booking.services.decisions import Decision
from booking.services.recalls import Recall
from booking.web.api.session_views import SessionView


class DecisionView(msgspec.Struct):
    """A session that begins within three days with fewer people than ``minimum``."""

    session: SessionView
    minimum: int

    @classmethod
    def of(cls, decision: Decision) -> "DecisionView":
        """The view of this decision."""
        return cls(SessionView.of(decision.listed), decision.minimum)


class RecallView(msgspec.Struct):
    """Somebody who lost a place because the service cancelled, and has no other of that workshop yet."""

    booking_id: UUID
    job_seeker_id: UUID
    session_id: UUID
    workshop_id: UUID
    workshop: str
    told_at: datetime

    @classmethod
    def of(cls, recall: Recall) -> "RecallView":
        """The view of this person's loss."""
        case = recall.case
        return cls(
            case.booking.id,
            case.person.id,
            case.session.id,
            case.workshop.id,
            case.workshop.title,
            recall.message.created_at,
        )
