"""Who came while there was no network: sent by the device, noted once, and answered with what is to be decided."""

import pytest

from booking.domain.attendance import Mark
from booking.domain.staff import Role
from booking.services import closing, rosters
from tests.given import World, in_days, meeting
from tests.web.given import DAY, Browser

pytestmark = pytest.mark.parametrize("url", ["sqlite"], indirect=True)
MALIKA = {"first_name": "Malika", "last_name": "Haddad"}


@pytest.fixture
async def session(world: World):
    return await world.session(meeting(in_days(1), facilitator_id=world.facilitator.id), capacity=2)


async def send(tablet: Browser, session, key="one", **said: str):
    sent = MALIKA | {"once": key, "made_at": DAY.isoformat()} | said
    return await tablet.post(f"/presence/{session.meetings[0].id}/venu", sent)


async def there(world, session) -> list[tuple[str, Mark | None]]:
    roll = await rosters.call(world.db, session.meetings[0].id, by=world.facilitator)
    return [(person.last_name, person.mark) for person in roll.expected]


async def test_who_came_is_noted_once_however_often_it_is_sent(world, session, tablet):
    answers = [await send(tablet, session) for _ in range(2)]

    assert [answer.status_code for answer in answers] == [200, 200]
    assert await there(world, session) == [("Haddad", Mark.ATTENDED)]


async def test_somebody_alike_is_named_and_the_person_who_calls_the_roll_decides(world, session, tablet):
    known = await world.job_seeker("Haddad", first_name="Malika", birth_year=1984)

    asked = await send(tablet, session)
    same = await send(tablet, session, "two", person=str(known.id))

    assert (asked.status_code, asked.json()["code"]) == (409, "possible-duplicates")
    assert asked.json()["people"] == [{"id": str(known.id), "name": "HADDAD Malika", "born": "1984"}]
    assert (same.status_code, await there(world, session)) == (200, [("Haddad", Mark.ATTENDED)])


async def test_somebody_else_of_the_same_name_is_added_by_who_says_so(world, session, tablet):
    await world.job_seeker("Haddad", first_name="Malika")
    await send(tablet, session)

    sure = await send(tablet, session, "two", sure="1")

    assert (sure.status_code, len(await there(world, session))) == (200, 1)


async def test_a_full_room_and_a_closed_roll_are_answered_and_write_nobody(world, session, tablet):
    for _ in range(2):
        await world.booked(session)
    full = await send(tablet, session)
    await closing.close(world.db, session.meetings[0].id, by=world.facilitator, now=DAY)

    late = await send(tablet, session, "two")

    assert [(a.status_code, a.json()["code"]) for a in (full, late)] == [(409, "session-full"), (409, "roll-closed")]
    assert late.json()["title"] == "L’appel de cette séance est clos"
    assert len(await there(world, session)) == 2


@pytest.mark.parametrize("said", [{"last_name": ""}, {"made_at": "yesterday"}, {"person": "x"}])
async def test_what_cannot_be_read_adds_nobody(world, session, tablet, said):
    assert (await send(tablet, session, **said)).status_code == 422
    assert await there(world, session) == []


async def test_only_who_calls_the_roll_with_full_names_adds_anybody(world, session, day):
    zoe = await day.of(await world.staff(Role.ASSISTANT, world.agency, "Zoé"))
    nadia = await day.of(world.adviser)
    paul = await day.of(await world.staff(Role.FACILITATOR, await world.another_agency(), "Paul"))

    answers = [await send(who, session) for who in (zoe, nadia, paul)]

    assert [answer.status_code for answer in answers] == [403, 403, 404]
    assert await there(world, session) == []


async def test_the_roll_is_ready_to_take_somebody_without_network_even_with_nobody_on_it(session, tablet):
    page = (await tablet.get(f"/presence/{session.meetings[0].id}")).text

    assert "data-comes" in page and "/static/comes.js" in page
