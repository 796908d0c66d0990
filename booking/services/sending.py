"""Send what is due: a message is claimed, judged, begun, handed over, and settled; a crash at any point loses none."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from uuid import UUID, uuid4

import structlog

from booking.delivery.deliveries import Deliveries
from booking.delivery.letters import InDoubt, Outgoing
from booking.documents.messages import Words, words
from booking.documents.texts import Text, text
from booking.domain.cases import Case
from booking.domain.job_seekers import Channel
from booking.domain.links import proof
from booking.domain.messages import Message, MessageState
from booking.domain.sending import Outcome, Verdict
from booking.domain.sites import Site
from booking.domain.suppressions import mark_of
from booking.domain.turns import Turns
from booking.domain.wordings import Wordings
from booking.services import invited, passing
from booking.services.asking import can_be_asked
from booking.services.concluding import Begun, conclude
from booking.services.handing_over import Answer, hand_over, stopwatch
from booking.services.invited import Brought
from booking.services.judging import judge, look_up
from booking.services.passing import Passage
from booking.services.queueing import Queue
from booking.storage import attempts, outbox, sent_texts, wordings
from booking.storage.attempts import Attempt, End, Tries, failures
from booking.storage.database import Database, Tx, again_when_contended
from booking.storage.sent_texts import SentText

LEASE = timedelta(seconds=60)
GROUP = 50
LATER_DUE = Verdict(MessageState.COALESCED, reason="later-due")
log = structlog.get_logger()


@dataclass(frozen=True, slots=True)
class Batch:
    """What one worker claimed at once, and what of it leaves by machine."""

    token: UUID
    claimed: list[Message]
    begun: list[Begun]
    passage: Passage
    asked: frozenset[Channel]

    def is_asked(self, channel: Channel) -> bool:
        """Whether the provider of this channel can be asked what it took: it stays in doubt until then."""
        return channel in self.asked


async def send_due(
    db: Database, deliveries: Deliveries, now: datetime, *, site: Site, most: int = GROUP, turns: Turns | None = None
) -> int:
    """Send a group of messages that are due, or leave them to people; returns how many were looked at.

    Call it again, with the same ``turns``, while it returns more than zero. Safe at any number of workers at once.
    """
    async with db.reading() as tx:
        if not await outbox.is_due(tx, now):
            return 0
    clock = stopwatch(now)
    turns = turns or Turns()
    batch = await _begin(db, deliveries, now, site, most, turns.over)
    if not batch.claimed and turns.over:
        turns.begin_again()
        batch = await _begin(db, deliveries, now, site, most, turns.over)
    turns.count(batch.claimed)
    answers = await hand_over(deliveries, [one.letter for one in batch.begun], clock)
    if batch.begun:
        await _settle(db, batch, answers, clock())
    return len(batch.claimed)


@again_when_contended
async def _begin(
    db: Database, deliveries: Deliveries, now: datetime, site: Site, most: int, over: frozenset[UUID]
) -> Batch:
    token = uuid4()
    async with db.transaction() as tx:
        passage = await passing.look(tx, deliveries, now)
        claimed = await outbox.claim(tx, now, token, LEASE, most, passage.spared(over))
        begun = await _judge(tx, token, claimed, passage, now, site) if claimed else []
    asked = frozenset(channel for channel in deliveries.terms if can_be_asked(deliveries, channel))
    return Batch(token, claimed, begun, passage, asked)


async def _judge(
    tx: Tx, token: UUID, claimed: list[Message], passage: Passage, now: datetime, site: Site
) -> list[Begun]:
    """Settle what needs no machine; commit to sending the rest."""
    channels = passage.channels
    known = await look_up(tx, claimed, channels, now, site)
    own = await wordings.newest(tx, {message.agency_id for message in claimed})
    verdicts = dict.fromkeys(await outbox.doubled(tx, claimed, now), LATER_DUE)
    begun: list[Begun] = []
    queue = Queue(passage)
    for message in claimed:
        if message.id in verdicts:
            continue
        try:
            verdict = queue.judged(judge(message, known, channels, now))
            if verdict.state is MessageState.SENDING and verdict.channel:
                case, tries = known.cases[message.booking_id], known.tries.get(message.id, [])
                entry = known.entries.get(message.id) if verdict.channel is Channel.EMAIL else None
                begun.append(_written(message, case, verdict.channel, tries, entry, now, site, own))
                continue
        # What cannot be judged, or put into words, must not keep the others back.
        except Exception:
            log.exception("message has no words", message_id=str(message.id))
            verdict = Verdict(MessageState.DEAD, message.channel, "no-words")
        verdicts[message.id] = verdict
    begun = await queue.let_through(tx, begun, verdicts)
    await outbox.settle(tx, token, verdicts, now)
    await attempts.begin(tx, token, [one.attempt for one in begun])
    await sent_texts.keep(tx, [one.said for one in begun])
    await invited.keep(tx, [one.message for one in begun if one.letter.invitation], known.entries)
    return begun


def _written(
    message: Message,
    case: Case,
    channel: Channel,
    tries: Tries,
    entry: Brought | None,
    now: datetime,
    site: Site,
    own: Wordings,
) -> Begun:
    # A repeat of a mail with an entry is the same to the last byte.
    said_at = entry.said_at if entry else now
    told, details = entry.narrowed(message, case) if entry else (case, message.details)
    about = (message.kind, told, said_at, details, site, own)
    said = _short(text(*about)) if channel is Channel.SMS else words(*about)
    address = (case.person.email if channel is Channel.EMAIL else case.person.phone) or ""
    letter = Outgoing(
        key=str(message.id),
        channel=channel,
        address=address,
        subject=said.subject,
        body=said.body,
        written_at=said_at,
        invitation=entry.invitation(case, site) if entry else None,
        first_key=entry.first_key if entry else None,
        not_after=message.not_after,
        language=said.language,
    )
    attempt = Attempt(
        message_id=message.id,
        n=message.attempts + 1,
        channel=channel,
        template=said.template,
        address_hash=mark_of(case.person, address),
        provider_key=letter.key,
        started_at=now,
    )
    before = (failures(tries, channel, outcome) for outcome in (Outcome.FAILED, Outcome.IN_DOUBT))
    return Begun(message, letter, attempt, _kept(attempt, said, proof(case.booking, site)), *before)


def _short(said: Text) -> Words:
    return Words("", said.body, said.template, said.language)


def _kept(attempt: Attempt, said: Words, secret: str) -> SentText:
    """What is said, but for the proof in the person's own link: no database gives that away."""
    return SentText(
        message_id=attempt.message_id,
        n=attempt.n,
        subject=said.subject,
        body=said.body.replace(secret, "…"),
        template=said.template,
        language=said.language,
        kept_at=attempt.started_at,
    )


@again_when_contended
async def _settle(db: Database, batch: Batch, answers: list[Answer], now: datetime) -> None:
    judged = {
        one.message.id: conclude(one, answer, now, is_trying=batch.passage.is_trying(one.attempt.channel))
        for one, answer in zip(batch.begun, answers, strict=True)
        if not (isinstance(answer, InDoubt) and batch.is_asked(one.attempt.channel))
    }
    async with db.transaction() as tx:
        verdicts = {message_id: verdict for message_id, (verdict, _) in judged.items()}
        ours = await outbox.settle(tx, batch.token, verdicts, now)
        await attempts.end(tx, [end for message_id, (_, end) in judged.items() if end and message_id in ours], now)
        await attempts.forget(tx, _untried(judged, ours))
        await sent_texts.drop(tx, _untried(judged, ours))
        await invited.follow(tx, _sent_by_mail(batch, verdicts, ours), now)
        await passing.tell(tx, batch.passage, [one.letter for one in batch.begun], answers)


def _sent_by_mail(batch: Batch, verdicts: Mapping[UUID, Verdict], ours: set[UUID]) -> list[Message]:
    begun = (one for one in batch.begun if one.message.id in ours and one.attempt.channel is Channel.EMAIL)
    return [one.message for one in begun if verdicts[one.message.id].state is MessageState.ACCEPTED]


def _untried(judged: Mapping[UUID, tuple[Verdict, End | None]], ours: set[UUID]) -> list[UUID]:
    return [message_id for message_id, (_, end) in judged.items() if end is None and message_id in ours]
