"""The ways out of this installation, and how each provider may be called."""

from collections.abc import Mapping

from booking.delivery.letters import Delivery, Outgoing, Receipt
from booking.domain.gates import Limits, Terms
from booking.domain.job_seekers import Channel
from booking.domain.sending import Channels

# How many letters one worker hands over at once: all of them are in doubt when it vanishes.
WITHOUT_KEY, WITH_KEY, BY_MAIL = 10, 25, 50


class Deliveries:
    """One delivery a channel at most; none at all leaves everything to people. Without ``limits`` there are none."""

    def __init__(self, *deliveries: Delivery, limits: Mapping[Channel, Limits] | None = None) -> None:
        self._by_channel = {delivery.channel: delivery for delivery in deliveries}
        self.terms = {one.channel: _terms(one, (limits or {}).get(one.channel, Limits())) for one in deliveries}

    @property
    def channels(self) -> Channels:
        """What there is; whether it works is for the gates to say."""
        return Channels(frozenset(self._by_channel))

    def by(self, channel: Channel | None) -> Delivery | None:
        """The way out of this name, if there is one."""
        return self._by_channel.get(channel) if channel else None

    def provider(self, channel: Channel) -> str:
        """What the provider of this channel is called."""
        return self.terms[channel].name if channel in self.terms else channel.value

    async def send(self, letter: Outgoing) -> Receipt:
        """By the letter's channel; raises :class:`DeliveryFailed`."""
        return await self._by_channel[letter.channel].send(letter)

    async def close(self) -> None:
        """Let go of every connection."""
        for delivery in self._by_channel.values():
            await delivery.close()


def knows_repeats(delivery: Delivery | None) -> bool:
    """Whether a letter that is handed over twice reaches the person once."""
    return bool(getattr(delivery, "knows_repeats", False))


def _terms(delivery: Delivery, limits: Limits) -> Terms:
    by_mail = BY_MAIL if delivery.channel is Channel.EMAIL else WITHOUT_KEY
    return Terms(
        name=getattr(delivery, "provider", delivery.channel.value),
        rate=limits.rate,
        burst=limits.burst,
        a_day=limits.a_day,
        group=WITH_KEY if delivery.channel is Channel.SMS and knows_repeats(delivery) else by_mail,
    )
