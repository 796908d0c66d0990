"""The form of a session: every button keeps what was typed, every fault stands beside its field."""

import pytest

from booking.domain.staff import Role
from booking.services import scheduling, sessions
from booking.storage import listings
from booking.storage.wishes import Wanted
from tests.given import NOW, SITE, World, in_days, meeting
from tests.web.given import text


def typed(world: World, *days: str, **more: str) -> dict[str, str]:
    said = {"workshop": str(world.workshop.id), "agency": str(world.agency.id), "capacity": "9", "action": "save"}
    for n, day in enumerate(days, start=1):
        said |= {f"date.{n}": day, f"start.{n}": "09:30", f"end.{n}": "11:30", f"room.{n}": "", f"facilitator.{n}": ""}
    return said | {name.replace("__", "."): value for name, value in more.items()}


async def planned(world: World):
    async with world.db.reading() as tx:
        return [listed.session for listed in await listings.find(tx, Wanted())]


@pytest.fixture
async def browser(world, browsers):
    return await browsers.of(world.manager)


async def test_the_form_offers_rooms_and_people_of_the_agency(world, browser):
    answer = await browser.get(f"/sessions/nouvelle?atelier={world.workshop.id}")

    assert answer.status_code == 200
    assert "Vercors" in answer.text and "Karim" in answer.text
    assert f'<option value="{world.workshop.id}" selected>' in answer.text


async def test_a_draft_is_written(world, browser):
    sent = typed(world, "2026-11-24", room__1=str(world.room.id), facilitator__1=str(world.facilitator.id))

    page = await browser.after(await browser.post("/sessions", sent))

    (session,) = await planned(world)
    assert "Le brouillon est enregistré" in text(page)
    assert session.capacity == 9 and session.meetings[0].room_id == world.room.id
    assert session.starts_at.isoformat() == "2026-11-24T08:30:00+00:00"


async def test_a_session_can_be_published_at_once(world, browser):
    led = {"facilitator__1": str(world.facilitator.id)}
    page = await browser.after(await browser.post("/sessions", typed(world, "2026-11-24", action="publish", **led)))

    assert "La session est publiée" in text(page)


async def test_without_a_number_of_seats_the_usual_one_is_taken(world, browser):
    await browser.post("/sessions", typed(world, "2026-11-24", capacity=""))

    assert [session.capacity for session in await planned(world)] == [8]


async def test_every_fault_stands_beside_its_field_and_everything_typed_is_kept(world, browser):
    sent = typed(world, "2026-11-24", "", workshop="", capacity="beaucoup", start__1="midi")
    sent |= {"start.2": "14:00"}

    answer = await browser.post("/sessions", sent)

    assert answer.status_code == 422
    for name in ("workshop", "capacity", "start.1", "date.2"):
        assert f'id="e-{name}"' in answer.text or f'id="f-{name}"' in answer.text
    assert 'value="beaucoup"' in answer.text and 'value="midi"' in answer.text and 'value="14:00"' in answer.text
    assert "Séance 1, Début : Écrivez une heure comme 9:30." in text(answer)
    assert await planned(world) == []


async def test_an_end_before_its_start_is_told_together_with_the_other_faults(world, browser):
    sent = typed(world, "2026-11-24", "2026-11-26", end__1="08:00", start__2="")

    answer = await browser.post("/sessions", sent)

    assert 'id="e-end.1">La fin doit venir après le début.' in answer.text
    assert 'id="e-start.2">Ce champ est obligatoire.' in answer.text


async def test_a_fault_of_the_rules_stands_beside_the_row_it_was_typed_in(world, browser):
    sent = typed(world, "2026-11-24", "2020-01-06")

    answer = await browser.post("/sessions", sent)

    assert answer.status_code == 422
    assert 'id="e-date.2">Cette date est passée.' in answer.text


async def test_a_room_of_another_agency_is_refused(world, browser):
    lyon = await world.another_agency()

    answer = await browser.post("/sessions", typed(world, "2026-11-24", room__1=str(lyon.id)))

    assert answer.status_code == 422 and "Cette salle n’est pas dans cette agence" in text(answer)


async def test_one_more_row_has_the_hours_of_the_last(world, browser):
    answer = await browser.post("/sessions", typed(world, "2026-11-24", action="add"))

    assert answer.status_code == 200
    assert 'name="date.2" value=""' in answer.text and 'name="start.2" value="09:30"' in answer.text
    assert await planned(world) == []


async def test_a_row_is_taken_away(world, browser):
    answer = await browser.post("/sessions", typed(world, "2026-11-24", "2026-11-26", action="remove.1"))

    assert "2026-11-24" not in answer.text and "2026-11-26" in answer.text


async def test_repeating_fills_rows_to_be_checked(world, browser):
    sent = typed(world, "", action="repeat", repeat__first="2026-11-10", repeat__count="2") | {
        "repeat.days": ["1", "2"]
    }

    answer = await browser.post("/sessions", sent)

    assert [f'value="2026-11-{day}"' in answer.text for day in ("10", "11")] == [True, True]
    assert "Jour férié : Armistice" in text(answer)


async def test_an_adviser_plans_nothing(world, browsers):
    browser = await browsers.of(world.adviser)
    assert (await browser.get("/sessions/nouvelle")).status_code == 403
    assert (await browser.post("/sessions", typed(world, "2026-11-24"))).status_code == 403


async def test_nothing_is_planned_in_another_agency(world, browser):
    lyon = await world.another_agency()

    assert (await browser.post("/sessions", typed(world, "2026-11-24", agency=str(lyon.id)))).status_code == 404


async def edited(world, session, **more):
    (first,) = session.meetings
    return typed(world, "2026-11-03", **({"version": str(session.version), "id__1": str(first.id)} | more))


async def test_a_session_is_changed(world, browser):
    session = await world.session()

    page = await browser.after(await browser.post(f"/sessions/{session.id}/modifier", await edited(world, session)))

    after = (await sessions.show(world.db, session.id, by=world.manager, now=NOW)).session
    assert "mardi 3 novembre 2026" in text(page)
    assert after.meetings[0].id == session.meetings[0].id and after.capacity == 9


async def test_the_form_of_a_session_shows_it_in_the_time_of_the_place(world, browser):
    session = await world.session(meeting(in_days(14), room_id=world.room.id))

    shown = (await browser.get(f"/sessions/{session.id}/modifier")).text

    assert 'value="2026-11-02"' in shown and 'value="09:00"' in shown
    assert f'name="version" value="{session.version}"' in shown


async def test_an_edit_of_an_older_version_shows_the_difference(world, browser):
    session = await world.session()
    await scheduling.change(
        world.db,
        session.id,
        capacity=11,
        meetings=[meeting(in_days(15), id=session.meetings[0].id)],
        version=None,
        by=world.manager,
        site=SITE,
        now=NOW,
    )

    answer = await browser.post(f"/sessions/{session.id}/modifier", await edited(world, session))

    assert answer.status_code == 412
    assert "Places 11 9" in text(answer)
    assert "2026-11-03 09:00–11:00 2026-11-03 09:30–11:30" in text(answer)
    assert f'name="version" value="{session.version + 1}"' in answer.text


async def test_fewer_seats_than_people_is_refused(world, browser):
    session = await world.session()
    await world.booked(session)
    await world.booked(session)

    answer = await browser.post(f"/sessions/{session.id}/modifier", await edited(world, session, capacity="1"))

    assert answer.status_code == 409 and "plus de personnes inscrites que de places" in text(answer)


async def test_a_cancelled_session_is_changed_no_more(world, browser):
    session = await world.session()
    await scheduling.cancel(world.db, session.id, because="Panne", by=world.manager, site=SITE, now=NOW)

    assert (await browser.get(f"/sessions/{session.id}/modifier")).status_code == 409


async def test_a_clash_names_what_is_there_and_keeps_what_was_typed(world, browser):
    there = {"room__1": str(world.room.id), "facilitator__1": str(world.facilitator.id)}
    await browser.post("/sessions", typed(world, "2026-11-24", **there))

    page = await browser.post("/sessions", typed(world, "2026-11-24", start__1="10:30", end__1="12:30", **there))

    assert page.status_code == 409
    assert f"La salle est prise par « {world.workshop.title} »." in text(page)
    assert f"Karim est déjà dans « {world.workshop.title} »." in text(page)
    assert 'value="10:30"' in page.text and "Pourquoi la session a lieu quand même" not in text(page)


async def test_a_holiday_asks_for_a_reason_and_then_lets_pass(world, browser):
    refused = await browser.post("/sessions", typed(world, "2026-11-11"))
    page = await browser.after(
        await browser.post("/sessions", typed(world, "2026-11-11", overridden_because="Ouverture exceptionnelle"))
    )

    assert refused.status_code == 409
    assert "Jour férié : Armistice" in text(refused) and "Pourquoi la session a lieu quand même" in text(refused)
    assert "Le brouillon est enregistré" in text(page)


async def test_who_assists_is_chosen_and_stays_when_something_else_changes(world, browser):
    theo = await world.staff(Role.ASSISTANT, world.agency, "Théo")
    await browser.post("/sessions", typed(world, "2026-11-24", assistants__1=str(theo.id)))
    (session,) = await planned(world)

    page = await browser.get(f"/sessions/{session.id}/modifier")

    assert f'<option value="{theo.id}" selected>Théo' in page.text


async def test_several_assistants_stay_together_on_the_form(world, browser):
    helpers = [await world.staff(Role.ASSISTANT, world.agency, name) for name in ("Léa", "Théo")]
    both = tuple(sorted(helper.id for helper in helpers))
    draft = await world.draft(meeting(in_days(36), assistant_ids=both))

    page = await browser.get(f"/sessions/{draft.id}/modifier")

    assert f'<option value="{both[0]},{both[1]}" selected>' in page.text
