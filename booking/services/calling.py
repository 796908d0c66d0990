"""Call the programs that want to hear what has happened; a crash at any point loses nothing, and repeats under the same
id."""

import asyncio
import json
import random
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, timedelta
from uuid import UUID, uuid4

import structlog

from booking.delivery.webhooks import Receivers
from booking.domain import calling as rules
from booking.domain.calling import Answer
from booking.domain.signatures import headers, secrets_of
from booking.domain.webhooks import Delivery, Endpoint
from booking.services.handing_over import stopwatch
from booking.storage import audit, webhook_deliveries, webhooks
from booking.storage.database import Database, Tx, again_when_contended

LEASE = timedelta(seconds=60)
AT_ONCE = 10
log = structlog.get_logger()
# Who keeps others waiting is left for the next round.
ROUND = timedelta(seconds=10)


@dataclass(frozen=True, slots=True)
class Caller:
    """Whom to call, and the installation's secret, of which every signature is made."""

    receivers: Receivers
    secret: bytes


async def call_due(db: Database, caller: Caller, now: datetime) -> int:
    """Tell every program what it is due; returns how much was told, or tried in vain.

    Call it again while it returns more than zero. Safe at any number of workers at once.
    """
    async with db.reading() as tx:
        found = await webhook_deliveries.receivers(tx, now)
    clock = stopwatch(now)
    return sum(await asyncio.gather(*(_call_one(db, caller, endpoint, clock) for endpoint in found)))


async def _call_one(db: Database, caller: Caller, endpoint: Endpoint, clock: Callable[[], datetime]) -> int:
    """Call one program until there is nothing more to say, or it does not answer well."""
    closes_at, called = clock() + ROUND, 0
    while clock() < closes_at:
        token = uuid4()
        # Who failed before is asked once, not ten times over.
        claimed = await _claim(db, endpoint, token, clock(), 1 if endpoint.failing_since else AT_ONCE)
        answers = await asyncio.gather(*(_call(caller, endpoint, one, clock()) for one in claimed))
        if claimed:
            await _settle(db, endpoint, token, list(zip(claimed, answers, strict=True)), clock())
        called += len(claimed)
        if not claimed or not all(answer.is_heard for answer in answers):
            break
    return called


@again_when_contended
async def _claim(db: Database, endpoint: Endpoint, token: UUID, now: datetime, most: int) -> list[Delivery]:
    async with db.transaction() as tx:
        return await webhook_deliveries.claim(tx, endpoint.id, now, token, LEASE, most)


async def _call(caller: Caller, endpoint: Endpoint, delivery: Delivery, now: datetime) -> Answer:
    body = json.dumps(delivery.payload, ensure_ascii=False, sort_keys=True, separators=(",", ":")).encode()
    signed = headers(str(delivery.id), now, body, secrets_of(caller.secret, endpoint, now))
    try:
        return await caller.receivers.post(endpoint.url, signed, body)
    # One faulty receiver must not keep the others waiting.
    except Exception:
        log.exception("call broke", endpoint=str(endpoint.id))
        return Answer(error="no-answer")


@again_when_contended
async def _settle(
    db: Database, endpoint: Endpoint, token: UUID, told: list[tuple[Delivery, Answer]], now: datetime
) -> None:
    async with db.transaction() as tx:
        # The endpoint first, everywhere: who removes it begins there, too.
        await webhooks.lock(tx, endpoint.id)
        for delivery, answer in told:
            verdict = rules.after(answer, delivery.attempts, now, random.random())  # noqa: S311 - a pause
            await webhook_deliveries.settle(tx, token, delivery.id, answer, verdict, now)
        await _note(tx, endpoint, [answer for _, answer in told if not answer.is_heard], now)


async def _note(tx: Tx, endpoint: Endpoint, failed: list[Answer], now: datetime) -> None:
    """Whether it answers, since when it does not, and whether that is too long."""
    if not failed:
        await webhooks.note_success(tx, endpoint.id)
        return
    await webhooks.note_failure(tx, endpoint.id, now)
    why = next(filter(None, (rules.gave_up(endpoint, answer, now) for answer in failed)), None)
    if why and await webhooks.disable(tx, endpoint.id, why, now):
        await audit.record(tx, None, "disabled", "webhook", endpoint.id, now, endpoint.agency_id, because=why)
