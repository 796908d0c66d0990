"""Roles: given, ended, entrusted; and one that is over is none."""

import asyncio
from datetime import date, timedelta

import pytest
from sqlalchemy import insert, update
from sqlalchemy.exc import IntegrityError

from booking.domain.errors import InvalidField, LastAdministrator, NotAllowed, NotFound, RoleHeld
from booking.domain.identifiers import new_id
from booking.domain.roles import Span
from booking.domain.staff import Right, Role, Staff
from booking.services import delegating, doctor, roles
from booking.storage import staff
from booking.storage.tables import audit, staff_roles
from booking.storage.tables import staff as people
from tests.given import DAY, NOW, World

TODAY = date(2026, 10, 19)
WEEK = Span(first_on=TODAY, last_on=TODAY + timedelta(days=6))


async def asked(world: World, person: Staff, days: float = 0) -> Staff:
    """The person as a door meets him so many days from now."""
    async with world.db.reading() as tx:
        return await staff.load(tx, person.id, NOW + days * DAY)


async def refused(field: str, deed: object) -> str:
    with pytest.raises(InvalidField) as refusal:
        await deed
    return refusal.value.facts["fields"][field]


async def give(world: World, who: Staff, role: Role, span: Span = WEEK, by: Staff | None = None):
    by = by or world.manager
    return await roles.give(world.db, world.agency.id, who.sign_in_name, role, span, by=by, now=NOW)


async def test_a_role_counts_from_its_first_to_its_last_day(world: World):
    later = Span(first_on=TODAY + timedelta(days=1), last_on=TODAY + timedelta(days=2))

    await give(world, world.adviser, Role.FACILITATOR, later)

    may = [(await asked(world, world.adviser, days)).may(Right.MARK, world.agency.id) for days in (0, 1, 2, 3)]
    assert may == [False, True, True, False]


async def test_a_role_that_is_ended_is_none_at_once(world: World):
    held = await give(world, world.adviser, Role.MANAGER)

    await roles.end(world.db, held.id, by=world.manager, now=NOW)

    assert not (await asked(world, world.adviser)).may(Right.PLAN, world.agency.id)


async def test_a_civic_service_has_an_end(world: World):
    zoe = await world.staff(Role.FACILITATOR, world.agency, "Zoé")

    assert await refused("last_on", give(world, zoe, Role.ASSISTANT, Span())) == "service-needs-end"
    with pytest.raises(IntegrityError, match="assistant_ends"):
        async with world.db.transaction() as tx:
            new = {"id": new_id(NOW), "staff_id": zoe.id, "agency_id": world.agency.id, "role": Role.ASSISTANT}
            await tx.run(insert(staff_roles).values(new))


async def test_a_manager_gives_what_is_his_to_give_and_only_in_his_agency(world: World):
    lyon = await world.another_agency()

    for role in (Role.AUDITOR, Role.ADMINISTRATOR):
        with pytest.raises(NotAllowed):
            await give(world, world.adviser, role)
    with pytest.raises(NotAllowed):
        await give(world, world.adviser, Role.MANAGER, by=world.adviser)
    with pytest.raises(NotFound):
        await roles.give(world.db, lyon.id, "nadia", Role.ADVISER, WEEK, by=world.manager, now=NOW)
    with pytest.raises(NotAllowed):
        await roles.give(world.db, None, "nadia", Role.ADVISER, WEEK, by=world.manager, now=NOW)


async def test_what_is_typed_wrong_is_said_beside_its_field(world: World):
    nobody = roles.give(world.db, world.agency.id, "personne", Role.ADVISER, WEEK, by=world.manager, now=NOW)
    backwards = Span(first_on=TODAY + timedelta(days=3), last_on=TODAY)

    hidden = roles.give(world.db, world.agency.id, "na\x00dia", Role.ADVISER, WEEK, by=world.manager, now=NOW)

    assert await refused("sign_in_name", hidden) == "bad-characters"
    assert await refused("sign_in_name", nobody) == "nobody-signs-in-so"
    assert await refused("role", give(world, world.adviser, Role.ADVISER)) == "role-held"
    assert await refused("last_on", give(world, world.adviser, Role.MANAGER, backwards)) == "ends-before-it-starts"


async def test_somebody_always_administers_the_network(world: World):
    odile = await world.staff(Role.ADMINISTRATOR, None, "Odile")
    (held,) = (await roles.of_network(world.db, by=odile, now=NOW)).held

    with pytest.raises(LastAdministrator):
        await roles.end(world.db, held.id, by=odile, now=NOW)

    await roles.give(world.db, None, "marion", Role.ADMINISTRATOR, Span(), by=odile, now=NOW)
    await roles.end(world.db, held.id, by=odile, now=NOW)


async def entrust(world: World, by: Staff, to: Staff, span: Span = WEEK):
    return await delegating.entrust(world.db, world.agency.id, to.id, span, by=by, now=NOW)


async def test_who_is_away_lets_a_colleague_act_and_it_ends_by_itself(world: World):
    await entrust(world, world.manager, world.adviser)

    may = [(await asked(world, world.adviser, days)).may(Right.PLAN, world.agency.id) for days in (0, 6, 7)]
    assert may == [True, True, False]
    assert await doctor.examine(world.db, now=NOW) == []


async def test_both_are_named_in_the_audit(world: World):
    await entrust(world, world.manager, world.adviser)

    async with world.db.reading() as tx:
        lines = await tx.rows(audit.select().where(audit.c.action == "entrusted"))
    said = {(line.noun_id, line.details.get("to"), line.details.get("from")) for line in lines}
    nadia, marion = world.adviser.id, world.manager.id
    assert said == {(marion, str(nadia), None), (nadia, None, str(marion))}


async def test_nobody_passes_on_what_he_does_not_hold(world: World):
    await entrust(world, world.manager, world.adviser)
    zoe = await world.staff(Role.ASSISTANT, world.agency, "Zoé")
    acting = await asked(world, world.adviser)

    given = await entrust(world, acting, world.facilitator)

    assert [one.role for one in given] == [Role.ADVISER]  # his own, and not the manager's
    with pytest.raises(NotAllowed):
        await entrust(world, zoe, world.facilitator)


async def test_the_end_of_the_right_is_the_end_of_the_delegation(world: World):
    await entrust(world, world.manager, world.adviser)

    async with world.db.transaction() as tx:
        mine = staff_roles.c.staff_id == world.manager.id
        await tx.run(update(staff_roles).where(mine).values(ends_at=NOW + DAY))
    may = [(await asked(world, world.adviser, days)).may(Right.PLAN, world.agency.id) for days in (0.5, 2)]
    assert may == [True, False]

    async with world.db.transaction() as tx:
        await tx.run(update(people).where(people.c.id == world.manager.id).values(disabled_at=NOW))
    assert not (await asked(world, world.adviser)).may(Right.PLAN, world.agency.id)


async def test_what_was_entrusted_can_be_taken_back_by_its_owner_only(world: World):
    (held,) = await entrust(world, world.manager, world.adviser)

    with pytest.raises(NotFound):
        await delegating.take_back(world.db, held.id, by=world.adviser, now=NOW)
    await delegating.take_back(world.db, held.id, by=world.manager, now=NOW)

    assert not (await asked(world, world.adviser)).may(Right.PLAN, world.agency.id)


async def test_a_delegation_stays_in_the_agency_and_within_three_months(world: World):
    sonia = await world.staff(Role.MANAGER, await world.another_agency(), "Sonia")
    long = Span(first_on=TODAY, last_on=TODAY + timedelta(days=120))

    assert await refused("to", entrust(world, world.manager, sonia)) == "not-a-colleague"
    assert await refused("last_on", entrust(world, world.manager, world.adviser, long)) == "delegation-too-long"
    assert await refused("first_on", entrust(world, world.manager, world.adviser, Span())) == "required"
    with pytest.raises(NotFound):
        await entrust(world, sonia, world.adviser)


async def test_the_database_lets_nobody_entrust_another_role_than_his(world: World):
    (held,) = await entrust(world, world.manager, world.adviser)

    with pytest.raises(IntegrityError):
        async with world.db.transaction() as tx:
            more = update(staff_roles).where(staff_roles.c.id == held.id).values(role=Role.ADMINISTRATOR)
            await tx.run(more)


@pytest.mark.parametrize("url", ["postgresql"], indirect=True)
async def test_two_who_end_each_others_role_do_not_leave_the_network_alone(world: World):
    odile, agnes = [await world.staff(Role.ADMINISTRATOR, None, name) for name in ("Odile", "Agnès")]
    held = {one.staff_id: one.id for one in (await roles.of_network(world.db, by=odile, now=NOW)).held}

    ends = [roles.end(world.db, held[whom.id], by=by, now=NOW) for whom, by in ((odile, agnes), (agnes, odile))]
    done = await asyncio.gather(*ends, return_exceptions=True)

    assert [type(one) for one in done].count(LastAdministrator) == 1


async def test_the_same_role_given_twice_at_once_is_held_once(world: World):
    both = [give(world, world.adviser, Role.FACILITATOR, Span()) for _ in range(2)]

    done = await asyncio.gather(*both, return_exceptions=True)

    assert [type(one) for one in done if isinstance(one, Exception)] in ([RoleHeld], [InvalidField])
