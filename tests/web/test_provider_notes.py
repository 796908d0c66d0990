"""On top of the pages about messages: by which way nothing leaves, since when, and what becomes of what waits."""

from datetime import timedelta

import pytest

from booking.domain.gates import Gate, Terms, Trouble
from booking.storage import gates
from tests.given import NOW, World
from tests.web.given import text

pytestmark = pytest.mark.parametrize("url", ["sqlite"], indirect=True)
GATE = Gate(name="sms:ovh")


async def shown(world: World, browsers, gate: Gate, address: str = "/messages") -> str:
    async with world.db.transaction() as tx:
        await gates.hold(tx, [gate.name])
        await gates.keep(tx, gate)
    return text(await (await browsers.of(world.adviser)).get(address))


@pytest.mark.parametrize("address", ["/messages", "/messages/taux"])
async def test_an_outage_is_told_with_its_hour_and_its_cause(world, browsers, address):
    began = NOW - timedelta(minutes=48)

    page = await shown(world, browsers, GATE.faulted(Trouble.KEY, "401", began), address)

    assert "Les SMS sont en panne depuis 9 h 12 : le fournisseur refuse notre mot de passe. Rien n’est perdu" in page


async def test_an_outage_of_yesterday_is_told_with_its_day(world, browsers):
    page = await shown(world, browsers, GATE.failed(3, "nobody there", NOW - timedelta(days=1)))

    assert "Les SMS sont en panne depuis le dimanche 18 octobre, 10 h : le fournisseur ne répond pas." in page


async def test_a_full_day_is_told(world, browsers):
    full, _ = GATE.taken(3, Terms(name="sms:ovh", a_day=3), NOW)

    assert "le plafond du jour est atteint. Rien n’est perdu : le reste part demain." in await shown(
        world, browsers, full
    )


async def test_what_is_left_is_told_and_warned_of_when_it_is_little(world, browsers):
    page = await shown(world, browsers, Gate(name="sms:ovh", credit=120.0, asked_at=NOW), "/messages/taux")

    assert "Il reste 120 SMS à envoyer chez le fournisseur : il faut en acheter." in page
    assert "Demandé le lundi 19 octobre, 10 h." in page


async def test_while_all_is_well_nothing_is_told(world, browsers):
    page = await shown(world, browsers, GATE.taken(3, Terms(name="sms:ovh"), NOW)[0])

    assert "panne" not in page and "fournisseur" not in page
