"""The catalogue: what comes before what, and what is laid aside."""

from dataclasses import replace

import pytest

from booking.domain.errors import InvalidField, WorkshopArchived
from booking.domain.identifiers import new_id
from booking.domain.sessions import SessionState
from booking.domain.workshops import Colour, Skill, Workshop
from booking.services import catalogues, lookups, scheduling
from tests.given import NOW, SITE, World, a_workshop


async def added(world: World, title: str, *after: Workshop, **known: object) -> Workshop:
    workshop = a_workshop(title, after=tuple(one.id for one in after), **known)
    return await scheduling.add_workshop(world.db, workshop, by=world.manager, now=NOW)


async def change(world: World, workshop: Workshop, **known: object) -> Workshop:
    after = replace(workshop, **known)
    return await scheduling.change_workshop(world.db, after, by=world.manager, site=SITE, now=NOW)


async def test_an_entry_keeps_its_colour_its_theme_and_what_it_asks_for(world: World) -> None:
    skills = (Skill.READS_FRENCH, Skill.USES_MOUSE)
    written = await added(world, "Internet", world.workshop, colour=Colour.OCHRE, theme_code="NUM-1", skills=skills)

    found = await catalogues.show(world.db, written.id)

    assert (found.colour, found.theme_code, found.skills) == (Colour.OCHRE, "NUM-1", skills)
    assert found.after == (world.workshop.id,)


async def test_an_entry_knows_what_comes_before_it_and_what_it_opens(world: World) -> None:
    internet = await added(world, "Internet", world.workshop)
    search = await added(world, "Offres en ligne", internet)
    await added(world, "Ancien", internet, archived_at=NOW)

    entry = await catalogues.entry(world.db, internet.id)

    assert [one.id for one in entry.before] == [world.workshop.id]
    assert [one.id for one in entry.next] == [search.id]


async def test_workshops_cannot_each_come_before_the_other(world: World) -> None:
    internet = await added(world, "Internet", world.workshop)

    with pytest.raises(InvalidField) as refused:
        await change(world, world.workshop, after=(internet.id,))

    assert refused.value.facts["fields"] == {"after": "comes-round"}


async def test_a_workshop_that_does_not_exist_cannot_come_before(world: World) -> None:
    with pytest.raises(InvalidField) as refused:
        await change(world, world.workshop, after=(new_id(NOW),))

    assert refused.value.facts["fields"] == {"after": "unknown-choice"}


async def test_an_archived_workshop_is_not_planned_and_its_sessions_stay(world: World) -> None:
    session = await world.session()

    await change(world, world.workshop, archived_at=NOW)

    with pytest.raises(WorkshopArchived):
        await world.draft()
    listed = await lookups.session(world.db, session.id, by=world.adviser)
    assert listed.session.state is SessionState.OPEN


async def test_a_workshop_that_was_brought_back_is_planned_again(world: World) -> None:
    await change(world, world.workshop, archived_at=NOW)

    await change(world, world.workshop, archived_at=None)

    assert (await world.draft()).workshop_id == world.workshop.id
