"""The agenda: every view, every filter, and what who may not plan does not see."""

import html
import re
from datetime import date, timedelta

import pytest

from booking.domain.agencies import Phase
from booking.domain.identifiers import new_id
from booking.domain.rooms import Closure
from booking.domain.staff import Role
from booking.services import scheduling
from booking.storage import tables
from booking.storage.shapes import values
from tests.given import NOW, SITE, World, a_workshop, in_days, meeting
from tests.web.given import text

# Tuesday 3 November 2026, a fortnight from now, in each view.
EVERY_VIEW = ["?jour=2026-11-03", "?semaine=2026-W45", "?mois=2026-11", "?vue=liste&mois=2026-11"]


@pytest.fixture
async def browser(world, browsers):
    return await browsers.of(world.adviser)


@pytest.fixture
async def manager(world, browsers):
    return await browsers.of(world.manager)


def links(answer) -> list[str]:
    """What each meeting of the page says to who only hears it, in turn."""
    return [
        html.unescape(said).replace("\u00a0", " ").replace("\u202f", " ")
        for said in re.findall(r'<a[^>]*href="/sessions/[0-9a-f-]{36}" aria-label="([^"]*)"', answer.text)
    ]


async def on_tuesday(world: World, hour: float = 0, **known):
    return await world.session(meeting(in_days(15, hour=hour + 1), **known))


async def close(world: World, day: str, because: str = "Travaux", room_id=None) -> None:
    closure = Closure(
        id=new_id(NOW),
        agency_id=world.agency.id,
        room_id=room_id,
        first_on=date.fromisoformat(day),
        last_on=date.fromisoformat(day),
        because=because,
    )
    async with world.db.transaction() as tx:
        await tx.run(tables.closures.insert().values(values(closure, tables.closures)))


async def test_the_agenda_opens_where_there_are_workshops(world, browsers):
    await world.another_agency("Annecy", phase=Phase.CLOSED)
    agnes = await world.staff(Role.ADMINISTRATOR, None, "Agnès")

    answer = await (await browsers.of(agnes)).get("/sessions")

    assert f"{world.agency.name} – Ateliers" in text(answer)


@pytest.mark.parametrize("query", EVERY_VIEW)
async def test_every_view_says_in_full_what_happens(world, browser, query):
    plan = meeting(in_days(15, hour=0.5), room_id=world.room.id, facilitator_id=world.facilitator.id)
    session = await world.session(plan)
    await world.booked(session)

    answer = await browser.get(f"/sessions{query}")

    assert answer.status_code == 200
    assert f'href="/sessions/{session.id}"' in answer.text
    assert links(answer) == [
        "mardi 3 novembre, 9 h 30 à 11 h 30, Premiers pas avec l’ordinateur, salle Vercors, Karim, "
        "1 place prise sur 8, 7 libres, à remplir"
    ]


@pytest.mark.parametrize("query", EVERY_VIEW)
async def test_every_view_has_a_heading_for_the_day(world, browser, query):
    await on_tuesday(world)

    answer = await browser.get(f"/sessions{query}")
    headings = [" ".join(re.sub("<[^>]+>", "", h).split()) for h in re.findall(r"<h2.*?</h2>", answer.text)]

    assert any(heading.startswith("mardi 3 novembre") for heading in headings)


@pytest.mark.parametrize("query", [*EVERY_VIEW, "?semaine=2026-W45&par=salle"])
async def test_who_reads_english_is_told_the_day_and_the_hour_in_english(world, manager, query):
    await on_tuesday(world, room_id=world.room.id)
    manager.http.cookies.set("__Host-langue", "en")

    (said,) = links(await manager.get(f"/sessions{query}"))

    assert said.startswith("Tuesday 3 November, 10:00")


@pytest.mark.parametrize("query", EVERY_VIEW)
async def test_an_empty_time_says_so(world, browser, query):
    assert "Aucune séance" in text(await browser.get(f"/sessions{query}"))


async def test_this_week_is_where_one_begins(world, browser):
    session, later = await world.session(meeting(in_days(1))), await on_tuesday(world)

    answer = await browser.get("/sessions")

    assert "19 – 23 octobre 2026" in text(answer)
    assert str(session.id) in answer.text and str(later.id) not in answer.text
    assert 'id="aujourdhui"' in answer.text and 'class="nowline' in answer.text
    assert "Aller à aujourd’hui" in text(answer)


async def test_today_is_not_where_it_is_not_shown(world, browser):
    answer = await browser.get("/sessions?semaine=2026-W45")

    assert 'aujourdhui"' not in answer.text.replace('#aujourdhui"', "") and 'class="nowline' not in answer.text


@pytest.mark.parametrize("said", ["semaine=2026-W99", "jour=9999-12-31", "mois=x", "vue=siecle", "salle=x", "par=x"])
async def test_an_address_that_makes_no_sense_still_shows_the_agenda(world, browser, said):
    assert (await browser.get(f"/sessions?{said}")).status_code == 200


async def test_the_arrows_keep_what_was_chosen(world, browser):
    answer = await browser.get(f"/sessions?semaine=2026-W45&salle={world.room.id}&par=salle")

    before, after = (f"vue=semaine&amp;semaine={week}&amp;salle={world.room.id}" for week in ("2026-W44", "2026-W46"))
    assert before in answer.text and after in answer.text
    assert f"vue=mois&amp;mois=2026-11&amp;salle={world.room.id}" in answer.text


async def test_the_form_keeps_the_time_and_every_choice(world, browser):
    answer = await browser.get(f"/sessions?mois=2026-11&salle={world.room.id}&animation={world.facilitator.id}")

    for name, value in {"vue": "mois", "mois": "2026-11"}.items():
        assert f'<input type="hidden" name="{name}" value="{value}">' in answer.text
    for chosen in (world.room.id, world.facilitator.id):
        assert f'<option value="{chosen}" selected>' in answer.text


class TestFilters:
    async def shown(self, browser, **said) -> list[str]:
        query = "&".join(f"{name}={value}" for name, value in ({"mois": "2026-11"} | said).items())
        answer = await browser.get(f"/sessions?{query}")
        assert answer.status_code == 200
        return re.findall(r'<a[^>]*href="/sessions/([0-9a-f-]{36})" aria', answer.text)

    async def test_a_room_a_person_and_a_workshop_narrow_it(self, world, browser):
        tables_ = a_workshop("Tableur")
        odile = await world.staff(Role.ADMINISTRATOR, None, "Odile")
        await scheduling.add_workshop(world.db, tables_, by=odile, now=NOW)
        in_room = await on_tuesday(world, room_id=world.room.id)
        led = await on_tuesday(world, facilitator_id=world.facilitator.id)
        other = await world.session(meeting(in_days(16)), workshop_id=tables_.id)

        assert await self.shown(browser, salle=world.room.id) == [str(in_room.id)]
        assert await self.shown(browser, animation=world.facilitator.id) == [str(led.id)]
        assert await self.shown(browser, atelier=tables_.id) == [str(other.id)]
        assert await self.shown(browser, salle=world.room.id, atelier=tables_.id) == []

    async def test_what_is_narrowed_to_nothing_offers_everything_again(self, world, browser):
        await on_tuesday(world)

        answer = await browser.get(f"/sessions?mois=2026-11&salle={world.room.id}")

        assert "Aucune séance ce mois-ci. Tout voir" in text(answer)

    async def test_a_room_of_the_agency_before_is_forgotten(self, world, browser):
        session = await on_tuesday(world)

        assert await self.shown(browser, salle=new_id(NOW)) == [str(session.id)]

    async def test_another_agency_may_be_looked_at_and_is_not_ones_own(self, world, browsers):
        session = await on_tuesday(world)
        neighbour = await browsers.of(await world.staff(Role.ADVISER, await world.another_agency(), "Paul"))

        assert await self.shown(neighbour, agence="grenoble-bastille") == [str(session.id)]
        assert await self.shown(neighbour, agence="toutes") == []
        assert await self.shown(neighbour) == []
        assert (await neighbour.get("/sessions?agence=nulle-part")).status_code == 404

    async def test_all_of_ones_own_are_named(self, world, browsers):
        lyon, odile = await world.another_agency(), await world.staff(Role.ADMINISTRATOR, None, "Odile")
        await on_tuesday(world)
        await world.session(meeting(in_days(16)), agency_id=lyon.id, by=odile)

        said = links(await (await browsers.of(odile)).get("/sessions?mois=2026-11&agence=toutes"))

        assert ["Grenoble Bastille" in said[0], "Lyon Part-Dieu" in said[1]] == [True, True]


class TestWhoPlans:
    async def test_drafts_are_for_who_plans_there(self, world, browser, manager):
        draft = await world.draft(meeting(in_days(15)))

        for query in EVERY_VIEW:
            unseen, seen = await browser.get(f"/sessions{query}"), await manager.get(f"/sessions{query}")
            assert str(draft.id) not in unseen.text and "Brouillon" not in text(unseen)
            assert str(draft.id) in seen.text and "Brouillon" in text(seen)

    async def test_who_plans_goes_straight_to_the_change(self, world, browser, manager):
        session = await on_tuesday(world)

        for query in EVERY_VIEW:
            assert f'/sessions/{session.id}/modifier"' in (await manager.get(f"/sessions{query}")).text
            assert f'/sessions/{session.id}/modifier"' not in (await browser.get(f"/sessions{query}")).text

    async def test_only_who_plans_is_offered_a_new_session(self, world, browser, manager):
        assert "Nouvelle session" in text(await manager.get("/sessions"))
        assert "Nouvelle session" not in text(await browser.get("/sessions"))

    async def test_who_is_away_is_known_to_who_plans_alone(self, world, browser, manager):
        session = await on_tuesday(world, room_id=world.room.id, facilitator_id=world.facilitator.id)
        begins = session.meetings[0].starts_at
        busy = {"id": new_id(NOW), "staff_id": world.facilitator.id, "because": "Rendez-vous médical"}
        async with world.db.transaction() as tx:
            times = {"starts_at": begins, "ends_at": begins + timedelta(hours=1)}
            await tx.run(tables.busy_times.insert().values(busy | times))

        known, unknown = [await one.get("/sessions?semaine=2026-W45") for one in (manager, browser)]

        assert "Pas libre : Karim" in text(known) and "médical" not in text(known)
        assert "Pas libre" not in text(unknown)


class TestSigns:
    async def test_a_meeting_without_a_room_and_one_on_a_closed_day_are_marked(self, world, browser):
        await on_tuesday(world)
        await world.session(meeting(in_days(16), room_id=world.room.id))
        await close(world, "2026-11-04")

        answer = await browser.get("/sessions?semaine=2026-W45")

        assert [said.rpartition(", ")[2] for said in links(answer)] == ["Sans salle", "Agence fermée : Travaux"]
        assert "2 à vérifier" in text(answer)

    async def test_a_closed_room_concerns_its_meetings_only(self, world, browser):
        await world.session(meeting(in_days(16), room_id=world.room.id))
        await on_tuesday(world, room_id=world.room.id)
        await close(world, "2026-11-04", "Peinture", world.room.id)

        answer = await browser.get("/sessions?vue=liste&mois=2026-11")

        assert ["Salle fermée : Peinture" in said for said in links(answer)] == [False, True]

    @pytest.mark.parametrize("query", ["semaine=2026-W46", "mois=2026-11", "vue=liste&mois=2026-11", "jour=2026-11-11"])
    async def test_a_holiday_is_named(self, world, browser, query):
        assert "Armistice (Jour férié)" in text(await browser.get(f"/sessions?{query}"))

    async def test_school_holidays_are_named_where_they_are(self, world, browser):
        off = {"zone": "A", "name": "Toussaint", "first_on": date(2026, 10, 17), "last_on": date(2026, 11, 2)}
        async with world.db.transaction() as tx:
            await tx.run(tables.school_holidays.insert().values(off))
            await tx.run(tables.school_holidays.insert().values(off | {"zone": "B", "name": "Zone B"}))

        said = text(await browser.get("/sessions?semaine=2026-W44"))

        assert "Toussaint (Vacances scolaires)" in said and "Zone B" not in said

    async def test_a_cancelled_session_is_told_apart_and_counts_for_nothing(self, world, browser):
        session = await on_tuesday(world)
        await scheduling.cancel(world.db, session.id, because="Panne", by=world.manager, site=SITE, now=NOW)

        answer = await browser.get("/sessions?mois=2026-11")

        assert 'class="ln off"' in answer.text and links(answer)[0].endswith("Annulée")
        assert "0 séance " in text(answer)

    async def test_the_colour_of_the_workshop_stands_beside_its_title(self, world, browser):
        await on_tuesday(world)

        for query in EVERY_VIEW:
            assert 'class="hue hue-blue"' in (await browser.get(f"/sessions{query}")).text


async def test_more_at_once_than_can_be_read_beside_each_other_are_lines(world, browser):
    for _ in range(4):
        await on_tuesday(world)
    beside = await browser.get("/sessions?semaine=2026-W45")
    await on_tuesday(world)
    below = await browser.get("/sessions?semaine=2026-W45")

    assert (beside.text.count('<li class="ev '), beside.text.count('<li class="ln ')) == (4, 0)
    assert (below.text.count('<li class="ev '), below.text.count('<li class="ln ')) == (0, 5)
    assert "2 – 6 novembre 2026" in text(below)


class TestByRoomAndByPerson:
    async def test_a_week_by_room_says_when_each_is_free(self, world, manager):
        await on_tuesday(world, room_id=world.room.id)

        answer = await manager.get("/sessions?semaine=2026-W45&par=salle")

        assert '<th scope="col">Vercors</th>' in answer.text
        assert "mardi 3" in text(answer) and "libre 12 h – 17 h" in text(answer)

    async def test_who_does_not_plan_is_not_told_what_seems_free(self, world, browser):
        await world.draft(meeting(in_days(15), room_id=world.room.id))

        assert "libre 8 h 30" not in text(await browser.get("/sessions?semaine=2026-W45&par=salle"))

    async def test_a_day_by_person_has_a_column_for_each_and_one_for_nobody(self, world, manager):
        await on_tuesday(world, facilitator_id=world.facilitator.id)
        await world.draft(meeting(in_days(15)))

        answer = await manager.get("/sessions?jour=2026-11-03&par=animation")

        assert re.findall(r'class="who">([^<]*)', answer.text) == ["Karim", "Sans animation"]

    async def test_a_closed_day_leaves_nothing_free(self, world, manager):
        said = text(await manager.get("/sessions?semaine=2026-W46&par=salle"))

        assert said.count("libre 8 h 30 – 17 h") == 4 and "Armistice" in said


async def test_a_page_that_lies_on_paper_says_which_agency(world, browser):
    answer = await browser.get(f"/sessions?mois=2026-11&salle={world.room.id}")

    assert re.search(r'class="paper-only">Grenoble Bastille · Vercors</p>', answer.text)
    assert "landscape.css" in answer.text
    assert "landscape.css" not in (await browser.get("/sessions?vue=liste")).text


async def test_somebody_without_an_agency_sees_an_empty_agenda(world, browsers):
    stray = await world.staff(Role.ADMINISTRATOR, None, "Odile")
    stray_browser = await browsers.of(stray)

    assert (await stray_browser.get("/sessions?agence=toutes")).status_code == 200
