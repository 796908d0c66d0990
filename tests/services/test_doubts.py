"""Letters of which nobody knows whether they left: whoever can tell is asked before anything is said twice."""

from datetime import timedelta
from uuid import UUID

import pytest

from booking.delivery.deliveries import Deliveries
from booking.delivery.letters import InDoubt, Outgoing, Receipt, TemporaryFailure
from booking.delivery.sms import Texts
from booking.domain.job_seekers import Channel
from booking.domain.messages import Message, MessageState
from booking.services.asking import PATIENCE
from booking.services.sending import LEASE, send_due
from booking.services.sweeping import reap
from booking.storage import journal
from booking.storage.journal import Sought
from tests.given import NOW, SITE, World, in_days, meeting

SOON = LEASE + timedelta(seconds=1)
REMINDER_AT = in_days(7)


class Remembering(Texts):
    """A provider that forgets to answer, and tells afterwards what it took."""

    can_be_asked = True

    def __init__(self, *, took: bool, is_sure: bool = True, is_mute: bool = False) -> None:
        super().__init__()
        self.took, self.is_sure, self.is_mute = took, is_sure, is_mute
        self.letters: list[str] = []
        self.is_silent = False

    async def send(self, letter: Outgoing) -> Receipt:
        self.letters.append(letter.key)
        if self.is_silent:
            raise InDoubt("no answer")
        return Receipt("70001")

    async def lookup(self, key: str) -> Receipt | None:
        if self.is_mute:
            raise TemporaryFailure("status 503")
        return Receipt("70009") if self.took else None


async def doubtful(world: World, provider: Remembering) -> UUID:
    """A reminder that was handed over without an answer."""
    session = await world.session(meeting(in_days(14)))
    booking = await world.booked(session, await world.job_seeker(phone="+33639980101"))
    await send(world, provider, NOW)
    provider.is_silent = True
    await send(world, provider, REMINDER_AT)
    provider.is_silent = False
    return booking.id


async def send(world: World, provider: Texts, now) -> None:
    while await send_due(world.db, Deliveries(provider), now, site=SITE):
        pass


async def reminder(world: World, booking_id: UUID) -> tuple[Message, journal.Try]:
    async with world.db.reading() as tx:
        found = await journal.find(tx, Sought(booking_id=booking_id))
        (message,) = [one.message for one in found if one.message.rule == "d7"]
        return message, (await journal.tries(tx, [message.id]))[message.id][-1]


async def test_until_the_provider_is_asked_nothing_is_decided(world):
    booking_id = await doubtful(world, Remembering(took=True))

    message, tried = await reminder(world, booking_id)

    assert (message.state, tried.outcome) == (MessageState.SENDING, None)


async def test_what_the_provider_took_is_not_said_again(world):
    provider = Remembering(took=True)
    booking_id = await doubtful(world, provider)

    await reap(world.db, REMINDER_AT + SOON, Deliveries(provider))
    await send(world, provider, REMINDER_AT + 2 * SOON)

    message, tried = await reminder(world, booking_id)
    assert (message.state, tried.outcome) == (MessageState.ACCEPTED, "accepted")
    assert provider.letters.count(str(message.id)) == 1


async def test_what_the_provider_surely_never_took_leaves_again(world):
    provider = Remembering(took=False)
    booking_id = await doubtful(world, provider)

    await reap(world.db, REMINDER_AT + SOON, Deliveries(provider))
    await send(world, provider, REMINDER_AT + 2 * SOON)

    message, tried = await reminder(world, booking_id)
    assert (message.state, tried.n) == (MessageState.ACCEPTED, 2)
    assert provider.letters.count(str(message.id)) == 2


async def test_a_reminder_that_may_have_left_is_not_said_again(world):
    provider = Remembering(took=False, is_sure=False)
    booking_id = await doubtful(world, provider)

    await reap(world.db, REMINDER_AT + SOON, Deliveries(provider))
    await send(world, provider, REMINDER_AT + 2 * SOON)

    message, _ = await reminder(world, booking_id)
    assert (message.state, message.reason) == (MessageState.ACCEPTED, "in-doubt")
    assert provider.letters.count(str(message.id)) == 1


@pytest.mark.parametrize(("later", "state"), [(SOON, "sending"), (PATIENCE + 2 * SOON, "accepted")])
async def test_a_provider_that_cannot_tell_is_waited_for_and_not_for_ever(world, later, state):
    provider = Remembering(took=False, is_mute=True)
    booking_id = await doubtful(world, provider)

    await reap(world.db, REMINDER_AT + later, Deliveries(provider))

    message, _ = await reminder(world, booking_id)
    assert (message.state, message.channel) == (MessageState(state), Channel.SMS)


@pytest.mark.parametrize(("life", "times"), [(timedelta(hours=24), 2), (timedelta(seconds=30), 1)])
async def test_a_provider_that_still_knows_the_key_is_told_again(world, life, times):
    provider = Remembering(took=False)
    booking_id = await doubtful(world, provider)
    provider.can_be_asked, provider.knows_repeats, provider.key_life = False, True, life

    await reap(world.db, REMINDER_AT + SOON, Deliveries(provider))
    await send(world, provider, REMINDER_AT + 2 * SOON)

    message, _ = await reminder(world, booking_id)
    assert provider.letters.count(str(message.id)) == times
