"""What was said, what will be, and the same words on paper."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from booking.documents.messages import Words, kind_of_letter, words_in
from booking.documents.spoken_to import language_of
from booking.domain.cases import Case
from booking.domain.errors import NotFound
from booking.domain.job_seekers import Channel
from booking.domain.languages import FRENCH
from booking.domain.messages import Message, MessageKind, MessageState, choose_channel
from booking.domain.sending import PEOPLE
from booking.domain.sites import Site
from booking.domain.staff import Right, Staff
from booking.domain.ways import ways_of
from booking.domain.wordings import Wordings
from booking.services.suppressing import of_people
from booking.storage import cases, outbox, wordings
from booking.storage.database import Database
from calendars.zones import wall


@dataclass(frozen=True, slots=True)
class Letter:
    """A text to print and hand over, the same in French, and all that stands around it."""

    words: Words
    case: Case
    in_french: Words


@dataclass(frozen=True, slots=True)
class Said:
    """A message of a booking. ``channel`` is what it took or, while planned, would take as the person is known now;
    None reaches nobody. ``due_at`` is the wall time of the place.
    """

    message: Message
    channel: Channel | None
    due_at: datetime


def letter_of(
    kind: MessageKind,
    case: Case,
    now: datetime,
    details: Mapping[str, Any] | None,
    own: Wordings,
    language: str | None = None,
) -> Letter:
    """A message on paper: one page, a file of many letters and the archive have their words from here."""
    said = (kind, case, now, details, None, own)
    return Letter(words_in(language or language_of(case.person), *said), case, words_in(FRENCH, *said))


async def letter(
    db: Database,
    booking_id: UUID,
    *,
    message_id: UUID | None = None,
    language: str | None = None,
    by: Staff,
    now: datetime,
) -> Letter:
    """This message of a booking on paper; without one, what it is confirmed with, whichever channel it has, or the word
    after an absence that waits to be printed; raises :class:`NotFound`.

    In the person's language, unless another is asked for.
    """
    async with db.reading() as tx:
        case = await cases.load(tx, booking_id)
        by.must(Right.REACH, case.booking.agency_id)
        said = await outbox.of_booking(tx, booking_id)
        own = await wordings.newest(tx, [case.booking.agency_id])
    meant = _meant(said, message_id)
    kind = meant.kind if meant else kind_of_letter(case)
    details = meant.details if meant else next((one.details for one in reversed(said) if one.kind is kind), None)
    return letter_of(kind, case, now, details, own, language)


def _meant(said: Sequence[Message], message_id: UUID | None) -> Message | None:
    """The message that is asked for, or a question after an absence that waits."""
    if message_id is None:
        asked = MessageKind.ABSENCE_FOLLOWUP
        return next((one for one in reversed(said) if one.kind is asked and one.state is MessageState.TO_DO), None)
    found = next((one for one in said if one.id == message_id), None)
    if found is None:
        raise NotFound(message_id=message_id)
    return found


async def of_booking(
    db: Database,
    booking_id: UUID,
    *,
    machines: Collection[Channel],
    by: Staff,
    now: datetime,
    site: Site | None = None,
) -> list[Said]:
    """What was said about a booking and what leaves when, by time; raises :class:`NotFound`.

    ``machines`` are the channels that need nobody: ``deliveries.channels.machines``. Without a ``site`` nobody knows
    which ways are closed.
    """
    async with db.reading() as tx:
        case = await cases.load(tx, booking_id)
        by.must(Right.SEE_PEOPLE, case.booking.agency_id)
        found = await outbox.of_booking(tx, booking_id)
        closed = (await of_people(tx, [case.person], site)).of(case.person.id) if site else frozenset()
    return [
        Said(message, channel_of(message, case, machines, now, closed), wall(message.due_at, case.agency.time_zone))
        for message in found
    ]


def channel_of(
    message: Message, case: Case, machines: Collection[Channel], now: datetime, closed: Collection[Channel] = ()
) -> Channel | None:
    """What a message took or, while planned, would take as the person is known now."""
    if message.state is not MessageState.PLANNED:
        return message.channel
    then = max(message.due_at, now)
    ways = [way for way in ways_of(message.kind, case.person, case.policy) if way not in closed]
    return choose_channel(message.kind, ways, PEOPLE | set(machines), case.session, case.place, then)
