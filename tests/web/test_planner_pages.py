"""The planner's page: a wish keeps what was typed, the preview writes nothing, the buttons below it write all."""

import re

import pytest

from booking.storage import sessions
from tests.given import NOW, World, in_days, meeting
from tests.web.given import text

PAGE = "/sessions/planifier"


def typed(world: World, **more: object) -> dict[str, object]:
    said = {"agency": str(world.agency.id), "workshop": str(world.workshop.id), "first": "2026-10-27", "count": "3"}
    said |= {"starts": "09:30", "ends": "11:30", "every": "1", "room": str(world.room.id), "steps_over_closed": "1"}
    said |= {"facilitator": str(world.facilitator.id), "capacity": "", "action": "preview"}
    return said | {name.replace("__", "."): value for name, value in more.items()}


def fields(answer) -> dict[str, str]:
    """What a browser would send back of the proposals: hidden fields, ticked boxes, days."""
    found = {}
    for tag in re.findall(r"<input[^>]*>", answer.text):
        said = dict(re.findall(r'(\w+)="([^"]*)"', tag))
        name = said.get("name", "")
        if name == "seen" or name.startswith(("row.", "on.")) or (name.startswith("keep.") and " checked" in tag):
            found[name] = said["value"]
    return found


async def written(world: World) -> int:
    async with world.db.reading() as tx:
        return len(await sessions.upcoming_at(tx, [world.agency.id], NOW))


@pytest.fixture
async def browser(world, browsers):
    return await browsers.of(world.manager)


async def look(browser, world, **more):
    answer = await browser.post(PAGE, typed(world, **more))
    assert answer.status_code == 200, text(answer)
    return answer


async def test_the_form_begins_with_holidays_stepped_over(world, browser):
    answer = await browser.get(f"{PAGE}?agence={world.agency.slug}")

    assert answer.status_code == 200 and "Vercors" in answer.text and "Karim" in answer.text
    assert 'name="steps_over_closed" value="1" checked' in answer.text


async def test_the_preview_shows_the_dates_and_writes_nothing(world, browser):
    answer = await look(browser, world)

    assert "mardi 27 octobre 2026" in text(answer) and "mardi 10 novembre 2026" in text(answer)
    assert "Rien n’est encore enregistré. Tout est possible." in text(answer)
    assert await written(world) == 0


async def test_the_calendar_marks_meetings_and_holidays_with_words(world, browser):
    answer = await look(browser, world, first="2026-11-04")

    assert "Jours sautés : 11 nov. (Armistice)" in text(answer)
    assert "Jour férié : Armistice" in text(answer)
    assert 'aria-labelledby="calendar"' in answer.text and 'href="#row-1"' in answer.text


@pytest.mark.parametrize(("action", "said"), [("save", "Brouillons enregistrés"), ("publish", "Publié")])
async def test_what_was_looked_at_is_written(world, browser, action, said):
    seen = fields(await look(browser, world))

    page = await browser.after(await browser.post(PAGE, typed(world, action=action) | seen))

    assert f"{said} : 3 sessions, 3 séances." in text(page)
    assert await written(world) == 3
    assert 'value="09:30"' in page.text and 'value="2026-10-27"' in page.text


async def test_a_cycle_is_one_session(world, browser):
    seen = fields(await look(browser, world, shape="cycle"))

    page = await browser.after(await browser.post(PAGE, typed(world, shape="cycle", action="save") | seen))

    assert "1 session, 3 séances." in text(page) and await written(world) == 1


async def test_nothing_is_written_without_a_preview(world, browser):
    answer = await browser.post(PAGE, typed(world, action="publish"))

    assert answer.status_code == 409 and "Le plan n’est plus celui que vous avez vu" in text(answer)
    assert await written(world) == 0


async def test_a_wish_changed_after_the_preview_is_shown_first(world, browser):
    seen = fields(await look(browser, world))

    answer = await browser.post(PAGE, typed(world, action="publish", starts="10:00") | seen)

    assert answer.status_code == 409 and await written(world) == 0


async def test_a_meeting_that_is_unticked_is_left_out(world, browser):
    seen = fields(await look(browser, world))
    seen.pop("keep.2026-11-03")

    again = await browser.post(PAGE, typed(world) | seen)
    await browser.post(PAGE, typed(world, action="save") | seen)

    assert "Laissée de côté" in text(again) and await written(world) == 2


@pytest.fixture
async def clash(world):
    """Somebody is in the room on the second Tuesday."""
    return await world.draft(meeting(in_days(15, 1), room_id=world.room.id))


async def test_a_clash_is_named_with_its_repairs(world, browser, clash):
    answer = await look(browser, world)

    assert "1 séance à réparer" in text(answer)
    assert "La salle est prise par « Premiers pas avec l’ordinateur »." in text(answer)
    assert 'name="repair.2026-11-03" value="day:2026-11-04"' in answer.text


async def test_a_clash_that_stays_is_refused_beside_its_meeting(world, browser, clash):
    seen = fields(await look(browser, world))

    answer = await browser.post(PAGE, typed(world, action="save") | seen)

    assert answer.status_code == 409 and "Séance 2 : La salle est déjà prise" in text(answer)
    assert 'id="e-on.2026-11-03"' in answer.text and await written(world) == 1


async def test_a_repair_is_chosen_and_written(world, browser, clash):
    chosen = fields(await look(browser, world)) | {"repair.2026-11-03": "day:2026-11-04"}

    again = await browser.post(PAGE, typed(world) | chosen)
    await browser.post(PAGE, typed(world, action="save") | chosen)

    assert "mercredi 4 novembre 2026 au lieu du 3 nov." in text(again)
    assert await written(world) == 4


async def test_the_first_repairs_are_chosen_everywhere(world, browser, clash):
    chosen = fields(await look(browser, world))

    answer = await browser.post(PAGE, typed(world, action="repair") | chosen)

    assert "Tout est possible" in text(answer) and await written(world) == 1


async def test_a_holiday_that_is_kept_needs_a_reason(world, browser):
    wish = {"first": "2026-11-11", "count": "1", "steps_over_closed": ""}
    seen = fields(await look(browser, world, **wish))

    refused = await browser.post(PAGE, typed(world, action="save", **wish) | seen)
    await browser.post(PAGE, typed(world, action="save", because="Forum", **wish) | seen)

    assert refused.status_code == 409 and 'id="f-because"' in refused.text
    assert await written(world) == 1


@pytest.mark.parametrize(
    ("wrong", "field", "said"),
    [
        ({"ends": "09:00"}, "ends", "La fin doit venir après le début"),
        ({"first": "2026-10-18"}, "first", "Cette date est passée"),
        ({"first": "29/02/2027"}, "first", "Cette date n’existe pas"),
        ({"first": "demain"}, "first", "Écrivez une date comme 24/11/2026"),
        ({"first": "2026-11-11", "last": "2026-11-12"}, "last", "Il ne reste aucun jour"),
        ({"count": ""}, "count", "obligatoire"),
        ({"count": "beaucoup"}, "count", "nombre entier"),
        ({"workshop": ""}, "workshop", "obligatoire"),
        ({"starts": "midi"}, "starts", "Écrivez une heure comme 9:30"),
        ({"capacity": "0"}, "capacity", "hors des limites"),
    ],
)
async def test_what_is_wrong_stands_beside_its_field_and_is_kept(world, browser, wrong, field, said):
    answer = await browser.post(PAGE, typed(world, **wrong))

    assert answer.status_code == 422
    beside = re.search(rf'id="e-{field}">([^<]*)', answer.text)
    assert beside and said in beside.group(1)
    assert all(f'value="{value}"' in answer.text for value in wrong.values() if value)


async def test_a_room_of_another_agency_is_refused(world, browser):
    answer = await browser.post(PAGE, typed(world, room=str(world.workshop.id)))

    assert answer.status_code == 422 and 'id="e-room"' in answer.text


async def test_an_hour_that_does_not_exist_stands_beside_its_meeting(world, browser):
    night = {"first": "2027-03-28", "count": "1", "starts": "02:30", "ends": "04:00"}
    looked = await look(browser, world, **night)

    answer = await browser.post(PAGE, typed(world, action="save", **night) | fields(looked))

    assert "Cette heure n’existe pas ce jour-là" in text(looked)
    assert answer.status_code == 422 and 'id="e-on.2027-03-28"' in answer.text


async def test_an_hour_that_comes_twice_is_said(world, browser):
    answer = await look(browser, world, first="2026-10-25", count="1", starts="02:30", ends="04:00")

    assert "Cette heure existe deux fois" in text(answer)


async def test_a_day_that_is_none_stands_beside_its_meeting_and_is_kept(world, browser):
    seen = fields(await look(browser, world)) | {"on.2026-11-03": "29/02/2027"}

    answer = await browser.post(PAGE, typed(world, action="save") | seen)

    assert answer.status_code == 422 and 'id="e-on.2026-11-03">Cette date n’existe pas' in answer.text
    assert 'value="29/02/2027"' in answer.text and await written(world) == 0


async def test_choices_survive_a_fault_of_the_wish(world, browser):
    seen = fields(await look(browser, world))
    seen.pop("keep.2026-11-03")

    answer = await browser.post(PAGE, typed(world, capacity="x") | seen)

    assert '<input type="hidden" name="row.2026-11-03" value="2026-11-03">' in answer.text
    assert 'name="keep.2026-11-03"' not in answer.text and 'name="keep.2026-10-27" value="1"' in answer.text


async def test_another_agency_keeps_the_wish_but_its_room_and_people(world, browser):
    answer = await browser.post(PAGE, typed(world, action="agency"))

    assert answer.status_code == 200 and 'value="2026-10-27"' in answer.text
    assert f'value="{world.room.id}" selected' not in answer.text


async def test_only_who_plans_there_sees_the_planner(world, browsers, browser):
    adviser = await browsers.of(world.adviser)
    lyon = await world.another_agency()

    assert (await adviser.get(PAGE)).status_code == 403
    assert (await adviser.post(PAGE, typed(world))).status_code == 403
    assert (await browser.post(PAGE, typed(world, agency=str(lyon.id)))).status_code == 404
