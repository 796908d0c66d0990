"""Letters pass the gates of their providers, which are told what came of them; all workers share one gate."""

import re
from collections import Counter
from collections.abc import Awaitable, Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import TypeVar

import structlog

from booking.delivery.deliveries import Deliveries
from booking.delivery.letters import Misconfigured, Outgoing, PermanentFailure, Receipt, Unreachable
from booking.domain.gates import Gate, Terms
from booking.domain.job_seekers import Channel
from booking.domain.sending import Channels
from booking.services.handing_over import Answer, Untried
from booking.storage import gates
from booking.storage.claiming import Spared
from booking.storage.database import Database, Tx, again_when_contended

# What a server says may name whom it is about.
_NAMES = re.compile(r"\S*@\S*|\+?\d[\d .-]{5,}\d")
LONGEST_ERROR = 200
T = TypeVar("T")
Due = Callable[[Tx, datetime], Awaitable[datetime | None]]
log = structlog.get_logger()


@dataclass(frozen=True, slots=True)
class Passage:
    """The gate of each machine channel as it stands at one moment."""

    terms: Mapping[Channel, Terms]
    gates: Mapping[Channel, Gate]
    now: datetime

    @property
    def channels(self) -> Channels:
        """The machines, and until when some of them rest."""
        rests = {channel: self.gates[channel].rests_until(terms, self.now) for channel, terms in self.terms.items()}
        return Channels(frozenset(self.terms), {channel: until for channel, until in rests.items() if until})

    def spared(self, over: Iterable[object] = ()) -> Spared:
        """What there is no use in claiming."""
        resting = frozenset(self.channels.resting or ())
        dry = frozenset(channel for channel in self.terms if not self.room(channel)) - resting
        return Spared(dry, resting, frozenset(over))  # type: ignore[arg-type]

    def room(self, channel: Channel) -> int:
        """How many letters may leave now."""
        return self.gates[channel].room(self.terms[channel], self.now)

    def is_trying(self, channel: Channel) -> bool:
        """Whether a letter only tries if the provider works again."""
        return channel in self.gates and self.gates[channel].is_shut


async def look(tx: Tx, deliveries: Deliveries, now: datetime) -> Passage:
    """How the gates stand; changes nothing."""
    known = await gates.of(tx, [terms.name for terms in deliveries.terms.values()])
    return Passage(deliveries.terms, {channel: known[one.name] for channel, one in deliveries.terms.items()}, now)


async def for_mails(db: Database, deliveries: Deliveries, now: datetime, due: Due) -> Passage | None:
    """The gates where mails may leave and some are ``due``; None where there is nothing to do."""
    if Channel.EMAIL not in deliveries.channels.machines:
        return None
    async with db.reading() as tx:
        passage = await look(tx, deliveries, now)
        is_wanted = passage.room(Channel.EMAIL) and await due(tx, now) is not None
    return passage if is_wanted else None


@again_when_contended
async def begin_mails(
    db: Database, passage: Passage, most: int, claim: Callable[[Tx, int], Awaitable[list[T]]]
) -> list[T]:
    """As many as may leave, ``claim``ed in the same transaction."""
    async with db.transaction() as tx:
        granted = (await take(tx, passage, {Channel.EMAIL: min(most, passage.room(Channel.EMAIL))}))[Channel.EMAIL]
        claimed = await claim(tx, granted)
        await give_back(tx, passage, Channel.EMAIL, granted - len(claimed))
    return claimed


async def take(tx: Tx, passage: Passage, wanted: Mapping[Channel, int]) -> dict[Channel, int]:
    """How many of those wanted may really leave, now that the gates are held; one write a channel."""
    counted = [one for one in wanted if passage.terms[one].is_limited or passage.is_trying(one)]
    held = await gates.hold(tx, [passage.terms[channel].name for channel in counted])
    granted = dict(wanted)
    for channel in sorted(counted):
        terms = passage.terms[channel]
        before = held[terms.name]
        after, granted[channel] = before.taken(wanted[channel], terms, passage.now)
        if after != before:
            await gates.keep(tx, after)
        if after.full_until and not before.full_until:
            log.error("no more letters today", provider=after.name, cap=terms.a_day)
    return granted


async def give_back(tx: Tx, passage: Passage, channel: Channel, unused: int) -> None:
    """Room that was taken and that no letter needs after all."""
    terms = passage.terms[channel]
    if unused and terms.is_limited:
        held = await gates.hold(tx, [terms.name])
        await gates.keep(tx, held[terms.name].given_back(unused, terms))


async def tell(tx: Tx, passage: Passage, letters: Sequence[Outgoing], answers: Sequence[Answer]) -> None:
    """Let the gates know what came of these letters; where all is well they need not be told."""
    news = {
        channel: _News.of(
            [answer for letter, answer in zip(letters, answers, strict=True) if letter.channel is channel]
        )
        for channel in sorted({letter.channel for letter in letters})
    }
    told = [one for one, said in news.items() if said.matters(passage.gates[one], passage.terms[one])]
    held = await gates.hold(tx, [passage.terms[channel].name for channel in told])
    for channel in told:
        terms = passage.terms[channel]
        before = held[terms.name]
        await gates.keep(tx, after := news[channel].after(before, terms, passage.now))
        _report(before, after)


@dataclass(frozen=True, slots=True)
class _News:
    """What came of some letters by one channel."""

    took: int
    untried: int
    silent: int
    fault: Misconfigured | None
    error: str

    @classmethod
    def of(cls, answers: Sequence[Answer]) -> "_News":
        kinds = Counter(type(answer) for answer in answers)
        silent = [answer for answer in answers if isinstance(answer, Unreachable)]
        fault = next((a.why for a in answers if isinstance(a, Untried) and isinstance(a.why, Misconfigured)), None)
        said = fault or (silent[-1] if silent else "")
        took = kinds[Receipt] + kinds[PermanentFailure]
        return cls(took, kinds[Untried], len(silent), fault, _NAMES.sub("…", str(said))[:LONGEST_ERROR])

    def matters(self, gate: Gate, terms: Terms) -> bool:
        has_recovered = bool(self.took and (gate.failures or gate.is_shut))
        return bool(self.fault or self.silent or has_recovered or (self.untried and terms.is_limited))

    def after(self, gate: Gate, terms: Terms, now: datetime) -> Gate:
        if self.untried and terms.is_limited:
            gate = gate.given_back(self.untried, terms)
        if self.fault:
            return gate.faulted(self.fault.trouble, self.error, now)
        if self.took:
            return gate.worked()
        return gate.failed(self.silent, self.error, now) if self.silent else gate


def _report(before: Gate, after: Gate) -> None:
    """Said once, until it works again."""
    if after.alerted_at and not before.alerted_at:
        log.error("delivery out of order", provider=after.name, trouble=after.trouble, why=after.error)
    elif before.is_shut and not after.is_shut:
        log.info("delivery works again", provider=after.name, since=before.failing_since)
