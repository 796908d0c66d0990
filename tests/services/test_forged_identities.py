"""What is not believed of what a provider of identities says, or of what a browser brings back."""

from datetime import timedelta
from typing import Any

import pytest

from booking.domain.errors import DepartureOver, IssuerFailed
from booking.domain.sign_ins import Terms
from booking.services import identifying
from booking.storage import tables
from tests.fake_issuer import AT, FakeIssuer, issuer
from tests.given import NOW, SITE, World
from tests.given_accounts import DESK
from tests.given_issuers import arrive, come_back, depart, rows, with_code

ONLY_SQLITE = pytest.mark.parametrize("url", ["sqlite"], indirect=True)
LATER = NOW + timedelta(minutes=1)


FORGED: dict[str, dict[str, Any]] = {
    "nonce": {"claims": {"nonce": "another"}},
    "no nonce": {"claims": {"nonce": None}},
    "audience": {"claims": {"aud": "somebody-else"}},
    "another party": {"claims": {"aud": ["ateliers", "other"], "azp": "other"}},
    "issuer": {"claims": {"iss": "https://ailleurs.example"}},
    "expired": {"claims": {"exp": AT - 61}},
    "from the future": {"claims": {"iat": AT + 3600}},
    "access token": {"claims": {"at_hash": "AAAAAAAAAAAAAAAAAAAAAA"}},
    "no subject": {"claims": {"sub": None}},
    "subject that is no text": {"claims": {"sub": 7}},
    "unsigned": {"header": {"alg": "none"}},
    "other key": {"signed_by": "b"},
    "other key of the same name": {"signed_by": "b", "header": {"kid": "a"}},
}


@ONLY_SQLITE
@pytest.mark.parametrize("forgery", FORGED)
async def test_a_forged_statement_is_not_believed(world: World, forgery: str):
    await with_code(world)

    with pytest.raises(IssuerFailed):
        await arrive(world, FakeIssuer(**FORGED[forgery]))

    assert not await rows(world, tables.identities)
    assert [line.action for line in await rows(world, tables.audit)][-1] == "issuer-refused"


@ONLY_SQLITE
async def test_clocks_may_differ_by_a_minute(world: World):
    await with_code(world)

    assert (await arrive(world, FakeIssuer(claims={"exp": AT - 50, "iat": AT + 50}))).opened


@ONLY_SQLITE
async def test_an_answer_counts_once_and_in_the_browser_that_asked(world: World):
    await with_code(world)
    fake = FakeIssuer()
    issuers = fake.issuers()
    mine, other = await depart(world, issuers), await depart(world, issuers)
    answer = fake.sign_in(mine.url)

    with pytest.raises(DepartureOver):
        await come_back(world, issuers, answer, other)
    with pytest.raises(DepartureOver):
        await come_back(world, issuers, answer | {"state": "made-up"}, mine)
    with pytest.raises(DepartureOver):
        await come_back(world, issuers, answer, mine, now=NOW + identifying.AWAY)
    mine = await depart(world, issuers)
    answer = fake.sign_in(mine.url)
    await come_back(world, issuers, answer, mine)
    with pytest.raises(DepartureOver):
        await come_back(world, issuers, answer, mine)


@ONLY_SQLITE
async def test_a_code_that_was_used_or_stolen_opens_nothing(world: World):
    await with_code(world)
    fake = FakeIssuer()
    issuers = fake.issuers()
    victim, thief = await depart(world, issuers), await depart(world, issuers)
    stolen = fake.sign_in(victim.url)["code"]

    with pytest.raises(IssuerFailed) as refused:
        await come_back(world, issuers, fake.sign_in(thief.url) | {"code": stolen}, thief)

    assert refused.value.facts["why"] == "code-refused"


@ONLY_SQLITE
@pytest.mark.parametrize("iss", ["https://ailleurs.example", None])
async def test_an_answer_that_another_provider_gave_is_not_redeemed(world: World, iss: str | None):
    await with_code(world)
    fake = FakeIssuer()
    issuers = fake.issuers()
    leaving = await depart(world, issuers)
    answer = {name: said for name, said in (fake.sign_in(leaving.url) | {"iss": iss}).items() if said}

    with pytest.raises(IssuerFailed) as refused:
        await come_back(world, issuers, answer, leaving)

    assert refused.value.facts["why"] == "other-issuer"
    assert "/token" not in fake.asked


@ONLY_SQLITE
async def test_nobody_comes_back_from_a_provider_that_he_did_not_go_to(world: World):
    await with_code(world)
    fake = FakeIssuer()
    issuers = fake.issuers(issuer(name="autre", url="https://autre.example"))
    leaving = await depart(world, issuers)
    answer = fake.sign_in(leaving.url) | {"iss": "https://autre.example"}
    around = {"asker": DESK, "site": SITE, "terms": Terms(), "now": NOW}

    with pytest.raises(DepartureOver):
        await identifying.come_back(world.db, issuers, "autre", answer, leaving.browser, **around)  # type: ignore[arg-type]


@ONLY_SQLITE
async def test_a_new_key_is_learned_and_made_up_ones_do_not_have_us_ask_again_and_again(world: World):
    await with_code(world)
    fake = FakeIssuer()
    issuers = fake.issuers()
    await arrive(world, fake, issuers)

    fake.published, fake.signed_by = ["a", "b"], "b"
    for _ in range(3):
        with pytest.raises(IssuerFailed):
            await arrive(world, fake, issuers)
    arrival = await arrive(world, fake, issuers, now=LATER)

    assert arrival.opened
    assert fake.asked.count("/keys") == 2
