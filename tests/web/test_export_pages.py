"""Presences taken away on screen: at once, or on a page that says how far it is."""

import io
import re
import zipfile

import pytest

from booking.domain.exports import Format
from booking.domain.staff import Role
from booking.services import exports
from booking.services.exporting import make_due
from tests.given import NOW, SITE, World
from tests.given_exports import as_csv, as_xlsx, in_autumn, made
from tests.web.given import Browser, Browsers, text

pytestmark = pytest.mark.parametrize("url", ["sqlite"], indirect=True)

PAGE = "/mes-exports"


@pytest.fixture
async def nadia(world: World, browsers: Browsers) -> Browser:
    return await browsers.of(world.adviser)


def typed(world: World, **other: str) -> dict[str, str]:
    days = {"first_on": "2026-10-01", "last_on": "2026-12-31"}
    return {"agency": str(world.agency.id), **days, "format": "csv", **other}


async def test_a_short_file_is_the_answer(world: World, nadia: Browser):
    booking = await world.booked(await world.session())

    answer = await nadia.post(PAGE, typed(world))

    assert (answer.status_code, answer.headers["content-type"]) == (200, "text/csv; charset=utf-8")
    name = "presences-2026-10-01-2026-12-31-grenoble-bastille.csv"
    assert answer.headers["content-disposition"] == f'attachment; filename="{name}"'
    assert [row["n° d’inscription"] for row in as_csv(answer.content)] == [booking.code]


async def test_a_session_has_its_buttons_where_it_is_shown_and_on_its_roll(world: World, browsers: Browsers):
    session = await world.session()
    await world.booked(session)
    marion = await browsers.of(world.manager)

    pages = [await marion.get(f"/sessions/{session.id}"), await marion.get(f"/presence/{session.meetings[0].id}")]
    answer = await marion.post(f"/sessions/{session.id}/presences", {"format": "xlsx"})

    assert all(f'action="/sessions/{session.id}/presences"' in page.text for page in pages)
    assert len(as_xlsx(answer.content)) == 1


async def test_a_long_file_is_waited_for_and_fetched(world: World, nadia: Browser, monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr(exports, "SHORT", 0)
    await world.booked(await world.session())

    waiting = await nadia.after(await nadia.post(PAGE, typed(world, format="xlsx")))
    await make_due(world.db, NOW)
    ready = await nadia.get(PAGE)
    (file,) = re.findall(f"{PAGE}/[0-9a-f-]+/fichier", ready.text)
    answer = await nadia.get(file)

    assert "il se prépare" in text(waiting) and 'data-follows="exports"' in waiting.text
    assert "Un fichier est prêt." in text(ready)
    assert len(as_xlsx(answer.content)) == 1 and answer.headers["content-length"] == str(len(answer.content))


async def test_what_is_wrong_stands_at_its_field_with_what_was_typed(world: World, nadia: Browser):
    wrong = await nadia.post(PAGE, typed(world, last_on="2026-09-01"))
    nonsense = await nadia.post(PAGE, {"agency": "", "first_on": "hier", "last_on": "", "format": "doc"})

    assert wrong.status_code == nonsense.status_code == 422
    assert "La fin doit venir après le début." in text(wrong) and 'value="2026-09-01"' in wrong.text
    assert text(nonsense).count("Ce champ est obligatoire.") >= 2 and 'value="hier"' in nonsense.text


async def test_nobody_finds_what_another_asked_for(world: World, nadia: Browser, browsers: Browsers):
    ready = await made(world, in_autumn(world), world.adviser)
    marion = await browsers.of(world.manager)

    answers = [
        await marion.get(f"{PAGE}/{ready.id}/fichier"),
        await marion.post(f"{PAGE}/{ready.id}/supprimer"),
    ]

    assert [answer.status_code for answer in answers] == [404, 404]
    assert str(ready.id) not in (await marion.get(PAGE)).text
    assert (await nadia.get(f"{PAGE}/{ready.id}/fichier")).status_code == 200


async def test_what_is_deleted_is_gone(world: World, nadia: Browser):
    waiting = await exports.ask(world.db, in_autumn(world), Format.CSV, by=world.adviser, now=NOW)

    page = await nadia.after(await nadia.post(f"{PAGE}/{waiting.id}/supprimer"))

    assert "L’export est supprimé." in text(page)
    assert (await nadia.get(f"{PAGE}/{waiting.id}/fichier")).status_code == 404


async def test_an_assistant_takes_no_names_away(world: World, browsers: Browsers):
    session = await world.session()
    zoe = await browsers.of(await world.staff(Role.ASSISTANT, world.agency, "Zoé"))

    answers = [
        await zoe.get(PAGE),
        await zoe.post(PAGE, typed(world)),
        await zoe.post(f"/sessions/{session.id}/presences"),
    ]

    assert {answer.status_code for answer in answers} == {403}
    shown = (await zoe.get("/presence")).text + (await zoe.get(f"/sessions/{session.id}")).text
    assert PAGE not in shown and "/presences" not in shown


async def test_the_network_is_a_choice_for_its_administrator_only(world: World, nadia: Browser, browsers: Browsers):
    odile = await browsers.of(await world.staff(Role.ADMINISTRATOR, None, "Odile"))

    assert "Tout le réseau" in text(await odile.get(PAGE)) and "Tout le réseau" not in text(await nadia.get(PAGE))
    assert (await odile.post(PAGE, typed(world, agency="reseau"))).status_code == 200
    assert (await nadia.post(PAGE, typed(world, agency="reseau"))).status_code == 403


async def test_administrators_of_the_network_have_the_whole_installation_copied(
    world: World, nadia: Browser, browsers: Browsers
):
    odile = await browsers.of(await world.staff(Role.ADMINISTRATOR, None, "Odile"))

    waiting = await odile.after(await odile.post(f"{PAGE}/tout"))
    await make_due(world.db, NOW, site=SITE)
    (file,) = re.findall(f"{PAGE}/[0-9a-f-]+/fichier", (await odile.get(PAGE)).text)
    answer = await odile.get(file)

    assert "Toute l’installation" in text(waiting)
    assert answer.headers["content-disposition"] == 'attachment; filename="ateliers-2026-10-19.zip"'
    with zipfile.ZipFile(io.BytesIO(answer.content)) as archive:
        assert archive.testzip() is None and "datapackage.json" in archive.namelist()
    assert "Toute l’installation" not in text(await nadia.get(PAGE))
    assert (await nadia.post(f"{PAGE}/tout")).status_code == 403
    assert (await nadia.post(PAGE, typed(world, format="zip"))).status_code == 422


async def test_appointments_are_taken_by_who_sees_people(world: World, nadia: Browser, browsers: Browsers):
    booking = await world.booked(await world.session())
    here = f"{PAGE}/rendez-vous?agence={world.agency.id}&du=2026-10-01&au=2026-12-31"

    answer = await nadia.get(here)
    wrong = await nadia.get(f"{PAGE}/rendez-vous?agence={world.agency.id}&du=hier&au=2026-12-31")

    assert [one["numeroInscription"] for one in answer.json()] == [booking.code]
    assert wrong.status_code == 422 and 'value="hier"' in wrong.text
    assert (await (await browsers.of(world.facilitator)).get(here)).status_code == 403
