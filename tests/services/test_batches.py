"""Many things done in one go: said before, done once each, told line by line, and taken back."""

from datetime import timedelta

import pytest

from booking.delivery.deliveries import Deliveries
from booking.domain.batches import BatchState, Deed, LineOutcome
from booking.domain.endings import Then
from booking.domain.errors import BatchStands, InvalidField, NotAllowed, NotFound
from booking.domain.job_seekers import Channel
from booking.domain.sessions import Session, SessionState
from booking.domain.staff import Role
from booking.services import batch_effects, batches, partners, scheduling, to_do
from booking.services.sending import send_due
from booking.services.working_off import work_off_due
from booking.storage import sessions
from tests.given import NOW, SITE, World, in_days, meeting
from tests.given_partners import a_partner

AFTER = NOW + timedelta(minutes=1)


async def chosen(world: World, deed: Deed, *things, by=None):
    return await batches.choose(world.db, deed, [one.id for one in things], by=by or world.manager, now=NOW)


async def begun(world: World, deed: Deed, *things, by=None, **told: object):
    by = by or world.manager
    batch = await chosen(world, deed, *things, by=by)
    return await batches.begin(world.db, batch.id, told, by=by, site=SITE, now=NOW)


async def outcomes(world: World, batch, by=None) -> list[LineOutcome]:
    shown = await batches.show(world.db, batch.id, by=by or world.manager, now=NOW)
    return [line.outcome for line in shown.lines]


async def undone(world: World, batch, by=None, now=AFTER):
    return await batches.undo(world.db, batch.id, by=by or world.manager, site=SITE, now=now)


async def now_is(world: World, session: Session) -> Session:
    async with world.db.reading() as tx:
        return await sessions.load(tx, session.id)


async def days_of(world: World, *some: Session) -> list[int]:
    return [((await now_is(world, one)).starts_at - NOW).days for one in some]


async def in_one_room(world: World, *days: int) -> list[Session]:
    """A session a day in the same room."""
    return [await world.session(meeting(in_days(n), room_id=world.room.id)) for n in days]


class TestSessions:
    async def test_drafts_are_published_and_what_is_open_already_is_told(self, world: World):
        planned = await world.led(meeting(in_days(9)))
        draft, is_open = await world.draft(planned), await world.session(meeting(in_days(10)))

        batch = await begun(world, Deed.PUBLISH, draft, is_open)

        assert (batch.state, batch.lines_done) == (BatchState.DONE, 2)
        shown = await batches.show(world.db, batch.id, by=world.manager, now=NOW)
        assert [(line.outcome, line.why) for line in shown.lines] == [
            (LineOutcome.DONE, ""),
            (LineOutcome.REFUSED, "session-not-draft"),
        ]
        assert (await now_is(world, draft)).state is SessionState.OPEN

    async def test_sessions_that_follow_each_other_move_and_come_back(self, world: World):
        first, second = await in_one_room(world, 5, 6)

        batch = await begun(world, Deed.SHIFT, second, first, days=1)
        assert await outcomes(world, batch) == [LineOutcome.DONE] * 2
        assert await days_of(world, first, second) == [6, 7]

        back = await undone(world, batch)
        assert (back.undoes, back.state) == (batch.id, BatchState.DONE)
        assert await days_of(world, first, second) == [5, 6]

    async def test_what_somebody_changed_meanwhile_is_not_undone(self, world: World):
        session = await world.session()
        batch = await begun(world, Deed.RESIZE, session, capacity=12)
        await begun(world, Deed.RESIZE, session, capacity=5)

        back = await undone(world, batch)

        shown = await batches.show(world.db, back.id, by=world.manager, now=NOW)
        assert [line.why for line in shown.lines] == ["stale-edit"]
        assert (await now_is(world, session)).capacity == 5

    async def test_nothing_to_change_is_no_change(self, world: World):
        session = await world.session(capacity=8)
        batch = await begun(world, Deed.RESIZE, session, capacity=8)

        assert await outcomes(world, batch) == [LineOutcome.SAME]
        assert (await now_is(world, session)).version == session.version
        with pytest.raises(BatchStands):
            await undone(world, batch)

    async def test_who_leads_changes_for_all_and_one_from_elsewhere_is_refused(self, world: World):
        lila = await world.staff(Role.FACILITATOR, world.agency, "Lila")
        session = await world.session()
        batch = await begun(world, Deed.LEAD, session, facilitator=lila.id)
        assert (await now_is(world, session)).meetings[0].facilitator_id == lila.id
        assert await outcomes(world, batch) == [LineOutcome.DONE]

        stranger = await world.staff(Role.FACILITATOR, await world.another_agency(), "Max")
        batch = await begun(world, Deed.LEAD, session, facilitator=stranger.id)
        shown = await batches.show(world.db, batch.id, by=world.manager, now=NOW)
        assert dict(shown.lines[0].fields) == {"meetings.1": "not-a-facilitator-here"}

    async def test_who_would_be_told_and_how_is_said_before(self, world: World):
        ann = await world.job_seeker("Ann", phone="06 12 34 56 78")
        full, other = await world.session(), await world.session(meeting(in_days(10)))
        for session in (full, other):
            await world.booked(session, ann)
        await world.booked(full, await world.job_seeker("Bob", phone="04 76 00 00 00"))

        batch = await chosen(world, Deed.CANCEL, full, other)
        shown = await batches.show(world.db, batch.id, by=world.manager, now=NOW)
        effect = await batch_effects.foresee(world.db, shown, NOW)

        assert (effect.people, effect.messages) == (2, 3)
        assert effect.ways == {Channel.SMS: 2, Channel.CALL: 1}
        assert not effect.refused

    async def test_cancelling_tells_and_is_not_undone(self, world: World):
        session = await world.session()
        batch = await begun(world, Deed.CANCEL, session, because="Salle inondée", then=Then.TELL)

        assert (await now_is(world, session)).cancelled_because == "Salle inondée"
        with pytest.raises(BatchStands):
            await undone(world, batch)


class TestWhoMay:
    async def test_what_lies_outside_ones_agencies_is_not_chosen(self, world: World):
        own, lyon = await world.session(), await world.another_agency()
        elsewhere = await world.staff(Role.MANAGER, lyon, "Paul")

        with pytest.raises(InvalidField):
            await chosen(world, Deed.CANCEL, own, by=elsewhere)
        with pytest.raises(NotAllowed):
            await chosen(world, Deed.CANCEL, own, by=world.facilitator)

    async def test_nobody_elses_batch_is_ever_found(self, world: World):
        batch = await chosen(world, Deed.CANCEL, await world.session())
        other = await world.staff(Role.MANAGER, world.agency, "Paul")

        for deed in (batches.show, batches.stop):
            with pytest.raises(NotFound):
                await deed(world.db, batch.id, by=other, now=NOW)

    async def test_a_reason_and_a_number_of_days_are_asked_for(self, world: World):
        session = await world.session()
        for deed, told in (
            (Deed.CANCEL, {"because": " ", "then": Then.TELL}),
            (Deed.SHIFT, {"days": 0}),
            (Deed.RESIZE, {"capacity": 0}),
            (Deed.LEAD, {"facilitator": None}),
        ):
            with pytest.raises(InvalidField):
                await begun(world, deed, session, **told)


class TestOtherThings:
    async def test_calls_are_ticked_off_and_wait_again(self, world: World):
        await world.booked(await world.session(), await world.job_seeker("Diallo", phone="04 76 00 00 00"))
        await send_due(world.db, Deliveries(), NOW, site=SITE)
        (item,) = await to_do.to_do(world.db, by=world.adviser, now=NOW)

        batch = await begun(world, Deed.TICK, item.message, by=world.adviser, outcome="reached")
        assert await to_do.to_do(world.db, by=world.adviser, now=NOW) == []

        await undone(world, batch, world.adviser)
        assert len(await to_do.to_do(world.db, by=world.adviser, now=NOW)) == 1

    async def test_partners_are_archived_and_taken_up_again(self, world: World):
        odile = await world.staff(Role.ADMINISTRATOR, None, "Odile")
        one = await partners.add(world.db, a_partner(), by=odile, now=NOW)

        batch = await begun(world, Deed.ARCHIVE, one, by=odile)
        assert (await partners.show(world.db, one.id, by=odile)).archived_at

        await undone(world, batch, odile)
        assert (await partners.show(world.db, one.id, by=odile)).archived_at is None


class TestOnce:
    async def test_a_second_click_does_nothing_more(self, world: World):
        session = await world.session()
        batch = await begun(world, Deed.SHIFT, session, days=1)
        again = await batches.begin(world.db, batch.id, {"days": 1}, by=world.manager, site=SITE, now=AFTER)
        backs = [await undone(world, batch) for _ in range(2)]

        assert again.lines_done == 1
        assert backs[0].id == backs[1].id
        assert (await now_is(world, session)).version == session.version + 2

    async def test_a_worker_that_loses_its_batch_keeps_nothing_of_its_deed(self, world: World, monkeypatch):
        session = await world.session()
        change = scheduling.change

        async def overtaken(*args, **kwargs):
            # The lease ends while the deed is on its way, and another worker does the line.
            monkeypatch.setattr(scheduling, "change", change)
            assert await work_off_due(world.db, NOW + timedelta(minutes=5), site=SITE) == 1
            return await change(*args, **kwargs | {"version": None, "capacity": 30})

        monkeypatch.setattr(scheduling, "change", overtaken)
        batch = await begun(world, Deed.RESIZE, session, capacity=12)

        assert batch.state is BatchState.DONE
        assert (await now_is(world, session)).capacity == 12

    async def test_a_long_one_goes_on_behind_the_page_and_can_be_stopped(self, world: World, monkeypatch):
        monkeypatch.setattr(batches, "SHORT", 0)
        some = await in_one_room(world, 5, 6, 7)
        batch = await begun(world, Deed.RESIZE, *some, capacity=9)
        assert batch.state is BatchState.WAITING

        going = iter([False, False, True, True])
        await work_off_due(world.db, NOW, site=SITE, is_over=lambda: next(going))
        assert (await batches.state(world.db, batch.id, by=world.manager)).lines_done == 1

        stopped = await batches.stop(world.db, batch.id, by=world.manager, now=AFTER)
        assert await work_off_due(world.db, AFTER, site=SITE) == 0
        assert stopped.state is BatchState.STOPPED
        assert [(await now_is(world, one)).capacity for one in some] == [9, 8, 8]

    async def test_a_line_that_breaks_does_not_stop_the_others(self, world: World, monkeypatch):
        first, second = await in_one_room(world, 5, 6)
        change = scheduling.change

        async def breaks(db, session_id, **known):
            if session_id == first.id:
                raise RuntimeError("broken")
            return await change(db, session_id, **known)

        monkeypatch.setattr(scheduling, "change", breaks)
        batch = await begun(world, Deed.RESIZE, first, second, capacity=9)

        assert batch.state is BatchState.DONE
        assert await outcomes(world, batch) == [LineOutcome.REFUSED, LineOutcome.DONE]
