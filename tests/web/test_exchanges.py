"""Lists of sessions on their page and for programs: out, in, and what became of each row."""

import csv
import io

import pytest

from booking.storage import listings
from booking.storage.wishes import Wanted
from tests.given import World, in_days, meeting
from tests.web.given import text
from tests.web.test_api_bad_input import HOSTILE_BODIES

HEAD = "agence;atelier;date;début;fin;places;état\n"
GOOD = "Grenoble Bastille;Premiers pas avec l’ordinateur;24/11/2026;9:30;11:30;9;brouillon\n"
CSV = {"content-type": "text/csv"}
BAD = GOOD.replace("Premiers pas avec l’ordinateur", "<b>Poterie</b>")


async def count(world: World) -> int:
    async with world.db.reading() as tx:
        return len(await listings.find(tx, Wanted()))


@pytest.fixture
async def browser(world, browsers):
    return await browsers.of(world.manager)


async def sent(browser, content: str, action: str):
    return await browser.send_file("/sessions/listes", "file", "sessions.csv", content.encode(), action=action)


async def test_the_page_offers_both_ways(browser):
    page = await browser.get("/sessions/listes")

    assert page.status_code == 200
    assert "Exporter" in text(page) and "Importer" in text(page)


async def test_the_agenda_leads_there_whoever_plans_and_nobody_else(world, browser, browsers):
    adviser = await browsers.of(world.adviser)

    assert 'href="/sessions/listes"' in (await browser.get("/sessions")).text
    assert "/sessions/listes" not in (await adviser.get("/sessions")).text


async def test_a_check_tells_every_row_and_writes_nothing(world, browser):
    page = await sent(browser, HEAD + GOOD + BAD, "check")

    assert "Brouillon créé" in text(page) and "Refusée" in text(page)
    assert "rien n’est écrit" in text(page)
    assert page.text.rstrip().endswith("</html>")
    assert await count(world) == 0


async def test_an_import_plans_the_good_rows(world, browser):
    page = await sent(browser, HEAD + GOOD + BAD, "import")

    assert "0 sessions publiées, 1 brouillons, 0 déjà planifiées, 1 refusées." in text(page)
    assert await count(world) == 1


async def test_what_a_file_says_is_text_on_the_page(browser):
    page = await sent(browser, HEAD + BAD, "check")

    assert "<b>Poterie" not in page.text and "&lt;b&gt;Poterie" in page.text


@pytest.mark.parametrize("content", ["", "a;b\n1;2\n", "PK\x03\x04"])
async def test_a_file_that_is_no_list_says_what_to_do(world, browser, content):
    page = await sent(browser, content, "import")

    assert any(word in text(page) for word in ("vide", "manque une colonne", "CSV UTF-8"))
    assert await count(world) == 0


async def test_an_adviser_has_no_lists(world, browsers):
    browser = await browsers.of(world.adviser)

    assert (await browser.get("/sessions/listes")).status_code == 403
    assert (await sent(browser, HEAD + GOOD, "import")).status_code == 403
    assert await count(world) == 0


async def test_a_file_from_another_site_is_not_read(world, browser):
    page = await browser.send_file("/sessions/listes", "file", "s.csv", (HEAD + GOOD).encode(), form_token="forged")

    assert page.status_code == 403
    assert await count(world) == 0


async def test_the_list_of_an_agency_is_a_file(world, browser):
    await world.session(meeting(in_days(14)), meeting(in_days(16)))

    answer = await browser.get("/sessions/listes/sessions?agence=grenoble-bastille&du=2026-11-01&au=2026-11-30")

    rows = list(csv.DictReader(io.StringIO(answer.text.removeprefix("\ufeff")), delimiter=";"))
    assert 'filename="sessions-2026-11-01-2026-11-30.csv"' in answer.headers["content-disposition"]
    assert [row["séance"] for row in rows] == ["1", "2"]


async def test_programs_read_the_vocabulary_of_the_trade(world, programs):
    await world.session(meeting(in_days(14)))
    ask = await programs.of(world.adviser)

    (event,) = (await ask("GET", "/session-lists?from=2026-11-01&until=2026-11-30")).json()

    assert event["dateDebut"] == "2026-11-02T09:00:00+01:00"
    assert event["themeAtelier"]["libelle"] == world.workshop.title


async def test_programs_bring_a_list_in(world, programs):
    ask = await programs.of(world.manager)

    tried = (await ask("POST", "/session-lists?dry_run=true", content=(HEAD + GOOD + BAD).encode(), headers=CSV)).json()
    done = (await ask("POST", "/session-lists", content=(HEAD + GOOD + BAD).encode(), headers=CSV)).json()

    assert tried["counts"] == done["counts"] == {"planned": 1, "published": 0, "known": 0, "refused": 1}
    assert [one["session_id"] is None for one in tried["sessions"]] == [True, True]
    assert done["sessions"][1] | {"messages": []} == {
        "lines": [3],
        "outcome": "refused",
        "title": "<b>Poterie</b>",
        "session_id": None,
        "codes": ["unknown-workshop"],
        "messages": [],
    }
    assert await count(world) == 1


async def test_a_body_that_is_no_list_is_malformed(world, programs):
    ask = await programs.of(world.manager)

    answer = await ask("POST", "/session-lists", content=b"a;b\n1;2\n", headers=CSV)

    assert (answer.status_code, answer.json()["type"]) == (400, "malformed-body")


@pytest.mark.parametrize("body", HOSTILE_BODIES, ids=range(len(HOSTILE_BODIES)))
async def test_whatever_is_sent_as_a_list_is_refused_and_breaks_nothing(world, programs, body):
    ask = await programs.of(world.manager)

    answer = await ask("POST", "/session-lists", content=body, headers={"content-type": "application/json"})

    assert answer.status_code in (200, 400) and await count(world) == 0
    assert answer.status_code == 400 or answer.json()["counts"]["refused"] > 0


async def test_a_list_of_another_type_is_not_read(world, programs):
    ask = await programs.of(world.manager)

    answer = await ask("POST", "/session-lists", content=b"x", headers={"content-type": "application/pdf"})

    assert (answer.status_code, answer.json()["type"]) == (415, "wrong-content-type")


async def test_a_list_ends_after_it_begins(world, programs):
    ask = await programs.of(world.manager)

    answer = await ask("GET", "/session-lists?from=2026-11-30&until=2026-11-01")

    assert answer.status_code == 400


async def test_a_plan_that_was_made_meanwhile_is_known(world, browser):
    await sent(browser, HEAD + GOOD, "import")

    page = await sent(browser, HEAD + GOOD, "import")

    assert "1 déjà planifiées" in text(page)
    assert await count(world) == 1
