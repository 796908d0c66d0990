"""When one way fails the next one follows at once, and at the end of all of them stands a person."""

import asyncio
from collections.abc import AsyncIterator, Iterator
from contextlib import suppress
from datetime import timedelta

import pytest

from booking.delivery.deliveries import Deliveries
from booking.delivery.email import Email, server
from booking.delivery.letters import Outgoing, Receipt
from booking.domain.bookings import Party
from booking.domain.job_seekers import Channel
from booking.domain.messages import MessageKind, MessageState
from booking.services import bookings, scheduling
from booking.services.sending import send_due
from booking.services.sweeping import reap
from booking.storage import outbox
from tests.delivery.servers import Inbox, smtp_server
from tests.delivery.sms_providers import PROVIDERS
from tests.delivery.sms_server import Desk, Mood, open_desk
from tests.given import NOW, SITE, World, in_days, meeting
from tests.outside import Provider

MINUTE = timedelta(minutes=1)
MOBILE, MAIL = {"phone": "+33639980101"}, {"email": "awa@example.org"}


@pytest.fixture
async def desk() -> AsyncIterator[Desk]:
    async with open_desk(PROVIDERS["gateway"]()) as opened:
        yield opened


@pytest.fixture
def inbox() -> Iterator[tuple[Inbox, str]]:
    inbox = Inbox()
    with smtp_server(inbox) as address:
        yield inbox, address


@pytest.fixture
async def post(desk: Desk, inbox) -> AsyncIterator[Deliveries]:
    mail = Email(server(f"smtp://{inbox[1]}?starttls=never"), "Ateliers <ateliers@example.org>")
    deliveries = Deliveries(desk.provider.open(desk.address, 5), mail)
    yield deliveries
    await deliveries.close()


async def drain(world: World, post: Deliveries, now) -> None:
    while await send_due(world.db, post, now, site=SITE):
        pass


async def messages_of(world: World, booking):
    async with world.db.reading() as tx:
        return await outbox.of_booking(tx, booking.id)


async def test_a_text_refused_then_a_mail_refused_then_somebody_calls(world, post, desk, inbox):
    person = await world.job_seeker(**MOBILE, **MAIL, preferred=Channel.SMS)
    booking = await world.booked(await world.session(), person)
    desk.moods, inbox[0].to_recipients = [Mood.REFUSES_NUMBER], ["550 no such mailbox"]

    each = []
    for _ in range(3):
        await send_due(world.db, post, NOW, site=SITE)
        confirmation, *_ = await messages_of(world, booking)
        each.append((confirmation.state, confirmation.attempts))

    assert each == [(MessageState.PLANNED, 1), (MessageState.PLANNED, 2), (MessageState.TO_DO, 2)]
    assert (confirmation.channel, len(desk.heard), inbox[0].mails) == (Channel.CALL, 1, [])


async def test_who_can_only_be_written_to_and_cannot_gets_paper(world, post, inbox):
    booking = await world.booked(await world.session(), await world.job_seeker(**MAIL))
    inbox[0].to_recipients = ["550 no such mailbox"]

    await drain(world, post, NOW)

    confirmation, *_ = await messages_of(world, booking)
    assert (confirmation.state, confirmation.channel) == (MessageState.TO_DO, Channel.HAND)


async def test_a_mail_server_that_takes_and_hangs_up_is_told_again_by_the_same_name(world, post, inbox):
    booking = await world.booked(await world.session(), await world.job_seeker(**MAIL))
    inbox[0].hang_up_after = 1

    for minutes in (0, 2, 35):
        await drain(world, post, NOW + minutes * MINUTE)

    confirmation, *_ = await messages_of(world, booking)
    assert confirmation.state is MessageState.ACCEPTED
    assert len({mail["Message-ID"] for mail in inbox[0].mails}) == 1 < len(inbox[0].mails)


class Vanished(BaseException):
    """The worker is gone in the middle of a call."""


class Poisoned(Provider):
    """One letter fells whoever sends it."""

    async def send(self, letter: Outgoing) -> Receipt:
        if letter.address == MAIL["email"]:
            raise Vanished
        return await super().send(letter)


async def test_a_letter_that_fells_its_worker_is_said_by_a_person_in_the_end_and_holds_up_nobody(world):
    session = await world.session()
    poisonous = await world.booked(session, await world.job_seeker(**MAIL, phone="+33476000001"))
    others = [await world.booked(session, await world.job_seeker(email=f"p{n}@example.org")) for n in range(5)]
    provider = Poisoned()

    for n in range(10):
        with suppress(BaseExceptionGroup, Vanished):
            await send_due(world.db, Deliveries(provider), NOW + 2 * n * MINUTE, site=SITE)
        await reap(world.db, NOW + (2 * n + 1.5) * MINUTE)

    confirmation, *_ = await messages_of(world, poisonous)
    first = [(await messages_of(world, other))[0].state for other in others]
    assert (confirmation.state, confirmation.channel) == (MessageState.TO_DO, Channel.CALL)
    assert first == [MessageState.ACCEPTED] * 5
    assert {letter.key for letter in provider.taken} == {str((await messages_of(world, one))[0].id) for one in others}


class Slow(Provider):
    """Holds a letter until it is told to take it."""

    def __init__(self) -> None:
        super().__init__()
        self.begun, self.may_take = asyncio.Event(), asyncio.Event()

    async def send(self, letter: Outgoing) -> Receipt:
        self.begun.set()
        await self.may_take.wait()
        return await super().send(letter)


async def moved_by_a_day(world: World, session) -> None:
    """The only meeting, a day later."""
    planned = meeting(session.starts_at + timedelta(days=1), id=session.meetings[0].id)
    usual = {"capacity": session.capacity, "version": None, "by": world.manager, "site": SITE}
    await scheduling.change(world.db, session.id, meetings=[planned], now=in_days(7), **usual)


async def test_when_a_session_moves_while_its_reminder_leaves_the_new_date_follows(world):
    session = await world.session()
    booking = await world.booked(session, await world.job_seeker(**MAIL))
    await drain(world, Deliveries(Provider()), NOW)
    slow = Slow()

    leaving = asyncio.create_task(send_due(world.db, Deliveries(slow), in_days(7), site=SITE))
    await slow.begun.wait()
    await moved_by_a_day(world, session)
    slow.may_take.set()
    await leaving
    await drain(world, Deliveries(slow), in_days(7) + 15 * MINUTE)

    assert [subject.split()[0] for subject in slow.subjects] == ["Rappel", "Changement"]
    reminders = [m for m in await messages_of(world, booking) if m.kind is MessageKind.REMINDER]
    ahead = [m for m in reminders if m.state is MessageState.PLANNED]
    assert {m.session_sequence for m in ahead} == {max(m.session_sequence for m in reminders)}


async def test_what_is_cancelled_while_others_send_never_reaches_the_provider(world):
    session = await world.session(capacity=60)
    seats = [await world.booked(session, await world.job_seeker(email=f"p{n}@example.org")) for n in range(60)]
    provider = Provider()

    async def cancel(seat) -> None:
        await bookings.cancel(world.db, seat.id, party=Party.PERSON, by=world.adviser, now=NOW)

    sending = [send_due(world.db, Deliveries(provider), NOW, most=5, site=SITE) for _ in range(10)]
    await asyncio.gather(*(deed for pair in zip(sending, map(cancel, seats[::6]), strict=True) for deed in pair))
    await asyncio.gather(*(cancel(seat) for n, seat in enumerate(seats) if n % 6 == 1))

    taken = {letter.key for letter in provider.taken}
    stopped = {str(m.id) for seat in seats for m in await messages_of(world, seat) if m.state is MessageState.CANCELLED}
    assert stopped and not stopped & taken
