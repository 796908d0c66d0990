"""What stands between a form and who sends it: an end in the middle, a lock, a second step."""

from datetime import timedelta

import pyotp
import pytest
from sqlalchemy import select, update

from booking.domain.sign_ins import Terms
from booking.domain.staff import Role
from booking.services import limits, second_factors
from booking.storage import tables
from tests.given import HOUR, NOW, SITE, World
from tests.given_accounts import PASSWORD, nadia
from tests.web.given import Browser, Browsers, text

pytestmark = [
    pytest.mark.parametrize("url", ["sqlite"], indirect=True),
    pytest.mark.usefixtures("light_passwords"),
]
NAMED = {"sign_in_name": "nadia.b", "password": PASSWORD}
TYPED = {"name": "Vercors & Chartreuse", "seats": "12", "workstations": "8"}


def hidden(page, start: str = "garde") -> dict[str, str]:
    """The hidden fields of a page that carry a form along."""
    rows = [line for line in page.text.replace("<input", "\n<input").splitlines() if 'type="hidden"' in line]
    pairs = [line.split('name="')[1].split('"')[0:3:2] for line in rows]
    return {name: value.replace("&amp;", "&") for name, value in pairs if name.startswith(start)}


async def marion(world: World, browsers: Browsers) -> Browser:
    """A manager with a password, signed in."""
    person = await nadia(world, Role.MANAGER)
    return await browsers.of(person)


async def end(world: World) -> None:
    async with world.db.transaction() as tx:
        await tx.run(update(tables.sign_ins).values(expires_at=NOW - HOUR))


async def rooms(world: World) -> list[str]:
    async with world.db.reading() as tx:
        return [row.name for row in await tx.rows(select(tables.rooms.c.name).order_by(tables.rooms.c.name))]


async def test_what_was_typed_comes_through_the_sign_in(world: World, browsers: Browsers):
    browser = await marion(world, browsers)
    await end(world)

    late = await browser.post("/salles/nouvelle", TYPED)
    back = await browser.forge("/connexion", NAMED | hidden(late) | hidden(late, "form_token"))
    sent = await browser.forge("/salles/nouvelle", hidden(back, ""))

    assert late.status_code == 401 and "Ce que vous aviez écrit est gardé" in text(late)
    assert "Envoyer ce que j’avais écrit" in text(back)
    assert sent.status_code == 303, text(sent)
    assert "Vercors & Chartreuse" in await rooms(world)


async def test_nobody_sends_what_another_had_typed(world: World, browsers: Browsers):
    await nadia(world)
    browser = await browsers.of(world.manager)
    await end(world)

    late = await browser.post("/salles/nouvelle", TYPED)
    back = await browser.forge("/connexion", NAMED | hidden(late) | hidden(late, "form_token"))

    assert back.status_code == 303
    assert await rooms(world) == ["Vercors"]


async def test_a_forged_form_is_not_carried_along(world: World, browsers: Browsers):
    browser = await marion(world, browsers)
    await end(world)

    late = await browser.forge("/salles/nouvelle", TYPED | {"form_token": "x"})

    assert late.status_code == 401
    assert hidden(late) == {}


async def test_a_locked_screen_shows_and_does_nothing_until_the_password_is_said(world: World, browsers: Browsers):
    browser = await marion(world, browsers)

    locked = await browser.post("/verrouiller", {"suite": "/salles"})
    page, late = await browser.get("/salles"), await browser.post("/salles/nouvelle", TYPED)
    wrong = await browser.post("/verrou", {"password": "un autre mot de passe"})
    open_ = await browser.post("/verrou", {"password": PASSWORD} | hidden(late))

    assert locked.headers["location"] == "/verrou?suite=/salles"
    assert page.headers["location"] == "/verrou?suite=%2Fsalles"
    assert (late.status_code, wrong.status_code) == (401, 401)
    assert "Écran verrouillé" in text(late) and "Vercors" not in text(late)
    assert "Envoyer ce que j’avais écrit" in text(open_)
    assert (await browser.get("/salles")).status_code == 200


async def test_a_script_learns_whether_it_may_show_the_page_again(world: World, browsers: Browsers):
    browser = await marion(world, browsers)
    await browser.post("/verrouiller")

    answers = [
        (await browser.post("/verrou", {"sans_page": "1", "password": said})).status_code for said in ("x", PASSWORD)
    ]
    await end(world)
    answers.append((await browser.post("/verrou", {"sans_page": "1", "password": PASSWORD})).status_code)

    assert answers == [401, 204, 410]


async def test_signing_in_with_a_code_takes_two_steps_and_no_cookie_before_the_second(world: World, browsers: Browsers):
    person = await nadia(world)
    draft = await second_factors.prepare(world.db, person, site=SITE, now=NOW)
    await second_factors.confirm(world.db, person, pyotp.TOTP(draft.secret).at(NOW), site=SITE, now=NOW)
    browser = browsers.stranger()

    first = await browser.forge("/connexion", NAMED | {"suite": "/placer"})
    step = hidden(first, "step") | hidden(first, "suite")
    wrong = await browser.forge("/connexion/code", step | {"code": "000000"})
    later = pyotp.TOTP(draft.secret).at(NOW + timedelta(seconds=30))
    second = await browser.forge("/connexion/code", step | {"code": later})

    assert "set-cookie" not in first.headers and "Code de connexion" in text(first)
    assert wrong.status_code == 401 and "Ce code ne convient pas" in text(wrong)
    assert second.headers["location"] == "/placer"
    assert (await browser.get("/placer")).status_code == 200


async def test_a_role_that_needs_a_factor_is_given_one_before_anything_opens(world: World, browsers: Browsers):
    browsers.app.state["terms"] = Terms(factor_roles=frozenset({Role.ADVISER}))
    await nadia(world)
    browser = browsers.stranger()
    try:
        first = await browser.forge("/connexion", NAMED)
        key = text(first).partition("copiez cette clé ")[2][:39].replace(" ", "")
        second = await browser.forge("/connexion/code", hidden(first, "step") | {"code": pyotp.TOTP(key).at(NOW)})
    finally:
        browsers.app.state["terms"] = Terms()

    assert "Vos codes de secours" in text(second)
    assert second.text.count("<code>") == 10


async def test_too_many_from_one_address_are_told_when_to_come_back(world: World, browsers: Browsers):
    browser = browsers.stranger()
    for n in range(20):
        await browser.forge("/connexion", NAMED | {"sign_in_name": f"personne {n}", "password": ""})

    answer = await browser.forge("/connexion", NAMED)

    assert (answer.status_code, answer.headers["retry-after"]) == (429, "60")


async def test_a_password_is_chosen_by_a_link_and_other_pages_do_not_learn_it(world: World, browsers: Browsers):
    browser = browsers.stranger()

    asked = await browser.forge("/mot-de-passe-oublie", {"sign_in_name": "nadia"})
    unknown = await browser.forge("/mot-de-passe-oublie", {"sign_in_name": "personne"})
    over = await browser.get("/mot-de-passe/inconnu")

    assert text(asked) == text(unknown) and "Si ce compte existe" in text(asked)
    assert over.status_code == 404 and "Ce lien ne marche plus" in text(over)


async def test_an_address_that_guesses_links_of_people_has_to_wait(world: World, browsers: Browsers):
    await limits.spend(world.db, limits.WRONG_LINKS, "127.0.0.1", now=NOW, times=limits.WRONG_LINKS.most - 1)
    browser = browsers.stranger()

    answers = [await browser.get(f"/p/K7M4P2/{proof}") for proof in ("one", "other")]

    assert [one.status_code for one in answers] == [404, 429]
    assert answers[1].headers["retry-after"] == "30"
