"""The clock: it beats, wakes the sender, leaves traces, survives errors, and ends without losing anything."""

import asyncio
from datetime import timedelta

import pytest
from structlog.testing import capture_logs

from booking import jobs
from booking.delivery.deliveries import Deliveries
from booking.delivery.letters import Outgoing, Receipt
from booking.delivery.mailbox import mailbox
from booking.delivery.webhooks import Receivers
from booking.domain.messages import MessageState
from booking.domain.webhooks import DeliveryState
from booking.jobs import Tick, running
from booking.services import inviting, own_invitations, ticking
from booking.services.ticking import health
from booking.storage import inviting_choices, outbox, ticks
from tests.delivery.mailboxes import Box, imap_server
from tests.given import SITE, World, meeting
from tests.given_webhooks import Office
from tests.outside import Provider
from tests.receivers import listening

DAY = timedelta(days=1)


async def a_booking_with_mail(world: World):
    now = await world.db.now()
    session = await world.session(meeting(now + 14 * DAY), now=now - DAY)
    return await world.booked(session, await world.job_seeker(email="awa@example.org"), now=now)


async def until(happened, seconds: float = 5) -> None:
    async with asyncio.timeout(seconds):
        while not happened():  # noqa: ASYNC110 - what is awaited happens in a task that knows nothing of tests
            await asyncio.sleep(0.01)


async def test_what_is_due_leaves_as_soon_as_the_jobs_run(world):
    await a_booking_with_mail(world)
    provider = Provider()

    async with running(world.db, Deliveries(provider), SITE):
        await until(lambda: provider.taken)

    assert len(provider.taken) == 1


async def test_a_booking_wakes_the_sender(world, monkeypatch):
    monkeypatch.setattr(jobs, "WAKE_SECONDS", 3600)
    provider = Provider()

    async with running(world.db, Deliveries(provider), SITE) as at_work:
        await a_booking_with_mail(world)
        at_work.wake()
        await until(lambda: provider.taken)

    assert len(provider.taken) == 1


async def test_the_sender_looks_again_by_itself(world, monkeypatch):
    monkeypatch.setattr(jobs, "WAKE_SECONDS", 1)
    provider = Provider()

    async with running(world.db, Deliveries(provider), SITE):
        await asyncio.sleep(0.1)
        await a_booking_with_mail(world)
        await until(lambda: provider.taken)

    assert len(provider.taken) == 1


async def test_a_program_hears_what_happens_as_soon_as_the_jobs_run(world):
    office, now = await Office.begin(world), await world.db.now()
    async with listening() as listener:
        await office.endpoint(listener.url, now=now, events=("booking.booked",))
        booking = await a_booking_with_mail(world)
        async with running(world.db, Deliveries(), SITE, Receivers(are_local=True)):
            await until(lambda: listener.heard)
            await asyncio.sleep(0.1)

    (heard,) = listener.heard
    assert str(booking.id) in heard.body.decode()


async def test_who_is_slow_to_hear_is_heard_to_the_end_and_keeps_no_mail_waiting(world):
    office, now = await Office.begin(world), await world.db.now()
    provider = Provider()
    async with listening() as listener:
        listener.answers = [None]
        endpoint = await office.endpoint(listener.url, now=now, events=("booking.booked",))
        await a_booking_with_mail(world)
        async with running(world.db, Deliveries(provider), SITE, Receivers(are_local=True, timeout=0.5)):
            await until(lambda: listener.heard and provider.taken)

    (told,) = await office.told(endpoint)
    assert (told.state, told.error) == (DeliveryState.PLANNED, "timeout")


class SlowProvider(Provider):
    """Takes a letter and its time."""

    async def send(self, letter: Outgoing) -> Receipt:
        self.calls += 1
        await asyncio.sleep(0.2)
        return await super().send(letter)


async def test_what_is_on_its_way_arrives_before_the_jobs_end(world):
    booking = await a_booking_with_mail(world)
    provider = SlowProvider()

    async with running(world.db, Deliveries(provider), SITE):
        await until(lambda: provider.calls)

    async with world.db.reading() as tx:
        confirmation, *_ = await outbox.of_booking(tx, booking.id)
    assert confirmation.state is MessageState.ACCEPTED


async def test_a_tick_that_fails_is_written_down_and_beats_on(world, monkeypatch):
    beats = []

    async def fail(db, now):
        beats.append(now)
        raise ZeroDivisionError("by nothing")

    monkeypatch.setattr(jobs, "TICKS", (Tick("sweep", 1, fail),))
    with capture_logs() as logs:
        async with running(world.db, Deliveries(), SITE):
            await until(lambda: len(beats) == 2)

    async with world.db.reading() as tx:
        _, finished_at, error, _ = (await ticks.last(tx))["sweep"]
    assert (finished_at, error) == (None, "ZeroDivisionError: by nothing")
    assert {line["event"] for line in logs} == {"tick failed"}


async def test_a_tick_leaves_its_times(world):
    async def sweep(db, now):
        return 7

    assert await ticking.record(world.db, "sweep", sweep) == 7

    async with world.db.reading() as tx:
        started_at, finished_at, error, rows = (await ticks.last(tx))["sweep"]
    assert started_at <= finished_at and error is None and rows == 7


async def beaten(world: World) -> None:
    async def work(db, now):
        return 0

    for name in ticking.NAMES:
        await ticking.record(world.db, name, work)


async def test_all_is_well_while_everything_beats(world):
    await beaten(world)

    found = await health(world.db, await world.db.now())

    assert found.is_well and set(found.ticks) == set(ticking.NAMES)


async def test_a_job_that_stopped_is_noticed(world):
    await beaten(world)

    found = await health(world.db, await world.db.now() + timedelta(minutes=11))

    assert not found.is_well and set(found.silent) == set(ticking.NAMES) - ticking.LATE_AFTER.keys()


async def test_a_job_of_every_ten_minutes_is_late_after_three_rounds(world):
    await beaten(world)
    then = await world.db.now()

    soon, late = [await health(world.db, then + timedelta(minutes=minutes)) for minutes in (29, 31)]

    assert "entries" not in soon.silent and "entries" in late.silent


async def test_a_message_that_waits_too_long_is_noticed(world):
    await a_booking_with_mail(world)
    await beaten(world)
    now = await world.db.now()

    soon, late = await health(world.db, now), await health(world.db, now + timedelta(minutes=10))

    assert soon.is_well and soon.overdue_since is not None
    assert not late.is_well


@pytest.mark.parametrize("tick", jobs.TICKS, ids=lambda tick: tick.name)
async def test_every_tick_may_come_any_number_of_times_at_once(world, tick):
    await a_booking_with_mail(world)
    now = await world.db.now()

    await asyncio.gather(*(tick.work(world.db, now) for _ in range(5)))

    async with world.db.reading() as tx:
        assert await outbox.counts(tx, None) == {MessageState.PLANNED: 3}


async def test_answers_of_calendars_are_read_where_there_is_a_mailbox(world):
    box = Box(password="x")
    box.put(b"From: awa@example.org\r\n\r\nBonjour")

    with imap_server(box) as address:
        async with running(world.db, Deliveries(), SITE, replies=mailbox(f"imap://replies:x@{address}/INBOX")):
            await until(lambda: not box.unread)

    assert box.goodbyes == 1


async def test_what_leaves_for_the_calendars_of_staff_leaves_with_the_rest(world):
    now, provider = await world.db.now(), Provider()
    await own_invitations.choose(world.db, "karim@example.org", True, by=world.facilitator, now=now - DAY)
    await world.session(meeting(now + 14 * DAY, facilitator_id=world.facilitator.id), now=now - DAY)
    async with world.db.transaction() as tx:
        await inviting.plan_anew(tx, await inviting_choices.led_by(tx, world.facilitator.id, now), now - DAY)

    async with running(world.db, Deliveries(provider), SITE):
        await until(lambda: provider.taken)

    assert [letter.address for letter in provider.taken] == ["karim@example.org"]
