"""The pages of roles: who manages gives and ends them, everybody may let a colleague act for him."""

import re

from booking.domain.staff import Role
from tests.given import World
from tests.web.given import Browsers, text

AGENCY = "/equipe/roles?agence=grenoble-bastille"


async def test_a_manager_gives_a_role_and_ends_it(world: World, browsers: Browsers):
    marion = await browsers.of(world.manager)
    wanted = {"sign_in_name": "nadia", "role": "facilitator", "first_on": "", "last_on": "2026-12-31"}

    given = await marion.after(await marion.post(AGENCY, wanted))

    assert "Le rôle est donné." in text(given)
    assert "Nadia Animation jusqu’au jeudi 31 décembre" in text(given)
    (ending,) = re.findall(r'action="(/equipe/roles/[^"]+/fin[^"]*)".{0,400}Nadia, Animation', given.text, re.DOTALL)[
        -1:
    ]
    ended = await marion.after(await marion.post(ending.replace("&amp;", "&")))
    assert "Le rôle est terminé." in text(ended)


async def test_a_service_without_end_is_refused_with_what_was_typed(world: World, browsers: Browsers):
    marion = await browsers.of(world.manager)

    refused = await marion.post(AGENCY, {"sign_in_name": "nadia", "role": "assistant"})

    assert refused.status_code == 422
    assert "Un service civique a une date de fin" in text(refused)
    assert 'value="nadia"' in refused.text


async def test_a_right_that_is_entrusted_opens_pages_and_closes_them_again(world: World, browsers: Browsers):
    marion, nadia = await browsers.of(world.manager), await browsers.of(world.adviser)
    assert (await nadia.get("/equipe")).status_code == 403
    whom = {"to": f"{world.agency.id}.{world.adviser.id}"}

    kept = await marion.after(
        await marion.post("/mes-droits", {**whom, "first_on": "2026-10-19", "last_on": "2026-10-23"})
    )

    assert "Nadia Responsable · Grenoble Bastille" in text(kept)
    assert (await nadia.get("/equipe")).status_code == 200
    assert "Confié par Marion" in text(await nadia.get("/mes-droits"))

    (back,) = re.findall(r'action="(/mes-droits/[^"]+/reprendre)"', kept.text)
    await marion.post(back)
    assert (await nadia.get("/equipe")).status_code == 403


async def test_who_administers_gives_roles_for_the_whole_network(world: World, browsers: Browsers):
    odile = await browsers.of(await world.staff(Role.ADMINISTRATOR, None, "Odile"))

    given = await odile.after(await odile.post(AGENCY, {"sign_in_name": "karim", "role": "auditor", "everywhere": "1"}))

    assert "Karim Audit (lecture seule)" in text(given)
