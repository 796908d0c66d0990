"""An agency opens by a list: what is there is found, what is not needed is said."""

from dataclasses import replace

import pytest

from booking.domain.agency_settings import settings_of
from booking.domain.errors import InvalidField, NotAllowed, NotFound
from booking.domain.openings import Item, checklist
from booking.domain.policies import DEFAULT
from booking.domain.staff import Role
from booking.services import agency_settings, message_policies, openings
from tests.given import NOW, World, an_agency


def test_who_hosts_nothing_is_asked_for_no_room():
    asked = {point.item for point in checklist(an_agency(hosts=False), {}, {}).points}

    assert Item.ADVISERS in asked and not asked & {Item.ROOMS, Item.SESSIONS}


def test_a_hundred_is_all_and_nothing_less():
    all_but_one = {item: 1 for item in Item if item is not Item.LETTER}

    found = checklist(an_agency(), all_but_one, {})

    assert (found.percent, found.is_complete, found.missing) == (92, False, [Item.LETTER])


async def test_what_is_done_is_found_in_the_data(world: World):
    await world.session()
    told = replace(settings_of(world.agency), directions="Tram A")
    await agency_settings.change(world.db, world.agency.id, told, by=world.manager, now=NOW)
    await openings.try_letter(world.db, world.agency.id, by=world.manager, now=NOW)

    found = await openings.show(world.db, world.agency.id, by=world.manager, now=NOW)

    done = {point.item for point in found.checklist.points if point.is_done}
    assert done == {
        Item.ROOMS,
        Item.DIRECTIONS,
        Item.MANAGERS,
        Item.ADVISERS,
        Item.FACILITATORS,
        Item.SESSIONS,
        Item.LETTER,
    }


async def test_an_empty_agency_has_everything_before_it(world: World):
    new = await world.another_agency("Toute neuve")
    manager = await world.staff(Role.MANAGER, new, "Sonia")

    found = await openings.show(world.db, new.id, by=manager, now=NOW)

    assert [point.item for point in found.checklist.points if point.is_done] == [Item.MANAGERS]


async def test_what_is_not_needed_says_why_and_can_be_asked_again(world: World):
    await openings.leave_out(world.db, world.agency.id, Item.TEXTS, "Textes communs", by=world.manager, now=NOW)

    found = await openings.show(world.db, world.agency.id, by=world.manager, now=NOW)
    point = next(one for one in found.checklist.points if one.item is Item.TEXTS)
    assert point.is_done and point.note and point.note.because == "Textes communs"
    assert found.names[world.manager.id] == world.manager.name

    await openings.ask_again(world.db, world.agency.id, Item.TEXTS, by=world.manager, now=NOW)
    with pytest.raises(NotFound):
        await openings.ask_again(world.db, world.agency.id, Item.TEXTS, by=world.manager, now=NOW)


async def test_no_reason_leaves_nothing_out_and_advisers_leave_out_nothing(world: World):
    with pytest.raises(InvalidField):
        await openings.leave_out(world.db, world.agency.id, Item.TEXTS, " ", by=world.manager, now=NOW)
    with pytest.raises(NotAllowed):
        await openings.leave_out(world.db, world.agency.id, Item.TEXTS, "Inutile", by=world.adviser, now=NOW)


async def test_rules_that_were_taken_back_are_to_do_again(world: World):
    known = {"version": None, "by": world.manager, "now": NOW}
    await message_policies.change(world.db, world.agency.id, None, DEFAULT, **known)
    assert Item.POLICY not in (await _missing(world))

    await message_policies.change(world.db, world.agency.id, None, None, **known)

    assert Item.POLICY in (await _missing(world))


async def _missing(world: World):
    return (await openings.show(world.db, world.agency.id, by=world.manager, now=NOW)).checklist.missing
