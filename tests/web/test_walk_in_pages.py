"""The page on which somebody who comes without a booking is found or noted, and present in two taps."""

import re

import pytest

from booking.domain.attendance import Mark
from booking.domain.staff import Role
from booking.services import rosters
from tests.given import World, in_days, meeting
from tests.web.given import text

pytestmark = pytest.mark.parametrize("url", ["sqlite"], indirect=True)
MALIKA = {"first_name": "Malika", "last_name": "Haddad", "birth_year": "1984", "q": "Haddad"}


@pytest.fixture
async def session(world: World):
    return await world.session(meeting(in_days(1), facilitator_id=world.facilitator.id), capacity=2)


def address(session) -> str:
    return f"/presence/{session.meetings[0].id}/sur-place"


async def marks(world, session) -> list[tuple[str, Mark | None]]:
    roll = await rosters.call(world.db, session.meetings[0].id, by=world.facilitator)
    return [(person.last_name, person.mark) for person in roll.expected]


async def test_somebody_known_is_found_and_present_by_one_button(world, session, tablet):
    await world.job_seeker("Haddad", phone="06 12 34 56 78", birth_year=1984)

    page = await tablet.get(f"{address(session)}?q=hadd")
    person = re.search(r'name="person" value="([^"]+)"', page.text)[1]
    roll = await tablet.after(await tablet.post(address(session), {"person": person}))

    assert "HADDAD Aïssatou naissance : 1984" in text(page) and "56 78" not in text(page)
    assert "Enregistré." in text(roll) and "HADDAD Aïssatou" in text(roll)
    assert await marks(world, session) == [("Haddad", Mark.ATTENDED)]


async def test_the_roll_leads_there(world, session, tablet):
    await world.booked(session)

    roll = await tablet.get(address(session).removesuffix("/sur-place"))

    assert f'href="{address(session)}"' in roll.text


async def test_somebody_new_is_added_with_three_fields(world, session, tablet):
    page = await tablet.get(f"{address(session)}?q=Malika Haddad")
    await tablet.post(address(session), MALIKA)

    assert "Personne de ce nom dans cette agence." in text(page)
    assert 'name="first_name" value="Malika"' in page.text and 'name="last_name" value="Haddad"' in page.text
    assert await marks(world, session) == [("Haddad", Mark.ATTENDED)]


async def test_somebody_alike_is_shown_and_one_says_that_it_is_another(world, session, tablet):
    known = await world.job_seeker("Haddad", first_name="Malika", birth_year=1984)

    asked = await tablet.post(address(session), MALIKA)
    await tablet.post(address(session), MALIKA | {"sure": "1"})

    assert asked.status_code == 409 and f'value="{known.id}"' in asked.text and 'name="sure"' in asked.text
    assert await marks(world, session) == [("Haddad", Mark.ATTENDED)]


async def test_a_full_session_says_what_can_be_done(world, session, tablet, day):
    for _ in range(2):
        await world.booked(session)
    manager = await day.of(world.manager)

    page, refused = await tablet.get(address(session)), await tablet.post(address(session), MALIKA)

    assert "Une personne responsable peut ajouter une place" in text(page)
    assert "Une nouvelle personne" not in text(refused) and "liste d’attente" not in text(refused)
    assert (refused.status_code, "Cette session est complète" in text(refused)) == (409, True)
    assert f"/sessions/{session.id}" in (await manager.get(address(session))).text
    assert len(await marks(world, session)) == 2


@pytest.mark.parametrize("wrong", [{"birth_year": "abc"}, {"birth_year": "1900"}, {"last_name": ""}, {"person": "x"}])
async def test_what_is_wrong_stays_as_typed_and_adds_nobody(world, session, tablet, wrong):
    answer = await tablet.post(address(session), MALIKA | wrong)

    assert answer.status_code == 422 and 'value="Malika"' in answer.text
    assert await marks(world, session) == []


async def test_who_knows_initials_only_does_not_search_people(world, session, day):
    zoe = await day.of(await world.staff(Role.ASSISTANT, world.agency, "Zoé"))

    assert (await zoe.get(f"{address(session)}?q=hadd")).status_code == 403
    assert (await zoe.post(address(session), MALIKA)).status_code == 403
    assert "sur-place" not in (await zoe.get(address(session).removesuffix("/sur-place"))).text
