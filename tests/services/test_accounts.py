"""Who works here, and the tokens of programs."""

import hashlib
from datetime import date, timedelta

import pytest
from sqlalchemy import select

from booking.domain.api_tokens import Scope
from booking.domain.errors import InvalidField, NameTaken, NotFound, SignInFailed
from booking.domain.fields import Problems
from booking.domain.roles import Span
from booking.domain.staff import Role, Staff
from booking.services import accounts, api_tokens, passwords, roles, staff_accounts
from booking.storage import tables
from tests.given import NO_PASSWORD, NOW, World, in_days

PASSWORD = "douze caractères au moins"
MINUTE = timedelta(minutes=1)


async def nadia(world: World) -> Staff:
    roles = [(world.agency.id, Role.ADVISER)]
    return await accounts.add_staff(
        world.db, name="Nadia Benali", sign_in_name="Nadia.B", password=PASSWORD, roles=roles, now=NOW
    )


async def column(world: World, wanted) -> list:
    async with world.db.reading() as tx:
        return [row[0] for row in await tx.rows(select(wanted))]


class TestTokens:
    async def test_a_token_stands_for_its_owner_for_a_year(self, world: World):
        token = await accounts.add_token(world.db, world.adviser.sign_in_name.upper(), "tableur", now=NOW)

        assert (await api_tokens.bearer(world.db, token, now=in_days(364))).staff == world.adviser
        assert await api_tokens.bearer(world.db, token, now=in_days(365)) is None

    async def test_only_its_hash_is_kept(self, world: World):
        token = await accounts.add_token(world.db, world.adviser.sign_in_name, "tableur", now=NOW)

        assert token.startswith("at_live_")
        assert await column(world, tables.api_tokens.c.secret_hash) == [hashlib.sha256(token.encode()).hexdigest()]

    async def test_a_revoked_token_is_nobodys(self, world: World):
        issued = await api_tokens.issue(world.db, "tableur", Scope.READ, 30, None, by=world.adviser, now=NOW)

        await api_tokens.revoke(world.db, issued.token.id, by=world.adviser, now=NOW)

        assert await api_tokens.bearer(world.db, issued.text, now=NOW) is None

    async def test_nobody_revokes_the_token_of_another(self, world: World):
        issued = await api_tokens.issue(world.db, "tableur", Scope.READ, 30, None, by=world.adviser, now=NOW)

        with pytest.raises(NotFound):
            await api_tokens.revoke(world.db, issued.token.id, by=world.manager, now=NOW)

    async def test_a_token_lives_a_year_at_most_and_is_of_an_agency_within_sight(self, world: World):
        elsewhere = await world.another_agency()

        for days, agency_id in ((366, None), (0, None), (30, elsewhere.id)):
            with pytest.raises(InvalidField):
                await api_tokens.issue(world.db, "tableur", Scope.WRITE, days, agency_id, by=world.adviser, now=NOW)

    async def test_its_last_use_is_noted_now_and_then(self, world: World):
        text = (await api_tokens.issue(world.db, "tableur", Scope.READ, 30, None, by=world.adviser, now=NOW)).text

        for minutes in (0, 5, 12):
            token = (await api_tokens.bearer(world.db, text, now=NOW)).token
            await api_tokens.note(world.db, token, now=NOW + minutes * MINUTE)

        assert await column(world, tables.api_tokens.c.last_used_at) == [NOW + 12 * MINUTE]

    async def test_a_stranger_gets_no_token(self, world: World):
        with pytest.raises(SignInFailed):
            await accounts.add_token(world.db, "personne", "tableur", now=NOW)


class TestStaff:
    async def test_what_cannot_stand_is_told_at_once(self, world: World):
        said = {"name": "", "sign_in_name": "a\x00", "password": "onze signes"}

        with pytest.raises(InvalidField) as refused:
            await accounts.add_staff(world.db, **said, roles=[], now=NOW)

        problems = {"name": "required", "sign_in_name": "bad-characters", "password": "too-short"}
        assert refused.value.facts["fields"] == problems

    async def test_a_name_to_sign_in_with_is_one_persons(self, world: World):
        await nadia(world)

        with pytest.raises(NameTaken):
            await nadia(world)

    async def test_a_password_that_is_guessed_first_is_refused(self, world: World):
        for password in ("motdepasse12", "azertyuiop12", "Ateliers2026!", "aaaaaaaaaaaa", "karim.karim.karim"):
            with pytest.raises(InvalidField) as refused:
                await accounts.add_staff(
                    world.db, name="Karim", sign_in_name="karim.2", password=password, roles=[], now=NOW
                )

            assert refused.value.facts["fields"] == {"password": "too-common"}, password

    async def test_a_whole_sentence_is_a_password_to_its_last_sign(self):
        sentence = "le tram de sept heures " * 8 + "part sans moi"
        kept, problems = await passwords.hashed(sentence), Problems()

        passwords.check(problems, sentence, [])

        assert (len(sentence) > 128, problems.found) == (True, {})
        assert await passwords.fits(sentence, kept)
        assert not await passwords.fits(sentence[:-1] + "x", kept)

    async def test_a_password_is_kept_as_argon2_of_46_mebibytes(self, world: World):
        await nadia(world)

        (kept,) = [h for h in await column(world, tables.staff.c.password_hash) if h != NO_PASSWORD]

        assert kept.startswith("$argon2id$v=19$m=47104,t=1,p=1$")
        assert passwords.NOBODY.startswith("$argon2id$v=19$m=47104,t=1,p=1$"), "an unknown name costs as much"


async def test_who_will_work_elsewhere_tomorrow_is_looked_after_by_the_network_today(world: World):
    administrator = await world.staff(Role.ADMINISTRATOR, world.agency, "Inès")
    network = await world.staff(Role.ADMINISTRATOR, None, "Agnès")
    assert await staff_accounts.show(world.db, world.adviser.id, by=administrator, now=NOW)

    span = Span(first_on=date(2026, 10, 20))
    await roles.give(world.db, None, world.adviser.sign_in_name, Role.MANAGER, span, by=network, now=NOW)

    with pytest.raises(NotFound):
        await staff_accounts.show(world.db, world.adviser.id, by=administrator, now=NOW)
    assert await staff_accounts.show(world.db, world.adviser.id, by=network, now=NOW)
