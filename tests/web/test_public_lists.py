"""The next meetings of an agency, as a town's site shows them: a page, JSON Feed and Atom that say the same."""

import json
from dataclasses import replace

import pytest

from booking.domain.staff import Role
from booking.domain.workshops import Audience
from booking.services import scheduling
from booking.storage import workshops
from tests.given import NOW, SITE, World, a_workshop, in_days, meeting
from tests.web.given_lists import ATOM, EVERY_FORM, JSON, NAMES, PAGE, a_cycle, entries, fetched, items, rows, without


async def cancelled(world: World, session, now=NOW) -> None:
    await scheduling.cancel(world.db, session.id, because="Grève", by=world.manager, site=SITE, now=now)


async def test_a_row_says_when_what_and_where(world: World) -> None:
    await world.session(meeting(in_days(14), room_id=world.room.id))

    (row,) = await rows(world)

    assert row.startswith("lundi 2 novembre 2026, 9 h – à 11 h Premiers pas avec l’ordinateur Débutant Vercors")
    assert "Ajouter à mon agenda" in row


async def test_the_hours_are_those_of_the_place(world: World) -> None:
    far = await world.another_agency("Saint-Denis", time_zone="Indian/Reunion", department="974")
    boss = await world.staff(Role.MANAGER, far, "Rose")
    await world.session(meeting(in_days(14)), agency_id=far.id, by=boss)

    page = await fetched(world, "/agences/saint-denis/prochains")

    assert (
        "12\u00a0h" in page.text
        and "2026-11-02T12:00:00+04:00" in (await fetched(world, "/agences/saint-denis/prochains.json")).text
    )


async def test_each_meeting_of_a_cycle_says_which_it_is(world: World) -> None:
    await a_cycle(world, 1, 3, 8)

    said = [row.partition("ordinateur ")[2][:10] for row in await rows(world)]
    assert said == ["séance 1/3", "séance 2/3", "séance 3/3"]
    assert " – séance 2/3 – " in (await items(world))[1]["title"]


async def test_what_is_cancelled_is_struck_and_said_until_the_end_of_its_day(world: World) -> None:
    session = await a_cycle(world, 1, 3)
    await cancelled(world, session)

    page = (await fetched(world, PAGE)).text
    assert page.count('class="off"') == 2 and page.count("<s>") == 4 and "Ajouter à mon agenda" not in page
    assert [row.startswith("Annulé") for row in await rows(world)] == [True, True]
    assert [one["_seance"]["cancelled"] for one in await items(world)] == [True, True]
    assert all(one.findtext("a:title", "", NAMES).startswith("ANNULÉ – ") for one in await entries(world))
    assert (await fetched(world, PAGE, days=2)).text.count('class="off"') == 1


async def test_a_meeting_that_was_removed_is_shown_as_cancelled(world: World) -> None:
    session = await a_cycle(world, 1, 3)
    await without(world, session, 2, now=NOW)

    first, second = await items(world)

    assert (first["_seance"]["cancelled"], first["_seance"]["meetings"]) == (False, 1)
    assert (second["_seance"]["cancelled"], second["_seance"]["position"]) == (True, None)
    assert second["id"] == f"urn:uuid:{session.meetings[1].id}"


async def test_a_draft_is_not_shown_and_leaves_no_trace_when_it_is_given_up(world: World) -> None:
    draft = await world.draft()
    await cancelled(world, draft)
    await world.draft(meeting(in_days(15)))

    assert (await items(world), await entries(world), await rows(world)) == ([], [], [])


async def test_what_staff_learn_is_not_for_a_town(world: World) -> None:
    inside = a_workshop("Former les agents", audience=Audience.STAFF)
    async with world.db.transaction() as tx:
        await workshops.add(tx, inside)
    await world.session(workshop_id=inside.id)

    assert await items(world) == []


async def test_the_three_forms_say_the_same_and_it_is_what_the_calendar_says(world: World) -> None:
    await a_cycle(world, 1, 3, 8)
    await cancelled(world, await world.session(meeting(in_days(2))))

    listed = [one["id"] for one in await items(world)]
    calendar = (await fetched(world, "/ical/agences/grenoble-bastille/ateliers.ics")).text
    uids = [line[4:].strip() for line in calendar.splitlines() if line.startswith("UID:")]

    assert [one.findtext("a:id", "", NAMES) for one in await entries(world)] == listed
    assert [f"urn:uuid:{uid.partition('@')[0]}" for uid in uids] == listed
    assert len(await rows(world)) == 4


async def test_nothing_to_come_is_said(world: World) -> None:
    page = await fetched(world, PAGE)

    assert page.status_code == 200 and "Aucune date pour l’instant." in page.text
    assert json.loads((await fetched(world, JSON)).content)["items"] == []


@pytest.mark.parametrize("path", EVERY_FORM)
async def test_who_publishes_nothing_is_as_unknown_as_who_does_not_exist(world: World, path: str) -> None:
    await world.another_agency("Lyon", publishes=False)

    hidden = await fetched(world, path.replace("grenoble-bastille", "lyon"))
    unknown = await fetched(world, path.replace("grenoble-bastille", "inconnue"))

    assert (hidden.status_code, hidden.content) == (404, unknown.content)
    differing = {name for name in hidden.headers if hidden.headers[name] != unknown.headers[name]}
    assert not differing and "etag" not in hidden.headers


async def test_the_page_leads_to_the_whole_calendar_in_every_form(world: World) -> None:
    page = (await fetched(world, f"{PAGE}?nombre=3&langue=en")).text

    for address in (
        "webcal://ateliers.example/ical/agences/grenoble-bastille/ateliers.ics",
        "https://ateliers.example/ical/agences/grenoble-bastille/ateliers.ics",
        f"https://ateliers.example{JSON}?nombre=3&amp;langue=en",
        f"https://ateliers.example{ATOM}?nombre=3&amp;langue=en",
    ):
        assert f'href="{address}"' in page


async def test_a_title_cannot_become_markup(world: World) -> None:
    wild = a_workshop("<b>Œuvre</b> & « \u2028 » 💧")
    async with world.db.transaction() as tx:
        await workshops.add(tx, replace(wild, theme="<script>"))
    await world.session(workshop_id=wild.id)

    page = (await fetched(world, PAGE)).text
    (entry,) = await entries(world)

    assert "<b>Œuvre" not in page and "&lt;b&gt;Œuvre" in page
    assert entry.findtext("a:title", "", NAMES).startswith("<b>Œuvre</b> & «")
    assert (await items(world))[0]["tags"] == ["<script>"]
