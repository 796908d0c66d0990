"""Signing out on both sides."""

from datetime import timedelta
from typing import Any
from urllib.parse import parse_qs, urlsplit

import pytest

from booking.domain.errors import IssuerFailed, TooManyRequests
from booking.services import sign_ins, single_logout
from booking.services.signing_in import Opened
from booking.storage import tables
from tests.fake_issuer import AT, FakeIssuer
from tests.given import NOW, SITE, World
from tests.given_issuers import arrive, rows, with_code

FROM = {"address": "192.0.2.7", "now": NOW}


async def opened(world: World, fake: FakeIssuer) -> Opened:
    await with_code(world)
    arrival = await arrive(world, fake)
    assert arrival.opened is not None
    return arrival.opened


async def is_in(world: World, who: Opened) -> bool:
    return await sign_ins.present(world.db, who.secret, now=NOW) is not None


@pytest.mark.parametrize("whom", [{"sub": None}, {"sid": None}, {}])
async def test_the_provider_ends_the_sign_ins_that_it_opened(world: World, whom: dict[str, Any]):
    fake = FakeIssuer()
    nadia = await opened(world, fake)

    ended = await single_logout.obey(world.db, fake.issuers(), "reseau", fake.order(**whom), **FROM)

    assert ended == 1
    assert not await is_in(world, nadia)


async def test_an_order_is_taken_once(world: World):
    fake = FakeIssuer()
    await opened(world, fake)
    await single_logout.obey(world.db, fake.issuers(), "reseau", fake.order(), **FROM)
    again = await arrive(world, fake)

    with pytest.raises(IssuerFailed):
        await single_logout.obey(world.db, fake.issuers(), "reseau", fake.order(), **FROM)

    assert again.opened is not None
    assert await is_in(world, again.opened)


@pytest.mark.parametrize("url", ["sqlite"], indirect=True)
async def test_orders_made_up_by_the_dozen_fill_no_audit_and_hold_up_no_other(world: World):
    fake = FakeIssuer()
    await opened(world, fake)
    issuers = fake.issuers()

    for _ in range(20):
        with pytest.raises(IssuerFailed):
            await single_logout.obey(world.db, issuers, "reseau", "a.b.c", **FROM)
    before = len(await rows(world, tables.audit))
    with pytest.raises(TooManyRequests):
        await single_logout.obey(world.db, issuers, "reseau", "a.b.c", **FROM)

    assert len(await rows(world, tables.audit)) == before
    assert await single_logout.obey(world.db, issuers, "reseau", fake.order(), **FROM) == 1


FORGED: dict[str, dict[str, Any]] = {
    "a statement of who signed in": {"events": None},
    "with a nonce": {"nonce": "n"},
    "of nobody": {"sub": None, "sid": None},
    "without a number": {"jti": None},
    "for somebody else": {"aud": "other"},
    "of somebody else": {"iss": "https://ailleurs.example"},
    "of long ago": {"iat": AT - 3600},
    "of another person": {"sub": "u-8"},
}


@pytest.mark.parametrize("url", ["sqlite"], indirect=True)
@pytest.mark.parametrize("forgery", FORGED)
async def test_a_forged_order_ends_nothing(world: World, forgery: str):
    fake = FakeIssuer()
    nadia = await opened(world, fake)

    try:
        ended = await single_logout.obey(world.db, fake.issuers(), "reseau", fake.order(**FORGED[forgery]), **FROM)
    except IssuerFailed:
        ended = 0

    assert ended == 0
    assert await is_in(world, nadia)


@pytest.mark.parametrize("url", ["sqlite"], indirect=True)
async def test_an_order_signed_by_nobody_ends_nothing(world: World):
    fake = FakeIssuer()
    nadia = await opened(world, fake)
    fake.signed_by, fake.header = "b", {"kid": "a"}

    with pytest.raises(IssuerFailed):
        await single_logout.obey(world.db, fake.issuers(), "reseau", fake.order(), **FROM)

    assert await is_in(world, nadia)


@pytest.mark.parametrize("url", ["sqlite"], indirect=True)
async def test_who_signs_out_here_is_led_out_there_with_the_statement_that_let_him_in(world: World):
    fake = FakeIssuer()
    nadia = await opened(world, fake)
    found = await sign_ins.present(world.db, nadia.secret, now=NOW)
    assert found is not None
    around = {"site": SITE, "now": NOW + timedelta(minutes=5)}

    way = await single_logout.way_out(world.db, fake.issuers(), found.sign_in.id, **around)

    assert way is not None
    asked = parse_qs(urlsplit(way).query)
    assert asked["post_logout_redirect_uri"] == [f"{SITE.url}/connexion"]
    assert asked["id_token_hint"][0].count(".") == 2
    fake.is_away = True
    assert await single_logout.way_out(world.db, fake.issuers(), found.sign_in.id, **around) is None
