"""Planning meets what stands in the way: rooms and people that are elsewhere, closed days, small rooms."""

from collections.abc import AsyncIterator
from datetime import date

import pytest
from sqlalchemy import insert

from booking.domain.errors import InvalidField, InvalidSchedule, Obstructed, PlaceTaken, WorkshopArchived
from booking.domain.identifiers import new_id
from booking.domain.sessions import Session
from booking.domain.staff import Role
from booking.services import obstructions, scheduling
from booking.services.doctor import examine
from booking.services.scheduling import MeetingPlan
from booking.storage import tables
from booking.storage.constraints import Contended
from booking.storage.database import Database
from tests.given import NOW, SITE, World, in_days, meeting


@pytest.fixture
async def world(db: Database) -> AsyncIterator[World]:
    """A world in which the doctor finds nothing afterwards, whatever was tried."""
    world = await World.begin(db)
    yield world
    assert await examine(world.db, now=NOW) == []


def there(world: World, days: float = 14, hour: float = 0, **known: object) -> MeetingPlan:
    """A meeting in the room, led by Karim."""
    where = {"room_id": world.room.id, "facilitator_id": world.facilitator.id}
    return meeting(in_days(days, hour), **(where | known))


async def moved(world: World, session: Session, *meetings: MeetingPlan, **known: object) -> Session:
    """The session with these meetings."""
    usual = {"capacity": session.capacity, "version": None, "by": world.manager, "site": SITE, "now": NOW}
    return await scheduling.change(world.db, session.id, meetings=meetings, **(usual | known))


async def closed(world: World, day: date) -> None:
    """Marion closes the agency for a day."""
    row = {"id": new_id(NOW), "agency_id": world.agency.id, "first_on": day, "last_on": day, "because": "Inventaire"}
    async with world.db.transaction() as tx:
        await tx.run(insert(tables.closures).values(row))


async def test_a_room_is_in_one_place_at_a_time(world: World) -> None:
    await world.draft(there(world))

    with pytest.raises(PlaceTaken) as refused:
        await world.draft(there(world, hour=1, facilitator_id=None))

    assert refused.value.facts["fields"] == {"meetings.1": "room-taken"}
    assert refused.value.facts["obstacles"][0]["what"] == world.workshop.title


async def test_a_facilitator_is_in_one_place_at_a_time_whatever_the_agency(world: World) -> None:
    await world.draft(there(world))

    with pytest.raises(PlaceTaken) as refused:
        await world.draft(there(world, hour=1, room_id=None))

    assert refused.value.facts["obstacles"][0]["who"] == "Karim"


async def test_one_meeting_may_begin_when_the_other_ends(world: World) -> None:
    await world.draft(there(world))

    await world.draft(there(world, hour=2))


async def test_an_assistant_is_held_like_a_facilitator(world: World) -> None:
    theo = await world.staff(Role.ASSISTANT, world.agency, "Théo")
    first = await world.draft(there(world, assistant_ids=(theo.id,)))

    with pytest.raises(PlaceTaken):
        await world.draft(there(world, room_id=None, facilitator_id=None, assistant_ids=(theo.id,)))
    async with world.db.reading() as tx:
        kept = await scheduling.sessions.load(tx, first.id)
    assert kept.meetings[0].assistant_ids == (theo.id,)


async def test_an_assistant_does_not_lead_and_a_stranger_does_not_assist(world: World) -> None:
    theo = await world.staff(Role.ASSISTANT, world.agency, "Théo")
    stranger = await world.staff(Role.ASSISTANT, await world.another_agency(), "Line")

    for wrong, code in [
        ({"facilitator_id": theo.id}, "not-a-facilitator-here"),
        ({"assistant_ids": (stranger.id,)}, "not-an-assistant-here"),
        ({"assistant_ids": (world.facilitator.id,)}, "leads-and-assists"),
    ]:
        with pytest.raises(InvalidField) as refused:
            await world.draft(there(world, **wrong))
        assert refused.value.facts["fields"] == {"meetings.1": code}


async def test_a_cancelled_session_leaves_its_room(world: World) -> None:
    session = await world.session(there(world))
    await scheduling.cancel(world.db, session.id, because="Panne", by=world.manager, site=SITE, now=NOW)

    again = await world.session(there(world))

    assert again.meetings[0].room_id == world.room.id


async def test_a_session_is_not_in_its_own_way(world: World) -> None:
    session = await world.draft(there(world), there(world, days=15))
    first, second = session.meetings

    after = await moved(world, session, there(world, days=15, id=first.id), there(world, days=14, id=second.id))

    assert [m.id for m in after.meetings] == [second.id, first.id]


async def test_moving_onto_a_room_that_is_taken_is_refused_and_changes_nothing(world: World) -> None:
    await world.draft(there(world, hour=4))
    session = await world.session(there(world))

    with pytest.raises(PlaceTaken):
        await moved(world, session, there(world, hour=3, id=session.meetings[0].id))

    async with world.db.reading() as tx:
        assert (await scheduling.sessions.load(tx, session.id)).meetings == session.meetings


async def test_a_holiday_needs_a_reason_that_is_kept(world: World) -> None:
    armistice = there(world, days=23)

    with pytest.raises(Obstructed) as refused:
        await world.draft(armistice)
    session = await world.draft(armistice, overridden_because="Ouverture exceptionnelle ")

    assert refused.value.facts["fields"] == {"meetings.1": "public-holiday"}
    assert session.overridden_because == "Ouverture exceptionnelle"


async def test_blanks_are_no_reason(world: World) -> None:
    with pytest.raises(Obstructed):
        await world.draft(there(world, days=23), overridden_because="  ")


async def test_a_reason_is_a_sentence_and_not_a_book(world: World) -> None:
    with pytest.raises(InvalidField) as refused:
        await world.draft(there(world, days=23), overridden_because="x" * 201)

    assert refused.value.facts["fields"] == {"overridden_because": "too-long"}


async def test_a_reason_does_not_overcome_a_clash(world: World) -> None:
    await world.draft(there(world))

    with pytest.raises(PlaceTaken):
        await world.draft(there(world), overridden_because="On se serrera")


async def test_more_people_than_workstations_need_a_reason(world: World) -> None:
    with pytest.raises(Obstructed) as refused:
        await world.draft(there(world), capacity=11)

    assert refused.value.facts["obstacles"] == [
        {"meeting": 1, "kind": "room-too-small", "what": "Vercors", "who": "", "seats": 10}
    ]


async def test_what_was_overcome_once_is_not_asked_again_unless_it_changes(world: World) -> None:
    session = await world.draft(there(world, days=23), overridden_because="Ouverture exceptionnelle")
    kept = there(world, days=23, id=session.meetings[0].id)

    after = await moved(world, session, kept, capacity=6)
    with pytest.raises(Obstructed):
        await moved(world, after, there(world, days=23, hour=3, id=kept.id))

    assert (after.capacity, after.overridden_because) == (6, "Ouverture exceptionnelle")


async def test_a_closure_after_planning_is_met_when_publishing(world: World) -> None:
    draft = await world.draft(there(world))
    await closed(world, draft.starts_at.date())

    with pytest.raises(Obstructed) as refused:
        await scheduling.publish(world.db, draft.id, by=world.manager, site=SITE, now=NOW)

    assert refused.value.facts["fields"] == {"meetings.1": "agency-closed"}


async def test_nobody_to_lead_means_no_publishing(world: World) -> None:
    draft = await world.draft(there(world, facilitator_id=None))

    with pytest.raises(InvalidSchedule) as refused:
        await scheduling.publish(world.db, draft.id, by=world.manager, site=SITE, now=NOW)

    assert refused.value.facts["fields"] == {"meetings.1": "facilitator-missing"}


async def test_an_archived_workshop_is_not_planned(world: World) -> None:
    async with world.db.transaction() as tx:
        await tx.run(tables.workshops.update().values(archived_at=NOW))

    with pytest.raises(WorkshopArchived):
        await world.draft(there(world))


async def test_the_database_itself_keeps_a_room_in_one_place(world: World) -> None:
    await world.draft(there(world))
    other = await world.draft(there(world, hour=5))
    (only,) = other.meetings

    with pytest.raises(PlaceTaken):
        async with world.db.transaction() as tx:
            await tx.run(tables.meetings.update().where(tables.meetings.c.id == only.id).values(starts_at=in_days(14)))


def test_a_clash_that_only_the_database_saw_is_tried_again_until_it_has_a_name() -> None:
    named = PlaceTaken(fields={"meetings.1": "room-taken"})

    assert isinstance(obstructions.as_contended(PlaceTaken()), Contended)
    assert obstructions.as_contended(named) is named
