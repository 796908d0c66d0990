"""The ways out of this installation, and which of them rest because their provider fails for every letter."""

from datetime import datetime, timedelta

import structlog

from booking.delivery.letters import Delivery, Outgoing, Receipt
from booking.domain.job_seekers import Channel
from booking.domain.sending import Channels

REST = timedelta(minutes=1)
log = structlog.get_logger()


class Deliveries:
    """One delivery a channel at most; none at all leaves everything to people."""

    def __init__(self, *deliveries: Delivery) -> None:
        self._by_channel = {delivery.channel: delivery for delivery in deliveries}
        self._resting: dict[Channel, datetime] = {}

    @property
    def channels(self) -> Channels:
        """What there is, and what rests."""
        return Channels(frozenset(self._by_channel), dict(self._resting))

    async def send(self, letter: Outgoing) -> Receipt:
        """By the letter's channel; raises :class:`DeliveryFailed`."""
        receipt = await self._by_channel[letter.channel].send(letter)
        if self._resting.pop(letter.channel, None):
            log.info("delivery works again", channel=letter.channel)
        return receipt

    def rest(self, channel: Channel, why: Exception, now: datetime) -> datetime:
        """Leave a channel alone for a minute; said once, until it works again. Returns the end of the rest."""
        if channel not in self._resting:
            log.error("delivery out of order", channel=channel, failure=type(why).__name__, why=str(why))
        self._resting[channel] = now + REST
        return self._resting[channel]

    async def close(self) -> None:
        """Let go of every connection."""
        for delivery in self._by_channel.values():
            await delivery.close()
