"""Lists brought in on screen: sent, looked through, written, mended, and what is asked answered."""

import pytest

from booking.domain.staff import Role
from booking.services import bringing_in, importing, job_seekers
from tests.given import NOW, SITE, World
from tests.given_exports import as_csv
from tests.given_lists import a_list, brought_in
from tests.web.given import Browser, Browsers, text

pytestmark = pytest.mark.parametrize("url", ["sqlite"], indirect=True)

PAGE = "/imports"
TWO = a_list("P1;Lefèvre;Amélie;0612345678;1971", "P2;;Van;;")


@pytest.fixture
async def nadia(world: World, browsers: Browsers) -> Browser:
    return await browsers.of(world.adviser)


async def sent(world: World, browser: Browser, content: bytes = TWO, **other: str):
    typed = {"agency": str(world.agency.id), "kind": "people", **other}
    return await browser.send_file(PAGE, "file", "liste.csv", content, **typed)


async def test_a_list_is_sent_tried_written_and_mended(world: World, nadia: Browser):
    page = await nadia.after(await sent(world, nadia))
    here = str(page.url.path)
    tried = await nadia.after(await nadia.post(here, {"action": "check"}))
    nobody = await job_seekers.search(world.db, "lefevre", by=world.adviser)
    done = await nadia.after(await nadia.post(here, {"action": "import"}))
    rows = as_csv((await nadia.get(f"{here}/lignes")).content)

    assert "À vérifier" in text(page) and "Les premières lignes du fichier" in text(page)
    assert "rien n’est écrit" in text(tried) and nobody == []
    assert "Importée" in text(done) and "Nouvelles : 1" in text(done)
    assert rows == [
        {"Ligne": "3", "À corriger": "Nom : Ce champ est obligatoire.", "Identifiant": "P2", "Nom": ""}
        | {"Prénom": "Van", "Téléphone": "", "Année de naissance": ""}
    ]


async def test_columns_are_told_and_the_next_list_is_read_alike(world: World, nadia: Browser):
    strange = a_list("Lefèvre;Amélie", head="Colonne 1;Colonne 2")
    page = await nadia.after(await sent(world, nadia, strange))
    wrong = await nadia.post(str(page.url.path), {"action": "check"})
    told = {"col.last_name": "Colonne 1", "col.first_name": "Colonne 2", "action": "import"}

    done = await nadia.after(await nadia.post(str(page.url.path), told))
    again = await nadia.after(await sent(world, nadia, strange))

    assert wrong.status_code == 422 and "Dites quelle colonne contient : Nom, Prénom." in text(wrong)
    assert "Nouvelles : 1" in text(done)
    assert again.text.count("selected>Colonne") == 2


async def test_a_long_list_says_how_far_it_is_and_can_be_stopped(
    world: World, nadia: Browser, monkeypatch: pytest.MonkeyPatch
):
    monkeypatch.setattr(bringing_in, "SHORT", 0)
    here = str((await nadia.after(await sent(world, nadia))).url.path)

    waiting = await nadia.after(await nadia.post(here, {"action": "import"}))
    stopped = await nadia.after(await nadia.post(f"{here}/arreter"))

    assert "Import en cours" in text(waiting) and "<progress" in waiting.text
    assert 'data-follows="imports.' in waiting.text
    assert "Arrêtée" in text(stopped) and "Reprendre l’import" in text(stopped)
    assert await importing.bring_in_due(world.db, NOW, site=SITE) == 0


async def test_who_looks_known_is_decided_on_the_page(world: World, nadia: Browser):
    known = await world.job_seeker("Lefèvre", first_name="Amélie")
    done = await brought_in(world, a_list("Lefevre;Amelie;0612345678", head="Nom;Prénom;Téléphone"))

    page = await nadia.get(f"{PAGE}/{done.id}")
    wrong = await nadia.post(f"{PAGE}/{done.id}/lignes/2", {"answer": "peut-être"})
    after = await nadia.after(await nadia.post(f"{PAGE}/{done.id}/lignes/2", {"answer": f"same:{known.id}"}))

    assert "Même nom que Amélie LEFÈVRE." in text(page) and wrong.status_code == 422
    assert "C’est noté." in text(after) and "C’est quelqu’un d’autre" not in text(after)
    assert (await job_seekers.show(world.db, known.id, by=world.adviser)).phone == "+33612345678"


@pytest.mark.parametrize(("content", "said"), [(b"", "Le fichier est vide"), (b"%PDF-1.7", "Ce n’est pas du texte")])
async def test_a_file_that_is_no_list_is_refused_at_its_field(world: World, nadia: Browser, content: bytes, said: str):
    answer = await sent(world, nadia, content)

    assert answer.status_code == 422 and said in text(answer) and 'id="e-file"' in answer.text


async def test_what_was_is_for_who_plans_and_nothing_for_assistants(world: World, browsers: Browsers, nadia: Browser):
    zoe = await browsers.of(await world.staff(Role.ASSISTANT, world.agency, "Zoé"))
    marion = await browsers.of(world.manager)

    assert 'value="history"' in (await marion.get(PAGE)).text and 'value="history"' not in (await nadia.get(PAGE)).text
    assert (await sent(world, nadia, kind="history")).status_code == 403
    assert (await zoe.get(PAGE)).status_code == 403 and PAGE not in (await zoe.get("/presence")).text
