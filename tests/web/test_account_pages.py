"""One's own account, and the accounts that an administrator looks after."""

import pytest
from sqlalchemy import select

from booking.domain.password_links import secret_of
from booking.domain.sign_ins import Terms
from booking.domain.staff import Role
from booking.services import api_tokens
from booking.services.limits import Purses
from booking.storage import tables
from tests.given import NOW, SITE, World
from tests.given_accounts import PASSWORD, nadia
from tests.web.given import Browsers, text
from tests.web.programs import Programs

pytestmark = [
    pytest.mark.parametrize("url", ["sqlite"], indirect=True),
    pytest.mark.usefixtures("light_passwords"),
]
NEW = "cinq mots qui ne riment pas"


async def test_one_sees_where_one_is_signed_in_and_ends_it_elsewhere(world: World, browsers: Browsers):
    here, there = [await browsers.of(world.adviser) for _ in range(2)]

    page = await here.get("/mon-compte/connexions")
    await here.after(await here.post("/mon-compte/connexions/fermer"))

    assert text(page).count("Firefox, Windows") >= 2 and "Ici" in text(page)
    assert (await here.get("/placer")).status_code == 200
    assert (await there.get("/placer")).status_code == 302


async def test_nobody_ends_the_sign_in_of_another(world: World, browsers: Browsers):
    other = await browsers.of(world.manager)
    async with world.db.reading() as tx:
        theirs = await tx.value(select(tables.sign_ins.c.id))

    answer = await (await browsers.of(world.adviser)).post(f"/mon-compte/connexions/{theirs}/fermer")

    assert answer.status_code == 404
    assert (await other.get("/salles")).status_code == 200


async def test_another_password_changes_the_secret_of_this_sign_in_and_ends_the_others(
    world: World, browsers: Browsers
):
    person = await nadia(world)
    here, there = [await browsers.of(person) for _ in range(2)]
    said = {"password": NEW, "password_again": NEW}

    wrong = await here.post("/mon-compte/mot-de-passe", said | {"password_now": "faux"})
    right = await here.post("/mon-compte/mot-de-passe", said | {"password_now": PASSWORD})

    assert (wrong.status_code, right.status_code) == (401, 303)
    secret = right.headers["set-cookie"].partition("=")[2].partition(";")[0]
    assert secret != here.secret
    here.http.cookies.clear()
    here.http.cookies.set("__Host-ateliers", secret)
    assert (await here.get("/placer")).status_code == 200
    assert (await there.get("/placer")).status_code == 302


async def test_a_token_is_shown_once_and_then_revoked(world: World, browsers: Browsers):
    browser = await browsers.of(await nadia(world))
    form = {"name": "Tableur", "scope": "read", "days": "90", "agency_id": "", "password_now": PASSWORD}

    made, later = await browser.post("/mon-compte/jetons", form), await browser.get("/mon-compte/jetons")
    token = made.text.partition("<code>")[2].partition("</code>")[0]
    found = await api_tokens.bearer(world.db, token, now=NOW)
    await browser.post(f"/mon-compte/jetons/{found.token.id}/revoquer")

    assert token.startswith("at_live_") and token not in later.text and "Tableur" in later.text
    assert await api_tokens.bearer(world.db, token, now=NOW) is None


async def test_a_token_that_reads_changes_nothing_and_one_of_an_agency_sees_no_other(world: World, programs: Programs):
    elsewhere = await world.another_agency()
    agnes = await world.staff(Role.ADMINISTRATOR, None, "Agnès")
    reading, narrow = [
        programs.with_token((await api_tokens.issue(world.db, "essai", scope, 30, where, by=agnes, now=NOW)).text)
        for scope, where in (("read", None), ("write", elsewhere.id))
    ]
    workshop = {"title": "Tableur", "short_title": "Tableur"}

    assert (await reading("GET", "/workshops")).status_code == 200
    refused = await reading("POST", "/workshops", workshop)
    assert (refused.status_code, refused.json()["type"]) == (403, "scope-too-narrow")
    assert (await narrow("GET", f"/agencies/{world.agency.id}/settings")).status_code == 404


async def test_a_program_that_asks_too_often_is_told_when_to_come_back(world: World, programs: Programs):
    programs.app.state["terms"], programs.app.state["purses"] = Terms(calls_a_minute=10), Purses()
    ask = await programs.of(world.adviser)
    try:
        answers = [await ask("GET", "/me") for _ in range(11)]
    finally:
        programs.app.state["terms"] = Terms()

    assert [one.status_code for one in answers] == [200] * 10 + [429]
    assert answers[-1].headers["retry-after"] == "6"


async def test_who_is_invited_chooses_a_password_and_who_is_let_go_is_out_at_once(world: World, browsers: Browsers):
    agnes = await browsers.of(await world.staff(Role.ADMINISTRATOR, None, "Agnès"))
    form = {"name": "Inès Roy", "sign_in_name": "ines", "email": "ines@example.org", "role": "adviser"}

    shown = await agnes.after(await agnes.post("/comptes/nouveau", form | {"agency_id": str(world.agency.id)}))
    async with world.db.reading() as tx:
        link_id = await tx.value(select(tables.password_links.c.id))
    ines = browsers.stranger()
    await ines.forge(f"/mot-de-passe/{secret_of(link_id, SITE.secret)}", {"password": NEW, "password_again": NEW})
    await ines.forge("/connexion", {"sign_in_name": "ines", "password": NEW})
    inside = await ines.get("/placer")
    await agnes.post(str(shown.url.path), {"faire": "fermer"})

    assert "Pas encore choisi" in text(shown)
    assert inside.status_code == 200
    assert (await ines.get("/placer")).status_code == 302


async def test_accounts_are_for_administrators(world: World, browsers: Browsers):
    for person in (world.adviser, world.facilitator, world.manager):
        browser = await browsers.of(person)

        assert (await browser.get("/comptes")).status_code == 403
        assert (await browser.post(f"/comptes/{world.adviser.id}", {"faire": "fermer"})).status_code == 403
