"""What an agency decides about messages counts at once: in what is planned later, and in what is planned already."""

from collections import Counter
from dataclasses import replace
from datetime import time, timedelta
from random import Random

import pytest
from sqlalchemy import delete, select, update

from booking.delivery.deliveries import Deliveries
from booking.delivery.letters import TemporaryFailure
from booking.domain.bookings import Booking, Party
from booking.domain.errors import NotAllowed, NotFound, StaleEdit
from booking.domain.identifiers import new_id
from booking.domain.job_seekers import Channel
from booking.domain.messages import Message, MessageKind, MessageState
from booking.domain.policies import DEFAULT, Policy, SmsNo
from booking.domain.reminder_rules import Rule
from booking.domain.staff import Role
from booking.services import bookings, message_policies, replanning, wanting
from booking.services.message_policies import Changed
from booking.services.reconciling import look, reconcile
from booking.services.replanning import Effect
from booking.services.sending import send_due
from booking.storage import cases, outbox, policies, workshops
from booking.storage.tables import audit, messages
from tests.given import HOUR, NOW, SITE, World, a_workshop, in_days, meeting
from tests.outside import Provider

EVENING = replace(DEFAULT, rules=(Rule(7), Rule(1, time(18))))
LATE = replace(DEFAULT, opens=time(11))
NONE = replace(DEFAULT, rules=())


async def decided(world: World, policy: Policy | None, workshop: bool = False, now=NOW, version=None) -> Changed:
    about = world.workshop.id if workshop else None
    change = message_policies.change
    return await change(world.db, world.agency.id, about, policy, version=version, by=world.manager, now=now)


async def reminders_of(world: World, booking: Booking) -> dict[str, Message]:
    async with world.db.reading() as tx:
        said = await outbox.of_booking(tx, booking.id)
    return {m.rule: m for m in said if m.kind is MessageKind.REMINDER and m.state is MessageState.PLANNED}


async def rules_of(world: World, booking: Booking) -> list[str]:
    return list(await reminders_of(world, booking))


class TestWhatCounts:
    async def test_a_booking_after_it_is_planned_by_it(self, world: World) -> None:
        await decided(world, EVENING)

        booking = await world.booked(await world.session())

        assert await rules_of(world, booking) == ["d7", "d1-1800"]

    async def test_a_booking_elsewhere_is_planned_as_usual(self, world: World) -> None:
        await decided(world, NONE)
        there = await world.another_agency()
        session = await world.session(agency_id=there.id, by=await world.staff(Role.MANAGER, there, "Lucie"))

        booking = await world.booked(session)

        assert await rules_of(world, booking) == ["d7", "d1"]

    async def test_what_is_decided_for_a_workshop_goes_before_its_agency(self, world: World) -> None:
        await decided(world, NONE)
        await decided(world, EVENING, workshop=True)

        booking = await world.booked(await world.session())

        assert await rules_of(world, booking) == ["d7", "d1-1800"]

    async def test_a_workshop_that_decides_nothing_more_follows_its_agency(self, world: World) -> None:
        await decided(world, EVENING)
        await decided(world, NONE, workshop=True)

        changed = await decided(world, None, workshop=True)

        booking = await world.booked(await world.session())
        assert changed.decision.policy == EVENING and changed.decision.own is None
        assert await rules_of(world, booking) == ["d7", "d1-1800"]

    async def test_a_message_knows_it_when_its_time_has_come(self, world: World) -> None:
        policy = replace(DEFAULT, reminder=(Channel.SMS,), sms_no=SmsNo.FREES)
        booking = await world.booked(await world.session())

        await decided(world, policy, workshop=True)

        async with world.db.reading() as tx:
            case = await cases.load(tx, booking.id)
            asked = await policies.in_force(tx, world.agency.id, world.workshop.id)
        assert case.policy == case.place.policy == asked == policy


class TestWhatIsPlannedAlready:
    async def test_a_look_beforehand_says_what_the_change_then_does(self, world: World) -> None:
        session = await world.session()
        for _ in range(3):
            await world.booked(session)
        asked = (world.db, world.agency.id, None, EVENING)

        foreseen = await message_policies.try_out(*asked, by=world.manager, now=NOW)
        untouched = await message_policies.show(*asked[:3], by=world.manager)
        changed = await decided(world, EVENING)

        assert foreseen == changed.effect == Effect(planned=3, moved=0, removed=3)
        assert (untouched.version, changed.decision.version) == (0, 1)

    async def test_other_hours_move_reminders_where_they_stand(self, world: World) -> None:
        booking = await world.booked(await world.session())
        before = await reminders_of(world, booking)

        changed = await decided(world, LATE)

        after = await reminders_of(world, booking)
        assert changed.effect == Effect(moved=2)
        assert {one.id for one in after.values()} == {one.id for one in before.values()}
        assert not {one.due_at for one in after.values()} & {one.due_at for one in before.values()}

    async def test_what_is_decided_and_taken_back_leaves_each_reminder_once(self, world: World) -> None:
        booking = await world.booked(await world.session())
        before = await reminders_of(world, booking)

        gone = await decided(world, NONE)
        none = await reminders_of(world, booking)
        back = await decided(world, None)

        assert (gone.effect.removed, none, back.effect.planned) == (2, {}, 2)
        assert await reminders_of(world, booking) == before

    async def test_a_reminder_that_failed_once_and_is_taken_up_again_leaves(self, world: World) -> None:
        session = await world.session(meeting(in_days(2, 6)))
        await world.booked(session, await world.job_seeker(email="awa@example.org"))
        provider, noon = Provider(failures=[TemporaryFailure("busy")]), in_days(1, 2)
        await decided(world, replace(DEFAULT, closes=time(12)))
        await _send(world, Provider(), NOW)
        await _send(world, provider, noon)
        await decided(world, NONE, now=noon)
        await decided(world, DEFAULT, now=noon)

        await _send(world, provider, in_days(1, 6))

        assert len(provider.taken) == 1

    async def test_words_before_later_meetings_follow_the_hours_and_end_with_the_reminders(self, world: World) -> None:
        booking = await world.booked(await world.session(meeting(in_days(14)), meeting(in_days(22))))

        moved = await decided(world, LATE)
        gone = await decided(world, NONE)
        back = await decided(world, None)

        assert (moved.effect, gone.effect, back.effect) == (Effect(moved=3), Effect(removed=3), Effect(planned=3))
        assert await rules_of(world, booking) == ["d7", "d1"]

    async def test_one_workshop_leaves_the_others_alone(self, world: World) -> None:
        other = a_workshop("Chercher avec son téléphone")
        async with world.db.transaction() as tx:
            await workshops.add(tx, other)
        own, foreign = await world.session(), await world.session(meeting(in_days(15)), workshop_id=other.id)
        person = await world.job_seeker()
        mine, theirs = await world.booked(own, person), await world.booked(foreign, person)

        await decided(world, NONE, workshop=True)

        assert (await rules_of(world, mine), await rules_of(world, theirs)) == ([], ["d7", "d1"])

    async def test_what_does_not_fit_into_a_moment_is_done_by_the_clock(self, world: World, monkeypatch) -> None:
        monkeypatch.setattr(replanning, "PAGE", 1)
        session = await world.session()
        booked = [await world.booked(session) for _ in range(6)]

        changed = await decided(world, NONE)
        left = [rules for one in booked if (rules := await rules_of(world, one))]
        looked = await look(world.db, NOW, first=1)
        healed = await reconcile(world.db, NOW)

        assert (changed.effect.removed, changed.effect.is_whole, len(left)) == (8, False, 2)
        assert (looked.missing, looked.stale) == (healed.missing, healed.stale) == (0, 4)
        assert (await reconcile(world.db, NOW)).count == 0

    async def test_who_booked_by_the_old_policy_meanwhile_is_met_later(self, world: World) -> None:
        session = await world.session()
        await decided(world, EVENING)
        booking = await world.booked(session)
        await _as_if_planned_before(world, booking)

        at_once = await reconcile(world.db, NOW + timedelta(minutes=1))
        later = await reconcile(world.db, NOW + timedelta(minutes=6))

        assert (at_once.count, later.count) == (0, 2)
        assert await rules_of(world, booking) == ["d7", "d1-1800"]
        assert (await reconcile(world.db, NOW + timedelta(minutes=7))).count == 0

    async def test_what_is_lost_is_planned_again_by_the_policy(self, world: World) -> None:
        await decided(world, EVENING)
        booking = await world.booked(await world.session())
        async with world.db.transaction() as tx:
            await tx.run(delete(messages).where(messages.c.rule == "d1-1800"))

        healed = await reconcile(world.db, NOW)

        assert (healed.missing, healed.stale) == (1, 0)
        assert await rules_of(world, booking) == ["d7", "d1-1800"]


async def _send(world: World, provider: Provider, now) -> None:
    while await send_due(world.db, Deliveries(provider), now, site=SITE):
        pass


async def _as_if_planned_before(world: World, booking: Booking) -> None:
    """Somebody who had read the old policy booked after the new one was in every reminder."""
    old = {"rule": "d1", "dedupe_key": f"reminder:{booking.id}.0:{booking.session_id}.0:d1"}
    async with world.db.transaction() as tx:
        await tx.run(update(messages).where(messages.c.rule == "d1-1800").values(old))


class TestHowItIsDecided:
    async def test_each_decision_is_kept_with_who_and_when(self, world: World) -> None:
        await decided(world, EVENING)
        changed = await decided(world, NONE, now=NOW + HOUR)

        told = [(one.version, one.policy, one.made_at) for one in changed.decision.versions]
        async with world.db.reading() as tx:
            lines = await tx.rows(select(audit.c.action).where(audit.c.noun == "message_policy"))
        assert told == [(2, NONE, NOW + HOUR), (1, EVENING, NOW)]
        assert changed.decision.names == {world.manager.id: "Marion"}
        assert [line.action for line in lines] == ["changed", "changed"]

    async def test_the_same_again_is_no_decision(self, world: World) -> None:
        await decided(world, EVENING)

        again = await decided(world, EVENING)

        assert (again.decision.version, again.effect) == (1, Effect())

    async def test_who_saw_another_version_is_told_so(self, world: World) -> None:
        await decided(world, EVENING)

        with pytest.raises(StaleEdit):
            await decided(world, NONE, version=0)

    async def test_only_who_plans_in_the_agency_decides(self, world: World) -> None:
        there = await world.another_agency()

        with pytest.raises(NotAllowed):
            await message_policies.show(world.db, world.agency.id, None, by=world.adviser)
        with pytest.raises(NotFound):
            await message_policies.show(world.db, there.id, None, by=world.manager)
        with pytest.raises(NotFound):
            await message_policies.show(world.db, world.agency.id, new_id(NOW), by=world.manager)


async def _anything(world: World, sessions: list, booked: list, chance: Random, now) -> None:
    """One thing that happens at a counter."""
    match chance.choice(("policy", "workshop", "book", "cancel", "move")):
        case "policy":
            await decided(world, chance.choice((DEFAULT, EVENING, LATE, NONE)), now=now)
        case "workshop":
            await decided(world, chance.choice((None, EVENING, LATE, NONE)), workshop=True, now=now)
        case "book":
            booked.append(await world.booked(chance.choice(sessions), now=now))
        case "cancel" if booked:
            gone = booked.pop(chance.randrange(len(booked)))
            await bookings.cancel(world.db, gone.id, party=Party.PERSON, by=world.adviser, now=now)
        case "move" if booked:
            old = booked.pop(chance.randrange(len(booked)))
            into = next(one for one in sessions if one.id != old.session_id)
            answered = await bookings.move(world.db, old.id, into.id, by=world.adviser, now=now)
            booked.append(answered.booking)


@pytest.mark.parametrize("number", range(4))
async def test_whatever_happens_what_is_planned_is_a_plan_from_scratch(world: World, number: int) -> None:
    sessions = [await world.session(meeting(in_days(days))) for days in (9, 16)]
    chance, booked, now = Random(number), [], NOW

    for _ in range(10):
        now += timedelta(minutes=chance.randint(1, 600))
        await _anything(world, sessions, booked, chance, now)

    async with world.db.reading() as tx:
        wanted = await wanting.wanted(tx, booked)
        planned = [one for booking in booked for one in (await reminders_of(world, booking)).values()]
    scratch = Counter((one.dedupe_key, one.due_at) for one in wanted if one.due_at > now)
    assert Counter((one.dedupe_key, one.due_at) for one in planned if one.due_at > now) == scratch
    assert (await reconcile(world.db, now)).count == 0
