"""What only a person can say or hand over: the list "à imprimer, à appeler", and ticking it off."""

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from booking.documents.messages import Words, script, words
from booking.domain.cases import Case
from booking.domain.errors import InvalidField, StaleEdit
from booking.domain.job_seekers import Channel
from booking.domain.messages import Message, MessageState, still_holds
from booking.domain.staff import ROLES_WITH, Right, Staff
from booking.domain.wordings import Wordings
from booking.storage import attempts, audit, cases, outbox, sent_texts, wordings
from booking.storage.attempts import Attempt
from booking.storage.database import Database, Tx
from booking.storage.sent_texts import SentText

NOT_REACHED = "not-reached"
OUTCOMES = {
    Channel.CALL: ("reached", "message-left", NOT_REACHED),
    Channel.LETTER: ("posted", "handed-over"),
    Channel.HAND: ("handed-over",),
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
    said = words(message.kind, case, now, message.details, None, own)
    is_call = message.channel is Channel.CALL
    spoken = script(message.kind, case, now, message.details, own) if is_call else None
    return ToDo(message=message, case=case, words=said, script=spoken)


async def done(db: Database, message_id: UUID, outcome: str, *, by: Staff, now: datetime) -> Message:
    """Tick it off; a call that reached nobody is noted and stays to do.

    Raises :class:`InvalidField` for an outcome this channel does not have, :class:`StaleEdit` when it no longer waits,
    :class:`NotFound`, :class:`NotAllowed`.
    """
    async with db.transaction() as tx:
        message = await _own(tx, message_id, by)
        if outcome not in OUTCOMES.get(message.channel or Channel.HAND, ()):
            raise InvalidField(fields={"outcome": "unknown-choice"})
        if outcome == NOT_REACHED:
            await _note_try(tx, message, now)
        elif not await outbox.do(tx, message_id, by.id, outcome, now):
            raise StaleEdit(message_id=message_id, state=message.state)
        else:
            await _keep(tx, message, now)
        await audit.record(tx, by, outcome, "message", message_id, now, message.agency_id, channel=message.channel)
        return await outbox.load(tx, message_id)


async def undo(db: Database, message_id: UUID, *, by: Staff, now: datetime) -> Message:
    """It was not done after all, and waits again.

    Raises :class:`StaleEdit` when it is not done, or meanwhile no longer true or too late; :class:`NotFound`.
    """
    async with db.transaction() as tx:
        message = await _own(tx, message_id, by)
        case = await cases.load(tx, message.booking_id)
        is_of_use = still_holds(message, case.booking, case.session) and message.not_after > now
        if not (is_of_use and await outbox.undo(tx, message_id)):
            raise StaleEdit(message_id=message_id, state=message.state)
        await sent_texts.drop(tx, [message_id])
        await audit.record(tx, by, "undone", "message", message_id, now, message.agency_id, channel=message.channel)
        return await outbox.load(tx, message_id)


async def _own(tx: Tx, message_id: UUID, by: Staff) -> Message:
    message = await outbox.load(tx, message_id, for_update=True)
    by.must(Right.REACH, message.agency_id)
    return message


async def _keep(tx: Tx, message: Message, now: datetime) -> None:
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
