"""Signing in and out, for people and for programs."""

import hashlib
from datetime import timedelta

import pytest
from sqlalchemy import select, update

from booking.domain.errors import InvalidField, NameTaken, SignInFailed
from booking.domain.staff import Role, Staff
from booking.services import accounts
from booking.storage import tables
from tests.given import HOUR, NO_PASSWORD, NOW, World, in_days

PASSWORD = "douze caractères au moins"
MINUTE = timedelta(minutes=1)


async def nadia(world: World) -> Staff:
    roles = [(world.agency.id, Role.ADVISER)]
    return await accounts.add_staff(
        world.db, name="Nadia Benali", sign_in_name="Nadia.B", password=PASSWORD, roles=roles, now=NOW
    )


async def disable(world: World, person: Staff) -> None:
    async with world.db.transaction() as tx:
        await tx.run(update(tables.staff).where(tables.staff.c.id == person.id).values(disabled_at=NOW))


async def column(world: World, wanted) -> list:
    async with world.db.reading() as tx:
        return [row[0] for row in await tx.rows(select(wanted))]


class TestSigningIn:
    async def test_the_right_password_opens(self, world: World):
        person = await nadia(world)

        secret = await accounts.sign_in(world.db, " NADIA.b ", PASSWORD, now=NOW)

        assert await accounts.signed_in(world.db, secret, now=NOW) == person

    async def test_wrong_unknown_disabled_and_unreadable_are_refused_alike(self, world: World):
        await disable(world, await nadia(world))
        tries = [("nadia.b", PASSWORD), ("nadia.b", "faux"), ("personne", PASSWORD), ("", ""), ("nadia.b", "\ud800")]
        tries += [("nadia\x00", PASSWORD), ("\ud800", PASSWORD), (world.adviser.sign_in_name, NO_PASSWORD)]

        refusals = set()
        for name, password in tries:
            with pytest.raises(SignInFailed) as refused:
                await accounts.sign_in(world.db, name, password, now=NOW)
            refusals.add((str(refused.value), str(refused.value.facts)))

        assert len(refusals) == 1
        assert await column(world, tables.sign_ins.c.staff_id) == []

    async def test_each_sign_in_has_a_secret_of_its_own_and_only_its_hash_is_kept(self, world: World):
        await nadia(world)

        secrets = {await accounts.sign_in(world.db, "nadia.b", PASSWORD, now=NOW) for _ in range(2)}

        kept = set(await column(world, tables.sign_ins.c.secret_hash))
        assert kept == {hashlib.sha256(secret.encode()).hexdigest() for secret in secrets}
        assert min(map(len, secrets)) >= 43, "256 bits"

    async def test_half_an_hour_without_a_sign_ends_it(self, world: World):
        await nadia(world)
        secret = await accounts.sign_in(world.db, "nadia.b", PASSWORD, now=NOW)

        assert await accounts.signed_in(world.db, secret, now=NOW + 29 * MINUTE)
        assert await accounts.signed_in(world.db, secret, now=NOW + 30 * MINUTE) is None

    async def test_whoever_works_stays_awake_but_no_longer_than_ten_hours(self, world: World):
        await nadia(world)
        secret = await accounts.sign_in(world.db, "nadia.b", PASSWORD, now=NOW)

        for n in range(1, 31):
            await accounts.keep_awake(world.db, secret, now=NOW + n * 20 * MINUTE)

        assert await accounts.signed_in(world.db, secret, now=NOW + 10 * HOUR - MINUTE)
        assert await accounts.signed_in(world.db, secret, now=NOW + 10 * HOUR) is None

    async def test_signing_out_ends_this_sign_in_and_no_other(self, world: World):
        person = await nadia(world)
        here, there = [await accounts.sign_in(world.db, "nadia.b", PASSWORD, now=NOW) for _ in range(2)]

        await accounts.sign_out(world.db, here)

        assert await accounts.signed_in(world.db, here, now=NOW) is None
        assert await accounts.signed_in(world.db, there, now=NOW) == person

    async def test_who_is_disabled_is_out_at_once(self, world: World):
        person = await nadia(world)
        secret = await accounts.sign_in(world.db, "nadia.b", PASSWORD, now=NOW)
        token = await accounts.add_token(world.db, "nadia.b", "tableur", now=NOW)

        await disable(world, person)

        assert await accounts.signed_in(world.db, secret, now=NOW) is None
        assert await accounts.token_owner(world.db, token, now=NOW) is None

    async def test_a_made_up_secret_is_nobodys(self, world: World):
        await nadia(world)

        for secret in ("", "x" * 43, NO_PASSWORD):
            assert await accounts.signed_in(world.db, secret, now=NOW) is None
            assert await accounts.token_owner(world.db, secret, now=NOW) is None


class TestTokens:
    async def test_a_token_stands_for_its_owner_for_a_year(self, world: World):
        person = await nadia(world)

        token = await accounts.add_token(world.db, "NADIA.B", "tableur", now=NOW)

        assert await accounts.token_owner(world.db, token, now=in_days(364)) == person
        assert await accounts.token_owner(world.db, token, now=in_days(365)) is None

    async def test_only_its_hash_is_kept(self, world: World):
        await nadia(world)

        token = await accounts.add_token(world.db, "nadia.b", "tableur", now=NOW)

        assert token.startswith("at_live_")
        assert await column(world, tables.api_tokens.c.secret_hash) == [hashlib.sha256(token.encode()).hexdigest()]

    async def test_a_revoked_token_is_nobodys(self, world: World):
        await nadia(world)
        token = await accounts.add_token(world.db, "nadia.b", "tableur", now=NOW)

        async with world.db.transaction() as tx:
            await tx.run(update(tables.api_tokens).values(revoked_at=NOW))

        assert await accounts.token_owner(world.db, token, now=NOW) is None

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

    async def test_a_password_is_kept_as_argon2_of_46_mebibytes(self, world: World):
        await nadia(world)

        (kept,) = [h for h in await column(world, tables.staff.c.password_hash) if h != NO_PASSWORD]

        assert kept.startswith("$argon2id$v=19$m=47104,t=1,p=1$")
