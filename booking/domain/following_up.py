"""After an absence without excuse: no blame, the meeting that was missed, and where one could go instead."""

from collections.abc import Sequence
from datetime import datetime, timedelta
from typing import Any
from uuid import UUID

from booking.domain.attending import attended
from booking.domain.bookings import Booking, BookingState
from booking.domain.messages import Message, MessageKind, to_say
from booking.domain.sessions import Meeting, Session
from booking.domain.windows import Place

# A mark set by mistake is corrected soon: nobody hears of it.
MISTAKES_LAST = timedelta(hours=2)
# After that nobody knows any more which day is meant.
OF_USE = timedelta(days=7)


def after_absence(
    booking: Booking,
    session: Session,
    meeting: Meeting,
    place: Place,
    now: datetime,
    alternatives: Sequence[dict[str, Any]] = (),
) -> Message:
    """The word after an absence marked now: in a cycle about the next meeting, else about other dates."""
    due_at = place.later(now + MISTAKES_LAST, place.ordinary)
    details = {
        "gone": [{"starts_at": meeting.starts_at.isoformat(), "zone": place.time_zone}],
        "keeps": has_more(booking, session, now),
        "alternatives": list(alternatives),
    }
    rule = f"{meeting.id}@{now.timestamp():.0f}"
    kind, not_after = MessageKind.ABSENCE_FOLLOWUP, max(due_at, meeting.ends_at) + OF_USE
    return to_say(kind, rule, booking, session, now, due_at, not_after, priority=6, details=details)


def has_more(booking: Booking, session: Session, now: datetime) -> bool:
    """Whether the seat is for meetings to come, too."""
    is_seated = booking.state is BookingState.BOOKED
    return is_seated and any(meeting.starts_at > now for meeting in attended(booking, session))


def is_about(message: Message, meeting_id: UUID) -> bool:
    """Whether a message follows up an absence from this meeting."""
    return message.kind is MessageKind.ABSENCE_FOLLOWUP and message.rule.partition("@")[0] == str(meeting_id)
