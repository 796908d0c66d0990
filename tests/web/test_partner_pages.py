"""The pages of partners and leaflets: looking up, writing, bringing a list in, handing out."""

import re

import pytest

from booking.domain.partner_terms import Service
from booking.domain.staff import Role
from booking.services import directory, leaflets, partners
from booking.services.directory import Asked
from booking.services.leaflets import LeafletSaid
from tests.given import NOW, World
from tests.given_partners import a_partner, a_picture
from tests.web.given import Browser, text

pytestmark = pytest.mark.parametrize("url", ["sqlite"], indirect=True)

LIST = "type,id,nom,code_postal,commune\ncaf,c-1,Caf,38000,Grenoble\ncaf,,Sans clé,38000,Grenoble\n"
TARIFF = LeafletSaid(title="Tarifs 2026", kind="tariff", language="fr", service=Service.SOLIDARITY_SIM)  # type: ignore[arg-type]


@pytest.fixture
async def adviser(world: World, browsers) -> Browser:
    return await browsers.of(world.adviser)


@pytest.fixture
async def manager(world: World, browsers) -> Browser:
    return await browsers.of(world.manager)


@pytest.fixture
async def administrator(world: World, browsers) -> Browser:
    return await browsers.of(await world.staff(Role.ADMINISTRATOR, None, "Odile"))


async def names(world: World) -> list[str]:
    found = await directory.find(world.db, Asked(), by=world.adviser, now=NOW)
    return [one.partner.name for one in found]


async def test_an_adviser_finds_a_partner_with_its_hours_and_what_to_hand_out(world: World, adviser: Browser):
    known = a_partner("Relais", services=(Service.SOLIDARITY_SIM,), hours="Mo 09:00-12:00; PH off", phone="3949")
    partner = await partners.add(world.db, known, by=world.manager, now=NOW)
    await leaflets.add(world.db, TARIFF, a_picture(), by=world.manager, now=NOW)

    found = text(await adviser.get("/partenaires", params={"service": "solidarity_sim", "ouvert": "1"}))
    page = text(await adviser.get(f"/partenaires/{partner.id}"))

    assert "1 partenaire " in found and "Relais" in found and "Ouvert jusqu’à 12 h" in found
    assert "9 h – 12 h" in page and "Carte SIM à prix solidaire" in page and "Tarifs 2026" in page
    assert "Modifier" not in page


async def test_hours_that_are_not_understood_are_shown_as_they_were_written(world: World, adviser: Browser):
    partner = await partners.add(world.db, a_partner(hours="demandez <Inès>"), by=world.manager, now=NOW)

    page = await adviser.get(f"/partenaires/{partner.id}")

    assert "demandez <Inès>" in text(page) and "comme ils ont été écrits" in text(page)
    assert "<table" not in page.text


async def test_a_manager_adds_a_partner_and_is_asked_when_it_looks_known(world: World, manager: Browser):
    typed = {"name": "Les Clics", "kind": "mediation", "commune": "Grenoble", "postcode": "38000", "services": ["work"]}

    added = await manager.post("/partenaires/nouveau", typed)
    again = await manager.post("/partenaires/nouveau", typed | {"name": "LES CLICS"})
    sure = await manager.post("/partenaires/nouveau", typed | {"name": "LES CLICS", "is_sure": "1"})

    assert (added.status_code, again.status_code, sure.status_code) == (303, 409, 303)
    assert "Est-ce l’un de ceux-ci" in text(again)
    assert await names(world) == ["Les Clics", "LES CLICS"]


async def test_what_was_typed_stays_beside_what_is_wrong(manager: Browser):
    page = await manager.post("/partenaires/nouveau", {"name": "Les Clics", "latitude": "nord", "access": ["call"]})

    assert page.status_code == 422
    assert "Écrivez des degrés" in text(page) and 'value="nord"' in page.text
    assert re.search(r'value="call" checked', page.text)


async def test_a_manager_lays_a_partner_aside(world: World, manager: Browser):
    partner = await partners.add(world.db, a_partner(), by=world.manager, now=NOW)
    typed = {"name": partner.name, "kind": "mediation", "version": "0", "action": "archive"}

    gone = await manager.post(f"/partenaires/{partner.id}/modifier", typed)
    stale = await manager.post(f"/partenaires/{partner.id}/modifier", typed)

    assert (gone.status_code, stale.status_code) == (303, 412)
    assert await names(world) == []


async def test_a_list_is_looked_at_before_it_is_written(world: World, administrator: Browser):
    looked = await administrator.send_file("/partenaires/listes", "file", "p.csv", LIST.encode(), source="Annuaire")
    content = re.search(r'name="content" value="([^"]+)"', looked.text)
    before = await names(world)
    assert content is not None
    carried = {"content": content[1], "source": "Annuaire", "action": "import"}
    done = await administrator.post("/partenaires/listes/verification", carried)

    assert before == [] and await names(world) == ["Caf"]
    assert "Rien n’est encore écrit" in text(looked) and "3 id Vide." in text(looked)
    assert "La liste est importée" in text(done)


async def test_a_file_without_the_columns_asks_which_they_are(world: World, administrator: Browser):
    page = await administrator.send_file("/partenaires/listes", "file", "p.csv", b"cle,enseigne\na,Les Clics\n")
    content = re.search(r'name="content" value="([^"]+)"', page.text)
    assert content is not None
    told = {"content": content[1], "col.reference": "cle", "col.name": "enseigne", "action": "import"}
    await administrator.post("/partenaires/listes/verification", told)

    assert page.status_code == 422 and "Dites quelle colonne contient le nom" in text(page)
    assert await names(world) == ["Les Clics"]


async def test_what_is_no_list_is_told(administrator: Browser):
    page = await administrator.send_file("/partenaires/listes", "file", "p.csv", b"%PDF-1.7")
    broken = await administrator.post("/partenaires/listes/verification", {"content": "!", "action": "import"})

    assert page.status_code == 422 and "Ce n’est pas du texte" in text(page)
    assert broken.status_code == 422


async def test_a_manager_takes_the_list_away_and_brings_none_in(world: World, manager: Browser):
    await partners.add(world.db, a_partner("Les Clics"), by=world.manager, now=NOW)

    out = await manager.get("/partenaires/listes/partenaires")
    refused = await manager.send_file("/partenaires/listes", "file", "p.csv", LIST.encode())

    assert out.text.startswith("id,pivot,nom,") and "Les Clics" in out.text
    assert refused.status_code == 403


async def test_a_leaflet_is_put_on_the_shelf_opened_and_taken_off(world: World, manager: Browser, adviser: Browser):
    told = {"title": "Tarifs", "kind": "tariff", "language": "fr", "last_on": "2026-10-18"}

    added = await manager.send_file("/depliants/nouveau", "file", "t.png", a_picture(), **told)
    shelf = await adviser.get("/depliants")
    file = await adviser.get(re.search(r"/depliants/[0-9a-f-]+/fichier", shelf.text)[0])  # type: ignore[index]
    one = (await leaflets.shelf(world.db, by=world.manager)).leaflets[0]
    gone = await manager.send_file(
        f"/depliants/{one.id}/modifier", "file", "", b"", **told | {"version": "0", "action": "remove"}
    )

    assert (added.status_code, gone.status_code) == (303, 303)
    assert "Périmés Tarifs" in text(shelf)
    assert (file.headers["content-type"], file.content[:4]) == ("image/png", b"\x89PNG")
    assert "Aucun document" in text(await adviser.get("/depliants"))


async def test_a_leaflet_without_a_file_is_refused_and_keeps_what_was_typed(manager: Browser):
    page = await manager.send_file("/depliants/nouveau", "file", "", b"", title="Tarifs", kind="tariff", language="fr")

    assert page.status_code == 422
    assert 'value="Tarifs"' in page.text and "Ce champ est obligatoire" in text(page)
