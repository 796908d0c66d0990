"""Stopping a message, letting it leave now, saying it again: never twice, never past the worker."""

import asyncio
from uuid import UUID

import pytest
from sqlalchemy import update

from booking.delivery.deliveries import Deliveries
from booking.delivery.letters import PermanentFailure
from booking.domain.bookings import Party
from booking.domain.errors import MessageForPeople, MessageLeaving, MessageSettled, MessageUntrue, NotAllowed, NotFound
from booking.domain.job_seekers import Channel
from booking.domain.messages import Message, MessageKind, MessageState
from booking.domain.staff import Role
from booking.domain.suppressions import Because
from booking.services import bookings, journals, suppressing
from booking.services.message_deeds import plan_again, resend, resend_dead, send_now, stop
from booking.services.reconciling import reconcile
from booking.services.sending import send_due
from booking.storage import outbox, tables
from tests.given import HOUR, NOW, SITE, World, in_days, meeting
from tests.outside import Provider

MAIL = {Channel.EMAIL}


@pytest.fixture
def provider() -> Provider:
    return Provider()


@pytest.fixture
def post(provider: Provider) -> Deliveries:
    return Deliveries(provider)


@pytest.fixture
async def booking(world: World):
    person = await world.job_seeker("Diallo", email="awa@example.org")
    return await world.booked(await world.session(meeting(in_days(14))), person)


async def messages_of(world: World, booking_id: UUID) -> list[Message]:
    async with world.db.reading() as tx:
        return await outbox.of_booking(tx, booking_id)


async def only(world: World, booking_id: UUID, kind=MessageKind.CONFIRMATION) -> Message:
    return next(m for m in await messages_of(world, booking_id) if m.kind is kind)


async def drain(world: World, post: Deliveries, now) -> None:
    while await send_due(world.db, post, now, site=SITE):
        pass


async def test_what_is_stopped_never_leaves_and_is_not_planned_anew(world, booking, post, provider):
    reminder = await only(world, booking.id, MessageKind.REMINDER)
    by = {"by": world.adviser, "now": NOW}

    stopped = await stop(world.db, reminder.id, **by)
    again = await stop(world.db, reminder.id, **by)
    await reconcile(world.db, NOW)
    await drain(world, post, reminder.due_at)

    assert (stopped.state, stopped.reason) == (again.state, again.reason) == (MessageState.CANCELLED, "stopped")
    assert not [subject for subject in provider.subjects if "rappel" in subject.lower()]


async def test_what_was_stopped_by_mistake_is_planned_again(world, booking, post, provider):
    message = await only(world, booking.id)
    await stop(world.db, message.id, by=world.adviser, now=NOW)

    planned = await plan_again(world.db, message.id, by=world.adviser, now=NOW)
    await plan_again(world.db, message.id, by=world.adviser, now=NOW)
    await drain(world, post, NOW)

    assert (planned.state, planned.due_at, planned.reason) == (MessageState.PLANNED, message.due_at, None)
    assert len(provider.taken) == 1


async def test_what_is_no_longer_so_is_not_planned_again(world, booking):
    message = await only(world, booking.id)
    await stop(world.db, message.id, by=world.adviser, now=NOW)
    await bookings.cancel(world.db, booking.id, party=Party.PERSON, by=world.adviser, now=NOW)

    with pytest.raises(MessageUntrue):
        await plan_again(world.db, message.id, by=world.adviser, now=NOW)


async def test_either_the_stop_or_the_worker_comes_first(world, post, provider):
    session = await world.session(capacity=8)
    held = [await world.booked(session, await world.job_seeker(email="awa@example.org")) for _ in range(6)]
    planned = [await only(world, one.id) for one in held]

    answers = await asyncio.gather(
        *(stop(world.db, message.id, by=world.adviser, now=NOW) for message in planned),
        drain(world, post, NOW),
        return_exceptions=True,
    )

    left = {UUID(letter.key) for letter in provider.taken}
    for message, answer in zip(planned, answers, strict=False):
        is_stopped = isinstance(answer, Message)
        assert is_stopped or isinstance(answer, MessageLeaving | MessageSettled), answer
        assert is_stopped != (message.id in left)


async def test_what_is_being_sent_cannot_be_stopped(world, booking):
    calls = []

    class Slow(Provider):
        async def send(self, letter):
            with pytest.raises(MessageLeaving):
                await stop(world.db, UUID(letter.key), by=world.adviser, now=NOW)
            calls.append(letter)
            return await super().send(letter)

    await drain(world, Deliveries(Slow()), NOW)

    assert len(calls) == 1


async def test_what_waits_for_a_person_stays_his(world):
    booking = await world.booked(await world.session())
    await drain(world, Deliveries(), NOW)
    message = await only(world, booking.id)

    with pytest.raises(MessageForPeople):
        await stop(world.db, message.id, by=world.adviser, now=NOW)
    with pytest.raises(MessageForPeople):
        await send_now(world.db, message.id, machines=MAIL, by=world.adviser, now=NOW)


async def test_a_reminder_leaves_now_when_its_hours_are_open(world, booking, post, provider):
    await drain(world, post, NOW)
    reminder = await only(world, booking.id, MessageKind.REMINDER)

    hurried = await send_now(world.db, reminder.id, machines=MAIL, by=world.adviser, now=NOW)
    await send_now(world.db, reminder.id, machines=MAIL, by=world.adviser, now=NOW)
    await drain(world, post, NOW)

    assert hurried.verdict.state is MessageState.SENDING
    assert len(provider.taken) == 2


async def test_outside_its_hours_it_is_said_when_it_leaves(world, booking, post, provider):
    await drain(world, post, NOW)
    reminder, at_night = await only(world, booking.id, MessageKind.REMINDER), in_days(0, 14)

    hurried = await send_now(world.db, reminder.id, machines=MAIL, by=world.adviser, now=at_night)
    await drain(world, post, at_night)

    assert hurried.verdict.state is MessageState.PLANNED and hurried.verdict.due_at > at_night
    assert (await only(world, booking.id, MessageKind.REMINDER)).due_at == hurried.verdict.due_at
    assert len(provider.taken) == 1


async def test_what_would_take_a_way_that_is_closed_is_said_not_to_leave(world, booking, post):
    await drain(world, post, NOW)
    reminder = await only(world, booking.id, MessageKind.REMINDER)
    async with world.db.transaction() as tx:
        await suppressing.stop(tx, Channel.EMAIL, "awa@example.org", Because.STOP, site=SITE, now=NOW)

    hurried = await send_now(world.db, reminder.id, machines=MAIL, by=world.adviser, now=NOW, site=SITE)
    await drain(world, post, NOW)

    assert hurried.verdict.state is (await only(world, booking.id, MessageKind.REMINDER)).state
    assert hurried.verdict.state is MessageState.SUPPRESSED


async def test_two_clicks_say_it_again_once(world, booking, post, provider):
    await drain(world, post, NOW)
    message, later = await only(world, booking.id), NOW + HOUR

    copies = await asyncio.gather(*(resend(world.db, message.id, by=world.adviser, now=later) for _ in range(3)))
    await drain(world, post, later)

    assert {copy.id for copy in copies} == {copies[0].id} != {message.id}
    assert len(provider.taken) == 2


async def test_a_copy_can_be_said_again_in_its_turn(world, booking, post, provider):
    await drain(world, post, NOW)
    copy = await resend(world.db, (await only(world, booking.id)).id, by=world.adviser, now=NOW)
    await drain(world, post, NOW)

    await resend(world.db, copy.id, by=world.adviser, now=NOW)
    await drain(world, post, NOW)

    assert len(provider.taken) == 3


async def test_what_is_no_longer_so_is_not_said_again(world, booking, post):
    await drain(world, post, NOW)
    message = await only(world, booking.id)
    await bookings.cancel(world.db, booking.id, party=Party.PERSON, by=world.adviser, now=NOW)

    with pytest.raises(MessageUntrue):
        await resend(world.db, message.id, by=world.adviser, now=NOW)


async def test_all_dead_messages_of_an_agency_are_said_again_once(world, post, provider):
    gone = [await dead(world) for _ in range(3)]
    await bookings.cancel(world.db, gone[0], party=Party.PERSON, by=world.adviser, now=NOW)

    (shown,) = await journals.dead(world.db, by=world.adviser, now=NOW)
    counts = [await resend_dead(world.db, world.agency.id, by=world.adviser, now=NOW) for _ in range(2)]

    assert (shown[0].id, shown[1]) == (world.agency.id, 2)
    assert counts == [2, 0]
    assert await journals.dead(world.db, by=world.adviser, now=NOW) == []


async def dead(world: World) -> UUID:
    """Somebody whom no way reached."""
    booking = await world.booked(await world.session(), await world.job_seeker(email="awa@example.org"))
    message = await only(world, booking.id)
    async with world.db.transaction() as tx:
        await tx.run(update(tables.messages).where(tables.messages.c.id == message.id).values(state="dead"))
    return booking.id


async def test_deeds_are_for_who_books_there(world, booking, post):
    message = await only(world, booking.id)
    neighbour = await world.staff(Role.MANAGER, await world.another_agency(), "Lea")

    for deed in (stop, plan_again, resend):
        with pytest.raises(NotAllowed):
            await deed(world.db, message.id, by=world.facilitator, now=NOW)
        with pytest.raises(NotFound):
            await deed(world.db, message.id, by=neighbour, now=NOW)
    with pytest.raises(NotFound):
        await resend_dead(world.db, world.agency.id, by=neighbour, now=NOW)


async def test_a_refused_address_can_be_tried_again_by_a_person_only(world, booking, post, provider):
    provider.failures = [PermanentFailure("no such box")]
    await drain(world, post, NOW)

    (line,) = [
        line
        for line in await journals.find(world.db, journals.Sought(), machines=MAIL, by=world.adviser, now=NOW)
        if line.message.kind is MessageKind.CONFIRMATION
    ]

    assert [(one.outcome, one.error) for one in line.tries] == [("refused", "no such box")]
    assert (line.message.state, line.deeds) == (MessageState.TO_DO, [])


async def test_of_two_dead_reminders_of_one_seat_the_later_speaks_for_both(world, post, provider):
    booking = await world.booked(await world.session(), await world.job_seeker(email="awa@example.org"))
    near = in_days(13, 2)
    async with world.db.transaction() as tx:
        reminders = tables.messages.c.kind == MessageKind.REMINDER
        await tx.run(update(tables.messages).where(reminders).values(state="dead"))
        await tx.run(update(tables.messages).where(~reminders).values(state="accepted"))

    assert await resend_dead(world.db, world.agency.id, by=world.adviser, now=near) == 1
    await drain(world, post, near)

    assert [letter.key for letter in provider.taken] == [str((await latest(world, booking.id)).id)]


async def latest(world: World, booking_id: UUID) -> Message:
    async with world.db.reading() as tx:
        return max(await outbox.of_booking(tx, booking_id), key=lambda message: message.created_at)
