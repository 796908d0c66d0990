"""Programs look for meetings: every filter, page after page, within their own agencies."""

import pytest

from booking.domain.staff import Role
from booking.services import scheduling
from tests.given import NOW, World, a_workshop, in_days, meeting
from tests.web.programs import Programs

pytestmark = pytest.mark.parametrize("url", ["sqlite"], indirect=True)


async def found(ask, query: str = "") -> list[str]:
    return [one["session_id"] for one in (await ask("GET", f"/meetings{query}")).json()["items"]]


async def test_a_meeting_says_where_who_and_how_many(world: World, programs: Programs):
    plan = meeting(in_days(14), room_id=world.room.id, facilitator_id=world.facilitator.id)
    await world.booked(await world.session(plan))
    ask = await programs.of(world.facilitator)

    (one,) = (await ask("GET", "/meetings")).json()["items"]

    assert (one["room_id"], one["facilitator_id"]) == (str(world.room.id), str(world.facilitator.id))
    assert (one["workshop_id"], one["expected"], one["seats"]) == (str(world.workshop.id), 1, 8)
    assert (one["room"], one["facilitator"], one["time_zone"]) == ("Vercors", "Karim", "Europe/Paris")


async def test_every_filter_restricts(world: World, programs: Programs):
    tables = a_workshop("Tableur")
    await scheduling.add_workshop(world.db, tables, by=await world.staff(Role.ADMINISTRATOR, None, "Odile"), now=NOW)
    here = await world.session(meeting(in_days(14), room_id=world.room.id, facilitator_id=world.facilitator.id))
    other = await world.session(meeting(in_days(15)), workshop_id=tables.id)
    ask = await programs.of(world.facilitator)

    assert await found(ask, f"?room={world.room.id}") == [str(here.id)]
    assert await found(ask, f"?facilitator={world.facilitator.id}") == [str(here.id)]
    assert await found(ask, f"?workshop={tables.id}") == [str(other.id)]
    assert await found(ask, f"?agency={world.agency.id}") == [str(here.id), str(other.id)]
    assert await found(ask, f"?from={in_days(15):%Y-%m-%dT%H:%M:%SZ}") == [str(other.id)]
    assert await found(ask, f"?before={in_days(15):%Y-%m-%dT%H:%M:%SZ}") == [str(here.id)]


async def test_drafts_are_no_programs_business(world: World, programs: Programs):
    await world.draft()

    assert await found(await programs.of(world.manager)) == []


async def test_other_agencies_are_not_there(world: World, programs: Programs):
    lyon = await world.another_agency()
    await world.session(agency_id=lyon.id, by=await world.staff(Role.MANAGER, lyon, "Paul"))
    ask = await programs.of(world.facilitator)

    assert await found(ask) == []
    assert await found(ask, f"?agency={lyon.id}") == []


async def test_the_next_page_begins_where_this_one_ended(world: World, programs: Programs):
    cycle = await world.session(*(meeting(in_days(14 + n)) for n in range(5)))
    ask = await programs.of(world.facilitator)

    seen, page = [], f"/api/v1/meetings?limit=2&agency={world.agency.id}"
    while page:
        answer = (await ask("GET", page)).json()
        seen += [one["id"] for one in answer["items"]]
        page = answer["next"]

    assert seen == [str(one.id) for one in cycle.meetings]


@pytest.mark.parametrize("query", ["?room=x", "?from=2026-11-24T09:00:00", "?after=x", "?limit=0", "?limit=201"])
async def test_what_cannot_be_read_is_refused(world: World, programs: Programs, query: str):
    ask = await programs.of(world.facilitator)

    assert (await ask("GET", f"/meetings{query}")).status_code == 400
