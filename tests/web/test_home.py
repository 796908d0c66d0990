"""The first page: what this is, or what needs somebody today."""

import pytest

from booking.domain.staff import Role
from tests.given import World, in_days, meeting
from tests.web.given import Browsers, text

pytestmark = pytest.mark.parametrize("url", ["sqlite"], indirect=True)


async def test_a_stranger_is_told_what_this_is(browsers: Browsers):
    answer = await browsers.stranger().get("/")

    assert answer.status_code == 200
    assert "ateliers gratuits" in text(answer)
    assert 'href="/agences"' in answer.text
    assert 'href="/connexion"' in answer.text


async def test_a_page_names_its_signs_once(world: World, browsers: Browsers):
    browser = await browsers.of(world.manager)
    report = await browser.send_file("/sessions/listes", "file", "sessions.csv", b"agence;atelier\n", action="check")

    for page in (await browsers.stranger().get("/"), await browser.get("/"), report):
        assert page.headers["content-type"] == "text/html; charset=utf-8"


async def test_an_adviser_finds_whom_to_place_and_what_has_seats(world: World, browsers: Browsers):
    await world.session(capacity=8)

    said = text(await (await browsers.of(world.adviser)).get("/"))

    assert "Placer une personne" in said
    assert "Prochaines sessions avec des places" in said
    assert "Rien à imprimer" in said
    assert "Séances du jour" not in said


async def test_a_facilitator_finds_the_rolls_of_the_day(world: World, browsers: Browsers):
    today = await world.session(meeting(in_days(0, hour=2)))
    tomorrow = await world.session(meeting(in_days(1, hour=2)))

    answer = await (await browsers.of(world.facilitator)).get("/")

    assert f"/presence/{today.meetings[0].id}" in answer.text
    assert f"/presence/{tomorrow.meetings[0].id}" not in answer.text
    assert "Placer une personne" not in text(answer)


async def test_a_manager_finds_the_week_and_what_is_to_publish(world: World, browsers: Browsers):
    await world.session(meeting(in_days(2)), capacity=8)
    draft = await world.draft(meeting(in_days(3)))

    answer = await (await browsers.of(world.manager)).get("/")

    assert "1 session · 0 places prises sur 8" in text(answer)
    assert f"/sessions/{draft.id}" in answer.text


async def test_who_works_for_the_whole_network_has_a_first_page_too(world: World, browsers: Browsers):
    everywhere = await world.staff(Role.ADMINISTRATOR, None, "Odile")

    answer = await (await browsers.of(everywhere)).get("/")

    assert answer.status_code == 200
