"""Whatever people and workers do in whatever order, a message only goes the ways that are drawn for it."""

import random
from datetime import timedelta
from uuid import uuid4

import pytest
from sqlalchemy import select, update
from sqlalchemy.exc import IntegrityError

from booking.delivery.deliveries import Deliveries
from booking.delivery.letters import InDoubt, Misconfigured, Outgoing, PermanentFailure, Receipt, TemporaryFailure
from booking.domain.bookings import Party
from booking.domain.errors import Refused
from booking.domain.job_seekers import Channel
from booking.domain.messages import LEASED, MessageState
from booking.services import bookings, message_deeds, scheduling, sweeping, to_do
from booking.services.reconciling import reconcile
from booking.services.sending import send_due
from booking.storage.tables import messages
from tests.given import DAY, HOUR, NOW, SITE, World, in_days, meeting
from tests.given_lives import lived, undrawn, watch

STEPS = 120
FAILURES = (TemporaryFailure("busy"), PermanentFailure("no"), InDoubt("cut"), Misconfigured("key"), KeyError("bug"))


class Vanished(BaseException):
    """The worker is gone in the middle of a call."""


class Fickle:
    """A provider that takes one letter of three."""

    def __init__(self, channel: Channel, dice: random.Random) -> None:
        self.channel, self._dice = channel, dice

    async def send(self, letter: Outgoing) -> Receipt:
        if self._dice.random() < 1 / 3:
            return Receipt()
        raise self._dice.choice([*FAILURES, Vanished()])

    async def close(self) -> None:
        """Nothing to close."""


class History:
    """Days of an agency, by dice."""

    def __init__(self, world: World, dice: random.Random) -> None:
        self.world, self.dice, self.now = world, dice, NOW
        ways = (Fickle(channel, dice) for channel in (Channel.EMAIL, Channel.SMS))
        self.post = Deliveries(*ways)
        self.people, self.sessions = [], []

    async def begin(self) -> None:
        """Two sessions, and four people who are reached in different ways."""
        reach = (
            {"email": "a@example.org", "phone": "+33639980001"},
            {"phone": "+33476000001"},
            {},
            {"email": "b@b.fr"},
        )
        self.people = [await self.world.job_seeker(**said) for said in reach]
        self.sessions = [await self.world.session(meeting(in_days(day))) for day in (9, 10)]

    async def book(self) -> None:
        one, where = self.dice.choice(self.people), self.dice.choice(self.sessions)
        await bookings.book(self.world.db, where.id, one.id, by=self.world.adviser, now=self.now)

    async def cancel(self) -> None:
        found = await self._one("bookings")
        await bookings.cancel(self.world.db, found, party=Party.PERSON, by=self.world.adviser, now=self.now)

    async def postpone(self) -> None:
        n = self.dice.randrange(2)
        old = self.sessions[n]
        planned = meeting(old.starts_at + DAY, id=old.meetings[0].id)
        usual = {"capacity": 8, "version": None, "by": self.world.manager, "site": SITE, "now": self.now}
        self.sessions[n] = await scheduling.change(self.world.db, old.id, meetings=[planned], **usual)

    async def send(self) -> None:
        try:
            await send_due(self.world.db, self.post, self.now, site=SITE)
        except* Vanished:
            """As if it had been killed."""

    async def tidy(self) -> None:
        await sweeping.sweep(self.world.db, self.now)
        await reconcile(self.world.db, self.now)

    async def stop(self) -> None:
        await message_deeds.stop(self.world.db, await self._one(), by=self.world.adviser, now=self.now)

    async def restart(self) -> None:
        await message_deeds.plan_again(self.world.db, await self._one(), by=self.world.adviser, now=self.now)

    async def resend(self) -> None:
        await message_deeds.resend(self.world.db, await self._one(), by=self.world.adviser, now=self.now)

    async def tick_off(self) -> None:
        outcome = self.dice.choice(["reached", "not-reached", "handed-over"])
        await to_do.done(self.world.db, await self._one(), outcome, by=self.world.adviser, now=self.now)

    async def take_back(self) -> None:
        await to_do.undo(self.world.db, await self._one(), by=self.world.adviser, now=self.now)

    async def time_passes(self) -> None:
        self.now += self.dice.choice([timedelta(minutes=1), timedelta(minutes=20), HOUR, 6 * HOUR, DAY])

    async def _one(self, column: str = "id"):
        wanted = messages.c.booking_id if column == "bookings" else messages.c.id
        async with self.world.db.reading() as tx:
            return self.dice.choice([row[0] for row in await tx.rows(select(wanted).order_by(messages.c.id))])

    async def play(self) -> None:
        """One deed after the other; a refusal is an answer."""
        await self.book()
        deeds = [self.book, self.cancel, self.postpone, self.tidy, self.stop, self.restart, self.resend]
        deeds += [self.tick_off, self.take_back, self.time_passes, *[self.send] * 3]
        for _ in range(STEPS):
            try:
                await self.dice.choice(deeds)()
            except Refused:
                """Not now."""
            await sweeping.reap(self.world.db, self.now)


@pytest.mark.parametrize("seed", [1, 2])
async def test_a_message_goes_only_the_ways_drawn_for_it(world: World, seed: int) -> None:
    await watch(world.db)
    history = History(world, random.Random(seed))
    await history.begin()

    await history.play()

    found = await lived(world.db)
    assert not undrawn(found)
    assert len(found) > 6


@pytest.mark.parametrize("state", MessageState)
async def test_who_holds_a_message_holds_it_by_a_lease_and_nobody_else_does(world: World, state) -> None:
    await world.booked(await world.session())
    lease: dict[str, object] = {"lease_token": uuid4(), "lease_until": NOW}
    wrong = {} if state in LEASED else lease

    with pytest.raises(IntegrityError):
        async with world.db.transaction() as tx:
            await tx.run(update(messages).values(state=state, **wrong))


async def test_a_lease_has_an_end(world: World) -> None:
    await world.booked(await world.session())

    with pytest.raises(IntegrityError):
        async with world.db.transaction() as tx:
            await tx.run(update(messages).values(state=MessageState.CLAIMED, lease_token=uuid4()))
