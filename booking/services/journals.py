"""The journal of messages: each with whom it is for, which way it takes, every try, and what may be done about it."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from uuid import UUID

from booking.domain.agencies import Agency
from booking.domain.cases import Case
from booking.domain.errors import NotFound
from booking.domain.job_seekers import Channel
from booking.domain.messages import Message, MessageState
from booking.domain.resending import is_of_use, is_stopped, key_of_copy, may_be_said_again
from booking.domain.sites import Site
from booking.domain.staff import Right, Staff
from booking.services import retrying
from booking.services.messages import channel_of
from booking.services.suppressing import NOBODY_REFUSES, Refusals, of_people
from booking.services.to_do import agencies_within_reach
from booking.storage import agencies, cases, journal, outbox
from booking.storage.database import Database, Tx
from booking.storage.journal import Kept, Sought, Try

STOP, PLAN_AGAIN, SEND_NOW, RESEND = "stop", "plan-again", "send-now", "resend"
# What failed longer ago speaks of a session that is over.
DEAD_FOR = timedelta(days=60)
MOST_DEAD = 500


@dataclass(frozen=True, slots=True, kw_only=True)
class Line:
    """A message of the journal. ``channel`` is what it took or, while planned, would take; ``deeds`` are what this
    person may do about it now; ``is_copied`` says that it was said again by another message."""

    message: Message
    case: Case
    channel: Channel | None
    settled_at: datetime | None
    tries: Sequence[Try]
    is_copied: bool
    deeds: Collection[str]

    @property
    def left_at(self) -> datetime | None:
        """When it went out, or was settled."""
        return next((one.started_at for one in reversed(self.tries) if one.outcome == "accepted"), self.settled_at)


async def find(
    db: Database,
    sought: Sought,
    *,
    machines: Collection[Channel],
    by: Staff,
    now: datetime,
    site: Site | None = None,
) -> list[Line]:
    """The messages of one's agencies that are sought, the latest written first. Without a ``site`` nobody knows which
    ways are closed.

    Raises :class:`NotAllowed`, and :class:`NotFound` for an agency outside one's own.
    """
    by.must_somewhere(Right.REACH)
    for agency_id in sought.agency_ids or ():
        by.must(Right.REACH, agency_id)
    within = sought.agency_ids if sought.agency_ids is not None else agencies_within_reach(by)
    async with db.reading() as tx:
        kept = await journal.find(tx, replace(sought, agency_ids=within))
        return await _lines(tx, kept, machines, by, now, site)


async def show(
    db: Database,
    message_id: UUID,
    *,
    machines: Collection[Channel],
    by: Staff,
    now: datetime,
    site: Site | None = None,
) -> Line:
    """One message; raises :class:`NotFound`, :class:`NotAllowed`."""
    found = await find(db, Sought(message_id=message_id), machines=machines, by=by, now=now, site=site)
    if not found:
        raise NotFound(message_id=message_id)
    return found[0]


async def dead(db: Database, *, by: Staff, now: datetime) -> list[tuple[Agency, int]]:
    """In which of the agencies where one books how many dead messages can be said again."""
    by.must_somewhere(Right.REACH)
    async with db.reading() as tx:
        found = await _dead_of(tx, agencies_within_reach(by), now)
        counted: dict[UUID, int] = {}
        for message in found:
            if by.may(Right.BOOK, message.agency_id):
                counted[message.agency_id] = counted.get(message.agency_id, 0) + 1
        where = await agencies.some(tx, counted.keys()) if counted else []
    return [(agency, counted[agency.id]) for agency in sorted(where, key=lambda agency: agency.name)]


async def _dead_of(tx: Tx, agency_ids: Collection[UUID] | None, now: datetime) -> list[Message]:
    """The dead messages of these agencies that can be said again and were not yet."""
    states, since = [MessageState.DEAD], now - DEAD_FOR
    sought = Sought(agency_ids=agency_ids, states=states, written_from=since, most=MOST_DEAD)
    found = [kept.message for kept in await journal.find(tx, sought)]
    of_use, _ = await retrying.these_of_use(tx, found, now)
    return [message for message, _ in of_use]


async def _lines(
    tx: Tx, kept: Sequence[Kept], machines: Collection[Channel], by: Staff, now: datetime, site: Site | None
) -> list[Line]:
    found = [one.message for one in kept]
    known = await cases.load_many(tx, {message.booking_id for message in found})
    tried = await journal.tries(tx, [message.id for message in found])
    copied = await outbox.known(tx, [key_of_copy(message) for message in found])
    closed = await of_people(tx, [case.person for case in known.values()], site) if site else NOBODY_REFUSES
    return [
        Line(
            message=one.message,
            case=known[one.message.booking_id],
            channel=_channel(one.message, known[one.message.booking_id], machines, now, closed),
            settled_at=one.settled_at,
            tries=tried.get(one.message.id, ()),
            is_copied=key_of_copy(one.message) in copied,
            deeds=_deeds(one.message, known[one.message.booking_id], key_of_copy(one.message) in copied, by, now),
        )
        for one in kept
    ]


def _channel(
    message: Message, case: Case, machines: Collection[Channel], now: datetime, closed: Refusals
) -> Channel | None:
    return channel_of(message, case, machines, now, closed.of(case.person.id))


def _deeds(message: Message, case: Case, is_copied: bool, by: Staff, now: datetime) -> list[str]:
    if not by.may(Right.BOOK, message.agency_id):
        return []
    is_planned = message.state is MessageState.PLANNED
    possible = {
        STOP: is_planned,
        SEND_NOW: is_planned and message.due_at > now,
        PLAN_AGAIN: is_stopped(message) and is_of_use(message, case, now),
        RESEND: not is_copied and may_be_said_again(message, case, now),
    }
    return [deed for deed, is_possible in possible.items() if is_possible]
