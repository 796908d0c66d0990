"""Several lines of a list at once: ticked, told what it will come to, done, and told what became of each."""

import re

import httpx
import pytest

from booking.services import batches
from booking.services.working_off import work_off_due
from tests.given import NOW, SITE, World, in_days, meeting
from tests.web.given import Browser, Browsers, text

HERE = "/sessions/plusieurs"


@pytest.fixture
async def marion(world: World, browsers: Browsers) -> Browser:
    return await browsers.of(world.manager)


async def chosen(browser: Browser, deed: str, *things, **more: object) -> httpx.Response:
    form = {"deed": deed, "ids": [str(one.id) for one in things], **more}
    return await browser.after(await browser.post("/actions/choisir", form))


def said(page: httpx.Response) -> str:
    """Its words with plain blanks."""
    return " ".join(text(page).split())


def address(page: httpx.Response) -> str:
    return page.url.path


async def test_what_will_be_is_said_before_it_is(world: World, marion: Browser):
    session = await world.session()
    await world.booked(session, await world.job_seeker("Diallo", phone="06 12 34 56 78"))

    page = await chosen(marion, "cancel", session, await world.session(meeting(in_days(15))))
    assert "Annuler 2 sessions" in text(page)
    assert "1 personne sera prévenue : 1 SMS." in said(page)

    refused = await marion.post(address(page), {"because": "", "then": "tell"})
    assert refused.status_code == 422 and 'id="e-because"' in refused.text

    report = await marion.after(await marion.post(address(page), {"because": "Salle inondée", "then": "tell"}))
    assert "Fait : 2" in said(report) and "cela ne se défait pas" in text(report)
    assert "Défaire" not in text(report)


async def test_each_line_that_could_not_be_done_says_why(world: World, marion: Browser):
    draft = await world.draft()
    page = await chosen(marion, "publish", draft)

    report = await marion.after(await marion.post(address(page)))

    assert "Impossible : 1" in said(report)
    assert "Choisissez qui anime" in text(report)


async def test_moved_and_moved_back(world: World, marion: Browser):
    page = await chosen(marion, "shift", await world.session())
    report = await marion.after(await marion.post(address(page), {"days": "7", "way": ""}))
    assert "Défaire" in text(report)

    back = await marion.after(await marion.post(f"{address(page)}/defaire"))

    assert "Défaire : Décaler 1 session" in said(back)
    assert "Cela a été défait" in text(await marion.get(address(page)))
    assert "Décaler 1 session" in text(await marion.get("/actions"))


async def test_a_long_one_shows_how_far_it_is_whenever_one_comes_back(world: World, marion: Browser, monkeypatch):
    monkeypatch.setattr(batches, "SHORT", 0)
    page = await chosen(marion, "resize", await world.session(), await world.session(meeting(in_days(15))))

    waiting = await marion.after(await marion.post(address(page), {"capacity": "9"}))
    assert '<progress max="2" value="0"' in waiting.text and "Arrêter" in text(waiting)
    assert 'data-follows="actions"' in waiting.text
    assert '<progress max="2" value="0"' in (await marion.get(f"{address(page)}/etat")).text

    assert await work_off_due(world.db, NOW, site=SITE) == 1
    assert (await marion.get(f"{address(page)}/etat")).text.strip() == ""
    assert "Fait : 2" in said(await marion.get(address(page)))


async def test_all_that_is_sought_is_chosen_on_every_page(world: World, marion: Browser):
    await world.session()
    await world.draft(meeting(in_days(16)))
    await world.draft(meeting(in_days(17)))

    page = await chosen(marion, "publish", every="1", search="etat=brouillon")

    assert "Publier 2 sessions" in text(page)


async def test_the_list_shows_what_is_sought(world: World, marion: Browser):
    session, draft = await world.session(), await world.draft(meeting(in_days(16)))

    page = await marion.get(f"{HERE}?etat=brouillon&agence=x&atelier=x&du=x&page=9")

    assert re.findall(r'name="ids" value="([^"]+)"', page.text) == [str(draft.id)]
    assert str(session.id) in (await marion.get(HERE)).text


async def test_nothing_chosen_is_said(marion: Browser):
    page = await marion.post("/actions/choisir", {"deed": "cancel"})

    assert page.status_code == 422
    assert "Cochez au moins une ligne" in text(page)


async def test_copies_are_looked_at_by_the_planner(world: World, marion: Browser):
    page = await chosen(marion, "copy", await world.session(), await world.session(meeting(in_days(15))))

    assert "Copier les sessions choisies" in text(page)
    looked = await marion.post(page.url.raw_path.decode(), {"weeks": "1", "action": "preview"})
    assert looked.status_code == 200


async def test_who_does_not_plan_has_no_such_list(world: World, browsers: Browsers):
    nadia = await browsers.of(world.adviser)

    assert (await nadia.get(HERE)).status_code == 403
    assert "/sessions/plusieurs" not in (await nadia.get("/sessions")).text
