"""Closed days and broken workstations: what is planned is named, and not changed."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta
from uuid import uuid4

import pytest

from booking.domain.errors import InvalidField, NotAllowed, NotFound, Obstructed
from booking.domain.staff import Role
from booking.services import closures, outages, places, rooms
from tests.given import NOW, World, in_days, meeting
from tests.given_places import a_closure, a_room, an_outage, day_in


async def place(world: World, now=NOW) -> places.Place:
    return await places.show(world.db, world.agency.id, by=world.manager, now=now)


async def close(world: World, *args, **known) -> list:
    return await closures.close(world.db, a_closure(world, *args, **known), by=world.manager, now=NOW)


async def report(world: World, *args, **known) -> list:
    return await outages.report(world.db, an_outage(world, *args, **known), by=world.manager, now=NOW)


class TestClosures:
    async def test_a_closed_agency_names_what_is_planned_then_and_changes_nothing(self, world: World):
        draft = await world.draft(meeting(in_days(14)))
        session = await world.session(meeting(in_days(15), room_id=world.room.id))
        await world.session(meeting(in_days(17)))

        touched = await close(world, 13, 16)

        assert [one.session_id for one in touched] == [draft.id, session.id]
        assert (await place(world)).closed[0].touched == touched

    async def test_a_closed_room_names_only_what_is_planned_in_it(self, world: World):
        inside = await world.session(meeting(in_days(14), room_id=world.room.id))
        await world.session(meeting(in_days(14)))

        touched = await close(world, room_id=world.room.id)

        assert [one.session_id for one in touched] == [inside.id]

    async def test_a_day_is_a_day_of_the_place(self, world: World):
        # Half past eleven in the evening of the 20th in Grenoble.
        late = datetime(2026, 11, 20, 22, 30, tzinfo=UTC)
        session = await world.session(meeting(late, hours=0.5))
        days = (late.date() - NOW.date()).days

        assert [one.session_id for one in await close(world, days)] == [session.id]
        assert await close(world, days + 1) == []

    async def test_on_a_closed_day_nothing_new_is_planned_without_a_reason(self, world: World):
        await close(world)

        with pytest.raises(Obstructed):
            await world.draft(meeting(in_days(14)))

    async def test_a_closure_taken_back_stands_in_nobodys_way(self, world: World):
        closure = a_closure(world)
        await closures.close(world.db, closure, by=world.manager, now=NOW)

        await closures.reopen(world.db, closure.id, by=world.manager, now=NOW)

        assert (await place(world)).closed == []
        assert await world.draft(meeting(in_days(14)))

    async def test_a_closure_that_is_over_is_not_shown(self, world: World):
        await close(world, 1, 2)

        assert len((await place(world, in_days(2))).closed) == 1
        assert (await place(world, in_days(3))).closed == []

    async def test_a_room_of_another_agency_is_not_closed_from_here(self, world: World):
        with pytest.raises(InvalidField) as refused:
            await close(world, room_id=uuid4())

        assert refused.value.facts["fields"] == {"room_id": "room-of-another-agency"}

    async def test_only_who_plans_there_closes_and_reopens(self, world: World):
        closure = a_closure(world)
        await closures.close(world.db, closure, by=world.manager, now=NOW)
        stranger = await world.staff(Role.MANAGER, await world.another_agency(), "Sonia")

        for by, refusal in ((world.adviser, NotAllowed), (stranger, NotFound)):
            with pytest.raises(refusal):
                await closures.close(world.db, a_closure(world), by=by, now=NOW)
            with pytest.raises(refusal):
                await closures.reopen(world.db, closure.id, by=by, now=NOW)


class TestOutages:
    async def test_only_meetings_that_no_longer_fit_are_named(self, world: World):
        large = await world.session(meeting(in_days(14), room_id=world.room.id), capacity=10)
        await world.session(meeting(in_days(14, hour=3), room_id=world.room.id), capacity=7)
        await world.session(meeting(in_days(14)), capacity=12)

        touched = await report(world)

        assert [one.session_id for one in touched] == [large.id]

    async def test_two_outages_add_up(self, world: World):
        session = await world.session(meeting(in_days(14), room_id=world.room.id), capacity=6)

        assert await report(world) == []
        assert [one.session_id for one in await report(world, workstations=2)] == [session.id]

    async def test_a_room_with_too_few_workstations_that_day_needs_a_reason(self, world: World):
        await report(world)

        with pytest.raises(Obstructed) as refused:
            await world.draft(meeting(in_days(14), room_id=world.room.id), capacity=8)

        assert refused.value.facts["fields"] == {"meetings.1": "room-too-small"}

    async def test_what_is_repaired_early_counts_from_today_on(self, world: World):
        outage = an_outage(world, -3, 20)
        await outages.report(world.db, outage, by=world.manager, now=NOW)

        await outages.end(world.db, outage.id, by=world.manager, now=NOW)

        assert (await place(world)).out_of_order == []
        yesterday = await place(world, NOW - timedelta(days=1))
        assert [one.outage.last_on for one in yesterday.out_of_order] == [day_in(-1)]

    async def test_what_is_repaired_before_it_began_is_forgotten(self, world: World):
        outage = an_outage(world)
        await outages.report(world.db, outage, by=world.manager, now=NOW)

        await outages.end(world.db, outage.id, by=world.manager, now=NOW)

        with pytest.raises(NotFound):
            await outages.remove(world.db, outage.id, by=world.manager, now=NOW)

    async def test_an_outage_is_written_anew_and_stays_in_its_room(self, world: World):
        outage = an_outage(world)
        await outages.report(world.db, outage, by=world.manager, now=NOW)
        other = a_room(world)
        await rooms.add(world.db, other, by=world.manager, now=NOW)

        changed = replace(outage, room_id=other.id, workstations=5)
        await outages.change(world.db, changed, by=world.manager, now=NOW)

        found = (await place(world)).out_of_order[0].outage
        assert (found.room_id, found.workstations) == (world.room.id, 5)

    async def test_an_archived_room_has_no_new_outage(self, world: World):
        await rooms.archive(world.db, world.room.id, by=world.manager, now=NOW)

        with pytest.raises(InvalidField) as refused:
            await report(world)

        assert refused.value.facts["fields"] == {"room_id": "room-archived"}

    async def test_only_who_plans_there_reports_and_repairs(self, world: World):
        outage = an_outage(world)
        await outages.report(world.db, outage, by=world.manager, now=NOW)

        for act in (outages.end, outages.remove):
            with pytest.raises(NotAllowed):
                await act(world.db, outage.id, by=world.adviser, now=NOW)
        with pytest.raises(NotAllowed):
            await outages.report(world.db, an_outage(world), by=world.facilitator, now=NOW)
