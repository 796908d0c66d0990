"""How surely each channel reaches people: what left, what arrived, what did not, over thirty days."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from uuid import UUID

from booking.domain.job_seekers import Channel
from booking.domain.messages import MessageState
from booking.domain.sending import Outcome
from booking.domain.staff import Right, Staff
from booking.services.to_do import agencies_within_reach
from booking.storage import delivery_rates
from booking.storage.database import Database

SPAN = timedelta(days=30)


@dataclass(frozen=True, slots=True, kw_only=True)
class Rate:
    """One channel. ``arrived`` are those of ``sent`` of which it is known; ``done`` is what people did; ``refused``
    and ``gave_up`` are tries that ended this channel for their message."""

    channel: Channel
    sent: int = 0
    arrived: int = 0
    done: int = 0
    waiting: int = 0
    refused: int = 0
    gave_up: int = 0

    @property
    def tried(self) -> int:
        """How often it came to an end, one way or the other."""
        return self.sent + self.done + self.refused + self.gave_up

    @property
    def percent(self) -> int | None:
        """How many of a hundred left or were done; None before the first."""
        return round(100 * (self.sent + self.done) / self.tried) if self.tried else None


async def rates(db: Database, agency_id: UUID | None, *, by: Staff, now: datetime) -> list[Rate]:
    """Of the messages written in the last thirty days in one agency, or in all of one's own; one line a channel.

    Raises :class:`NotAllowed`, :class:`NotFound`.
    """
    by.must_somewhere(Right.REACH)
    if agency_id:
        by.must(Right.REACH, agency_id)
    within = [agency_id] if agency_id else agencies_within_reach(by)
    async with db.reading() as tx:
        states = await delivery_rates.by_state(tx, within, now - SPAN)
        failures = await delivery_rates.by_failure(tx, within, now - SPAN)
    return [
        Rate(
            channel=channel,
            arrived=states.get((channel, MessageState.DELIVERED), 0),
            sent=sum(states.get((channel, state), 0) for state in (MessageState.ACCEPTED, MessageState.DELIVERED)),
            done=states.get((channel, MessageState.DONE), 0),
            waiting=states.get((channel, MessageState.TO_DO), 0),
            refused=failures.get((channel, Outcome.REFUSED), 0),
            gave_up=failures.get((channel, Outcome.GAVE_UP), 0),
        )
        for channel in Channel
    ]
