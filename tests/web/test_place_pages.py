"""The pages of rooms, closures and outages."""

from datetime import time

import pytest

from booking.domain.hours import Span
from booking.domain.staff import Role
from booking.services import places
from booking.web.pages.week_hours import in_short
from tests.given import NOW, World, in_days, meeting
from tests.given_places import WORKING_HOURS, day_in
from tests.web.given import Browser, Browsers, text

ROOM = {"name": "Chartreuse", "seats": "9", "workstations": "8"}
MONDAY = {"opening_hours.0.1.opens": "09:00", "opening_hours.0.1.closes": "12:00"}


@pytest.fixture
async def marion(world: World, browsers: Browsers) -> Browser:
    return await browsers.of(world.manager)


async def place(world: World) -> places.Place:
    return await places.show(world.db, world.agency.id, by=world.manager, now=NOW)


def here(world: World, **more: str) -> dict[str, str]:
    return {"agency": str(world.agency.id), "slug": world.agency.slug} | more


def days(world: World, first: int, last: int, **more: str) -> dict[str, str]:
    return here(world, first_on=str(day_in(first)), last_on=str(day_in(last)), because="Travaux", **more)


async def test_the_page_lists_rooms_and_says_that_all_is_well(marion: Browser):
    page = text(await marion.get("/salles"))

    assert "Vercors 12 places assises 10 postes" in page
    assert "Aux heures de l’agence" in page
    assert "Aucune fermeture à venir" in page and "Tout fonctionne" in page


async def test_a_room_is_added_with_two_spans_on_a_day(world: World, marion: Browser):
    afternoon = {"opening_hours.0.2.opens": "13:30", "opening_hours.0.2.closes": "17:00"}

    page = await marion.after(await marion.post("/salles/nouvelle", here(world) | ROOM | MONDAY | afternoon))

    assert "La salle est enregistrée" in text(page)
    assert "lundi 9 h–12 h, 13 h 30–17 h" in text(page)


def test_days_with_the_same_hours_are_said_together():
    tuesday, friday = Span(1, time(9), time(12)), Span(4, time(9), time(12))
    week = [*WORKING_HOURS, Span(5, time(9), time(12))]

    assert [(one.first, one.last, len(one.spans)) for one in in_short(week)] == [(0, 4, 2), (5, 5, 1)]
    assert [(one.first, one.last) for one in in_short([friday, tuesday])] == [(1, 1), (4, 4)]
    assert in_short([]) == []


async def test_a_room_is_changed_and_its_form_shows_what_it_is(world: World, marion: Browser):
    address = f"/salles/{world.room.id}/modifier"
    await marion.post(address, ROOM | MONDAY | {"has_hearing_loop": "1"})

    form = (await marion.get(address)).text

    assert 'value="Chartreuse"' in form and 'value="09:00"' in form
    assert 'name="has_hearing_loop" value="1" checked' in form
    assert 'name="has_step_free_access" value="1" checked' not in form


async def test_what_is_wrong_with_an_hour_is_told_beside_it_and_nothing_is_lost(world: World, marion: Browser):
    tuesday = {"opening_hours.1.1.opens": "12:00", "opening_hours.1.1.closes": "10:00"}
    friday = {"opening_hours.4.2.opens": "13:00", "opening_hours.4.2.closes": ""}

    late = await marion.post("/salles/nouvelle", here(world) | ROOM | MONDAY | tuesday)
    half = await marion.post("/salles/nouvelle", here(world) | ROOM | friday)

    assert late.status_code == half.status_code == 422
    assert 'id="e-opening_hours.1.1.opens"' in late.text and 'value="10:00"' in late.text
    assert 'id="e-opening_hours.4.2.closes"' in half.text and 'value="13:00"' in half.text


@pytest.mark.parametrize("wrong", [{"seats": "beaucoup"}, {"name": ""}, {"workstations": "0"}, {"seats": ""}])
async def test_a_room_that_cannot_be_is_refused_beside_its_field(world: World, marion: Browser, wrong):
    answer = await marion.post("/salles/nouvelle", here(world) | ROOM | wrong)

    assert answer.status_code == 422 and f'id="e-{next(iter(wrong))}"' in answer.text


async def test_a_room_in_use_is_not_archived_and_the_sessions_are_links(world: World, marion: Browser):
    session = await world.session(meeting(in_days(14), room_id=world.room.id))

    answer = await marion.post(f"/salles/{world.room.id}/modifier", ROOM | {"action": "archive"})

    assert answer.status_code == 409
    assert "Des sessions à venir en dépendent encore" in text(answer)
    assert f'href="/sessions/{session.id}"' in answer.text


async def test_a_room_is_archived_and_comes_back(world: World, marion: Browser):
    address = f"/salles/{world.room.id}/modifier"

    archived = await marion.after(await marion.post(address, {"action": "archive"}))
    back = await marion.after(await marion.post(address, {"action": "restore"}))

    assert "Archivée" in text(archived) and "Archivée" not in text(back)


async def test_a_closure_names_what_is_planned_and_is_taken_back(world: World, marion: Browser):
    session = await world.session()

    page = await marion.after(await marion.post("/salles/fermetures/nouvelle", days(world, 13, 15)))
    closure = (await place(world)).closed[0].closure
    after = await marion.after(await marion.post(f"/salles/fermetures/{closure.id}/retirer", here(world)))

    assert "La fermeture est enregistrée" in text(page)
    assert "Une séance déjà prévue est concernée. Elle n’est pas changée." in text(page)
    assert f'href="/sessions/{session.id}"' in page.text
    assert "Aucune fermeture à venir" in text(after)


async def test_one_day_needs_no_last_day(world: World, marion: Browser):
    await marion.post("/salles/fermetures/nouvelle", days(world, 13, 15) | {"last_on": ""})

    closure = (await place(world)).closed[0].closure
    assert closure.first_on == closure.last_on == day_in(13)


@pytest.mark.parametrize(
    "wrong", [{"first_on": "demain"}, {"because": ""}, {"last_on": "2020-01-01"}, {"first_on": "0001-01-01"}]
)
async def test_a_closure_that_says_nothing_is_refused_and_kept(world: World, marion: Browser, wrong):
    said = days(world, 13, 15) | wrong

    answer = await marion.post("/salles/fermetures/nouvelle", said)

    assert answer.status_code == 422 and f'id="e-{next(iter(wrong))}"' in answer.text
    assert all(f'value="{said[name]}"' in answer.text for name in ("first_on", "last_on", "because"))


async def test_a_broken_workstation_is_told_and_repaired(world: World, marion: Browser):
    await world.session(meeting(in_days(14), room_id=world.room.id), capacity=10)
    form = days(world, -1, 20, room_id=str(world.room.id), workstations="1")

    page = await marion.after(await marion.post("/salles/pannes/nouvelle", form))
    outage = (await place(world)).out_of_order[0].outage
    after = await marion.after(await marion.post(f"/salles/pannes/{outage.id}/terminer", here(world)))

    assert "Vercors : 1 poste en panne" in text(page) and "Une séance déjà prévue est concernée" in text(page)
    assert "Tout fonctionne" in text(after)


async def test_an_outage_needs_a_room_and_a_number(world: World, marion: Browser):
    answer = await marion.post("/salles/pannes/nouvelle", days(world, 1, 2))

    assert answer.status_code == 422
    assert 'id="e-room_id"' in answer.text and 'id="e-workstations"' in answer.text


async def test_every_form_opens(world: World, marion: Browser):
    agency = f"agence={world.agency.slug}&salle={world.room.id}"
    for address in ("/salles/nouvelle", "/salles/fermetures/nouvelle", "/salles/pannes/nouvelle"):
        assert (await marion.get(f"{address}?{agency}")).status_code == 200, address


async def test_only_who_plans_sees_these_pages(world: World, browsers: Browsers):
    stranger = await browsers.of(await world.staff(Role.MANAGER, await world.another_agency(), "Sonia"))
    nadia = await browsers.of(world.adviser)

    assert (await nadia.get("/salles")).status_code == 403
    assert (await nadia.post("/salles/nouvelle", here(world) | ROOM)).status_code == 403
    assert "Vercors" not in text(await stranger.get(f"/salles?agence={world.agency.slug}"))
    assert (await stranger.get(f"/salles/{world.room.id}/modifier")).status_code == 404
    assert (await stranger.post("/salles/nouvelle", here(world) | ROOM)).status_code == 404
