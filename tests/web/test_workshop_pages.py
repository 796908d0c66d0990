"""The pages of the catalogue."""

import pytest

from booking.services import catalogues
from tests.web.given import text

GOOD = {
    "title": "Internet et e-mail",
    "short_title": "Internet",
    "objectives": "Écrire un message",
    "theme": "Internet",
    "level": "beginner",
    "audience": "job_seekers",
    "usual_minutes": "150",
    "usual_capacity": "10",
    "minimum": "4",
    "to_bring": "",
    "is_compulsory": "1",
    "window_days": "",
    "cutoff_hours": "0",
    "join_until": "1",
}


@pytest.fixture
async def browser(world, browsers):
    return await browsers.of(world.manager)


async def test_everybody_reads_the_catalogue(world, browsers):
    browser = await browsers.of(world.facilitator)
    answer = await browser.get("/ateliers")

    assert answer.status_code == 200 and "Premiers pas avec l’ordinateur" in text(answer)
    assert "Nouvel atelier" not in text(answer)


async def test_a_workshop_is_added(world, browser):
    page = await browser.after(await browser.post("/ateliers/nouveau", GOOD))

    assert "Internet et e-mail Obligatoire" in text(page) and "2 h 30" in text(page)


async def test_faults_are_told_and_everything_typed_is_kept(world, browser):
    wrong = GOOD | {"short_title": "x" * 15, "usual_minutes": "deux", "objectives": "gardé"}

    answer = await browser.post("/ateliers/nouveau", wrong)

    assert answer.status_code == 422
    assert "Écrivez un nombre entier" in text(answer)
    assert "gardé" in answer.text and 'value="deux"' in answer.text


async def test_a_short_title_has_fourteen_signs_at_most(world, browser):
    answer = await browser.post("/ateliers/nouveau", GOOD | {"short_title": "x" * 15})

    assert answer.status_code == 422 and 'id="e-short_title"' in answer.text


async def test_a_title_stands_once(world, browser):
    answer = await browser.post("/ateliers/nouveau", GOOD | {"title": world.workshop.title})

    assert answer.status_code == 409 and "Ce nom est déjà pris" in text(answer)


async def test_a_workshop_is_changed(world, browser):
    address = f"/ateliers/{world.workshop.id}/modifier"
    assert 'value="Premiers pas avec l’ordinateur"' in (await browser.get(address)).text

    await browser.post(address, GOOD)

    assert (await catalogues.show(world.db, world.workshop.id)).title == "Internet et e-mail"


async def test_an_archived_workshop_leaves_the_catalogue(world, browser):
    page = await browser.after(
        await browser.post(f"/ateliers/{world.workshop.id}/modifier", GOOD | {"action": "archive"})
    )

    assert "Internet et e-mail" not in text(page)
    assert "Internet et e-mail" in text(await browser.get("/ateliers?archives=1"))


async def test_an_adviser_writes_no_catalogue(world, browsers):
    browser = await browsers.of(world.adviser)
    assert (await browser.get("/ateliers/nouveau")).status_code == 403
    assert (await browser.post("/ateliers/nouveau", GOOD)).status_code == 403
    assert (await browser.get(f"/ateliers/{world.workshop.id}/modifier")).status_code == 403


async def test_what_a_workshop_asks_for_stands_in_the_catalogue_on_its_page_and_on_its_sessions(world, browser):
    asks = {"title": "Internet", "skills": ["reads_french", "uses_mouse"], "after": str(world.workshop.id)}

    page = await browser.after(await browser.post("/ateliers/nouveau", GOOD | asks | {"colour": "ochre"}))

    internet = next(one for one in await catalogues.every(world.db) if one.title == "Internet")
    session = await world.session(workshop_id=internet.id)
    places = [page, await browser.get(f"/ateliers/{internet.id}"), await browser.get(f"/sessions/{session.id}")]
    for place in places:
        assert "Préalables" in text(place) and "Lire le français" in text(place)
        assert "Premiers pas" in text(place)
        assert "hue-ochre" in place.text
    assert "Et ensuite Internet" in text(await browser.get(f"/ateliers/{world.workshop.id}"))


async def test_what_was_ticked_stays_ticked_when_something_else_is_wrong(world, browser):
    wrong = GOOD | {"title": "", "skills": "has_email", "after": str(world.workshop.id), "colour": "purple"}

    page = (await browser.post("/ateliers/nouveau", wrong)).text

    assert 'value="has_email" checked' in page
    assert f'value="{world.workshop.id}" checked' in page
    assert '<option value="purple" selected' in page


async def test_a_circle_of_prerequisites_is_told_beside_its_list(world, browser):
    await browser.post("/ateliers/nouveau", GOOD | {"after": str(world.workshop.id)})
    new = next(one for one in await catalogues.every(world.db) if one.id != world.workshop.id)

    answer = await browser.post(f"/ateliers/{world.workshop.id}/modifier", GOOD | {"title": "P", "after": str(new.id)})

    assert answer.status_code == 422 and "Ces préalables tournent en rond" in text(answer)
    assert 'href="#f-after"' in answer.text and 'id="f-after"' in answer.text


async def test_an_archived_workshop_is_brought_back(world, browser):
    address = f"/ateliers/{world.workshop.id}/modifier"
    await browser.post(address, GOOD | {"action": "archive"})
    assert "Remettre au catalogue" in text(await browser.get(address))

    page = await browser.after(await browser.post(address, GOOD | {"action": "restore"}))

    assert "Internet et e-mail" in text(page) and "Archivé" not in text(page)


async def test_the_terms_of_booking_are_written_and_stand_on_the_page_of_the_workshop(world, browser):
    terms = {"window_days": "30", "cutoff_hours": "24", "join_until": "2", "frees_when_absent": "1"}

    await browser.post(f"/ateliers/{world.workshop.id}/modifier", GOOD | terms)

    shown = await catalogues.show(world.db, world.workshop.id)
    assert (shown.window_days, shown.cutoff_hours, shown.join_until, shown.frees_when_absent) == (30, 24, 2, True)
    page = text(await browser.get(f"/ateliers/{world.workshop.id}"))
    assert "dès 30 jours avant, jusqu’à 24 h avant de la séance n° 2" in page
    assert "Deux absences de suite sans excuse libèrent la place" in page


async def test_terms_that_nobody_can_keep_are_told_beside_their_fields(world, browser):
    wrong = {"window_days": "0", "cutoff_hours": "9999", "join_until": "0"}

    answer = await browser.post(f"/ateliers/{world.workshop.id}/modifier", GOOD | wrong)

    assert answer.status_code == 422
    assert all(f'id="e-{name}"' in answer.text for name in wrong)


async def test_an_entry_that_somebody_changed_meanwhile_is_not_overwritten_unseen(world, browser):
    address = f"/ateliers/{world.workshop.id}/modifier"
    assert 'name="version" value="0"' in (await browser.get(address)).text
    await browser.post(address, GOOD | {"version": "0"})

    refused = await browser.post(address, GOOD | {"title": "Le mien", "version": "0"})

    assert refused.status_code == 412 and "Quelqu’un a changé cela entre-temps" in text(refused)
    assert 'value="Le mien"' in refused.text and 'name="version" value="1"' in refused.text
    assert (await browser.post(address, GOOD | {"title": "Le mien", "version": "1"})).status_code == 303
