"""What calendars elsewhere say stands in the way of planning, and is found against what is planned already."""

from dataclasses import replace

import pytest

from booking.domain.errors import NotAllowed, Obstructed
from booking.domain.sessions import Session
from booking.domain.staff import Role
from booking.services import agendas, external_clashes, scheduling, teams
from booking.services.calendar_refreshes import refreshing
from booking.storage.external_clashes import ExternalClash
from calendars.zones import today
from tests.given import HOUR, NOW, SITE, World, in_days, meeting
from tests.given_diaries import added, copier, diary

WHEN = in_days(14)
BUSY = (in_days(14, 1), in_days(14, 3))


async def karims(world: World, **known: object) -> Session:
    return await world.session(meeting(WHEN, facilitator_id=world.facilitator.id, **known))


async def to_decide(world: World) -> list[ExternalClash]:
    return await external_clashes.to_decide(world.db, by=world.manager, now=NOW)


async def refused(world: World, **known: object) -> dict[str, object]:
    with pytest.raises(Obstructed) as refusal:
        await world.draft(meeting(WHEN, **known))
    (found,) = refusal.value.facts["obstacles"]
    return found


async def test_who_is_busy_elsewhere_is_planned_for_a_reason_only(world: World) -> None:
    await added(world, BUSY)

    found = await refused(world, facilitator_id=world.facilitator.id)
    assert (found["kind"], found["who"], found["what"]) == ("staff-busy", "Karim", "")
    assert await world.draft(
        meeting(WHEN, facilitator_id=world.facilitator.id), overridden_because="Il vient quand même"
    )


async def test_a_room_that_is_taken_elsewhere_is_planned_for_a_reason_only(world: World) -> None:
    await added(world, BUSY, room_id=world.room.id)

    found = await refused(world, room_id=world.room.id)
    assert (found["kind"], found["what"]) == ("room-busy", "Vercors")
    assert await world.draft(meeting(WHEN, room_id=world.room.id), overridden_because="Vu avec la mairie")


async def test_before_and_after_they_are_free(world: World) -> None:
    await added(world, BUSY)
    await added(world, BUSY, room_id=world.room.id)

    for begins in (WHEN - HOUR, BUSY[1]):
        assert await world.draft(meeting(begins, facilitator_id=world.facilitator.id, room_id=world.room.id))


async def test_a_meeting_that_was_planned_before_is_found(world: World) -> None:
    session = await karims(world, room_id=world.room.id)
    await added(world, BUSY)
    assert [(one.session_id, one.who, one.is_room) for one in await to_decide(world)] == [(session.id, "Karim", False)]

    await added(world, BUSY, room_id=world.room.id)

    assert {(one.who, one.is_room) for one in await to_decide(world)} == {("Karim", False), ("Vercors", True)}


async def test_somebody_with_two_calendars_is_busy_once(world: World) -> None:
    await karims(world)
    for n in range(2):
        await added(world, BUSY, (in_days(14), in_days(14, 1)), name=f"Agenda {n}")

    assert len(await to_decide(world)) == 1


async def test_it_disappears_when_it_clashes_no_longer(world: World) -> None:
    session = await karims(world)
    await added(world, BUSY)

    await refreshing(copier(diary()))(world.db, NOW + 2 * HOUR)

    assert await to_decide(world) == []
    assert await external_clashes.of_session(world.db, session.id, by=world.manager, now=NOW) == []


@pytest.mark.parametrize("deed", ["move", "cancel", "other", "reason"])
async def test_it_is_decided_by_whatever_is_done(world: World, deed: str) -> None:
    session = await karims(world)
    await added(world, BUSY)
    (planned,) = session.meetings
    samira = await world.staff(Role.FACILITATOR, world.agency, "Samira")
    known = {"by": world.manager, "site": SITE, "now": NOW}

    if deed == "cancel":
        await scheduling.cancel(world.db, session.id, because="Plus personne", **known)
    elif deed == "reason":
        await external_clashes.hold_anyway(world.db, session.id, "Il se libère", by=world.manager, now=NOW)
    else:
        known_plan = {"facilitator_id": samira.id if deed == "other" else world.facilitator.id}
        begins = planned.starts_at + (5 * HOUR if deed == "move" else 0 * HOUR)
        wished = [replace(meeting(begins, **known_plan), id=planned.id)]
        await scheduling.change(
            world.db, session.id, capacity=session.capacity, meetings=wished, version=session.version, **known
        )

    assert await to_decide(world) == []


async def test_what_is_past_is_nobodys_business(world: World) -> None:
    await karims(world)
    await added(world, BUSY)

    assert await external_clashes.to_decide(world.db, by=world.manager, now=WHEN + HOUR) == []


async def test_only_who_plans_there_is_told_who_is_busy(world: World) -> None:
    session = await karims(world)
    await added(world, BUSY)
    sonia = await world.staff(Role.MANAGER, await world.another_agency(), "Sonia")
    agnes = await world.staff(Role.ADMINISTRATOR, None, "Agnès")

    assert await external_clashes.to_decide(world.db, by=sonia, now=NOW) == []
    assert len(await external_clashes.to_decide(world.db, by=agnes, now=NOW)) == 1
    for who, seen in ((world.adviser, 0), (sonia, 0), (world.manager, 1)):
        assert len(await external_clashes.of_session(world.db, session.id, by=who, now=NOW)) == seen
    with pytest.raises(NotAllowed):
        await external_clashes.to_decide(world.db, by=world.adviser, now=NOW)


async def test_the_page_of_the_team_names_what_no_longer_suits(world: World) -> None:
    session = await karims(world)
    await added(world, BUSY)

    shown = await teams.show(world.db, world.agency.id, world.facilitator.id, by=world.manager, now=NOW)

    assert [one.session_id for one in shown.touched] == [session.id]
    assert shown.member.elsewhere == (BUSY,)


async def test_the_agenda_knows_when_people_and_rooms_are_taken(world: World) -> None:
    await added(world, BUSY)
    await added(world, BUSY, room_id=world.room.id)
    day = today(WHEN, world.agency.time_zone)

    shown = await agendas.show(world.db, [world.agency], day, day, by=world.manager)

    around = shown.around[world.agency.id]
    assert around.people[world.facilitator.id].busy == ((*BUSY, ""),)
    assert list(around.rooms_busy[world.room.id]) == [BUSY]
