"""Text messages through the outbox: who has only a mobile is reminded by machine, whatever the gateway does."""

import asyncio
from collections.abc import AsyncIterator
from datetime import datetime, timedelta

import pytest

from booking.delivery.deliveries import Deliveries
from booking.delivery.letters import InDoubt, Outgoing, Receipt
from booking.domain.gates import PROBE_EVERY
from booking.domain.job_seekers import Channel
from booking.domain.messages import MessageKind, MessageState
from booking.services import handing_over
from booking.services.sending import send_due
from booking.storage import outbox
from tests.delivery.sms_providers import PROVIDERS
from tests.delivery.sms_server import Desk, Mood, open_desk
from tests.given import NOW, SITE, World, in_days, meeting
from tests.outside import Provider

MOBILE = "+33639980101"
REMINDERS = (in_days(7), in_days(13))


@pytest.fixture
async def desk() -> AsyncIterator[Desk]:
    async with open_desk(PROVIDERS["gateway"]()) as opened:
        yield opened


@pytest.fixture
async def post(desk: Desk) -> AsyncIterator[Deliveries]:
    deliveries = Deliveries(desk.provider.open(desk.address, 0.5))
    yield deliveries
    await deliveries.close()


async def somebody_with_a_mobile(world: World):
    session = await world.session(meeting(in_days(14)), capacity=8)
    return await world.booked(session, await world.job_seeker(phone=MOBILE))


async def drain(world: World, post: Deliveries, now: datetime) -> None:
    while await send_due(world.db, post, now, site=SITE):
        pass


async def messages_of(world: World, booking):
    async with world.db.reading() as tx:
        return await outbox.of_booking(tx, booking.id)


async def test_a_mobile_without_mail_is_reminded_by_text(world, post, desk):
    booking = await somebody_with_a_mobile(world)

    for at in (NOW, *REMINDERS):
        await drain(world, post, at)

    found = await messages_of(world, booking)
    assert [(m.state, m.channel) for m in found] == [(MessageState.ACCEPTED, Channel.SMS)] * 3
    assert [taken.mark for taken in desk.taken] == [str(m.id) for m in found]
    assert {taken.number for taken in desk.taken} == {MOBILE}


async def test_while_the_gateway_is_down_it_is_spared_and_nothing_is_lost(world, desk):
    booking = await somebody_with_a_mobile(world)
    post = Deliveries(desk.provider.open("http://127.0.0.1:9", 0.5))

    await drain(world, post, NOW)
    (waiting, *_) = await messages_of(world, booking)
    await post.close()
    again = Deliveries(desk.provider.open(desk.address, 0.5))
    await drain(world, again, waiting.due_at)
    await again.close()

    assert (waiting.state, waiting.reason) == (MessageState.PLANNED, "failed")
    assert [taken.mark for taken in desk.taken] == [str(waiting.id)]


async def test_an_answer_that_was_lost_is_asked_for_again_and_the_person_told_once(world, post, desk):
    booking = await somebody_with_a_mobile(world)
    desk.moods = [Mood.TAKES_AND_HANGS_UP]

    await drain(world, post, NOW)
    await drain(world, post, NOW + timedelta(minutes=5))

    assert [taken.mark for taken in desk.taken] == [str((await messages_of(world, booking))[0].id)]
    assert len(desk.heard) == 2


async def test_who_knows_no_repeat_is_not_asked_twice_for_a_reminder(world):
    booking = await somebody_with_a_mobile(world)
    texts = Provider(Channel.SMS)
    await drain(world, Deliveries(texts), NOW)
    texts.failures = [InDoubt("no answer")]

    await drain(world, Deliveries(texts), REMINDERS[0])
    await drain(world, Deliveries(texts), REMINDERS[0] + timedelta(hours=1))

    reminder = next(m for m in await messages_of(world, booking) if m.kind is MessageKind.REMINDER)
    assert (texts.calls, reminder.state, reminder.reason) == (2, MessageState.ACCEPTED, "in-doubt")


async def test_a_confirmation_in_doubt_is_said_again_and_after_three_doubts_by_a_person(world):
    booking = await somebody_with_a_mobile(world)
    texts = Provider(Channel.SMS, failures=[InDoubt("no answer")] * 3)
    post = Deliveries(texts)

    for minutes in (0, 2, 4, 6):
        await drain(world, post, NOW + timedelta(minutes=minutes))

    confirmation, *_ = await messages_of(world, booking)
    assert (texts.calls, confirmation.state, confirmation.channel) == (3, MessageState.TO_DO, Channel.CALL)


async def test_a_number_that_is_refused_is_called_by_a_person(world, post, desk):
    booking = await somebody_with_a_mobile(world)
    desk.moods = [Mood.REFUSES_NUMBER]

    await drain(world, post, NOW)

    confirmation, *_ = await messages_of(world, booking)
    assert (confirmation.state, confirmation.channel) == (MessageState.TO_DO, Channel.CALL)


async def test_without_credit_everything_waits_and_no_try_is_burnt(world, post, desk):
    booking = await somebody_with_a_mobile(world)
    desk.moods = [Mood.WANTS_MONEY]

    await drain(world, post, NOW)
    waiting, *_ = await messages_of(world, booking)
    await drain(world, post, NOW + PROBE_EVERY)

    assert (waiting.attempts, waiting.reason) == (0, "resting")
    assert len(desk.taken) == 1


async def test_workers_side_by_side_text_each_person_once(world, post, desk):
    session = await world.session(meeting(in_days(14)), capacity=20)
    for n in range(20):
        await world.booked(session, await world.job_seeker(phone=f"+336399801{n:02}"))

    await asyncio.gather(*(send_due(world.db, post, NOW, most=10, site=SITE) for _ in range(3)))
    await drain(world, post, NOW)

    assert sorted(taken.number for taken in desk.taken) == [f"+336399801{n:02}" for n in range(20)]


class Silent(Provider):
    """Takes a letter and says nothing; ``knows_repeats`` as its documentation says."""

    knows_repeats = False

    async def send(self, letter: Outgoing) -> Receipt:
        await super().send(letter)
        await asyncio.Event().wait()
        raise AssertionError


@pytest.mark.parametrize(("knows_repeats", "is_told_again"), [(False, False), (True, True)])
async def test_what_was_taken_without_an_answer_is_said_again_only_to_who_knows_it(
    world, monkeypatch, knows_repeats: bool, is_told_again: bool
):
    booking, silent = await somebody_with_a_mobile(world), Silent(Channel.SMS)
    silent.knows_repeats = knows_repeats
    await drain(world, Deliveries(Provider(Channel.SMS)), NOW)
    monkeypatch.setattr(handing_over, "LONGEST_CALL", 0.05)

    await drain(world, Deliveries(silent), REMINDERS[0])
    await drain(world, Deliveries(silent), REMINDERS[0] + timedelta(hours=1))

    reminder = next(m for m in await messages_of(world, booking) if m.kind is MessageKind.REMINDER)
    assert [letter.key for letter in silent.taken] == [str(reminder.id)] * (1 + is_told_again)
    assert reminder.reason == ("failed" if is_told_again else "in-doubt")
