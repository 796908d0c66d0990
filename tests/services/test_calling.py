"""Calling the programs: heard once, again later when not, the same id for ever, and nothing lost by a crash."""

import asyncio
import base64
import hmac
import json
from collections.abc import AsyncIterator
from dataclasses import dataclass
from datetime import datetime, timedelta
from uuid import uuid4

import pytest

from booking.domain.calling import MOST_TRIES, PATIENCE
from booking.domain.signatures import secret_of, written
from booking.domain.webhooks import Delivery, DeliveryState, Endpoint
from booking.services import webhook_trials, webhooks
from booking.services.calling import LEASE, call_due
from booking.services.telling import tell
from booking.storage import webhook_deliveries
from booking.storage import webhooks as endpoints
from tests.given import DAY, NOW, SITE, World
from tests.given_webhooks import CALLER, Office
from tests.receivers import Listener, listening

SECOND = timedelta(seconds=1)


@dataclass
class Line:
    """A program that listens, known to the office, with one thing to be told."""

    office: Office
    endpoint: Endpoint
    listener: Listener

    async def delivery(self) -> Delivery:
        return (await self.office.told(self.endpoint))[0]

    async def known(self) -> Endpoint:
        async with self.office.world.db.reading() as tx:
            return await endpoints.load(tx, self.endpoint.id)

    async def call(self, now: datetime = NOW) -> int:
        return await call_due(self.office.world.db, CALLER, now)


@pytest.fixture
async def line(world: World) -> AsyncIterator[Line]:
    office = await Office.begin(world)
    async with listening() as listener:
        endpoint = await office.endpoint(listener.url)
        await webhook_trials.try_out(world.db, endpoint.id, by=office.agnes, now=NOW)
        yield Line(office, endpoint, listener)


def is_signed(listener: Listener, secret: str) -> bool:
    """As the guide tells receivers to check it (docs/webhooks.md), for the last thing heard."""
    heard = listener.heard[-1]
    content = f"{heard.headers['webhook-id']}.{heard.headers['webhook-timestamp']}.".encode() + heard.body
    key = base64.b64decode(secret.removeprefix("whsec_"))
    expected = "v1," + base64.b64encode(hmac.digest(key, content, "sha256")).decode()
    return any(hmac.compare_digest(expected, one) for one in heard.headers["webhook-signature"].split())


async def test_a_program_hears_it_signed_and_only_once(line: Line) -> None:
    assert [await line.call(), await line.call(NOW + DAY)] == [1, 0]

    (heard,) = line.listener.heard
    delivery = await line.delivery()
    assert json.loads(heard.body) == delivery.payload and delivery.payload["type"] == "webhook.test"
    assert (delivery.state, delivery.status, delivery.attempts) == (DeliveryState.DELIVERED, 204, 1)
    assert heard.headers["webhook-id"] == str(delivery.id)
    assert is_signed(line.listener, written(secret_of(SITE.secret, line.endpoint.id, 0)))
    assert not is_signed(line.listener, written(secret_of(SITE.secret, line.endpoint.id, 1)))


async def test_a_new_secret_signs_at_once_and_the_old_one_for_a_day_more(line: Line) -> None:
    old, new = (written(secret_of(SITE.secret, line.endpoint.id, version)) for version in (0, 1))
    await webhooks.rotate(line.office.world.db, line.endpoint.id, by=line.office.agnes, now=NOW)

    await line.call(NOW + SECOND)
    assert is_signed(line.listener, old) and is_signed(line.listener, new)

    await webhook_trials.try_out(line.office.world.db, line.endpoint.id, by=line.office.agnes, now=NOW + DAY)
    await line.call(NOW + DAY)
    assert is_signed(line.listener, new) and not is_signed(line.listener, old)


async def test_what_was_not_heard_is_said_again_later_under_the_same_id(line: Line) -> None:
    line.listener.answers = ["500 Oh", "503 Busy\r\nRetry-After: 3600"]

    await line.call()
    failed = await line.delivery()
    assert (failed.state, failed.status) == (DeliveryState.PLANNED, 500)
    assert 5 * SECOND <= failed.due_at - NOW < 7 * SECOND
    assert (await line.known()).failing_since is not None

    await line.call(NOW + 4 * SECOND)
    await line.call(NOW + 10 * SECOND)
    assert (await line.delivery()).due_at >= NOW + timedelta(hours=1)

    await line.call(NOW + timedelta(hours=2))
    assert (await line.delivery()).state is DeliveryState.DELIVERED
    assert len(line.listener.ids) == 3 and len(set(line.listener.ids)) == 1
    assert (await line.known()).failing_since is None


async def test_after_the_last_try_it_is_given_up_and_said_again_by_hand(line: Line) -> None:
    line.listener.answers = ["500 Oh"] * MOST_TRIES
    now = NOW
    while (await line.delivery()).state is DeliveryState.PLANNED:
        now = (await line.delivery()).due_at
        await line.call(now)
    dead = await line.delivery()
    assert (dead.state, dead.attempts, dead.settled_at is None) == (DeliveryState.DEAD, MOST_TRIES, False)

    await webhook_trials.replay(line.office.world.db, line.endpoint.id, dead.id, by=line.office.agnes, now=now)
    await line.call(now)

    assert (await line.delivery()).state is DeliveryState.DELIVERED
    assert len(set(line.listener.ids)) == 1


async def test_who_is_gone_is_told_nothing_more(line: Line) -> None:
    line.listener.answers = ["410 Gone"]
    await line.call()
    await line.office.world.booked(await line.office.world.session())

    assert await line.office.tell_and_call(NOW + DAY) == 0

    known = await line.known()
    assert (known.disabled_because, len(line.listener.heard)) == ("gone", 1)
    assert (await line.delivery()).state is DeliveryState.DEAD


async def test_who_fails_for_days_is_told_nothing_more(line: Line) -> None:
    line.listener.answers = ["500 Oh"] * 20
    almost = NOW + PATIENCE - timedelta(hours=1)
    await line.call()

    await webhook_trials.try_out(line.office.world.db, line.endpoint.id, by=line.office.agnes, now=almost)
    await line.call(almost)
    assert (await line.known()).disabled_at is None

    await line.call(NOW + PATIENCE + timedelta(days=2))
    assert (await line.known()).disabled_because == "failing"


async def test_what_is_planned_during_a_pause_waits_for_its_end(line: Line) -> None:
    by, db = line.office.agnes, line.office.world.db
    await webhooks.disable(db, line.endpoint.id, by=by, now=NOW)
    assert await line.call() == 0

    await webhooks.enable(db, line.endpoint.id, by=by, now=NOW)

    assert await line.call() == 1


async def test_two_workers_call_once(line: Line) -> None:
    for _ in range(25):
        await webhook_trials.try_out(line.office.world.db, line.endpoint.id, by=line.office.agnes, now=NOW)

    called = await asyncio.gather(*(line.call() for _ in range(4)))

    assert sum(called) == len(line.listener.heard) == 26
    assert len(set(line.listener.ids)) == 26


async def test_a_worker_killed_while_calling_is_followed_by_another_with_the_same_id(line: Line) -> None:
    db = line.office.world.db
    line.listener.answers = [None]
    killed = asyncio.create_task(line.call())
    while not line.listener.heard:  # noqa: ASYNC110 - what is awaited happens in a task that knows nothing of tests
        await asyncio.sleep(0.01)
    killed.cancel()
    await asyncio.gather(killed, return_exceptions=True)
    assert (await line.delivery()).state is DeliveryState.SENDING

    for now in (NOW + LEASE / 2, NOW + LEASE + SECOND):
        await tell(db, now)
        await line.call(now)

    delivered = await line.delivery()
    assert (delivered.state, delivered.attempts) == (DeliveryState.DELIVERED, 2)
    assert line.listener.ids == [str(delivered.id)] * 2


async def test_a_worker_come_too_late_changes_nothing(line: Line) -> None:
    db = line.office.world.db
    async with db.transaction() as tx:
        (taken,) = await webhook_deliveries.claim(tx, line.endpoint.id, NOW, uuid4(), LEASE, 10)

    await tell(db, NOW + LEASE)
    await line.call(NOW + LEASE)
    async with db.transaction() as tx:
        assert await webhook_deliveries.free_abandoned(tx, NOW + DAY) == 0

    assert taken.id == (await line.delivery()).id and (await line.delivery()).state is DeliveryState.DELIVERED


async def test_who_does_not_answer_keeps_nobody_waiting(line: Line) -> None:
    async with listening() as slow:
        slow.answers = [None] * 30
        office = line.office
        other = await office.endpoint(slow.url)
        for _ in range(15):
            await webhook_trials.try_out(office.world.db, other.id, by=office.agnes, now=NOW)
            await webhook_trials.try_out(office.world.db, line.endpoint.id, by=office.agnes, now=NOW)

        await line.call()

        assert len(line.listener.heard) == 16 and len(slow.heard) == 10


async def test_who_failed_before_is_asked_one_thing_first(line: Line) -> None:
    line.listener.answers = ["500 Oh", "500 Oh"]
    await line.call()
    for _ in range(5):
        await webhook_trials.try_out(line.office.world.db, line.endpoint.id, by=line.office.agnes, now=NOW)

    await line.call(NOW + DAY)
    assert len(line.listener.heard) == 2

    await line.call(NOW + DAY)
    assert len(line.listener.heard) == 7
