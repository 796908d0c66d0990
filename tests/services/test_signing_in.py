"""Signing in by a password: what opens, what does not, and who has to wait."""

import asyncio
import hashlib
from dataclasses import replace
from datetime import timedelta

import pytest
from sqlalchemy import select, update

from booking.domain.errors import SignInFailed, TooManyRequests
from booking.domain.sign_ins import Asker
from booking.services import passwords, sign_ins
from booking.storage import tables
from tests.given import NO_PASSWORD, NOW, World
from tests.given_accounts import DESK, PASSWORD, USUAL, WRONG, nadia, opened, say

pytestmark = pytest.mark.usefixtures("light_passwords")

MINUTE = timedelta(minutes=1)


async def column(world: World, wanted) -> list:
    async with world.db.reading() as tx:
        return [row[0] for row in await tx.rows(select(wanted))]


async def fail(world: World, times: int, now=NOW, **said) -> None:
    for _ in range(times):
        with pytest.raises(SignInFailed):
            await say(world, WRONG, now=now, **said)


async def test_the_right_password_opens(world: World):
    person = await nadia(world)

    found = await say(world, name=" NADIA.b ")

    present = await sign_ins.present(world.db, found.secret, now=NOW)
    assert (present.staff, present.sign_in.device) == (person, "Firefox, Windows")


async def test_an_accent_is_the_same_on_every_keyboard(world: World):
    await nadia(world)

    assert await say(world, PASSWORD.replace("è", "e\u0300"))


async def test_wrong_unknown_disabled_and_unreadable_are_refused_alike_and_cost_the_same(
    world: World, monkeypatch: pytest.MonkeyPatch
):
    """Equal work and not equal wall time: one argon2 of the same settings each, whatever was wrong."""
    person, worked = await nadia(world), []
    async with world.db.transaction() as tx:
        await tx.run(update(tables.staff).where(tables.staff.c.id == world.manager.id).values(disabled_at=NOW))
    monkeypatch.setattr(passwords, "_hasher", Counting(worked))
    tries = [(person.sign_in_name, WRONG), ("personne", PASSWORD), ("", ""), ("nadia\x00", PASSWORD)]
    tries += [(world.manager.sign_in_name, NO_PASSWORD), (world.adviser.sign_in_name, NO_PASSWORD)]
    tries += [("\ud800", PASSWORD), (person.sign_in_name, "\ud800")]

    refusals = set()
    for n, (name, password) in enumerate(tries):
        with pytest.raises(SignInFailed) as refused:
            await say(world, password, name=name, asker=replace(DESK, address=str(n)))
        refusals.add((str(refused.value), str(refused.value.facts)))

    assert len(refusals) == 1
    assert (len(worked), len(set(worked))) == (len(tries), 1)
    assert await column(world, tables.sign_ins.c.staff_id) == []


async def test_a_locked_account_costs_as_much_as_a_wrong_password(world: World, monkeypatch: pytest.MonkeyPatch):
    await nadia(world)
    await fail(world, 5)
    worked: list[str] = []
    monkeypatch.setattr(passwords, "_hasher", Counting(worked))

    with pytest.raises(SignInFailed):
        await say(world)

    assert len(worked) == 1


class Counting:
    """Notes the settings of each hash that is tried."""

    def __init__(self, worked: list[str]) -> None:
        self._real, self._worked = passwords._hasher, worked

    def verify(self, known: str, password: str) -> bool:
        self._worked.append(known.rpartition("$")[0].rpartition("$")[0])
        return self._real.verify(known, password)


async def test_each_sign_in_has_a_secret_of_its_own_and_only_its_hash_is_kept(world: World):
    await nadia(world)

    secrets = {(await opened(world)).secret for _ in range(2)}

    kept = set(await column(world, tables.sign_ins.c.secret_hash))
    assert kept == {hashlib.sha256(secret.encode()).hexdigest() for secret in secrets}
    assert min(map(len, secrets)) >= 43, "256 bits"


async def test_a_secret_that_somebody_else_chose_is_never_taken_over(world: World):
    await nadia(world)

    found = await opened(world, replace(DESK, secret="chosen-by-somebody-else"))

    assert await sign_ins.present(world.db, "chosen-by-somebody-else", now=NOW) is None
    assert await sign_ins.present(world.db, found.secret, now=NOW)


async def test_signing_in_again_ends_what_this_browser_had(world: World):
    await nadia(world)
    before = await opened(world)

    await opened(world, replace(DESK, secret=before.secret))

    assert await sign_ins.present(world.db, before.secret, now=NOW) is None


async def test_five_wrong_passwords_shut_the_door_for_a_minute_and_then_for_longer(world: World):
    await nadia(world)
    await fail(world, 5)

    with pytest.raises(SignInFailed):
        await say(world, now=NOW + 59 * timedelta(seconds=1))
    await fail(world, 1, now=NOW + MINUTE)
    with pytest.raises(SignInFailed):
        await say(world, now=NOW + 2 * MINUTE)

    assert await say(world, now=NOW + 3 * MINUTE)


async def test_who_asks_in_parallel_learns_no_more(world: World, monkeypatch: pytest.MonkeyPatch):
    """Counted before the password is tried: of eight at once that are all right, five open."""
    await nadia(world)
    here, all_are = [], asyncio.Event()

    async def fits(password: str, known: str) -> bool:
        here.append(password)
        if len(here) == 8:
            all_are.set()
        await all_are.wait()
        return True

    monkeypatch.setattr(passwords, "fits", fits)
    found = await asyncio.gather(*(say(world) for _ in range(8)), return_exceptions=True)

    assert sum(isinstance(one, SignInFailed) for one in found) == 3


async def test_nobody_is_shut_out_of_the_computer_where_he_signs_in_every_day(world: World):
    await nadia(world)
    mine = replace(DESK, marks=(await opened(world)).marks)
    await fail(world, 19, asker=Asker("198.51.100.1"))
    await fail(world, 1, asker=Asker("192.0.2.7"))

    assert await say(world, asker=mine)
    with pytest.raises(SignInFailed):
        await say(world, asker=Asker("203.0.113.9"))


async def test_a_computer_that_is_known_has_patience_of_its_own(world: World):
    await nadia(world)
    mine = replace(DESK, marks=(await opened(world)).marks)

    await fail(world, 5, asker=mine)

    with pytest.raises(SignInFailed):
        await say(world, asker=mine)
    assert await say(world, asker=Asker("203.0.113.9"))


async def test_the_mark_of_one_opens_nothing_to_the_patience_of_another(world: World):
    await nadia(world)
    marks = (await opened(world)).marks
    await fail(world, 5, name="karim", asker=Asker("198.51.100.1"))

    await fail(world, 1, name="karim", asker=Asker("192.0.2.7", marks=marks))

    assert len(await column(world, tables.tallies.c.key)) == 3, "karim, and two addresses; no computer of his"


async def test_an_address_that_tries_many_names_waits(world: World):
    for n in range(20):
        with pytest.raises(SignInFailed):
            await say(world, WRONG, name=f"name {n}")

    with pytest.raises(TooManyRequests) as refused:
        await say(world, WRONG, name="another")

    assert refused.value.facts == {"seconds": 60}
    with pytest.raises(SignInFailed):
        await say(world, WRONG, name="another", asker=Asker("198.51.100.1"))


async def test_a_whole_agency_behind_one_address_signs_in_in_the_morning(world: World):
    await nadia(world)

    for _ in range(25):
        assert await say(world)


async def test_half_an_hour_without_a_sign_ends_it_and_so_do_ten_hours_of_work(world: World):
    await nadia(world)
    secret = (await opened(world)).secret

    alive = []
    for minutes in (29, 30, 599, 600):
        found = (await sign_ins.present(world.db, secret, now=NOW)).sign_in
        seen = replace(found, seen_at=NOW + (minutes - 1) * MINUTE) if minutes > 30 else found
        alive.append(seen.is_alive(USUAL, NOW + minutes * MINUTE))

    assert alive == [True, False, True, False]


async def test_a_password_kept_with_less_care_is_kept_anew(world: World):
    await nadia(world)
    weak = passwords.PasswordHasher(time_cost=1, memory_cost=32, parallelism=1).hash(PASSWORD)
    async with world.db.transaction() as tx:
        await tx.run(update(tables.staff).where(tables.staff.c.sign_in_name == "nadia.b").values(password_hash=weak))

    await say(world)

    assert weak not in await column(world, tables.staff.c.password_hash)
    assert await say(world)


async def test_what_was_tried_is_written_down(world: World):
    await nadia(world)

    await fail(world, 1)
    await fail(world, 1, name="personne")
    await say(world)

    assert (await column(world, tables.audit.c.action))[-3:] == ["refused", "refused", "signed-in"]


async def test_what_ended_a_day_ago_is_forgotten(world: World):
    await nadia(world)
    await opened(world)
    await fail(world, 1)

    gone = await sign_ins.forget(world.db, NOW + 35 * 60 * MINUTE)

    assert gone >= 3
    assert await column(world, tables.tallies.c.key) == await column(world, tables.sign_ins.c.id) == []
