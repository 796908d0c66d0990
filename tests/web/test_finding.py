"""Search everywhere as people meet it: a page without a script, a list with one, and keys that can be switched off."""

from booking.domain.staff import Role
from booking.web import commands
from tests.given import World, in_days, meeting
from tests.web.given import Browser, Browsers, text

PARTS = {"X-Parts": "1"}


async def test_one_page_shows_people_sessions_workshops_and_what_one_may_do(world: World, browsers: Browsers):
    adviser, person = await browsers.of(world.adviser), await world.job_seeker("Premont")
    session = await world.session()

    page = await adviser.get("/recherche?q=prem")

    assert page.status_code == 200
    for href in (f"/personnes/{person.id}", f"/placer?personne={person.id}", f"/sessions/{session.id}"):
        assert f'href="{href}"' in page.text
    assert f'href="/ateliers/{world.workshop.id}"' in page.text
    assert "lundi 2 novembre" in text(page) and "8 places libres" in text(page)


async def test_a_script_gets_the_list_alone(world: World, browsers: Browsers):
    adviser = await browsers.of(world.adviser)
    await world.job_seeker("Premont")

    found = await adviser.get("/recherche?q=premont", headers=PARTS)
    nothing = await adviser.get("/recherche?q=zzz", headers=PARTS)

    assert found.headers["x-parts"] == "1"
    assert "<html" not in found.text and found.text.count('role="option"') == 2
    assert "Placer PREMONT" in text(found) and "2 résultats" in text(found)
    assert 'role="option"' not in nothing.text and "Rien ne correspond." in text(nothing)


async def test_who_was_opened_last_is_there_before_anything_is_typed(world: World, browsers: Browsers):
    adviser, person = await browsers.of(world.adviser), await world.job_seeker("Lefèvre")
    before = await adviser.get("/recherche")
    await adviser.get(f"/placer?personne={person.id}")

    assert "LEFÈVRE" not in before.text
    assert "Ouvertes récemment" in text(await adviser.get("/recherche"))
    assert "LEFÈVRE" in (await adviser.get("/recherche")).text
    assert "LEFÈVRE" not in (await (await browsers.of(world.manager)).get("/recherche")).text


async def test_an_assistant_and_an_auditor_find_no_name(world: World, browsers: Browsers):
    await world.job_seeker("Lefèvre")

    for role in (Role.ASSISTANT, Role.AUDITOR):
        somebody = await browsers.of(await world.staff(role, world.agency, role.value))
        assert "LEFÈVRE" not in (await somebody.get("/recherche?q=lefevre")).text


async def test_the_sheet_of_the_next_meeting_is_printed_from_the_search(world: World, browsers: Browsers):
    session = await world.session(meeting(in_days(1)))
    leader = await browsers.of(world.facilitator)
    sheet = f"/presence/{session.meetings[0].id}/feuille"
    helper = await browsers.of(await world.staff(Role.ASSISTANT, world.agency, "Theo"))

    assert sheet in (await leader.get("/recherche?q=imprimer feuille ordinateur")).text
    assert sheet not in (await leader.get("/recherche?q=imprimer feuille tableur")).text
    assert sheet not in (await leader.get("/recherche?q=ordinateur")).text
    assert sheet not in (await helper.get("/recherche?q=imprimer feuille")).text


async def test_single_keys_are_switched_off_for_good_and_on_again(world: World, browsers: Browsers):
    here, elsewhere = await browsers.of(world.adviser), await browsers.of(world.adviser)

    await switched(here, "")
    off = await elsewhere.get("/personnes")
    await switched(here, "1")
    on = await elsewhere.get("/personnes")

    for sign in ("/static/keys.js", 'data-key="n"', 'aria-keyshortcuts="/"'):
        assert sign not in off.text
        assert sign in on.text
    assert "/static/find.js" in off.text


async def switched(browser: Browser, on: str) -> None:
    done = await browser.after(await browser.post("/raccourcis", {"on": on} if on else {}))
    assert "actifs" in done.text if on else "désactivés" in done.text


async def test_every_deed_that_is_offered_opens(world: World, browsers: Browsers):
    """For each role what the search offers to begin and to open is let in."""
    for role in (Role.ADVISER, Role.FACILITATOR, Role.MANAGER, Role.AUDITOR):
        staff = await world.staff(role, world.agency, f"One {role.value}")
        browser = await browsers.of(staff)
        for one in commands.deeds(staff, (), str):
            assert (await browser.get(one.path)).status_code in (200, 303), (role, one.path)


async def test_a_page_of_the_menu_is_found_by_who_has_it_there(world: World, browsers: Browsers):
    manager, adviser = await browsers.of(world.manager), await browsers.of(world.adviser)

    assert 'href="/salles"' in (await manager.get("/recherche?q=ferm")).text
    assert 'href="/salles"' not in (await adviser.get("/recherche?q=ferm")).text
