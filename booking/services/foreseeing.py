"""What would leave at a time to come, by the rules of the sender itself; nothing is taken, written or sent."""

from collections import Counter
from collections.abc import AsyncIterator, Awaitable, Callable
from dataclasses import dataclass
from datetime import datetime, timedelta
from functools import partial
from uuid import UUID

from booking.domain.job_seekers import Channel
from booking.domain.messages import Message, MessageKind, MessageState
from booking.domain.sending import Channels, Verdict
from booking.domain.sites import Site
from booking.services.judging import judge, look_up
from booking.storage import agencies, foreseen
from booking.storage.database import Database, Tx

PAGE = 500
HOUR = timedelta(hours=1)
Page = Callable[[foreseen.Place | None, int], Awaitable[list[tuple[Message, bool]]]]


@dataclass(frozen=True, slots=True)
class Fate:
    """What becomes of some messages: ``sending`` leaves by machine, ``to_do`` is left to people, ``planned`` waits
    until ``until``. The agency is the person's own."""

    state: MessageState
    kind: MessageKind
    channel: Channel | None
    agency_id: UUID
    reason: str | None
    until: datetime | None


@dataclass(frozen=True, slots=True)
class Foreseen:
    """``then`` is done at that time, ``soon`` in the hour after it, each at its own time.

    ``overdue`` are those of ``then`` that should have left before: had a sender run, they would be gone by then.
    """

    then: Counter[Fate]
    soon: Counter[Fate]
    overdue: int
    agencies: dict[UUID, str]


async def foresee(db: Database, channels: Channels, at: datetime, site: Site | None = None) -> Foreseen:
    """What a sender that begins at this time would do with all that is planned now.

    Without a ``site`` nobody knows which addresses are not wanted.
    """
    then: Counter[Fate] = Counter()
    soon: Counter[Fate] = Counter()
    overdue = 0
    async with db.reading() as tx:
        async for message, verdict in _judged(tx, partial(foreseen.due, tx, at), channels, at, site):
            then[_fate(message, verdict)] += 1
            overdue += message.due_at < at
        async for message, verdict in _judged(tx, partial(foreseen.soon, tx, at, at + HOUR), channels, at, site):
            soon[_fate(message, verdict)] += 1
        whose = {fate.agency_id for fate in (*then, *soon)}
        names = {agency.id: agency.name for agency in await agencies.some(tx, whose)}
    return Foreseen(then, soon, overdue, names)


async def _judged(
    tx: Tx, page: Page, channels: Channels, at: datetime, site: Site | None
) -> AsyncIterator[tuple[Message, Verdict]]:
    """Each message at its time, or at this one if it is late already."""
    after = None
    while found := await page(after, PAGE):
        known = await look_up(tx, [message for message, _ in found], channels, at, site)
        for message, is_double in found:
            then = max(message.due_at, at)
            yield message, _swept(message, is_double, then) or judge(message, known, channels, then)
        after = (found[-1][0].due_at, found[-1][0].id)


def _swept(message: Message, is_double: bool, now: datetime) -> Verdict | None:
    """What the sweep before each claim ends, which asks nothing else."""
    if message.not_after <= now:
        return Verdict(MessageState.EXPIRED, reason="too-late")
    return Verdict(MessageState.COALESCED, reason="later-due") if is_double else None


def _fate(message: Message, verdict: Verdict) -> Fate:
    return Fate(verdict.state, message.kind, verdict.channel, message.agency_id, verdict.reason, verdict.due_at)
