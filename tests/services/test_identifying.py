"""Signing in with a provider of identities, and what is not believed of what it says."""

from dataclasses import replace
from datetime import timedelta
from typing import Any

import pytest

from booking.domain.api_tokens import Scope
from booking.domain.errors import (
    DepartureOver,
    IdentityTaken,
    IssuerFailed,
    NoRoleThere,
    NotKnownThere,
    PasswordLinkOver,
    SignInFailed,
)
from booking.domain.password_links import secret_of
from booking.domain.sign_ins import Terms
from booking.domain.staff import Role
from booking.services import api_tokens, password_links, sign_ins
from booking.storage import tables
from tests.fake_issuer import FakeIssuer, issuer
from tests.given import NOW, SITE, World, in_days
from tests.given_accounts import DESK, nadia, opened, say
from tests.given_issuers import arrive, come_back, depart, rows, with_code

ONLY_SQLITE = pytest.mark.parametrize("url", ["sqlite"], indirect=True)
LATER = NOW + timedelta(minutes=1)


async def test_whoever_bears_a_known_group_has_an_account_and_its_role(world: World):
    await with_code(world)

    arrival = await arrive(world, FakeIssuer())

    assert arrival.opened is not None
    assert arrival.path == "/placer"
    assert (arrival.opened.staff.name, arrival.opened.staff.sign_in_name) == ("Nadia Benali", "nadia.b@reseau")
    assert arrival.opened.staff.roles == {(world.agency.id, Role.ADVISER)}
    found = await sign_ins.present(world.db, arrival.opened.secret, now=NOW)
    assert found is not None
    assert found.staff.id == arrival.opened.staff.id


async def test_a_role_ends_at_the_first_sign_in_that_does_not_say_it_any_more(world: World):
    await with_code(world)
    fake = FakeIssuer()
    first = await arrive(world, fake)

    fake.claims = {"groups": ["direction", "inconnu"]}
    second = await arrive(world, fake, now=LATER)

    assert first.opened is not None
    assert second.opened is not None
    assert second.opened.staff.id == first.opened.staff.id
    assert second.opened.staff.roles == {(world.agency.id, Role.MANAGER)}


async def test_who_has_no_role_left_is_not_let_in_and_keeps_none(world: World):
    await with_code(world)
    fake = FakeIssuer()
    first = await arrive(world, fake)

    fake.claims = {"groups": []}
    with pytest.raises(NoRoleThere):
        await arrive(world, fake, now=LATER)

    assert first.opened is not None
    still = await sign_ins.present(world.db, first.opened.secret, now=LATER)
    assert still is not None
    assert still.staff.roles == frozenset()


@ONLY_SQLITE
@pytest.mark.parametrize("groups", [None, [], "inconnu", ["ailleurs"], {"conseil": 1}, 7])
async def test_a_group_that_nobody_wrote_down_makes_no_account(world: World, groups: object):
    await with_code(world)

    with pytest.raises(NoRoleThere):
        await arrive(world, FakeIssuer(claims={"groups": groups}))

    assert not await rows(world, tables.identities)


@ONLY_SQLITE
async def test_the_same_address_of_mail_or_name_is_not_the_same_person(world: World):
    await with_code(world)
    local = await nadia(world, Role.MANAGER)
    claims = {"email": "nadia@example.org", "preferred_username": local.sign_in_name}

    arrival = await arrive(world, FakeIssuer(claims=claims))

    assert arrival.opened is not None
    assert arrival.opened.staff.id != local.id


@ONLY_SQLITE
@pytest.mark.parametrize("is_signed", [True, False])
async def test_what_the_statement_lacks_is_asked_for(world: World, is_signed: bool):
    await with_code(world)
    said = {"sub": "u-7", "groups": ["direction"], "name": "N. B."}

    arrival = await arrive(world, FakeIssuer(claims={"groups": None}, person=said, signs_person=is_signed))

    assert arrival.opened is not None
    assert arrival.opened.staff.roles == {(world.agency.id, Role.MANAGER)}
    assert arrival.opened.staff.name == "Nadia Benali"


@ONLY_SQLITE
async def test_what_is_said_of_somebody_else_counts_for_nobody(world: World):
    await with_code(world)

    with pytest.raises(IssuerFailed):
        await arrive(world, FakeIssuer(claims={"groups": None}, person={"sub": "u-8", "groups": ["direction"]}))


@ONLY_SQLITE
@pytest.mark.parametrize(("reached", "is_in"), [("eidas2", True), ("eidas1", False), (None, False)])
async def test_a_strength_that_was_asked_for_must_be_reached(world: World, reached: str | None, is_in: bool):
    await with_code(world)
    fake = FakeIssuer(issuer(acr=("eidas2", "eidas3")), claims={"acr": reached})

    try:
        arrived = bool(await arrive(world, fake))
    except IssuerFailed:
        arrived = False

    assert arrived is is_in


@ONLY_SQLITE
@pytest.mark.parametrize(
    "broken",
    [
        {"is_away": True},
        {"metadata": {"issuer": "https://ailleurs.example"}},
        {"metadata": {"token_endpoint": "http://identite.example/token"}},
        {"metadata": {"jwks_uri": None}},
    ],
)
async def test_a_provider_that_is_away_or_not_itself_is_told_and_written_down(world: World, broken: dict[str, Any]):
    with pytest.raises(IssuerFailed):
        await depart(world, FakeIssuer(**broken).issuers())

    (state,) = await rows(world, tables.issuer_states)
    assert state.failed_at == NOW


async def test_who_was_invited_is_known_from_then_on_with_the_roles_given_here(world: World):
    person = await nadia(world)
    fake = FakeIssuer(replace(issuer(), makes_accounts=False, claim=""))
    issuers = fake.issuers()
    link = await invitation(world, person.id)
    leaving = await depart(world, issuers, link=link)

    with pytest.raises(NotKnownThere):
        await arrive(world, fake, issuers)
    first = await come_back(world, issuers, fake.sign_in(leaving.url), leaving)
    again = await arrive(world, fake, issuers)

    assert first.opened is not None
    assert again.opened is not None
    assert first.opened.staff.id == again.opened.staff.id == person.id
    with pytest.raises(PasswordLinkOver):
        await depart(world, issuers, link=link)


async def test_an_identity_belongs_to_one_account(world: World):
    await with_code(world)
    fake = FakeIssuer()
    issuers = fake.issuers()
    await arrive(world, fake, issuers)
    leaving = await depart(world, issuers, link=await invitation(world, (await nadia(world)).id))

    with pytest.raises(IdentityTaken):
        await come_back(world, issuers, fake.sign_in(leaving.url), leaving)


@ONLY_SQLITE
async def test_only_who_still_is_signed_in_has_an_identity_added(world: World):
    person, fake = await nadia(world), FakeIssuer()
    issuers = fake.issuers()
    leaving = await depart(world, issuers, by=person)

    with pytest.raises(DepartureOver):
        await come_back(world, issuers, fake.sign_in(leaving.url), leaving)

    secret = (await say(world)).secret
    leaving = await depart(world, issuers, by=person)
    arrival = await come_back(world, issuers, fake.sign_in(leaving.url), leaving, asker=replace(DESK, secret=secret))
    assert arrival.opened is None
    assert [one.staff_id for one in await rows(world, tables.identities)] == [person.id]


@ONLY_SQLITE
@pytest.mark.parametrize("became", [{"locked_at": NOW}, {"expires_at": NOW}, {"seen_at": NOW - Terms().idle}])
@pytest.mark.usefixtures("light_passwords")
async def test_no_identity_is_added_to_a_screen_that_was_locked_or_left(world: World, became: dict[str, Any]):
    person, fake = await nadia(world), FakeIssuer()
    issuers, mine = fake.issuers(), await opened(world)
    leaving = await depart(world, issuers, by=person)
    async with world.db.transaction() as tx:
        await tx.run(tables.sign_ins.update().values(became))

    with pytest.raises(DepartureOver):
        asker = replace(DESK, secret=mine.secret)
        await come_back(world, issuers, fake.sign_in(leaving.url), leaving, asker=asker)

    assert not await rows(world, tables.identities)


async def test_what_runs_in_the_name_of_who_stays_away_loses_the_roles_of_the_provider_after_a_month(world: World):
    await with_code(world)
    person = (await arrive(world, FakeIssuer())).opened.staff
    token = (await api_tokens.issue(world.db, "tableur", Scope.READ, 365, None, by=person, now=NOW)).text

    before = await api_tokens.bearer(world.db, token, now=in_days(29))
    after = await api_tokens.bearer(world.db, token, now=in_days(30))

    assert before.staff.roles == {(world.agency.id, Role.ADVISER)}
    assert after.staff.roles == frozenset()


@ONLY_SQLITE
async def test_a_closed_account_is_not_opened_from_elsewhere(world: World):
    await with_code(world)
    fake = FakeIssuer()
    await arrive(world, fake)
    async with world.db.transaction() as tx:
        await tx.run(
            tables.staff.update().where(tables.staff.c.sign_in_name == "nadia.b@reseau").values(disabled_at=NOW)
        )

    with pytest.raises(NotKnownThere):
        await arrive(world, fake)


@ONLY_SQLITE
@pytest.mark.usefixtures("light_passwords")
async def test_passwords_can_be_left_to_the_administration_of_the_network(world: World):
    strict = Terms(passwords_for_all=False)
    await nadia(world)

    with pytest.raises(SignInFailed):
        await say(world, terms=strict)

    async with world.db.transaction() as tx:
        await tx.run(
            tables.staff_roles.update()
            .where(
                tables.staff_roles.c.role == Role.ADVISER,
                tables.staff_roles.c.staff_id.in_(
                    tables.staff.select()
                    .with_only_columns(tables.staff.c.id)
                    .where(tables.staff.c.sign_in_name == "nadia.b")
                ),
            )
            .values(role=Role.ADMINISTRATOR, agency_id=None)
        )
    assert await say(world, terms=strict)


async def invitation(world: World, staff_id: Any) -> str:
    """The secret of a link to choose a password."""
    async with world.db.transaction() as tx:
        link = await password_links.send(tx, staff_id, password_links.LinkKind.INVITED, by=None, site=SITE, now=NOW)
    return secret_of(link.id, SITE.secret)
