"""What people answer by text: acted upon where it is plain, a task where it is not, and nothing happens twice."""

from dataclasses import dataclass, field
from datetime import timedelta

import pytest

from booking.delivery.deliveries import Deliveries
from booking.documents import gsm
from booking.domain.agencies import WaitlistPolicy
from booking.domain.agency_settings import AgencySettings
from booking.domain.attendance import Mark
from booking.domain.bookings import Booking, BookingState, Party
from booking.domain.errors import NotAllowed, NotFound, StaleEdit
from booking.domain.job_seekers import Channel
from booking.domain.policies import Policy, SmsNo
from booking.domain.receipts import Heard
from booking.domain.staff import Role
from booking.domain.text_answers import Meaning
from booking.services import (
    agency_settings,
    attendance,
    bookings,
    message_policies,
    receiving,
    text_tasks,
    understanding,
)
from booking.services.sending import send_due
from booking.services.suppressing import of_person
from booking.storage import bookings as stored
from booking.storage import incoming_texts, workshops
from tests.given import DAY, HOUR, NOW, SITE, World, a_workshop, in_days, meeting
from tests.outside import Provider

MOBILE = "+33639980101"
SOON = NOW + timedelta(minutes=1)


@dataclass
class Scene:
    """Awa, who has a mobile and nothing else, and her seat."""

    world: World
    texts: Provider = field(default_factory=lambda: Provider(Channel.SMS))
    heard: int = 0

    async def begin(self) -> "Scene":
        self.person = await self.world.job_seeker("Diallo", phone=MOBILE)
        self.session = await self.world.session(capacity=1)
        self.booking = await self.world.booked(self.session, self.person)
        await self.send()
        return self

    async def send(self, now=NOW) -> None:
        while await send_due(self.world.db, Deliveries(self.texts), now, site=SITE):
            pass

    async def says(self, body: str, number: str = "33639980101", now=SOON, event: str = "") -> bool:
        self.heard += 1
        heard = Heard(event=event or f"e{self.heard}", number=number, body=body)
        is_new = await receiving.take(self.world.db, "smsfactor", heard, site=SITE, now=now)
        await understanding.read_all(self.world.db, now, site=SITE)
        return is_new

    async def seat(self, booking: Booking | None = None) -> Booking:
        async with self.world.db.reading() as tx:
            return await stored.load(tx, (booking or self.booking).id)

    async def tasks(self):
        return await text_tasks.to_answer(self.world.db, by=self.world.adviser)


@pytest.fixture
async def scene(world: World) -> Scene:
    return await Scene(world).begin()


@pytest.fixture
async def a_no_frees(world: World) -> None:
    """The agency has decided that NON gives the seat away."""
    frees = Policy(sms_no=SmsNo.FREES)
    await message_policies.change(world.db, world.agency.id, None, frees, version=0, by=world.manager, now=NOW)


async def test_who_says_yes_comes(scene):
    await scene.says("Oui merci !")

    assert (await scene.seat()).answered_at == SOON
    assert not await scene.tasks()


async def test_who_says_no_keeps_the_seat_until_somebody_has_asked(scene):
    await scene.says("non")

    (task,) = await scene.tasks()
    assert (task.text.body, task.text.meaning) == ("non", Meaning.NO)
    assert (task.people[0].id, task.case.booking.id) == (scene.person.id, scene.booking.id)
    assert (await scene.seat()).state is BookingState.BOOKED


async def test_a_no_is_answered_by_text_once_whatever_the_hour(scene):
    night = NOW + timedelta(hours=14)
    await scene.says("non", now=night)
    await scene.says("NON !", now=night)

    await scene.send(night)

    (_, answer) = scene.texts.taken
    assert answer.body.startswith("NON bien recu: atelier Premiers pas") and "Vous gardez votre place." in answer.body
    assert gsm.segments(answer.body) == 1


@pytest.mark.usefixtures("a_no_frees")
async def test_where_the_agency_says_so_no_frees_the_seat_for_who_waits(scene):
    waiting = await scene.world.waiting(scene.session)

    await scene.says("NON DESOLEE")

    seat = await scene.seat()
    assert (seat.state, seat.cancelled_by) == (BookingState.CANCELLED, Party.PERSON)
    assert (await scene.seat(waiting)).state in (BookingState.BOOKED, BookingState.OFFERED)
    assert not await scene.tasks()


async def test_what_is_not_plain_waits_for_a_person(scene):
    await scene.says("oui mais j’arrive à 10h")

    (task,) = await scene.tasks()
    assert task.text.meaning is Meaning.UNCLEAR
    assert (await scene.seat()).answered_at is None


async def test_stop_closes_the_number_to_texts_and_frees_nothing(scene):
    await scene.says("STOP")

    assert [str(one.because) for one in await of_person(scene.world.db, scene.person, site=SITE)] == ["stop"]
    assert (await scene.seat()).state is BookingState.BOOKED
    assert not await scene.tasks()


async def test_stop_holds_for_everybody_with_the_number_and_nothing_more_leaves(scene):
    await scene.says("STOP")
    binta = await scene.world.job_seeker("Barry", phone=MOBILE)
    await scene.world.booked(await scene.world.session(), binta, now=SOON)

    await scene.send(SOON)
    await scene.send(NOW + 7 * DAY)

    assert len(scene.texts.taken) == 1


async def test_the_same_text_told_twice_counts_once(scene):
    assert await scene.says("bof", event="e")
    assert not await scene.says("bof", event="e")

    assert len(await scene.tasks()) == 1


async def test_a_number_of_two_people_is_a_task_of_both(scene):
    await scene.world.job_seeker("Diallo-Barry", phone=MOBILE)

    await scene.says("oui")

    (task,) = await scene.tasks()
    assert (len(task.people), task.case) == (2, None)
    assert (await scene.seat()).answered_at is None


async def test_an_answer_without_a_seat_to_come_is_a_task(scene):
    await bookings.cancel(scene.world.db, scene.booking.id, party=Party.PERSON, by=scene.world.adviser, now=SOON)

    await scene.says("non")

    (task,) = await scene.tasks()
    assert task.case is None


@pytest.mark.usefixtures("a_no_frees")
@pytest.mark.parametrize("answer", ["non", "oui"])
async def test_what_is_answered_to_another_date_touches_no_other_seat(scene, answer):
    missed = scene.session.meetings[0]
    other = await _in_another_workshop(scene)
    await scene.send()
    about = {"by": scene.world.manager, "now": missed.ends_at}
    await attendance.mark(scene.world.db, missed.id, scene.booking.id, Mark.ABSENT, **about)
    await scene.send(missed.ends_at + DAY)

    await scene.says(answer, now=missed.ends_at + DAY + HOUR)

    seat, (task,) = await scene.seat(other), await scene.tasks()
    assert "Voulez-vous une autre date?" in scene.texts.taken[-1].body
    assert (seat.state, seat.answered_at, task.case) == (BookingState.BOOKED, None, None)


async def _in_another_workshop(scene: Scene) -> Booking:
    """Her seat there, a fortnight later."""
    letters = a_workshop("Lettres")
    async with scene.world.db.transaction() as tx:
        await workshops.add(tx, letters)
    session = await scene.world.session(meeting(in_days(28)), workshop_id=letters.id)
    return await scene.world.booked(session, scene.person)


async def test_an_unknown_number_is_for_who_sees_everything(scene):
    await scene.says("oui", "33639980199")

    assert not await scene.tasks()
    head = await scene.world.staff(Role.MANAGER, None, "Agnès")
    (task,) = await text_tasks.to_answer(scene.world.db, by=head)
    assert not task.people


async def test_an_offered_seat_is_taken_by_yes_and_declined_by_no(world):
    for answer, state in (("oui", BookingState.BOOKED), ("non", BookingState.CANCELLED)):
        scene = await _offered(world, MOBILE if answer == "oui" else "+33639980102")
        await scene.says(answer, scene.person.phone, event=answer)

        assert (await scene.seat()).state is state
        assert not await scene.tasks()


async def _offered(world: World, phone: str) -> Scene:
    """Somebody to whom a seat was offered, by text."""
    asks = AgencySettings(directions="", hold_minutes=10, waitlist_policy=WaitlistPolicy.OFFER)
    await agency_settings.change(world.db, world.agency.id, asks, by=world.manager, now=NOW)
    scene = Scene(world)
    scene.session = await world.session(capacity=1)
    first = await world.booked(scene.session)
    scene.person = await world.job_seeker(phone=phone)
    scene.booking = await world.waiting(scene.session, scene.person)
    await bookings.cancel(world.db, first.id, party=Party.PERSON, by=world.adviser, now=SOON)
    assert (await scene.seat()).state is BookingState.OFFERED
    await scene.send(SOON)
    return scene


async def test_a_task_is_ticked_off_once_by_who_may(scene):
    stranger = await scene.world.staff(Role.ADVISER, await scene.world.another_agency(), "Inès")
    await scene.says("bof")
    (task,) = await scene.tasks()

    with pytest.raises(NotFound):
        await text_tasks.answered(scene.world.db, task.text.id, by=stranger, now=SOON)
    await text_tasks.answered(scene.world.db, task.text.id, by=scene.world.adviser, now=SOON)
    with pytest.raises(StaleEdit):
        await text_tasks.answered(scene.world.db, task.text.id, by=scene.world.adviser, now=SOON)
    with pytest.raises(NotAllowed):
        await text_tasks.to_answer(scene.world.db, by=scene.world.facilitator)

    assert not await scene.tasks()


@pytest.mark.usefixtures("a_no_frees")
async def test_who_takes_up_the_work_of_a_reader_that_vanished_touches_no_other_seat(scene, monkeypatch):
    other = await scene.world.booked(await scene.world.session(meeting(in_days(15))), scene.person)

    async def vanish(*said: object) -> None:
        raise ConnectionError

    with monkeypatch.context() as broken:
        broken.setattr(incoming_texts, "settle", vanish)
        await scene.says("non")
    await understanding.read_all(scene.world.db, SOON, site=SITE)
    await understanding.read_all(scene.world.db, SOON + timedelta(minutes=6), site=SITE)

    assert sorted([(await scene.seat()).state, (await scene.seat(other)).state]) == ["booked", "cancelled"]
    assert not await scene.tasks()


async def test_number_and_words_are_forgotten_after_thirty_days(scene):
    await scene.says("bof")

    assert await understanding.forget_old(scene.world.db, SOON + 30 * DAY) == 0
    assert await understanding.forget_old(scene.world.db, SOON + 31 * DAY) == 1
    (task,) = await scene.tasks()
    assert (task.text.body, task.text.number) == (None, None)
