"""What only a person can say or hand over: the list "à imprimer, à appeler", and ticking it off."""

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from booking.documents.messages import Words, script, words
from booking.documents.pdf.letters import in_print
from booking.domain.cases import Case
from booking.domain.errors import InvalidField, StaleEdit
from booking.domain.evidence import Evidence
from booking.domain.job_seekers import Channel
from booking.domain.messages import Message, MessageState, still_holds
from booking.domain.staff import ROLES_WITH, Right, Staff
from booking.domain.wordings import Wordings
from booking.services import filing
from booking.services.messages import letter_of
from booking.storage import attempts, audit, cases, outbox, sent_texts, wordings
from booking.storage.attempts import Attempt
from booking.storage.database import Database, Tx
from booking.storage.sent_texts import SentText

NOT_REACHED, HANDED_OVER = "not-reached", "handed-over"
OUTCOMES = {
    Channel.CALL: ("reached", "message-left", NOT_REACHED),
    Channel.LETTER: ("posted", HANDED_OVER),
    Channel.HAND: (HANDED_OVER,),
}


@dataclass(frozen=True, slots=True, kw_only=True)
class ToDo:
    """One thing to do. ``script`` is what to say on the phone, None for paper; ``message.attempts`` counts calls."""

    message: Message
    case: Case
    words: Words
    script: str | None

    @property
    def outcomes(self) -> tuple[str, ...]:
        """How it may end."""
        return OUTCOMES[self.message.channel or Channel.HAND]


async def to_do(db: Database, *, by: Staff, now: datetime, most: int = 500) -> list[ToDo]:
    """What waits in one's agencies, the most pressing first; every agency's for who works for the whole network.

    Raises :class:`NotAllowed`.
    """
    by.must_somewhere(Right.REACH)
    async with db.reading() as tx:
        waiting = await outbox.to_do(tx, agencies_within_reach(by), most)
        known = await cases.load_many(tx, {message.booking_id for message in waiting})
        own = await wordings.newest(tx, {message.agency_id for message in waiting})
    return [_item(message, known[message.booking_id], now, own) for message in waiting]


def agencies_within_reach(by: Staff) -> frozenset[UUID] | None:
    """Where this person tells people things; None is everywhere."""
    if any(agency is None and role in ROLES_WITH[Right.REACH] for agency, role in by.roles):
        return None
    return frozenset(agency for agency in by.agency_ids if by.may(Right.REACH, agency))


def _item(message: Message, case: Case, now: datetime, own: Wordings) -> ToDo:
    said = (message.kind, case, now, message.details)
    if message.channel is Channel.CALL:
        return ToDo(message=message, case=case, words=words(*said, None, own), script=script(*said, own))
    paper = letter_of(*said, own).words
    # The page is printed in a language that the file of many letters has only in French: both are kept.
    is_one = in_print(paper.language) == paper.language
    return ToDo(message=message, case=case, words=paper if is_one else words(*said, None, own), script=None)


async def done(db: Database, message_id: UUID, outcome: str, *, by: Staff, now: datetime) -> Message:
    """Tick it off; a call that reached nobody is noted and stays to do, a paper handed over is noted as evidence.

    Raises :class:`InvalidField` for an outcome this channel does not have, :class:`StaleEdit` when it no longer waits,
    :class:`NotFound`, :class:`NotAllowed`.
    """
    async with db.transaction() as tx:
        message = await _own(tx, message_id, by)
        if outcome not in OUTCOMES.get(message.channel or Channel.HAND, ()):
            raise InvalidField(fields={"outcome": "unknown-choice"})
        if outcome == HANDED_OVER:
            await hand_over(tx, message, by=by, now=now)
        elif outcome == NOT_REACHED:
            await _note_try(tx, message, now)
            await audit.record(tx, by, outcome, "message", message_id, now, message.agency_id, channel=message.channel)
        else:
            await _tick(tx, message, outcome, by, now)
        return await outbox.load(tx, message_id)


async def hand_over(tx: Tx, message: Message, *, by: Staff, now: datetime) -> Evidence:
    """Tick it off as handed over, and note that as evidence. Raises :class:`StaleEdit` when it no longer waits."""
    item = await _tick(tx, message, HANDED_OVER, by, now)
    return await filing.handed_over(tx, item.case, item.words, by=by, now=now, message_id=message.id)


def on_paper(message: Message) -> bool:
    """Whether it may end by being handed over."""
    return HANDED_OVER in OUTCOMES.get(message.channel or Channel.HAND, ())


async def _tick(tx: Tx, message: Message, outcome: str, by: Staff, now: datetime) -> ToDo:
    if not await outbox.do(tx, message.id, by.id, outcome, now):
        raise StaleEdit(message_id=message.id, state=message.state)
    item = await _keep(tx, message, now)
    await audit.record(tx, by, outcome, "message", message.id, now, message.agency_id, channel=message.channel)
    return item


async def undo(db: Database, message_id: UUID, *, by: Staff, now: datetime) -> Message:
    """It was not done after all, and waits again.

    Raises :class:`StaleEdit` when it is not done, or meanwhile no longer true or too late, :class:`EvidenceStands` ten
    minutes after a paper was handed over; :class:`NotFound`.
    """
    async with db.transaction() as tx:
        message = await _own(tx, message_id, by)
        case = await cases.load(tx, message.booking_id)
        is_of_use = still_holds(message, case.booking, case.session) and message.not_after > now
        if not (is_of_use and await untick(tx, message_id)):
            raise StaleEdit(message_id=message_id, state=message.state)
        await filing.undone_of(tx, message_id, message.booking_id, by=by, now=now)
        await audit.record(tx, by, "undone", "message", message_id, now, message.agency_id, channel=message.channel)
        return await outbox.load(tx, message_id)


async def untick(tx: Tx, message_id: UUID) -> bool:
    """It waits again, and its words are forgotten; False when it is not done."""
    is_done = await outbox.undo(tx, message_id)
    await sent_texts.drop(tx, [message_id])
    return is_done


async def _own(tx: Tx, message_id: UUID, by: Staff) -> Message:
    message = await outbox.load(tx, message_id, for_update=True)
    by.must(Right.REACH, message.agency_id)
    return message


async def _keep(tx: Tx, message: Message, now: datetime) -> ToDo:
    """The words that were on the paper, or to be said on the phone."""
    case = await cases.load(tx, message.booking_id)
    item = _item(message, case, now, await wordings.newest(tx, [message.agency_id]))
    said = SentText(
        message_id=message.id,
        n=message.attempts + 1,
        subject=item.words.subject,
        body=item.script or item.words.body,
        template=item.words.template,
        language=item.words.language,
        kept_at=now,
    )
    await sent_texts.keep(tx, [said])
    return item


async def _note_try(tx: Tx, message: Message, now: datetime) -> None:
    if message.state is not MessageState.TO_DO:
        raise StaleEdit(message_id=message.id, state=message.state)
    tried = Attempt(
        message_id=message.id,
        n=message.attempts + 1,
        channel=message.channel or Channel.CALL,
        template="",
        address_hash="",
        provider_key="",
        started_at=now,
    )
    await attempts.add(tx, tried, NOT_REACHED)
