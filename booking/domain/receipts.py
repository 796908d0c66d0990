"""What a provider tells afterwards of a text message: it arrived, it did not, or somebody answered it."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum
from uuid import UUID

from booking.domain.messages import Message, MessageState
from booking.domain.sending import Outcome

# A receipt may be faster than the worker that writes down what it is about.
PATIENCE = timedelta(hours=1)
LONGEST_EVENT = 200
# The provider of what comes back into the mailbox of replies.
MAIL = "mail"


class Fate(StrEnum):
    """``unreachable`` is for good: this address takes nothing; ``failed`` is this message only."""

    DELIVERED = "delivered"
    FAILED = "failed"
    UNREACHABLE = "unreachable"


class Applied(StrEnum):
    """What became of a receipt."""

    APPLIED = "applied"
    KNOWN = "known"
    UNKNOWN = "unknown"


@dataclass(frozen=True, slots=True, kw_only=True)
class Report:
    """A message's fate, by the provider's ``reference`` or by our own ``key``; ``event`` is the same when told twice.

    For a mail the ``reference`` is the keyed hash of the address that it came back from.
    """

    event: str
    fate: Fate
    reference: str | None = None
    key: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Heard:
    """What somebody wrote by text message: ``number`` as the provider writes it."""

    event: str
    number: str
    body: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Receipt:
    """A report as it was taken, not applied yet."""

    id: UUID
    provider: str
    event: str
    fate: Fate
    reference: str | None
    message_key: str | None
    received_at: datetime


@dataclass(frozen=True, slots=True)
class Change:
    """What a receipt changes: the state of the message, and how its last try is now known to have ended."""

    state: MessageState | None = None
    outcome: Outcome | None = None
    is_address_lost: bool = False


def change_of(fate: Fate, message: Message, outcome: Outcome, now: datetime) -> Change | None:
    """What a receipt about the last try by text changes; None when nothing, whatever came first.

    ``outcome`` is how that try ended as far as it is known. A message that arrived has arrived, whatever is told later;
    one that did not goes on by the next way, or is dead where it came too late for one.
    """
    is_open = outcome in (Outcome.ACCEPTED, Outcome.IN_DOUBT)
    if not is_open or message.state is MessageState.DELIVERED:
        return None
    waits_again = message.state is MessageState.PLANNED and outcome is Outcome.IN_DOUBT
    was_last = message.state is MessageState.ACCEPTED or waits_again
    if fate is Fate.DELIVERED:
        return Change(MessageState.DELIVERED, Outcome.ACCEPTED) if was_last else None
    ended = Outcome.REFUSED if fate is Fate.UNREACHABLE else Outcome.GAVE_UP
    again = MessageState.PLANNED if message.not_after > now else MessageState.DEAD
    return Change(again if was_last else None, ended, is_address_lost=fate is Fate.UNREACHABLE)
