"""The gates of the providers, shared by all workers: how fast letters leave, and when a provider is left alone."""

from datetime import timedelta

import pytest
from sqlalchemy import update
from structlog.testing import capture_logs

from booking.delivery.deliveries import Deliveries
from booking.delivery.letters import Misconfigured, Unreachable
from booking.domain.gates import PROBE_EVERY, Gate, Limits, Trouble
from booking.domain.job_seekers import Channel
from booking.domain.messages import MessageState
from booking.domain.turns import Turns
from booking.services import credit
from booking.services.sending import send_due
from booking.services.sweeping import sweep
from booking.storage import gates, journal
from booking.storage.journal import Sought
from booking.storage.tables import messages
from tests.given import NOW, SITE, World, in_days, meeting
from tests.outside import Provider
from tests.services.test_doubts import Remembering

MINUTE, SECOND = timedelta(minutes=1), timedelta(seconds=1)
PHONE = "+33639980101"


def limited(provider: Provider, **limits: int) -> Deliveries:
    return Deliveries(provider, limits={provider.channel: Limits(**limits)})


async def invited(world: World, number: int, **known: str) -> list:
    session = await world.session(meeting(in_days(14)), capacity=number)
    people = [await world.job_seeker(**(known or {"email": f"{n}@example.org"})) for n in range(number)]
    return [await world.booked(session, person) for person in people]


async def drain(world: World, post: Deliveries, now=NOW) -> None:
    while await send_due(world.db, post, now, site=SITE):
        pass


async def gate(world: World, name: str = "email") -> Gate:
    async with world.db.reading() as tx:
        return (await gates.of(tx, [name]))[name]


async def reasons(world: World) -> list[tuple[MessageState, str | None, int]]:
    async with world.db.reading() as tx:
        found = [one.message for one in await journal.find(tx, Sought())]
    return sorted((m.state, m.reason, m.attempts) for m in found if m.rule == "now")


class TestSpeed:
    async def test_as_many_leave_as_the_provider_wants_and_the_others_keep_their_turn(self, world):
        await invited(world, 8)
        provider = Provider()
        post = limited(provider, rate=1)

        await drain(world, post)
        at_once = len(provider.taken)
        await drain(world, post, NOW + 2 * SECOND)

        assert (at_once, len(provider.taken)) == (3, 5)
        assert (
            await reasons(world) == [(MessageState.ACCEPTED, None, 1)] * 5 + [(MessageState.PLANNED, "queued", 0)] * 3
        )

    async def test_two_workers_share_what_there_is(self, world):
        await invited(world, 8)
        one, other = Provider(), Provider()

        await drain(world, limited(one, rate=1))
        await drain(world, limited(other, rate=1))

        assert (len(one.taken), len(other.taken)) == (3, 0)

    async def test_one_way_that_is_full_keeps_nobody_else_back(self, world):
        await invited(world, 3, phone=PHONE)
        await invited(world, 2)
        texts, mails = Provider(Channel.SMS), Provider()

        await drain(world, Deliveries(texts, mails, limits={Channel.SMS: Limits(a_day=1)}))

        assert (len(texts.taken), len(mails.taken)) == (1, 2)

    async def test_a_runaway_ends_with_the_day_and_is_told_once(self, world):
        await invited(world, 5)
        provider = Provider()

        with capture_logs() as logs:
            await drain(world, limited(provider, a_day=2))
            await drain(world, limited(provider, a_day=2), NOW + MINUTE)
        await drain(world, limited(provider, a_day=2), in_days(1))

        assert len(provider.taken) == 4
        assert [line["event"] for line in logs].count("no more letters today") == 1


class TestOutOfOrder:
    async def test_a_wrong_key_stops_every_worker_at_once_and_is_told_once(self, world):
        await invited(world, 4)
        wrong, other = (
            Provider(failures=[Misconfigured("535 no such user awa@example.org", Trouble.KEY)] * 9),
            Provider(),
        )

        with capture_logs() as logs:
            await drain(world, Deliveries(wrong))
            await drain(world, Deliveries(other))
            await drain(world, Deliveries(wrong), NOW + PROBE_EVERY)

        assert other.taken == []
        assert await reasons(world) == [(MessageState.PLANNED, "resting", 0)] * 4
        assert [line["trouble"] for line in logs if line["event"] == "delivery out of order"] == ["key"]
        assert "awa" not in str(logs) and "awa" not in ((await gate(world)).error or "")

    async def test_every_half_minute_one_letter_tries_and_then_all_leave(self, world):
        await invited(world, 6)
        provider = Provider(failures=[Misconfigured("402", Trouble.CREDIT)] * 6)
        post = Deliveries(provider)
        await drain(world, post)
        calls = provider.calls

        await drain(world, post, NOW + PROBE_EVERY)
        tried = provider.calls - calls
        provider.failures = []
        await drain(world, post, NOW + 2 * PROBE_EVERY)

        assert tried == 1
        assert len(provider.taken) == 6
        assert not (await gate(world)).is_shut

    async def test_while_nobody_answers_the_trying_letter_burns_no_try(self, world):
        await invited(world, 1)
        provider = Provider(failures=[Unreachable("nobody there")] * 20)
        post = Deliveries(provider)

        for n in range(10):
            await drain(world, post, NOW + n * MINUTE)

        ((state, _, tries),) = await reasons(world)
        assert (state, tries) == (MessageState.PLANNED, 3)
        assert (await gate(world)).trouble is Trouble.SILENT

    async def test_two_answers_lost_are_no_outage(self, world):
        await invited(world, 2)
        provider = Provider(failures=[Unreachable("nobody there")])

        await drain(world, Deliveries(provider))
        await drain(world, Deliveries(provider), NOW + 3 * MINUTE)

        assert len(provider.taken) == 2
        assert (await gate(world)).failures == 0

    async def test_what_outlives_its_use_in_an_outage_leaves_a_trace(self, world):
        await invited(world, 1)
        await drain(world, Deliveries(Provider(failures=[Misconfigured("402")])))

        await sweep(world.db, in_days(14.1))

        assert {state for state, _, _ in await reasons(world)} == {MessageState.EXPIRED}


class TestFairness:
    async def test_who_has_many_messages_lets_the_others_through(self, world):
        *_, last = await invited(world, 7)
        there = await world.another_agency("Voiron")
        provider = Provider()
        await drain(world, Deliveries(provider))
        moved = update(messages).where(messages.c.booking_id == last.id, messages.c.rule == "d7")
        async with world.db.transaction() as tx:
            await tx.run(moved.values(agency_id=there.id, due_at=in_days(7) + SECOND))
        provider.taken.clear()

        turns = Turns(share=2)
        while await send_due(world.db, Deliveries(provider), in_days(7) + MINUTE, site=SITE, most=2, turns=turns):
            pass

        addresses = [letter.address for letter in provider.taken]
        assert addresses.index("6@example.org") == 2
        assert len(addresses) == 7


class TestCredit:
    async def test_what_is_left_is_kept_and_little_is_told_once(self, world):
        provider = Remembering(took=True)
        provider.provider, provider.tells_credit = "sms:ovh", True

        async def balance() -> float:
            return 120.0

        provider.balance = balance
        with capture_logs() as logs:
            told = [await credit.ask(world.db, Deliveries(provider), NOW + n * MINUTE) for n in range(2)]

        found = await gate(world, "sms:ovh")
        assert (told, found.credit, found.asked_at, found.is_low) == ([1, 1], 120.0, NOW + MINUTE, True)
        assert [line["event"] for line in logs] == ["little credit left"]

    @pytest.mark.parametrize("post", [Deliveries(), Deliveries(Provider(Channel.SMS))])
    async def test_who_does_not_tell_is_not_asked(self, world, post):
        assert not credit.is_told(post)
        assert await credit.ask(world.db, post, NOW) == 0
