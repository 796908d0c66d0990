"""What becomes of a mail to staff after a try: the same for an invitation, a roster and a digest."""

from dataclasses import dataclass
from datetime import datetime, timedelta

from booking.delivery.letters import PermanentFailure, Receipt
from booking.domain.inviting import pause_after
from booking.services.handing_over import Answer, Untried

SOON = timedelta(seconds=10)


@dataclass(frozen=True, slots=True)
class Fate:
    """Sent, to be tried again at ``due_at``, or given up where there is neither; ``tries`` are those that count."""

    is_sent: bool = False
    due_at: datetime | None = None
    reason: str | None = None
    tries: int = 0


def fate(answer: Answer | None, tries: int, now: datetime) -> Fate:
    """After so many tries, this one included; without an answer it could not be put into words."""
    match answer:
        case None:
            return Fate(reason="no-words", tries=tries)
        case Receipt():
            return Fate(is_sent=True, tries=tries)
        case Untried():
            return Fate(due_at=now + SOON, tries=tries - 1)
        case PermanentFailure():
            return Fate(reason="refused", tries=tries)
    pause = max(filter(None, (pause_after(tries), answer.retry_after)), default=None)
    if pause_after(tries) is None or pause is None:
        return Fate(reason="gave-up", tries=tries)
    return Fate(due_at=now + pause, reason="failed", tries=tries)
