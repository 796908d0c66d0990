"""How messages look to programs: with their tries, and what may be done about them."""

from datetime import datetime
from uuid import UUID

import msgspec

from booking.domain.job_seekers import Channel
from booking.domain.messages import MessageKind, MessageState
from booking.services.journals import Line
from booking.services.message_deeds import Hurried


class TryView(msgspec.Struct):
    """One try; ``outcome`` is null while it is under way."""

    channel: Channel
    started_at: datetime
    ended_at: datetime | None
    outcome: str | None
    error: str | None


class LineView(msgspec.Struct, kw_only=True):
    """A message; ``channel`` is what it took or would take, null when it reaches nobody. ``settled_at`` is when it came
    to its end. ``deeds`` are what you may do about it now: stop, plan-again, send-now, resend."""

    id: UUID
    kind: MessageKind
    state: MessageState
    channel: Channel | None
    agency_id: UUID
    booking_id: UUID
    session_id: UUID
    job_seeker_id: UUID
    due_at: datetime
    not_after: datetime
    settled_at: datetime | None
    reason: str | None
    attempts: int
    tries: list[TryView]
    is_copied: bool
    deeds: list[str]

    @classmethod
    def of(cls, line: Line) -> "LineView":
        """The view of this line."""
        message = line.message
        return cls(
            id=message.id,
            kind=message.kind,
            state=message.state,
            channel=line.channel,
            agency_id=message.agency_id,
            booking_id=message.booking_id,
            session_id=message.session_id,
            job_seeker_id=line.case.person.id,
            due_at=message.due_at,
            not_after=message.not_after,
            settled_at=line.settled_at,
            reason=message.reason,
            attempts=message.attempts,
            tries=[TryView(t.channel, t.started_at, t.ended_at, t.outcome, t.error) for t in line.tries],
            is_copied=line.is_copied,
            deeds=list(line.deeds),
        )


class JournalPage(msgspec.Struct):
    """Messages, the latest written first; ``next`` is the address of the next page, or null on the last one."""

    items: list[LineView]
    next: str | None


class HurriedView(msgspec.Struct):
    """What a worker will decide about a message that is due now: ``sending``, ``planned`` until ``leaves_at``,
    ``to_do`` for a person, or not at all and why."""

    id: UUID
    outlook: MessageState
    leaves_at: datetime | None
    reason: str | None

    @classmethod
    def of(cls, hurried: Hurried) -> "HurriedView":
        """The view of what came of it."""
        verdict = hurried.verdict
        return cls(hurried.message.id, verdict.state, verdict.due_at, verdict.reason)


class CopiesView(msgspec.Struct):
    """How many messages were planned anew."""

    count: int
