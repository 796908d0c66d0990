"""The page of the team."""

import pytest

from booking.services import teams
from tests.given import NOW, World, in_days, meeting
from tests.given_places import day_in
from tests.web.given import Browser, Browsers, text

TUESDAY = {"availability.1.1.opens": "9h", "availability.1.1.closes": "12:00"}


@pytest.fixture
async def marion(world: World, browsers: Browsers) -> Browser:
    return await browsers.of(world.manager)


def absence(**known: str) -> dict[str, str]:
    return {"date": str(day_in(14)), "start": "09:00", "until": "", "end": "17:00", "because": "Formation"} | known


async def karim(world: World):
    return (await teams.of_agency(world.db, world.agency.id, by=world.manager, now=NOW)).members[0]


async def test_the_team_is_listed_with_its_hours(world: World, marion: Browser):
    await marion.post(f"/equipe/{world.facilitator.id}", TUESDAY | {"ends_on": "2027-06-30"})

    page = text(await marion.get("/equipe"))

    assert "Karim Animation" in page and "mardi 9 h–12 h" in page and "mercredi 30 juin 2027" in page


async def test_hours_are_kept_and_what_no_longer_suits_is_named(world: World, marion: Browser):
    session = await world.session(meeting(in_days(14), facilitator_id=world.facilitator.id))

    page = await marion.after(await marion.post(f"/equipe/{world.facilitator.id}", TUESDAY))

    assert "Les disponibilités sont enregistrées" in text(page)
    assert f'href="/sessions/{session.id}"' in page.text
    assert 'name="availability.1.1.opens" value="09:00"' in page.text


async def test_hours_left_blank_mean_always(world: World, marion: Browser):
    await marion.post(f"/equipe/{world.facilitator.id}", TUESDAY)

    await marion.post(f"/equipe/{world.facilitator.id}", {"availability.1.1.opens": "", "ends_on": ""})

    assert "Toujours disponible" in text(await marion.get("/equipe"))


async def test_a_wrong_hour_is_told_and_nothing_is_lost(world: World, marion: Browser):
    wrong = TUESDAY | {"availability.2.1.opens": "10:00", "availability.2.1.closes": "9:00", "ends_on": "un jour"}

    answer = await marion.post(f"/equipe/{world.facilitator.id}", wrong)
    backwards = await marion.post(f"/equipe/{world.facilitator.id}", wrong | {"ends_on": ""})

    assert answer.status_code == backwards.status_code == 422
    assert 'id="e-ends_on"' in answer.text and 'value="9h"' in answer.text
    assert 'id="e-availability.2.1.opens"' in backwards.text


async def test_an_absence_is_added_by_the_clock_of_the_place_and_taken_back(world: World, marion: Browser):
    address = f"/equipe/{world.facilitator.id}"

    page = await marion.after(await marion.post(f"{address}/absences", absence()))
    busy = (await karim(world)).busy[0]
    after = await marion.after(await marion.post(f"{address}/absences/{busy.id}/retirer"))

    # Half a day after the change to winter time: nine o'clock is eight in UTC.
    assert (busy.starts_at, busy.ends_at) == (in_days(14), in_days(14, 8))
    assert "lundi 2 novembre 2026, 9 h → 17 h" in text(page)
    assert "Aucune à venir" in text(after)


async def test_an_absence_may_last_several_days(world: World, marion: Browser):
    await marion.post(f"/equipe/{world.facilitator.id}/absences", absence(until=str(day_in(18))))

    busy = (await karim(world)).busy[0]
    assert (busy.ends_at - busy.starts_at).days == 4


@pytest.mark.parametrize(
    ("wrong", "field"),
    [
        ({"end": "08:00"}, "end"),
        ({"because": ""}, "because"),
        ({"date": "0001-01-01"}, "date"),
        ({"date": "9999-12-31"}, "date"),
        ({"start": "tôt"}, "start"),
        ({"date": "2027-03-28", "start": "02:30"}, "start"),
    ],
)
async def test_an_absence_that_cannot_be_is_refused_beside_its_field(world: World, marion: Browser, wrong, field):
    answer = await marion.post(f"/equipe/{world.facilitator.id}/absences", absence(**wrong))

    assert answer.status_code == 422 and f'id="e-{field}"' in answer.text
    assert (await karim(world)).busy == ()


async def test_the_pages_are_for_who_plans(world: World, browsers: Browsers):
    nadia = await browsers.of(world.adviser)

    assert (await nadia.get("/equipe")).status_code == 403
    assert (await nadia.post(f"/equipe/{world.facilitator.id}/absences", absence())).status_code == 403


async def test_whoever_is_not_of_the_team_is_not_found(world: World, marion: Browser):
    assert (await marion.get(f"/equipe/{world.adviser.id}")).status_code == 404
