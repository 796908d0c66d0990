"""Mails to who works here: the evening before, on working mornings, once, and only where there is something to say."""

from datetime import datetime, timedelta

import pytest
from sqlalchemy import select, update

from booking.delivery.deliveries import Deliveries
from booking.delivery.letters import Outgoing, PermanentFailure, Receipt, TemporaryFailure
from booking.domain.attendance import Mark
from booking.domain.gates import Limits
from booking.domain.job_seekers import Channel, Need
from booking.domain.messages import MessageState
from booking.domain.staff import Staff
from booking.domain.suppressions import Because
from booking.services import attendance, own_invitations, scheduling, sending, suppressing
from booking.services.mailing_staff import LEASE, send_due
from booking.services.staff_planning import plan_due
from booking.storage import gates
from booking.storage.tables import staff, staff_messages
from tests.given import HOUR, NOW, SITE, World, in_days, meeting

# Monday and Tuesday evening at six, and the mornings after, by the clock of Grenoble; sessions are on Wednesday.
EVENING = in_days(1, 8)
MORNING = in_days(2, -2.5)
AT_EIGHT = in_days(0, -2)


class Box:
    """A mail server that keeps what it takes, or fails as told."""

    channel = Channel.EMAIL

    def __init__(self) -> None:
        self.letters: list[Outgoing] = []
        self.failure: Exception | None = None

    async def send(self, letter: Outgoing) -> Receipt:
        if self.failure:
            raise self.failure
        self.letters.append(letter)
        return Receipt("ok")

    async def close(self) -> None:
        """Nothing to let go of."""


@pytest.fixture
def box() -> Box:
    return Box()


async def beat(world: World, box: Box, now: datetime) -> list[Outgoing]:
    """What leaves when the clock says so."""
    before = len(box.letters)
    await plan_due(world.db, now)
    while await send_due(world.db, Deliveries(box), now, site=SITE):
        pass
    return box.letters[before:]


async def reachable(world: World, person: Staff) -> Staff:
    await own_invitations.choose(world.db, f"{person.sign_in_name}@example.org", False, by=person, now=NOW)
    return person


async def led_by_karim(world: World, *days: float, **known: object):
    """Sessions that Karim leads, who has an address."""
    await reachable(world, world.facilitator)
    led = (meeting(in_days(day), facilitator_id=world.facilitator.id) for day in days or (2,))
    return await world.session(*led, **known)


async def states(world: World) -> list[tuple[MessageState, str | None]]:
    async with world.db.reading() as tx:
        found = select(staff_messages.c.state, staff_messages.c.reason).order_by(staff_messages.c.created_at)
        return [(row.state, row.reason) for row in await tx.rows(found)]


class TestTheRoster:
    async def test_it_leaves_at_six_the_evening_before_with_first_names_only(self, world: World, box: Box) -> None:
        session = await led_by_karim(world)
        await world.booked(session, await world.job_seeker("Diallo", needs=frozenset({Need.HEARS_LITTLE})))

        early, said = await beat(world, box, EVENING - HOUR), await beat(world, box, EVENING)

        assert not early and [one.address for one in said] == ["karim@example.org"]
        assert "Aïssatou" in said[0].body and "Diallo" not in said[0].body.title()
        assert "entend mal" in said[0].body
        assert f"{SITE.url}/presence/{session.meetings[0].id}" in said[0].body

    async def test_who_shares_a_first_name_has_an_initial(self, world: World, box: Box) -> None:
        session = await led_by_karim(world)
        for name in ("Diallo", "Nguyen"):
            await world.booked(session, await world.job_seeker(name))

        (said,) = await beat(world, box, EVENING)

        assert "Aïssatou D." in said.body and "Aïssatou N." in said.body

    async def test_nobody_booked_is_no_mail(self, world: World, box: Box) -> None:
        await led_by_karim(world)

        assert not await beat(world, box, EVENING)

    async def test_all_the_meetings_of_a_day_are_one_mail_however_often_the_clock_beats(self, world, box) -> None:
        for hour in (0, 4):
            await world.booked(await led_by_karim(world, 2 + hour / 24))

        said = await beat(world, box, EVENING) + await beat(world, box, EVENING + HOUR)

        assert len(said) == 1 and said[0].body.count("Feuille de présence") == 2

    async def test_in_the_morning_it_leaves_again_only_if_something_changed(self, world: World, box: Box) -> None:
        session = await led_by_karim(world)
        await world.booked(session)
        await beat(world, box, EVENING)

        assert not await beat(world, box, MORNING)
        assert (MessageState.SUPPRESSED, "nothing-to-say") in await states(world)

    async def test_who_books_in_the_night_is_on_the_roster_of_the_morning(self, world: World, box: Box) -> None:
        session = await led_by_karim(world)
        await world.booked(session)
        await beat(world, box, EVENING)
        await world.booked(session, await world.job_seeker("Pełka"), now=EVENING + HOUR)

        (said,) = await beat(world, box, MORNING)

        assert "2 personnes" in said.body

    async def test_a_session_cancelled_in_the_night_is_taken_back(self, world: World, box: Box) -> None:
        session = await led_by_karim(world)
        await world.booked(session)
        await beat(world, box, EVENING)
        cancelled = {"because": "Salle inondée", "by": world.manager, "site": SITE, "now": EVENING + HOUR}
        await scheduling.cancel(world.db, session.id, **cancelled)

        (said,) = await beat(world, box, MORNING)

        assert "Plus personne" in said.body

    async def test_who_is_at_work_when_the_server_comes_back_is_told_nothing_again(self, world, box) -> None:
        session = await led_by_karim(world)
        await world.booked(session)
        await beat(world, box, EVENING)

        assert not await beat(world, box, session.starts_at + HOUR / 2)

    async def test_whose_service_is_over_and_who_has_no_address_get_none(self, world: World, box: Box) -> None:
        session = await led_by_karim(world)
        await world.booked(session)
        async with world.db.transaction() as tx:
            await tx.run(update(staff).where(staff.c.id == world.facilitator.id).values(ends_on=in_days(1).date()))

        assert not await beat(world, box, EVENING)


class TestTheMorning:
    async def test_the_digest_leaves_on_monday_with_the_weeks_behind_and_ahead(self, world: World, box: Box) -> None:
        await reachable(world, world.manager)
        session = await world.session(meeting(in_days(2)))
        booking = await world.booked(session)
        there = session.meetings[0]
        await attendance.mark(world.db, there.id, booking.id, Mark.ATTENDED, by=world.manager, now=there.ends_at)
        await world.booked(await world.session(meeting(in_days(9))))

        said = [one for one in await beat(world, box, in_days(7, -1)) if "semaine" in one.subject]

        assert len(said) == 1 and "Présents : 1. Absents : 0." in said[0].body.replace("\N{NARROW NO-BREAK SPACE}", " ")
        assert "1 sur 8" in said[0].body

    async def test_who_refuses_his_only_way_is_counted_among_those_hard_to_reach(self, world: World, box: Box) -> None:
        await reachable(world, world.manager)
        await world.booked(await world.session(), await world.job_seeker(email="awa@example.org"))
        async with world.db.transaction() as tx:
            await suppressing.stop(tx, Channel.EMAIL, "awa@example.org", Because.STOP, site=SITE, now=NOW)

        (said,) = [one for one in await beat(world, box, AT_EIGHT) if "semaine" in one.subject]

        assert "difficiles à joindre" in said.body

    async def test_an_agency_with_nothing_to_tell_sends_nothing(self, world: World, box: Box) -> None:
        await reachable(world, world.manager)

        assert not await beat(world, box, AT_EIGHT)

    async def test_what_awaits_a_decision_is_said_once_and_again_after_two_days(self, world: World, box: Box) -> None:
        await reachable(world, world.manager)
        await world.session(meeting(in_days(3, -2.5)))
        mornings = [in_days(day, -2) for day in (0, 1, 2)]

        said = [[one for one in await beat(world, box, now) if "décision" in one.subject] for now in mornings]

        assert [len(found) for found in said] == [1, 0, 1]

    async def test_who_calls_hears_how_many_and_never_whom(self, world: World, box: Box) -> None:
        await reachable(world, world.adviser)
        person = await world.job_seeker("Belkacem", phone="04 76 00 00 01")
        await world.booked(await world.session(), person)
        while await bookings_sent(world):
            pass

        (said,) = await beat(world, box, in_days(1, -1))

        assert "Appels à faire" in said.body and "Belkacem" not in said.body.title()

    async def test_on_sunday_nobody_is_written_to_about_the_week(self, world: World, box: Box) -> None:
        await reachable(world, world.manager)
        await world.session(meeting(in_days(8)))

        assert not await beat(world, box, in_days(6, -1))


async def bookings_sent(world: World) -> int:
    """What waits is left to people, where no machine is."""
    return await sending.send_due(world.db, Deliveries(), NOW, site=SITE)


class TestTheWayOut:
    @pytest.fixture
    async def due(self, world: World) -> World:
        await world.booked(await led_by_karim(world))
        await plan_due(world.db, EVENING)
        return world

    async def test_a_failure_is_tried_again_and_a_refusal_is_not(self, due: World, box: Box) -> None:
        box.failure = TemporaryFailure("later")
        await beat(due, box, EVENING)
        box.failure = PermanentFailure("no such address")
        await beat(due, box, EVENING + timedelta(minutes=2))

        assert await states(due) == [(MessageState.DEAD, "refused")]

    async def test_of_the_mails_of_a_day_it_takes_no_more_than_leave(self, due: World, box: Box) -> None:
        limited = Deliveries(box, limits={Channel.EMAIL: Limits(a_day=100)})
        await send_due(due.db, limited, EVENING, site=SITE)
        await plan_due(due.db, MORNING)
        await send_due(due.db, limited, MORNING, site=SITE)

        async with due.db.reading() as tx:
            (gate,) = await gates.everything(tx)
        assert (len(box.letters), gate.sent) == (1, 0)

    async def test_a_worker_that_vanished_leaves_it_to_the_next_under_the_same_key(self, due: World, box: Box) -> None:
        async with due.db.transaction() as tx:
            leased = {"state": MessageState.SENDING, "lease_token": due.agency.id, "lease_until": EVENING + LEASE}
            await tx.run(update(staff_messages).values(**leased))

        none, one = await beat(due, box, EVENING), await beat(due, box, EVENING + LEASE)

        assert not none and len(one) == 1

    async def test_after_its_time_it_is_not_sent(self, due: World, box: Box) -> None:
        await beat(due, box, in_days(2, 12))

        assert (MessageState.EXPIRED, "too-late") in await states(due)

    async def test_a_mail_nobody_wants_is_not_planned(self, world: World, box: Box) -> None:
        await world.booked(await led_by_karim(world))
        async with world.db.transaction() as tx:
            await tx.run(update(staff).where(staff.c.id == world.facilitator.id).values(unwanted_mails=("roster",)))

        assert await plan_due(world.db, EVENING) == 0
