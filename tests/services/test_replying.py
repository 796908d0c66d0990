"""What calendars answer: noted where it fits, a task where somebody declines, and nothing else changed by it."""

from collections.abc import Iterator
from dataclasses import dataclass, field

import pytest
from structlog.testing import capture_logs

from booking.delivery.deliveries import Deliveries
from booking.domain.bookings import Booking, BookingState, Party
from booking.domain.errors import NotAllowed, NotFound
from booking.domain.invitations import Partstat
from booking.domain.messages import SETTLING
from booking.domain.replies import Taken
from booking.domain.staff import Role
from booking.services import bookings, own_invitations, refusals, replying, scheduling
from booking.services.inviting_by_mail import send_due as send_to_staff
from booking.services.sending import send_due
from booking.storage import bookings as stored
from tests.given import HOUR, NOW, SITE, World, in_days, meeting
from tests.given_replies import a_reply, uid_of_staff
from tests.outside import Provider

AWA, KARIM = "awa@example.org", "karim@example.org"
LATER = "20261019T100000Z"


@dataclass
class Scene:
    """Awa's seat in Karim's session; both calendars were told."""

    world: World
    provider: Provider = field(default_factory=Provider)

    async def begin(self, meetings: int = 1) -> None:
        plans = [meeting(in_days(14 + n), facilitator_id=self.world.facilitator.id) for n in range(meetings)]
        await own_invitations.choose(self.world.db, KARIM, True, by=self.world.facilitator, now=NOW)
        self.session = await self.world.session(*plans)
        self.booking = await self.world.booked(self.session, await self.world.job_seeker("Diallo", email=AWA))
        await self.tell()

    async def tell(self, now=NOW) -> None:
        while await send_due(self.world.db, Deliveries(self.provider), now, site=SITE):
            now += HOUR / 60
        await send_to_staff(self.world.db, Deliveries(self.provider), now + SETTLING, site=SITE)

    def uid(self, position: int = 1) -> str:
        return f"{self.booking.id}.{self.session.meetings[position - 1].id}@{SITE.domain}"

    async def says(self, answer: str, guest: str = AWA, uid: str = "", **known: object) -> Taken:
        mail = a_reply(uid or self.uid(), guest, answer, **known)
        return await replying.take(self.world.db, mail, site=SITE, now=NOW)

    async def karim_says(self, answer: str, **known: object) -> Taken:
        return await self.says(answer, KARIM, uid_of_staff((await self.ahead())[0]), **known)

    async def ahead(self):
        return (await own_invitations.show(self.world.db, by=self.world.facilitator, now=NOW)).ahead

    async def now(self) -> Booking:
        async with self.world.db.reading() as tx:
            return await stored.load(tx, self.booking.id)

    async def tasks(self) -> list:
        return await refusals.of_people(self.world.db, by=self.world.adviser, now=NOW)

    async def staff_tasks(self) -> list:
        return await refusals.of_staff(self.world.db, by=self.world.manager, now=NOW)


@pytest.fixture
async def scene(world: World) -> Scene:
    made = Scene(world)
    await made.begin()
    return made


@pytest.fixture(autouse=True)
def no_log_names_anybody() -> Iterator[None]:
    """An address or a word of people in a log is a fault, whatever the test is about."""
    with capture_logs() as lines:
        yield
    said = str(lines).lower()
    assert not [word for word in (AWA, KARIM, "diallo", "example.org", "mailto", "premiers pas") if word in said]


async def test_who_accepts_comes(scene):
    assert await scene.says("ACCEPTED") is Taken.NOTED

    assert (await scene.now()).answered_at == NOW
    assert not await scene.tasks()


async def test_who_declines_keeps_the_seat_and_becomes_a_task(scene):
    assert await scene.says("DECLINED") is Taken.NOTED

    (task,) = await scene.tasks()
    assert (task.case.person.last_name, task.meets_at) == ("Diallo", scene.session.starts_at)
    assert (await scene.now()).state is BookingState.BOOKED
    assert await scene.world.count(scene.session) == (1, 0)


async def test_who_accepted_and_then_declines_does_not_come(scene):
    await scene.says("ACCEPTED")

    assert await scene.says("DECLINED", stamp=LATER) is Taken.NOTED

    assert (await scene.now()).answered_at is None
    assert len(await scene.tasks()) == 1


async def test_who_changes_his_mind_is_no_task_any_more(scene):
    await scene.says("DECLINED")

    await scene.says("ACCEPTED", stamp=LATER)

    assert not await scene.tasks()


async def test_perhaps_is_no_task(scene):
    assert await scene.says("TENTATIVE") is Taken.NOTED
    assert not await scene.tasks()


async def test_said_twice_or_in_the_wrong_order_it_is_noted_once(scene):
    await scene.says("DECLINED", stamp=LATER)

    assert await scene.says("DECLINED", stamp=LATER) is Taken.KNOWN
    assert await scene.says("ACCEPTED") is Taken.KNOWN
    assert (await scene.now()).answered_at is None
    assert len(await scene.tasks()) == 1


async def test_an_answer_without_a_stamp_counts_as_it_arrives(scene):
    for answer, taken in (("ACCEPTED", Taken.NOTED), ("DECLINED", Taken.NOTED), ("DECLINED", Taken.KNOWN)):
        assert await scene.says(answer, stamp="") is taken


@pytest.mark.parametrize("sender", ["zoe@example.org", "Awa Diallo <zoe@example.org>", f"{AWA}.evil.example"])
async def test_an_answer_from_another_address_is_ignored(scene, sender):
    assert await scene.says("DECLINED", sender=sender) is Taken.OTHER_ADDRESS
    assert not await scene.tasks()


async def test_an_answer_of_somebody_who_was_not_invited_is_ignored(scene):
    assert await scene.says("DECLINED", "zoe@example.org") is Taken.OTHER_ADDRESS
    assert not await scene.tasks()


async def test_the_case_of_an_address_does_not_matter(scene):
    assert await scene.says("ACCEPTED", "AWA@Example.ORG") is Taken.NOTED


async def test_an_answer_to_an_old_version_is_ignored(scene):
    (one,) = scene.session.meetings
    plan = meeting(one.starts_at + HOUR, id=one.id, facilitator_id=one.facilitator_id)
    said = {"capacity": 8, "meetings": [plan], "version": None, "by": scene.world.manager}
    await scheduling.change(scene.world.db, scene.session.id, **said, site=SITE, now=NOW)
    await scene.tell(NOW + SETTLING)

    assert await scene.says("DECLINED") is Taken.OTHER_VERSION
    assert await scene.says("DECLINED", sequence=1) is Taken.NOTED
    assert await scene.karim_says("DECLINED") is Taken.OTHER_VERSION


async def test_an_answer_about_a_place_that_ended_is_ignored(scene):
    said = {"party": Party.ADVISER, "by": scene.world.adviser, "now": NOW}
    await bookings.cancel(scene.world.db, scene.booking.id, **said)

    assert await scene.says("ACCEPTED") is Taken.OVER
    assert (await scene.now()).answered_at is None


@pytest.mark.parametrize(
    "uid",
    [
        "nothing@ateliers.example",
        "01a1532c-b000-7078-8a8d-f743000000aa@ateliers.example",
        "01a1532c-b000-7078-8a8d-f743000000aa.01a1532c-b000-7078-8a8d-f743000000ab@ateliers.example",
        "01a1532c-b000-7078-8a8d-f743000000aa@elsewhere.example",
        "' OR 1=1 --",
    ],
)
async def test_an_answer_about_nothing_of_ours_is_ignored(scene, uid):
    assert await scene.says("DECLINED", uid=uid) is Taken.UNKNOWN_INVITATION


async def test_what_is_no_reply_is_ignored(scene):
    for mail in (b"", b"Bonjour", b"\x00\xff" * 1000):
        assert await replying.take(scene.world.db, mail, site=SITE, now=NOW) is Taken.NOT_A_REPLY


async def test_each_meeting_of_a_cycle_is_answered_by_itself(world):
    scene = Scene(world)
    await scene.begin(meetings=3)

    await scene.says("ACCEPTED")
    await scene.says("DECLINED", uid=scene.uid(3))

    assert [task.meets_at for task in await scene.tasks()] == [scene.session.meetings[2].starts_at]


async def test_a_task_ends_when_the_person_was_called_or_the_place_is_given_up(scene):
    await scene.says("DECLINED")
    await refusals.called(scene.world.db, scene.booking.id, by=scene.world.adviser, now=NOW)
    assert not await scene.tasks()

    await scene.says("DECLINED", stamp=LATER)
    assert len(await scene.tasks()) == 1
    await bookings.cancel(scene.world.db, scene.booking.id, party=Party.PERSON, by=scene.world.adviser, now=NOW)
    assert not await scene.tasks()


async def test_only_the_person_s_own_agency_sees_the_task(scene):
    lyon = await scene.world.another_agency()
    stranger = await scene.world.staff(Role.ADVISER, lyon, "Inès")
    await scene.says("DECLINED")

    assert not await refusals.of_people(scene.world.db, by=stranger, now=NOW)
    with pytest.raises(NotFound):
        await refusals.called(scene.world.db, scene.booking.id, by=stranger, now=NOW)
    with pytest.raises(NotAllowed):
        await refusals.of_people(scene.world.db, by=scene.world.facilitator, now=NOW)


async def test_a_facilitator_who_declines_is_a_task_for_managers(scene):
    assert await scene.karim_says("DECLINED") is Taken.NOTED

    (task,) = await scene.staff_tasks()
    assert (task.name, task.invited.session_id) == ("Karim", scene.session.id)
    assert task.invited.partstat is Partstat.DECLINED
    await refusals.seen_to(scene.world.db, task.invited.id, by=scene.world.manager, now=NOW)
    assert not await scene.staff_tasks()


async def test_a_facilitator_who_is_replaced_is_no_task_any_more(scene):
    await scene.karim_says("DECLINED")
    zoe = await scene.world.staff(Role.FACILITATOR, scene.world.agency, "Zoé")
    (one,) = scene.session.meetings
    plan = meeting(one.starts_at, id=one.id, facilitator_id=zoe.id)

    said = {"capacity": 8, "meetings": [plan], "version": None, "by": scene.world.manager}
    await scheduling.change(scene.world.db, scene.session.id, **said, site=SITE, now=NOW)

    assert not await scene.staff_tasks()


async def test_a_facilitator_s_answers_come_twice_and_in_any_order_too(scene):
    await scene.karim_says("ACCEPTED", stamp=LATER)

    assert await scene.karim_says("ACCEPTED", stamp=LATER) is Taken.KNOWN
    assert await scene.karim_says("DECLINED") is Taken.KNOWN
    assert not await scene.staff_tasks()
    assert await scene.says("DECLINED", AWA, uid_of_staff((await scene.ahead())[0])) is Taken.OTHER_ADDRESS
