"""What providers tell of texts and mails that left: applied once, in any order; the person is reached another way."""

from dataclasses import dataclass, field
from datetime import timedelta
from uuid import uuid4

import pytest

from booking.delivery.deliveries import Deliveries
from booking.delivery.letters import InDoubt
from booking.domain.job_seekers import Channel
from booking.domain.messages import Message, MessageState
from booking.domain.receipts import PATIENCE, Fate, Report
from booking.domain.replies import Taken
from booking.services import job_seekers, reaching, receipts, receiving, replying, suppressing
from booking.services.job_seekers import PersonSaid
from booking.services.sending import send_due
from booking.storage import outbox
from tests.given import NOW, SITE, World
from tests.given_bounces import a_bounce, an_absence
from tests.outside import Provider

MOBILE, MAIL = "+33639980101", "awa@example.org"
MINUTE = timedelta(minutes=1)
SOON = NOW + MINUTE


@dataclass
class Scene:
    """Awa's seat, and the ways out; a text is known by its gateway as ``taken-1``."""

    world: World
    texts: Provider = field(default_factory=lambda: Provider(Channel.SMS))
    mails: Provider = field(default_factory=Provider)

    async def begin(self, **said: object) -> "Scene":
        self.person = await self.world.job_seeker("Diallo", **said)
        self.booking = await self.world.booked(await self.world.session(), self.person)
        await self.send(NOW)
        return self

    async def send(self, now=SOON) -> None:
        while await send_due(self.world.db, Deliveries(self.texts, self.mails), now, site=SITE):
            pass

    async def told(self, fate: Fate, now=SOON, **known: str) -> int:
        report = Report(event=f"{fate}{known}", fate=fate, **(known or {"reference": "taken-1"}))
        await receiving.take(self.world.db, "ovh", report, site=SITE, now=now)
        return await receipts.apply_all(self.world.db, now, site=SITE)

    async def message(self) -> Message:
        async with self.world.db.reading() as tx:
            return (await outbox.of_booking(tx, self.booking.id))[0]

    async def state(self) -> MessageState:
        return (await self.message()).state

    async def closed(self) -> list[tuple[Channel, str]]:
        person = await job_seekers.show(self.world.db, self.person.id, by=self.world.adviser)
        found = await suppressing.of_person(self.world.db, getattr(person, "person", person), site=SITE)
        return [(one.channel, str(one.because)) for one in found]


@pytest.fixture
async def scene(world: World) -> Scene:
    return await Scene(world).begin(phone=MOBILE)


async def test_a_text_that_arrived_is_delivered(scene):
    assert await scene.told(Fate.DELIVERED) == 1

    assert await scene.state() is MessageState.DELIVERED


async def test_told_by_our_own_key_it_is_known_too(scene):
    await scene.told(Fate.DELIVERED, key=str((await scene.message()).id))

    assert await scene.state() is MessageState.DELIVERED


async def test_the_same_event_counts_once_and_what_arrived_has_arrived(scene):
    await scene.told(Fate.DELIVERED)
    report = Report(event=f"{Fate.DELIVERED}{{}}", fate=Fate.DELIVERED, reference="taken-1")

    assert not await receiving.take(scene.world.db, "ovh", report, site=SITE, now=SOON)
    await scene.told(Fate.UNREACHABLE)

    assert await scene.state() is MessageState.DELIVERED
    assert not await scene.closed()


async def test_a_number_that_is_none_is_used_no_more_and_the_person_is_called(scene):
    await scene.told(Fate.UNREACHABLE)
    await scene.send()

    message = await scene.message()
    assert (message.state, message.channel) == (MessageState.TO_DO, Channel.CALL)
    assert await scene.closed() == [(Channel.SMS, "invalid")]
    assert len(scene.texts.taken) == 1


async def test_a_text_that_did_not_arrive_goes_by_the_next_way_and_the_number_is_kept(scene):
    await scene.told(Fate.FAILED)
    await scene.send()

    assert await scene.state() is MessageState.TO_DO
    assert not await scene.closed()


async def test_who_cannot_be_reached_by_text_stands_among_those_hard_to_reach(scene):
    await scene.told(Fate.UNREACHABLE)

    (found,) = await reaching.find(scene.world.db, by=scene.world.adviser, now=SOON)
    assert found.person.id == scene.person.id


async def test_a_number_that_was_corrected_meanwhile_is_tried(scene):
    said = PersonSaid(first_name="Awa", last_name="Diallo", phone="+33639980102")
    await job_seekers.change(scene.world.db, scene.person.id, said, version=None, by=scene.world.adviser, now=SOON)

    await scene.told(Fate.UNREACHABLE)
    await scene.send()

    assert [letter.address for letter in scene.texts.taken] == [MOBILE, "+33639980102"]
    assert not await scene.closed()


async def test_a_receipt_of_what_nobody_knows_waits_an_hour_and_is_given_up(scene):
    assert await scene.told(Fate.DELIVERED, reference="unheard-of") == 0
    assert await scene.told(Fate.DELIVERED, key=str(uuid4())) == 0
    assert await scene.told(Fate.DELIVERED, key="no key at all") == 0

    assert await receipts.apply_all(scene.world.db, SOON + PATIENCE, site=SITE) == 3
    assert await receipts.apply_all(scene.world.db, SOON + PATIENCE, site=SITE) == 0


async def test_a_receipt_that_is_faster_than_the_worker_is_applied_when_that_has_written(world):
    scene = Scene(world)
    take = scene.texts.send

    async def send(letter):
        receipt = await take(letter)
        assert await scene.told(Fate.DELIVERED, NOW) == 0
        return receipt

    scene.texts.send = send
    await scene.begin(phone=MOBILE)

    assert await receipts.apply_all(world.db, SOON, site=SITE) == 1
    assert await scene.state() is MessageState.DELIVERED


async def test_a_receipt_of_a_text_that_another_program_sent_concerns_nobody(world):
    scene = Scene(world)
    scene.texts.failures.append(InDoubt("no answer"))
    await scene.begin(phone=MOBILE)
    before = await scene.state()

    await scene.told(Fate.UNREACHABLE, key="campaign-77")

    assert (await scene.state(), await scene.closed()) == (before, [])


async def test_a_mail_that_came_back_for_good_is_said_another_way(world):
    scene = await Scene(world).begin(phone=MOBILE, email=MAIL)
    mail = a_bounce((await scene.message()).id)

    taken = [await replying.take(world.db, mail, site=SITE, now=SOON) for _ in range(2)]
    await receipts.apply_all(world.db, SOON, site=SITE)
    await scene.send()

    assert taken == [Taken.CAME_BACK, Taken.KNOWN]
    assert await scene.closed() == [(Channel.EMAIL, "bounced")]
    assert (await scene.message()).channel is Channel.SMS


async def test_a_mail_that_is_late_or_answered_by_a_machine_changes_nothing(world):
    scene = await Scene(world).begin(email=MAIL)
    key = (await scene.message()).id

    taken = [
        await replying.take(world.db, mail, site=SITE, now=SOON)
        for mail in (a_bounce(key, action="delayed", status="4.4.1"), an_absence(key))
    ]
    await receipts.apply_all(world.db, SOON, site=SITE)

    assert taken == [Taken.LATE, Taken.NOT_A_REPLY]
    assert await scene.state() is MessageState.ACCEPTED


async def test_a_mail_that_was_sent_on_and_came_back_from_there_closes_no_address(world):
    scene = await Scene(world).begin(email=MAIL)
    mail = a_bounce((await scene.message()).id, "awa.diallo@elsewhere.example")

    await replying.take(world.db, mail, site=SITE, now=SOON)
    await receipts.apply_all(world.db, SOON, site=SITE)

    assert not await scene.closed()
    assert await scene.state() is MessageState.PLANNED
