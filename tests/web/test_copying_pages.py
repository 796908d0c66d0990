"""Copying a session or a week: the same preview, the same confirmation."""

import pytest

from booking.services import scheduling
from booking.storage import sessions
from tests.given import NOW, SITE, World, in_days, meeting
from tests.web.given import text
from tests.web.test_planner_pages import fields


async def written(world: World) -> int:
    async with world.db.reading() as tx:
        return len(await sessions.upcoming_at(tx, [world.agency.id], NOW))


@pytest.fixture
async def browser(world, browsers):
    return await browsers.of(world.manager)


@pytest.fixture
async def session(world):
    return await world.session(meeting(in_days(1), room_id=world.room.id), meeting(in_days(3), room_id=world.room.id))


async def test_a_session_offers_to_be_copied(world, browser, session):
    page = await browser.get(f"/sessions/{session.id}")
    form = await browser.get(f"/sessions/{session.id}/copier")

    assert f'href="/sessions/{session.id}/copier"' in page.text
    assert "cycle de 2 séances" in text(form) and "2 semaines plus tard (3 nov.)" in text(form)


async def test_copies_are_shown_then_written(world, browser, session):
    path, weeks = f"/sessions/{session.id}/copier", {"weeks": ["1", "2"]}

    looked = await browser.post(path, weeks | {"action": "preview"})
    assert await written(world) == 1
    page = await browser.after(await browser.post(path, weeks | {"action": "publish"} | fields(looked)))

    assert "mardi 27 octobre 2026" in text(looked) and "jeudi 5 novembre 2026" in text(looked)
    assert "Publié : 2 sessions, 4 séances." in text(page) and await written(world) == 3


async def test_a_copy_is_made_on_a_date(world, browser, session):
    path = f"/sessions/{session.id}/copier"

    looked = await browser.post(path, {"dates": "03/12/2026 04/12/2026", "action": "preview"})

    assert "jeudi 3 décembre 2026" in text(looked) and "samedi 5 décembre 2026" in text(looked)


@pytest.mark.parametrize(
    ("said", "field", "code"),
    [
        ({}, "weeks", "obligatoire"),
        ({"dates": "29/02/2027"}, "dates", "Cette date n’existe pas"),
        ({"dates": "20/10/2026"}, "weeks", "Choisissez un autre jour"),
        ({"dates": "01/01/2031"}, "weeks", "trop lointaine"),
    ],
)
async def test_when_to_copy_must_be_said(world, browser, session, said, field, code):
    answer = await browser.post(f"/sessions/{session.id}/copier", said | {"action": "preview"})

    assert answer.status_code == 422 and f'id="e-{field}"' in answer.text and code in text(answer)
    assert all(f'value="{typed}"' in answer.text for typed in said.values())


async def test_a_copy_that_clashes_is_repaired(world, browser, session):
    await world.draft(meeting(in_days(8, 1), room_id=world.room.id))
    path = f"/sessions/{session.id}/copier"

    looked = await browser.post(path, {"weeks": "1", "action": "preview"})
    mended = await browser.post(path, {"weeks": "1", "action": "repair"} | fields(looked))
    await browser.post(path, {"weeks": "1", "action": "save"} | fields(mended))

    assert "1 séance à réparer" in text(looked) and "Tout est possible" in text(mended)
    assert await written(world) == 3


def week(world: World, day: str = "2026-10-21") -> str:
    return f"/sessions/copier-semaine?agence={world.agency.slug}&jour={day}"


async def test_a_week_is_copied_whole(world, browser, session):
    await world.session(meeting(in_days(2)))
    cancelled = await world.session(meeting(in_days(4)))
    await scheduling.cancel(world.db, cancelled.id, because="Panne", by=world.manager, site=SITE, now=NOW)
    await world.session(meeting(in_days(9)))

    before = await written(world)

    looked = await browser.post(week(world), {"dates": "26/11/2026", "action": "preview"})
    page = await browser.after(
        await browser.post(week(world), {"dates": "26/11/2026", "action": "save"} | fields(looked))
    )

    assert "mercredi 25 novembre 2026" in text(looked)
    assert "Brouillons enregistrés : 2 sessions, 3 séances." in text(page)
    assert await written(world) == before + 2


async def test_a_week_without_sessions_says_so(world, browser):
    assert "Aucune session ne commence cette semaine" in text(await browser.get(week(world)))


@pytest.mark.parametrize("day", ["", "demain", "0001-01-01", "9999-12-31"])
async def test_a_week_that_is_none_is_not_found(world, browser, day):
    assert (await browser.get(week(world, day))).status_code == 404


async def test_only_who_plans_there_copies(world, browsers, session):
    adviser = await browsers.of(world.adviser)
    lyon = await world.another_agency()
    manager = await browsers.of(world.manager)

    assert (await adviser.get(f"/sessions/{session.id}/copier")).status_code == 403
    assert (await adviser.post(week(world), {"weeks": "1"})).status_code == 403
    assert (await manager.get(week(world).replace(world.agency.slug, lyon.slug))).status_code == 404
