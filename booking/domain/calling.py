"""What becomes of something told to a program: it heard, it is told again later, or it is given up."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from http import HTTPStatus

from booking.domain.webhooks import DeliveryState, Endpoint, Why

# Standard Webhooks 1.0: at once, then after these pauses.
PAUSES = (
    timedelta(seconds=5),
    timedelta(minutes=5),
    timedelta(minutes=30),
    timedelta(hours=2),
    timedelta(hours=5),
    timedelta(hours=10),
    timedelta(hours=14),
    timedelta(hours=20),
    timedelta(hours=24),
)
MOST_TRIES = len(PAUSES) + 1
LONGEST_PAUSE = timedelta(hours=24)
# Who never answered in so many days is told nothing more.
PATIENCE = timedelta(days=5)


@dataclass(frozen=True, slots=True)
class Answer:
    """What the receiver said: a status, or nothing at all and why; and when it wants to be asked again."""

    status: int | None = None
    error: str | None = None
    retry_after: timedelta | None = None

    @property
    def is_heard(self) -> bool:
        """Whether it took it."""
        return self.status is not None and 200 <= self.status < 300


@dataclass(frozen=True, slots=True)
class Verdict:
    """The next state of a delivery, due when."""

    state: DeliveryState
    due_at: datetime


def after(answer: Answer, tries: int, now: datetime, chance: float) -> Verdict:
    """What becomes of it after so many tries; ``chance`` between 0 and 1 makes a pause up to a tenth longer."""
    if answer.is_heard:
        return Verdict(DeliveryState.DELIVERED, now)
    if answer.status == HTTPStatus.GONE or tries >= MOST_TRIES:
        return Verdict(DeliveryState.DEAD, now)
    wish = min(answer.retry_after or timedelta(), LONGEST_PAUSE)
    return Verdict(DeliveryState.PLANNED, now + max(PAUSES[tries - 1] * (1 + chance / 10), wish))


def gave_up(endpoint: Endpoint, answer: Answer, now: datetime) -> Why | None:
    """Why this receiver is told nothing more; None while it is."""
    if answer.status == HTTPStatus.GONE:
        return Why.GONE
    is_late = endpoint.failing_since is not None and now - endpoint.failing_since >= PATIENCE
    return Why.FAILING if is_late and not answer.is_heard else None
