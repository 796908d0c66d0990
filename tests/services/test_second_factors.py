"""The second step: codes of a telephone, each once, and codes on paper for the day it is lost."""

from dataclasses import replace
from datetime import datetime, timedelta

import pyotp
import pytest
from sqlalchemy import select

from booking.domain.errors import FactorNeeded, SecondStepOver, WrongCode
from booking.domain.sign_ins import Terms
from booking.domain.staff import Role, Staff
from booking.services import password_links, second_factors, signing_in
from booking.services.signing_in import HalfWay, Opened
from booking.storage import tables
from tests.given import NOW, SITE, World
from tests.given_accounts import DESK, USUAL, nadia, say

pytestmark = pytest.mark.usefixtures("light_passwords")

STEP = timedelta(seconds=30)
STRICT = Terms(factor_roles=frozenset({Role.MANAGER}))


def code(secret: str, at: datetime) -> str:
    return pyotp.TOTP(secret).at(at)


async def equipped(world: World, person: Staff) -> tuple[str, list[str]]:
    """What makes the codes of this person, and the recovery codes."""
    draft = await second_factors.prepare(world.db, person, site=SITE, now=NOW)
    said = code(draft.secret, NOW - STEP)
    return draft.secret, await second_factors.confirm(world.db, person, said, site=SITE, now=NOW)


async def half_way(world: World, terms: Terms = USUAL) -> HalfWay:
    found = await say(world, terms=terms)
    assert isinstance(found, HalfWay)
    return found


async def finish(world: World, step: str, said: str, now: datetime = NOW, terms: Terms = USUAL) -> Opened:
    return await signing_in.finish(world.db, step, said, DESK, site=SITE, terms=terms, now=now)


async def test_the_password_alone_opens_nothing_any_more(world: World):
    secret, _ = await equipped(world, await nadia(world))

    found = await half_way(world)

    async with world.db.reading() as tx:
        assert await tx.rows(select(tables.sign_ins.c.id)) == []
    assert (await finish(world, found.step, code(secret, NOW))).staff.sign_in_name == "nadia.b"


async def test_a_code_counts_once_and_a_step_early_or_late(world: World):
    person = await nadia(world)
    secret, _ = await equipped(world, person)

    async def is_right(said: str, now: datetime) -> bool:
        return await second_factors.is_right(world.db, person.id, said, site=SITE, now=now)

    assert not await is_right(code(secret, NOW - STEP), NOW), "it was said to confirm the factor"
    assert not await is_right(code(secret, NOW + 2 * STEP), NOW)
    assert await is_right(code(secret, NOW + STEP), NOW)
    assert not await is_right(code(secret, NOW + STEP), NOW)
    assert not await is_right(code(secret, NOW), NOW), "older than one that was used"
    assert await is_right(code(secret, NOW + 2 * STEP), NOW + 3 * STEP)


async def test_a_recovery_code_opens_once_however_it_is_typed(world: World):
    _, codes = await equipped(world, await nadia(world))
    typed = f" {codes[0].upper()} ".replace("-", " ")

    await finish(world, (await half_way(world)).step, typed)

    with pytest.raises(WrongCode):
        await finish(world, (await half_way(world)).step, codes[0])
    assert len(set(codes)) == 10


async def test_only_what_nobody_can_read_is_kept(world: World):
    person = await nadia(world)
    secret, codes = await equipped(world, person)

    async with world.db.reading() as tx:
        kept = str([*await tx.rows(select(tables.second_factors)), *await tx.rows(select(tables.recovery_codes))])

    assert secret not in kept
    assert not [one for one in codes if one.replace("-", "") in kept.replace("-", "")]
    other = replace(SITE, secret=b"the secret of another installation")
    assert not await second_factors.is_right(world.db, person.id, code(secret, NOW), site=other, now=NOW)


async def test_five_wrong_codes_and_even_the_right_one_waits(world: World):
    secret, _ = await equipped(world, await nadia(world))
    step = (await half_way(world)).step

    for _ in range(5):
        with pytest.raises(WrongCode):
            await finish(world, step, "000000")

    with pytest.raises(WrongCode):
        await finish(world, step, code(secret, NOW))
    assert await finish(world, step, code(secret, NOW + 2 * STEP), NOW + 2 * STEP)


async def test_the_second_step_is_over_after_ten_minutes_and_with_another_password(world: World):
    person = await nadia(world)
    secret, _ = await equipped(world, person)
    step, late = (await half_way(world)).step, NOW + timedelta(minutes=10)

    with pytest.raises(SecondStepOver):
        await finish(world, step, code(secret, late), late)
    new = "cinq mots qui ne riment pas"
    await password_links.change(world.db, new, new, by=person, but=person.id, now=NOW)
    with pytest.raises(SecondStepOver):
        await finish(world, step, code(secret, NOW))
    for forged in ("", "x", f"{person.id.hex}.99999999999.{'0' * 64}", f"{world.manager.id.hex}{step[32:]}", "é.1.é"):
        with pytest.raises(SecondStepOver):
            await finish(world, forged, code(secret, NOW))


async def test_a_role_that_must_have_one_gets_it_before_anything_opens(world: World):
    await nadia(world, Role.MANAGER)

    found = await half_way(world, STRICT)
    opened = await finish(world, found.step, code(found.draft.secret, NOW), terms=STRICT)

    assert len(opened.codes) == 10
    assert (await half_way(world, STRICT)).draft is None, "from now on it is asked for"
    with pytest.raises(FactorNeeded):
        await second_factors.give_up(world.db, by=opened.staff, terms=STRICT, now=NOW)


async def test_who_has_one_is_told_by_mail_when_it_goes(world: World):
    person = await nadia(world)
    await equipped(world, person)

    await second_factors.give_up(world.db, by=person, terms=USUAL, now=NOW)

    assert isinstance(await say(world), Opened)
    async with world.db.reading() as tx:
        told = await tx.rows(select(tables.staff_messages.c.kind))
    assert [row.kind for row in told] == ["factor_changed", "factor_changed"]
