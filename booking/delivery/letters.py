"""What a delivery takes, what it answers, and the ways in which it may fail."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Protocol

from booking.domain.gates import Trouble
from booking.domain.job_seekers import Channel
from calendars.invitations import Invitation


@dataclass(frozen=True, slots=True, kw_only=True)
class Outgoing:
    """Something to say, ready to leave. ``key`` stays the same for every try, so that a repeat can be recognised.

    A mail may bring an entry for the receiver's calendar, an ``invitation``; ``first_key`` is then the mail that was
    the first to do so. After ``not_after`` it is of no use. What is said in another ``language`` than French may
    have the French below a line with a dash.
    """

    key: str
    channel: Channel
    address: str
    subject: str
    body: str
    written_at: datetime
    invitation: Invitation | None = None
    first_key: str | None = None
    not_after: datetime | None = None
    language: str = "fr"


@dataclass(frozen=True, slots=True)
class Receipt:
    """The provider has it; ``reference`` is the provider's own."""

    reference: str = ""


class DeliveryFailed(Exception):
    """The provider does not have it."""


class TemporaryFailure(DeliveryFailed):
    """Not now; trying again later may do. ``retry_after`` is the provider's wish, if it has one."""

    def __init__(self, why: str, retry_after: timedelta | None = None) -> None:
        super().__init__(why)
        self.retry_after = retry_after


class Unreachable(TemporaryFailure):
    """Nobody answers at the provider's, so the other letters may as well wait."""


class InDoubt(Unreachable):
    """The provider was told and did not answer: it may have the letter, and would not know a repeat."""


class PermanentFailure(DeliveryFailed):
    """Never by this way: no such address, or not wanted there."""


class Misconfigured(DeliveryFailed):
    """The provider takes nothing at all from us (a wrong password, no credit), whatever the letter."""

    def __init__(self, why: str, trouble: Trouble = Trouble.REFUSED) -> None:
        super().__init__(why)
        self.trouble = trouble


class Delivery(Protocol):
    """A way out. ``send`` may be called several times at once."""

    channel: Channel

    async def send(self, letter: Outgoing) -> Receipt:
        """Hand the letter to the provider; raises :class:`DeliveryFailed`."""

    async def close(self) -> None:
        """Let go of every connection."""
