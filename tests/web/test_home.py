"""The first page: what this is, or what needs somebody today."""

import html
import re
from typing import Any

import pytest
from sqlalchemy import Executable

from booking.domain.staff import Role
from booking.storage.database import Values
from booking.storage.sqlite import SyncTx
from tests.given import World, in_days, meeting
from tests.web.given import Browsers, text

pytestmark = pytest.mark.parametrize("url", ["sqlite"], indirect=True)
MOST_STATEMENTS = 12


@pytest.fixture
def statements(monkeypatch: pytest.MonkeyPatch) -> list[Executable]:
    """What is asked of the database from now on."""
    asked: list[Executable] = []
    answer = SyncTx.rows

    async def listen(tx: SyncTx, statement: Executable, values: Values = None) -> Any:
        asked.append(statement)
        return await answer(tx, statement, values)

    monkeypatch.setattr(SyncTx, "rows", listen)
    return asked


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
    assert "Rien ne vous attend" in said
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
    browser = await browsers.of(world.manager)

    answer = await browser.get("/")

    assert "1 session · 0 places prises sur 8" in text(answer) and "1 brouillon à publier" in text(answer)
    (there,) = re.findall(r'href="(/sessions/plusieurs[^"]*)"><b>1<', answer.text)
    assert f"/sessions/{draft.id}" in (await browser.get(html.unescape(there))).text


@pytest.mark.parametrize("role", [Role.ADVISER, Role.FACILITATOR, Role.MANAGER, Role.ADMINISTRATOR, Role.AUDITOR])
async def test_the_first_page_asks_no_more_where_there_is_more(
    role: Role, world: World, browsers: Browsers, statements: list[Executable]
):
    place = None if role in (Role.ADMINISTRATOR, Role.AUDITOR) else world.agency
    browser = await browsers.of(await world.staff(role, place, "Camille"))

    async def asked() -> int:
        statements.clear()
        assert (await browser.get("/")).status_code == 200
        return len(statements)

    before = await asked()
    for day in range(3):
        await world.booked(await world.session(meeting(in_days(2 + day))))
        await world.draft(meeting(in_days(7 + day)))
    await world.another_agency()

    assert await asked() == before <= MOST_STATEMENTS


async def test_who_works_for_the_whole_network_has_a_first_page_too(world: World, browsers: Browsers):
    everywhere = await world.staff(Role.ADMINISTRATOR, None, "Odile")

    answer = await (await browsers.of(everywhere)).get("/")

    assert answer.status_code == 200
