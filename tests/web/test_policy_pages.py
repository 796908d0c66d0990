"""The rules of messages on their page: read, tried out before anything is saved, decided, and taken back."""

from dataclasses import replace

import pytest

from booking.domain.policies import DEFAULT
from booking.domain.reminder_rules import Rule
from booking.services import message_policies
from tests.given import World
from tests.web.given import Browsers, text
from tests.web.test_policy_forms import form_of

pytestmark = pytest.mark.parametrize("url", ["sqlite"], indirect=True)

ONE = replace(DEFAULT, rules=(Rule(2),))


def page_of(world: World) -> str:
    return f"/agences/{world.agency.id}/messages"


def sent(policy=ONE, **more: str) -> dict[str, str]:
    return dict(form_of(policy).pairs) | {"version": "0"} | more


async def version(world: World) -> int:
    return (await message_policies.show(world.db, world.agency.id, None, by=world.manager)).version


async def test_a_manager_reads_the_rules_in_plain_words(world: World, browsers: Browsers) -> None:
    marion = await browsers.of(world.manager)
    from_here = [await marion.get(path) for path in (f"/agences/{world.agency.id}/reglages", "/messages")]

    page = text(await marion.get(page_of(world)))

    assert all(f'href="{page_of(world)}"' in one.text for one in from_here)
    assert "7 jours avant, à l’heure de l’atelier ; la veille, à l’heure de l’atelier" in page
    assert "Ce sont les règles habituelles" in page and "de 8 h à 20 h" in page


async def test_nothing_is_saved_before_one_saw_what_it_changes(world: World, browsers: Browsers) -> None:
    marion = await browsers.of(world.manager)
    await world.booked(await world.session())

    tried = await marion.post(page_of(world), sent(faire="essayer"))

    assert "Rappels déplacés : 0. Ajoutés : 1. Retirés : 2." in text(tried)
    assert 'value="enregistrer"' in tried.text and await version(world) == 0

    page = text(await marion.after(await marion.post(page_of(world), sent(faire="enregistrer"))))

    assert "C’est enregistré. Rappels déplacés : 0. Ajoutés : 1. Retirés : 2." in page
    assert "Version 1 : 2 jours avant, à l’heure de l’atelier, de 8 h à 20 h" in page
    assert "lundi 19 octobre, 10 h, Marion" in page


async def test_a_workshop_has_rules_of_its_own_until_it_follows_its_agency_again(
    world: World, browsers: Browsers
) -> None:
    marion = await browsers.of(world.manager)
    about = {"atelier": str(world.workshop.id)}

    own = text(await marion.after(await marion.post(page_of(world), sent(faire="enregistrer", **about))))
    again = await marion.post(page_of(world), {"version": "1", "faire": "suivre", **about})

    assert "Ces règles sont propres à cet atelier" in own and "(règles propres)" in own
    assert "Cet atelier suit les règles de l’agence" in text(await marion.after(again))


async def test_what_was_typed_is_kept_beside_its_fault(world: World, browsers: Browsers) -> None:
    marion = await browsers.of(world.manager)

    answer = await marion.post(page_of(world), sent(faire="enregistrer", opens="06:00", rule_1_n="40"))

    assert answer.status_code == 422
    assert 'id="e-opens"' in answer.text and 'id="e-rule_1"' in answer.text and 'value="06:00"' in answer.text


async def test_who_saw_an_older_version_reads_the_newer_one_first(world: World, browsers: Browsers) -> None:
    marion = await browsers.of(world.manager)
    await marion.post(page_of(world), sent(faire="enregistrer"))

    answer = await marion.post(page_of(world), sent(DEFAULT, faire="enregistrer"))

    assert answer.status_code == 412 and "Quelqu’un a changé cela entre-temps" in text(answer)


async def test_nobody_else_rules(world: World, browsers: Browsers) -> None:
    nadia, karim = await browsers.of(world.adviser), await browsers.of(world.facilitator)
    marion = await browsers.of(world.manager)
    there = await world.another_agency()

    assert (await nadia.get(page_of(world))).status_code == 403
    assert (await karim.post(page_of(world), sent(faire="enregistrer"))).status_code == 403
    assert (await marion.get(f"/agences/{there.id}/messages")).status_code == 404
