"""What a changed policy changes: the reminders that are wanted, compared with those that are planned."""

from collections.abc import Collection
from dataclasses import dataclass, replace
from datetime import datetime

from booking.domain.messages import REMINDING, Message, MessageState

# Why a reminder was taken back, so that it can be planned again when it is wanted again.
BY_POLICY = "policy"


@dataclass(frozen=True, slots=True)
class Changes:
    """Reminders to plan, to take up again, to move to the time they carry, and to take back."""

    added: tuple[Message, ...] = ()
    revived: tuple[Message, ...] = ()
    moved: tuple[Message, ...] = ()
    removed: tuple[Message, ...] = ()

    @property
    def all(self) -> tuple[Message, ...]:
        """Every reminder that changes."""
        return (*self.added, *self.revived, *self.moved, *self.removed)


def changes(wanted: Collection[Message], kept: Collection[Message], now: datetime) -> Changes:
    """What to do so that the reminders still ahead are those ``wanted``, a plan from scratch.

    ``kept`` is all that is known of the reminders of the same bookings, whatever became of it. What left, was stopped
    by a person or waits for another try stays as it is.
    """
    by_key = {message.dedupe_key: message for message in kept if is_of_a_rule(message)}
    ahead = {message.dedupe_key: message for message in wanted if message.due_at > now}
    keys = {message.dedupe_key for message in wanted}
    known = {key: by_key[key] for key in ahead if key in by_key}
    return Changes(
        added=tuple(message for key, message in ahead.items() if key not in by_key),
        revived=tuple(_at(one, ahead[key]) for key, one in known.items() if was_taken_back(one)),
        moved=tuple(_at(one, ahead[key]) for key, one in known.items() if _is_at_another_time(one, ahead[key])),
        removed=tuple(one for key, one in by_key.items() if key not in keys and _waits(one)),
    )


def is_of_a_rule(message: Message) -> bool:
    """Whether a rule planned it; what is said again by a person has a key of its own."""
    return message.kind in REMINDING and message.dedupe_key.startswith(f"{message.kind}:")


def was_taken_back(message: Message) -> bool:
    """Whether a policy took it back, so that a policy may plan it again."""
    return message.state is MessageState.SUPERSEDED and message.reason == BY_POLICY


def _is_at_another_time(message: Message, wanted: Message) -> bool:
    has_moved = (message.due_at, message.not_after) != (wanted.due_at, wanted.not_after)
    return has_moved and _waits(message) and message.attempts == 0


def _waits(message: Message) -> bool:
    return message.state is MessageState.PLANNED


def _at(message: Message, wanted: Message) -> Message:
    times = {"due_at": wanted.due_at, "not_after": wanted.not_after}
    return replace(message, state=MessageState.PLANNED, reason=None, **times)
