"""Not too much at once: whoever heard enough today hears what can wait tomorrow."""

from collections import Counter
from collections.abc import Mapping, Sequence
from datetime import datetime, timedelta
from uuid import UUID

from booking.domain.messages import REMINDING, Message, MessageKind, MessageState, of_use_until
from booking.domain.sending import Verdict
from booking.domain.windows import Place
from calendars.zones import midnight, wall

MOST_A_DAY = 3
# A reminder that could not leave tomorrow in time leaves all the same: too late would be worse than too much.
PATIENT = (*REMINDING, MessageKind.ABSENCE_FOLLOWUP)


def too_many(claimed: Sequence[Message], told: Mapping[UUID, int]) -> frozenset[UUID]:
    """Those of these messages that can wait and are more than somebody should hear in a day; ``told`` is what each
    person heard already."""
    heard, over = Counter(told), []
    for message in sorted(claimed, key=lambda one: (one.kind in PATIENT, one.priority, one.due_at, one.id)):
        if message.kind in PATIENT and heard[message.job_seeker_id] >= MOST_A_DAY:
            over.append(message.id)
        else:
            heard[message.job_seeker_id] += 1
    return frozenset(over)


def tomorrow(message: Message, verdict: Verdict, place: Place, now: datetime) -> Verdict:
    """The same message when the next day opens; the verdict as it was where that would be too late."""
    next_day = wall(now, place.time_zone).date() + timedelta(days=1)
    opens_at = place.later(midnight(next_day, place.time_zone), place.ordinary)
    if opens_at >= of_use_until(message, verdict.channel):
        return verdict
    return Verdict(MessageState.PLANNED, verdict.channel, "enough-today", opens_at)
