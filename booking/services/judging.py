"""What becomes of messages whose time has come: the same judgement for who sends and for who only asks."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from uuid import UUID

from booking.domain import restraint
from booking.domain import sending as rules
from booking.domain.cases import Case
from booking.domain.job_seekers import Channel
from booking.domain.messages import INVITATIONS, Message, MessageKind, MessageState
from booking.domain.sending import FINAL, Channels, Verdict
from booking.domain.sites import Site
from booking.services import invited, second_thoughts
from booking.services.invited import Brought
from booking.services.suppressing import NOBODY_REFUSES, Refusals, of_people
from booking.storage import attempts, cases
from booking.storage.attempts import Tries
from booking.storage.database import Tx

# Whom to look for after an absence, and a thank-you for a text, are for people who are called.
NOT_TO_COLLEAGUES = (MessageKind.ABSENCE_FOLLOWUP, MessageKind.NO_NOTED)


@dataclass(frozen=True, slots=True)
class Known:
    """All that a judgement needs: the case of each booking, the tries and the calendar entry of each message."""

    cases: Mapping[UUID, Case]
    tries: Mapping[UUID, Tries]
    entries: Mapping[UUID, Brought]
    refusals: Refusals = NOBODY_REFUSES
    useless: Mapping[UUID, str] = field(default_factory=dict)
    enough: frozenset[UUID] = frozenset()


async def look_up(
    tx: Tx, messages: Sequence[Message], channels: Channels, now: datetime, site: Site | None = None
) -> Known:
    """What is known now of these messages; changes nothing."""
    known = await cases.load_many(tx, {message.booking_id for message in messages})
    past = await attempts.past(tx, [message.id for message in messages if message.attempts])
    mailed = Channel.EMAIL in channels.machines
    entries = await invited.brought(tx, messages, known, now) if mailed else {}
    refusals = await of_people(tx, [case.person for case in known.values()], site) if site else NOBODY_REFUSES
    useless = await second_thoughts.useless(tx, messages, now)
    days = {case.person.id: case.place.begin_of_day(now) for case in known.values()}
    return Known(known, past, entries, refusals, useless, await second_thoughts.enough(tx, messages, days))


def judge(message: Message, known: Known, channels: Channels, now: datetime) -> Verdict:
    """Send it, leave it to a person, put it off, or say nothing, and why."""
    if message.id in known.useless:
        return Verdict(MessageState.SUPPRESSED, reason=known.useless[message.id])
    case = known.cases[message.booking_id]
    if case.person.staff_id:
        return _to_colleague(message, case, known, channels, now)
    return _to_job_seeker(message, case, known, channels, now)


def _to_colleague(message: Message, case: Case, known: Known, channels: Channels, now: datetime) -> Verdict:
    """By mail or not at all: nobody calls a colleague, or hands him a letter, for what stands on his own page."""
    if message.kind in NOT_TO_COLLEAGUES:
        return Verdict(MessageState.SUPPRESSED, reason="on-his-page")
    verdict = _to_job_seeker(message, case, known, channels, now)
    is_left_to_people = verdict.state is MessageState.TO_DO or verdict.reason == "on-paper-already"
    return Verdict(MessageState.SUPPRESSED, reason="on-his-page") if is_left_to_people else verdict


def _to_job_seeker(message: Message, case: Case, known: Known, channels: Channels, now: datetime) -> Verdict:
    used_up = {channel for channel, outcome in known.tries.get(message.id, ()) if outcome in FINAL}
    refused = known.refusals.of(case.person.id)
    verdict = rules.when_due(message, case, used_up | refused, channels, now)
    if verdict.state is MessageState.DEAD and refused and not used_up:
        return Verdict(MessageState.SUPPRESSED, reason="not-wanted")
    is_leaving = verdict.state is MessageState.SENDING
    if is_leaving and message.id in known.enough:
        return restraint.tomorrow(message, verdict, case.place, now)
    if is_leaving and message.kind in INVITATIONS and message.id not in known.entries:
        return Verdict(MessageState.SUPPRESSED, verdict.channel, "nothing-to-say")
    return verdict
