"""How the jobs stand: what an operator wants to know at one glance, and what of it needs a person."""

from dataclasses import dataclass, replace
from datetime import datetime
from enum import StrEnum

from booking.domain.gates import Trouble
from booking.domain.job_seekers import Channel
from booking.domain.messages import MessageState
from booking.services import providers, retrying, ticking
from booking.services.providers import Provider
from booking.services.ticking import Health
from booking.storage import dead_letters, standings
from booking.storage.database import Database

# An hour or two elsewhere is no reason to call anybody.
FAILURES = 5


class Concern(StrEnum):
    """Something that does not put itself right."""

    SILENT = "silent"
    OVERDUE = "overdue"
    DEAD = "dead"
    RESTING = "resting"
    FULL = "full"
    CREDIT = "credit"
    WEBHOOKS = "webhooks"
    CALENDARS = "calendars"
    AUDIT = "audit"


@dataclass(frozen=True, slots=True)
class TickStanding:
    """A job as it last ran in any process; ``finished_at`` is when it last ended well."""

    name: str
    started_at: datetime | None
    finished_at: datetime | None
    rows: int
    error: str | None
    is_late: bool


@dataclass(frozen=True, slots=True)
class Counted:
    """So many messages stand in a state; None is no channel yet."""

    state: MessageState
    channel: Channel | None
    number: int


@dataclass(frozen=True, slots=True, kw_only=True)
class ProviderStanding:
    """A provider: what is wrong since when, and what it said; how many letters left today; what is left to spend."""

    name: str
    trouble: Trouble | None
    since: datetime | None
    error: str | None
    sent_today: int
    is_full: bool
    credit: float | None
    credit_at: datetime | None
    is_low: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class Standing:
    """Everything at one moment. ``dead_of_use`` are dead messages that would still serve whom they are for;
    ``machines`` are the channels that need nobody, ``providers`` those who are called for them.
    """

    at: datetime
    concerns: tuple[Concern, ...]
    ticks: list[TickStanding]
    messages: list[Counted]
    overdue_since: datetime | None
    dead: int
    dead_of_use: int
    machines: tuple[Channel, ...]
    providers: list[ProviderStanding]
    invitations_waiting: int
    webhooks_waiting: int
    webhooks_failing: dict[str, datetime]
    calendars_failing: dict[str, int]
    reads_replies: bool


async def look(db: Database, now: datetime, *, machines: frozenset[Channel], reads_replies: bool) -> Standing:
    """How everything stands now; changes nothing. What is configured is for the caller to say."""
    health = await ticking.health(db, now, sends_mail=Channel.EMAIL in machines)
    async with db.reading() as tx:
        found = Standing(
            at=now,
            concerns=(),
            ticks=_ticks(health),
            messages=[Counted(*one) for one in await standings.of_messages(tx)],
            overdue_since=health.overdue_since,
            dead=await dead_letters.count(tx),
            dead_of_use=await retrying.count_of_use(tx, now),
            machines=tuple(sorted(machines)),
            providers=[_provider(one) for one in await providers.found(tx, now)],
            invitations_waiting=await standings.invitations_waiting(tx, now),
            webhooks_waiting=await standings.webhooks_waiting(tx),
            webhooks_failing=dict(await standings.webhooks_failing(tx)),
            calendars_failing=dict(await standings.calendars_failing(tx)),
            reads_replies=reads_replies,
        )
    return replace(found, concerns=tuple(one for one, stands in _concerns(found, health).items() if stands))


def _provider(one: Provider) -> ProviderStanding:
    gate = one.gate
    return ProviderStanding(
        name=gate.name,
        trouble=gate.trouble,
        since=gate.failing_since,
        error=gate.error,
        sent_today=gate.sent,
        is_full=one.is_full,
        credit=gate.credit,
        credit_at=gate.asked_at,
        is_low=gate.is_low,
    )


def _ticks(health: Health) -> list[TickStanding]:
    known = dict.fromkeys((*ticking.NAMES, *sorted(health.ticks)))
    return [_tick(name, health) for name in known]


def _tick(name: str, health: Health) -> TickStanding:
    tick, is_late = health.ticks.get(name), name in health.silent
    if tick is None:
        return TickStanding(name, None, None, 0, None, is_late)
    return TickStanding(name, tick.started_at, tick.finished_at, tick.rows, tick.error, is_late)


def _concerns(found: Standing, health: Health) -> dict[Concern, bool]:
    return {
        Concern.SILENT: bool(health.silent),
        Concern.OVERDUE: health.is_late,
        Concern.DEAD: found.dead_of_use > 0,
        Concern.RESTING: any(one.trouble for one in found.providers),
        Concern.FULL: any(one.is_full for one in found.providers),
        Concern.CREDIT: any(one.is_low for one in found.providers),
        Concern.WEBHOOKS: bool(found.webhooks_failing),
        Concern.CALENDARS: any(times >= FAILURES for times in found.calendars_failing.values()),
        Concern.AUDIT: health.is_tampered,
    }
