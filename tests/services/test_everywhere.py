"""Search everywhere: each kind is found by its words, and nobody is shown what lies outside his agencies."""

from dataclasses import replace

from booking.domain.staff import Role, Staff
from booking.services import everywhere, job_seekers, partners, scheduling
from booking.services.everywhere import Found
from booking.services.job_seekers import PersonSaid
from tests.given import NOW, SITE, World, a_workshop, in_days, meeting
from tests.given_partners import a_partner


async def found(world: World, said: str, by: Staff | None = None) -> Found:
    return await everywhere.find(world.db, said, by=by or world.adviser, now=NOW, most=5)


async def test_a_few_words_find_each_kind(world: World):
    tables = a_workshop("Tableur : les bases")
    await scheduling.add_workshop(world.db, tables, by=world.manager, now=NOW)
    person = await world.job_seeker("Grenat", first_name="Tabitha")
    session = await world.session(workshop_id=tables.id)
    partner = a_partner("Tablettes et compagnie")
    await partners.add(world.db, partner, by=world.manager, now=NOW)

    by_tab, by_agency = await found(world, "tab"), await found(world, "BASTILLE")

    assert [one.id for one in by_tab.people] == [person.id]
    assert [one.id for one in by_tab.sessions] == [session.id]
    assert [one.key for one in by_tab.workshops] == [tables.id]
    assert [one.key for one in by_tab.partners] == [partner.id]
    assert [one.key for one in by_agency.agencies] == [world.agency.slug]


async def test_every_word_must_be_meant_by_the_workshop_or_the_place_of_a_session(world: World):
    session = await world.session()

    both, neither = await found(world, "ordinateur bastille"), await found(world, "ordinateur paris")

    assert [one.id for one in both.sessions] == [session.id]
    assert neither.sessions == []


async def test_nobody_is_shown_what_lies_outside_his_agencies(world: World):
    lyon = await world.another_agency("Lyon Bastille")
    stranger = await world.staff(Role.ADVISER, lyon, "Léa")
    await world.job_seeker("Bastillac")
    here = await world.session()
    closed = replace(a_partner("Bastille Connectée"), agency_ids=(world.agency.id,))
    await partners.add(world.db, closed, by=await world.staff(Role.ADMINISTRATOR, None, "Odile"), now=NOW)

    seen = await found(world, "bastil", by=stranger)

    mine = await found(world, "bastil")
    assert ([one.id for one in mine.sessions], len(mine.people), len(mine.partners)) == ([here.id], 1, 1)
    assert (seen.people, seen.sessions, seen.partners) == ([], [], [])
    assert [one.key for one in seen.agencies] == [lyon.slug]


async def test_who_sees_no_people_in_lists_finds_no_name(world: World):
    await world.job_seeker("Bouchet")
    little = [await world.staff(role, world.agency, role.value) for role in (Role.ASSISTANT, Role.AUDITOR)]

    assert [(await found(world, "bouchet", by=one)).people for one in (*little, world.facilitator)] == [(), (), ()]


async def test_names_are_shown_only_where_the_role_shows_people(world: World):
    """Somebody who advises in one agency and helps in another knows no name there."""
    lyon = await world.another_agency()
    his = await world.staff(Role.ADVISER, lyon, "Léo")
    both = replace(his, roles=his.roles | {(world.agency.id, Role.ASSISTANT), (None, Role.AUDITOR)})
    await world.job_seeker("Bouchet")
    said = PersonSaid(first_name="Ana", last_name="Bouchard")
    known = await job_seekers.register(world.db, lyon.id, said, by=his, now=NOW)

    seen = await found(world, "bouch", by=both)

    assert [one.id for one in seen.people] == [known.id]


async def test_drafts_are_found_by_who_plans_there(world: World):
    draft = await world.draft()

    assert [one.id for one in (await found(world, "ordinateur", by=world.manager)).sessions] == [draft.id]
    assert (await found(world, "ordinateur")).sessions == []


async def test_what_is_over_called_off_or_laid_aside_is_not_found(world: World):
    off = await world.session()
    await scheduling.cancel(world.db, off.id, because="Travaux", by=world.manager, site=SITE, now=NOW)
    await world.session(meeting(in_days(1)))
    gone = replace(a_workshop("Ordinateur d’hier"), archived_at=NOW)
    await scheduling.add_workshop(world.db, gone, by=world.manager, now=NOW)

    later = await everywhere.find(world.db, "ordinateur", by=world.adviser, now=in_days(2), most=5)

    assert later.sessions == []
    assert [one.key for one in later.workshops] == [world.workshop.id]


async def test_who_works_for_the_whole_network_finds_everything_open(world: World):
    lyon, odile = await world.another_agency(), await world.staff(Role.ADMINISTRATOR, None, "Odile")
    session = await world.session(agency_id=lyon.id, by=odile)
    await partners.add(world.db, replace(a_partner("Lyon Solidaire"), agency_ids=(lyon.id,)), by=odile, now=NOW)

    seen = await found(world, "lyon", by=odile)

    assert [one.id for one in seen.sessions] == [session.id]
    assert ([one.key for one in seen.agencies], len(seen.partners)) == ([lyon.slug], 1)


async def test_a_partner_is_found_by_its_new_name_and_no_longer_by_the_old(world: World):
    partner = a_partner("Ancien nom")
    await partners.add(world.db, partner, by=world.manager, now=NOW)
    renamed = replace(partner, name="Autre nom")
    await partners.change(world.db, renamed, version=0, by=world.manager, now=NOW)

    assert (await found(world, "ancien")).partners == []
    assert [one.name for one in (await found(world, "autre")).partners] == ["Autre nom"]


async def test_nothing_is_asked_for_nothing(world: World):
    assert await found(world, "  -- ") == Found()
