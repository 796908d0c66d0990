"""What becomes of a message when its time has come, and after each try."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum

from booking.domain.cases import Case
from booking.domain.job_seekers import Channel
from booking.domain.messages import (
    BY_TEXT,
    INVITATIONS,
    REMINDING,
    Message,
    MessageKind,
    MessageState,
    choose_channel,
    of_use_until,
    still_holds,
)
from booking.domain.ways import ways_of
from booking.domain.windows import URGENT, Place

PEOPLE = frozenset({Channel.CALL, Channel.LETTER, Channel.HAND})
# A repeat that the receiver knows by its Message-ID is better than a reminder lost.
RECOGNISABLE = frozenset({Channel.EMAIL})
MOST_TRIES = {Channel.SMS: 5, Channel.EMAIL: 8}
MOST_DOUBTS = 3
SHORTEST_PAUSE = timedelta(seconds=30)
LONGEST_PAUSE = timedelta(minutes=30)
# Whoever is booked while he sits there may be told at once, whatever the hour.
FRESH = timedelta(hours=1)
AT_ONCE = (MessageKind.CONFIRMATION, MessageKind.WAITLISTED, *INVITATIONS, *BY_TEXT)
# This close to its end a message no longer waits for a channel that is out of order.
PRESSING = timedelta(hours=12)


class Outcome(StrEnum):
    """How a try ended; ``refused`` and ``gave_up`` end the channel for this message."""

    ACCEPTED = "accepted"
    FAILED = "failed"
    REFUSED = "refused"
    GAVE_UP = "gave_up"
    IN_DOUBT = "in_doubt"


FINAL = (Outcome.REFUSED, Outcome.GAVE_UP)


@dataclass(frozen=True, slots=True)
class Verdict:
    """The next state of a message; without ``due_at`` the time stays, and what was not tried counts as no try."""

    state: MessageState
    channel: Channel | None = None
    reason: str | None = None
    due_at: datetime | None = None
    was_tried: bool = True


@dataclass(frozen=True, slots=True)
class Channels:
    """The machine channels of this installation, and until when some of them rest."""

    machines: frozenset[Channel] = frozenset()
    resting: Mapping[Channel, datetime] | None = None

    @property
    def deliverable(self) -> frozenset[Channel]:
        """Machines and people."""
        return self.machines | PEOPLE

    def rest_of(self, channel: Channel, now: datetime) -> datetime | None:
        """When this channel may be tried again; None when it may be now."""
        until = (self.resting or {}).get(channel)
        return until if until and until > now else None


def when_due(message: Message, case: Case, used_up: Collection[Channel], channels: Channels, now: datetime) -> Verdict:
    """Send it, leave it to a person, put it off until the window opens, or say nothing, and why."""
    if not still_holds(message, case.booking, case.session):
        return Verdict(MessageState.SUPERSEDED, reason="changed")
    if message.not_after <= now:
        return Verdict(MessageState.EXPIRED, reason="too-late")
    ways = [one for one in ways_of(message.kind, case.person, case.policy) if one not in used_up]
    channel = _choose(message, case, ways, channels, now)
    if channel is None:
        return _nobody_reached(message, used_up, set(ways) & channels.machines)
    if channel in PEOPLE:
        return Verdict(MessageState.TO_DO, channel)
    return _by_machine(message, channel, case.place, channels, now)


def _choose(message: Message, case: Case, ways: list[Channel], channels: Channels, now: datetime) -> Channel | None:
    """The first way; of what can wait no longer the first that works, if any does."""
    awake = [one for one in ways if not channels.rest_of(one, now)]
    for among in (awake, ways) if _is_pressing(message, now) else (ways,):
        channel = choose_channel(message.kind, among, channels.deliverable, case.session, case.place, now)
        if channel:
            return channel
    return None


def _is_pressing(message: Message, now: datetime) -> bool:
    return message.not_after - now < PRESSING


def _nobody_reached(message: Message, used_up: Collection[Channel], machines: Collection[Channel]) -> Verdict:
    if message.kind in INVITATIONS:
        return Verdict(MessageState.SUPPRESSED, reason="by-mail-only")
    if message.kind in BY_TEXT:
        return Verdict(MessageState.SUPPRESSED, reason="by-text-only")
    if used_up:
        return Verdict(MessageState.DEAD, reason="every-way-failed")
    # Only a reminder by mail: who has this way has nothing on paper.
    if machines and message.kind in REMINDING:
        return Verdict(MessageState.EXPIRED, reason="too-late")
    return Verdict(MessageState.SUPPRESSED, reason="on-paper-already")


def _by_machine(message: Message, channel: Channel, place: Place, channels: Channels, now: datetime) -> Verdict:
    opens_at = _opens_at(message, channel, place, now)
    if opens_at is None:
        return Verdict(MessageState.EXPIRED, reason="outside-hours")
    rests_until = channels.rest_of(channel, now)
    if opens_at > now:
        return Verdict(MessageState.PLANNED, channel, "outside-hours", max(opens_at, rests_until or now))
    if rests_until:
        # What can wait keeps its time, and so its place in the queue: it leaves as soon as the way is open.
        return Verdict(MessageState.PLANNED, channel, "resting", rests_until if _is_pressing(message, now) else None)
    return Verdict(MessageState.SENDING, channel)


def _opens_at(message: Message, channel: Channel, place: Place, now: datetime) -> datetime | None:
    """When it may leave, from now on; None for a reminder that would have to leave at night to be of use.

    Rather in the evening by the way that it has than in the morning, when this way would come too late.
    """
    if message.kind in (*REMINDING, MessageKind.ABSENCE_FOLLOWUP):
        opening = [place.later(now, window) for window in (place.ordinary, URGENT)]
        ends = (of_use_until(message, channel), message.not_after)
        return next((at for end in ends for at in opening if at < end), None)
    if now - message.created_at < FRESH and message.kind in AT_ONCE:
        return now
    opens_at = place.later(now, URGENT)
    return opens_at if opens_at < message.not_after else now


def after_failure(
    message: Message, tries: int, now: datetime, chance: float, retry_after: timedelta | None = None
) -> tuple[Verdict, Outcome]:
    """Again later while that makes sense, otherwise by the next channel at once.

    ``tries`` counts the failures on this channel, this one included; ``chance`` between 0 and 1 spreads the pauses.
    """
    most = MOST_TRIES.get(message.channel or Channel.EMAIL, 1)
    longest = min(LONGEST_PAUSE, SHORTEST_PAUSE * 3 ** min(tries, most))
    pause = max(SHORTEST_PAUSE + chance * (longest - SHORTEST_PAUSE), retry_after or timedelta())
    if tries >= most or now + pause >= message.not_after:
        return Verdict(MessageState.PLANNED, reason="gave-up"), Outcome.GAVE_UP
    return Verdict(MessageState.PLANNED, message.channel, "failed", now + pause), Outcome.FAILED


def after_doubt(
    message: Message, doubts: int, now: datetime, *, knows_repeats: bool = False
) -> tuple[Verdict, Outcome]:
    """Nobody knows whether it left: say it again if a repeat is recognised, or if silence would be worse.

    ``doubts`` counts the tries on this channel that ended like this, this one included; ``knows_repeats`` says that
    the provider still knows the key of this one.
    """
    if message.not_after <= now:
        return Verdict(MessageState.EXPIRED, message.channel, "in-doubt"), Outcome.IN_DOUBT
    is_recognised = knows_repeats or message.channel in RECOGNISABLE
    if message.kind in REMINDING and not is_recognised:
        return Verdict(MessageState.ACCEPTED, message.channel, "in-doubt"), Outcome.IN_DOUBT
    outcome = Outcome.GAVE_UP if doubts >= MOST_DOUBTS else Outcome.IN_DOUBT
    return Verdict(MessageState.PLANNED, message.channel, "in-doubt", now), outcome
