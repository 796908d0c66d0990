"""The pages of the roll-out: the network, the phase of an agency, its opening, a model, a list of staff."""

import pytest

from booking.domain.agencies import Phase
from booking.domain.identifiers import new_id
from booking.domain.staff import Role
from booking.storage import agencies
from tests.given import NOW, World
from tests.given_places import day_in
from tests.web.given import Browser, Browsers, text
from tests.web.programs import Programs

pytestmark = pytest.mark.parametrize("url", ["sqlite"], indirect=True)
CLOSING = {"phase": "closed", "hosts": "hosts", "because": "Déménagement"}


@pytest.fixture
async def marion(world: World, browsers: Browsers) -> Browser:
    return await browsers.of(world.manager)


@pytest.fixture
async def agnes(world: World, browsers: Browsers) -> Browser:
    return await browsers.of(await world.staff(Role.ADMINISTRATOR, None, "Agnès"))


async def test_closing_lists_the_sessions_ahead_and_is_undone_by_a_button(world: World, marion: Browser):
    session = await world.session()
    address = f"/agences/{world.agency.id}/etape"
    assert f"/sessions/{session.id}" in (await marion.get(address)).text

    refused = await marion.post(address, CLOSING)
    done = await marion.after(await marion.post(address, CLOSING | {"keeps_sessions": "oui"}))

    assert refused.status_code == 422 and "cochez cette case" in text(refused)
    assert "L’agence est ainsi à partir de maintenant" in text(done) and "Revenir en arrière" in text(done)
    change = done.text.split('name="change" value="')[1].split('"')[0]
    await marion.post(f"{address}/retour", {"change": change})
    async with world.db.reading() as tx:
        assert (await agencies.load(tx, world.agency.id)).phase is Phase.OPEN


async def test_a_planned_day_is_shown_and_dropped(world: World, marion: Browser):
    address = f"/agences/{world.agency.id}/etape"
    planned = await marion.after(await marion.post(address, CLOSING | {"due_on": day_in(30).isoformat()}))

    change = planned.text.split('name="change" value="')[1].split('"')[0]
    dropped = await marion.after(await marion.post(f"{address}/abandon", {"change": change}))

    assert "Changement prévu" in text(planned)
    assert "Le changement prévu est annulé" in text(dropped) and "Annulé avant sa date" in text(dropped)


async def test_a_point_that_is_not_needed_says_why(world: World, marion: Browser):
    address = f"/agences/{world.agency.id}/ouverture"

    silent = await marion.post(address, {"item": "texts", "because": ""})
    noted = await marion.after(await marion.post(address, {"item": "texts", "because": "Textes communs"}))

    assert silent.status_code == 422
    assert "Textes communs · Marion" in text(noted) and "Remettre à faire" in text(noted)


async def test_a_letter_to_nobody_is_printed(world: World, marion: Browser):
    paper = await marion.get(f"/agences/{world.agency.id}/ouverture/lettre.pdf")

    assert paper.content.startswith(b"%PDF")
    assert "Lettre d’essai Fait : 1" in text(await marion.get(f"/agences/{world.agency.id}/ouverture"))


async def test_a_model_is_tried_and_then_copied(world: World, agnes: Browser):
    new = await world.another_agency("Toute neuve")
    address, wish = f"/agences/{new.id}/ouverture/copie", {"model": str(world.agency.id), "parts": "rooms"}

    tried = await agnes.post(address, wish)
    done = await agnes.after(await agnes.post(address, wish | {"faire": "copier"}))

    assert "Essai : rien n’est enregistré" in text(tried) and world.room.name in text(tried)
    assert "La copie est faite" in text(done)


async def test_the_network_is_a_map_a_list_and_a_file(world: World, marion: Browser):
    await world.another_agency("Les Cèdres", hosts=False, department="69", latitude=45.77, longitude=4.92)

    page = await marion.get("/reseau?accueil=non")
    file = await marion.get("/reseau/liste.csv")

    assert 'role="img"' in page.text and "Les Cèdres" in text(page) and world.agency.name not in text(page)
    assert file.text.startswith("\ufeffcode;agence;") and file.text.count("\r\n") == 3


async def test_a_name_in_the_list_leads_to_what_one_may_see(world: World, marion: Browser):
    other = await world.another_agency("Villeurbanne")

    mine, theirs = await marion.get(f"/reseau/{world.agency.slug}"), await marion.get(f"/reseau/{other.slug}")

    assert mine.headers["location"] == f"/agences/{world.agency.id}/ouverture"
    assert theirs.headers["location"] == f"/agences/{other.slug}"
    assert (await marion.get(f"/reseau/{new_id(NOW)}")).status_code == 404


async def test_a_list_of_staff_is_tried_brought_in_and_its_letters_printed(world: World, agnes: Browser):
    rows = f"nom;identifiant;roles;agence\nLéa Petit;lea;conseil;{world.agency.name}\nPaul;paul;roi;Nulle part\n"
    send = ("/comptes/importer", "file", "equipe.csv", rows.encode())

    tried = await agnes.send_file(*send, action="try")
    done = await agnes.send_file(*send, action="import")
    letters = await agnes.post("/comptes/importer/lettres")

    assert "Essai : rien n’est enregistré" in text(tried) and "Ce rôle n’existe pas" in text(tried)
    assert "Léa Petit Compte créé, lettre à imprimer" in text(done)
    assert letters.content.startswith(b"%PDF")


async def test_programs_read_the_network_and_bring_staff_in(world: World, programs: Programs):
    ask = await programs.of(await world.staff(Role.ADMINISTRATOR, None, "Agnès"))
    rows = [{"nom": "Léa Petit", "email": "lea@example.org", "roles": "conseil", "agence": world.agency.name}]

    (branch,) = (await ask("GET", "/api/v1/network")).json()
    (row,) = (await ask("POST", "/api/v1/staff-lists?dry_run=true", rows)).json()

    assert branch["slug"] == world.agency.slug and "letter" in branch["missing"]
    assert (row["outcome"], row["staff_id"]) == ("invited", None)


async def test_an_adviser_of_an_agency_that_hosts_nothing_is_shown_its_neighbours(world: World, browsers: Browsers):
    sending = await world.another_agency("Les Cèdres", hosts=False)
    hugo = await browsers.of(await world.staff(Role.ADVISER, sending, "Hugo"))
    await world.session()

    page = text(await hugo.get("/placer"))

    assert "Les Cèdres n’accueille pas d’atelier" in page and world.agency.name in page
