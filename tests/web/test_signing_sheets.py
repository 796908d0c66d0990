"""The sheets that people sign, as PDF: what stands on them, who may print them, and the way back to the roll."""

import pytest

from booking.domain.codes import code_of
from booking.domain.staff import Role
from tests import papers
from tests.given import SITE, World, in_days, meeting
from tests.given_cycles import a_cycle, workshop_with
from tests.web.given import Browsers


@pytest.fixture
async def karim(world: World, browsers: Browsers):
    return await browsers.of(world.facilitator)


async def one_meeting(world: World, **known: object):
    return await world.session(meeting(in_days(1), room_id=world.room.id, facilitator_id=world.facilitator.id), **known)


def address(session, which: str = "emargement", n: int = 0) -> str:
    return f"/presence/{session.meetings[n].id}/{which}.pdf"


async def test_a_sheet_bears_all_that_is_signed_for_and_no_way_to_reach_anybody(world: World, karim) -> None:
    session = await one_meeting(world, capacity=6)
    person = await world.job_seeker("Diallo", phone="06 12 34 56 78", email="d@example.org", identifier="AB12")
    await world.booked(session, person)
    await world.booked(session, await world.job_seeker("Nguyễn"))

    answer = await karim.get(address(session))
    said = papers.text(answer.content)

    assert "Feuille d’émargement Premiers pas avec l’ordinateur" in said
    assert "mardi 20 octobre 2026" in said and "10 h – 12 h" in said
    assert "Grenoble Bastille, Vercors" in said and "Animation Karim" in said
    assert "1 Aïssatou DIALLO 2 Aïssatou NGUYỄN 3 Ajouté sur place" in said and "Page 1 / 1" in said
    assert not [known for known in ("example.org", "56 78", "5678", "AB12") if known in said]


async def test_there_are_rows_for_who_comes_without_a_place(world: World, karim) -> None:
    full = await one_meeting(world, capacity=1)
    await world.booked(full)
    roomy = await world.session(meeting(in_days(2), facilitator_id=world.facilitator.id), capacity=7)

    counts = [papers.text((await karim.get(address(one))).content).count("Ajouté sur place") for one in (full, roomy)]

    assert counts == [3, 7]


async def test_a_cycle_has_a_column_for_each_meeting_and_lies_across(world: World, karim) -> None:
    await workshop_with(world, join_until=4)
    session = await a_cycle(world)
    await world.booked(session, await world.job_seeker("Diallo"))
    late = await world.booked(session, await world.job_seeker("Pełka"), now=in_days(2))

    answer = await karim.get(address(session, "emargement-cycle"))
    said = papers.text(answer.content)

    assert papers.size(answer.content) == (297, 210)
    assert all(day in said for day in ("mardi 20 octobre", "jeudi 22 octobre", "samedi 24 octobre", "lundi 26 octobre"))
    assert "cycle de 4 séances" in said and late
    # Who joined on the way has nothing to sign for the meeting before.
    assert "Aïssatou PEŁKA —" in said and "Aïssatou DIALLO —" not in said


async def test_the_code_on_the_sheet_leads_to_its_roll(world: World, karim, browsers: Browsers) -> None:
    session = await one_meeting(world)
    code = code_of(session.meetings[0].id)

    sheet = papers.text((await karim.get(address(session))).content)
    found = await karim.get(f"/f/{code.lower()}")
    elsewhere = await browsers.of(await world.staff(Role.FACILITATOR, await world.another_agency(), "Paul"))

    assert f"{SITE.domain}/f/{code}" in sheet
    assert found.headers["location"] == f"/presence/{session.meetings[0].id}"
    assert (await karim.get("/f/A2A2A2")).status_code == (await karim.get("/f/nothing")).status_code == 404
    assert (await elsewhere.get(f"/f/{code}")).status_code == 404


async def test_a_sheet_is_for_who_marks_and_knows_full_names(world: World, browsers: Browsers) -> None:
    session = await one_meeting(world)
    zoe = await browsers.of(await world.staff(Role.ASSISTANT, world.agency, "Zoé"))
    nadia = await browsers.of(world.adviser)
    paul = await browsers.of(await world.staff(Role.FACILITATOR, await world.another_agency(), "Paul"))

    for which in ("emargement", "emargement-cycle"):
        answers = [await browser.get(address(session, which)) for browser in (zoe, nadia, paul)]
        assert [answer.status_code for answer in answers] == [403, 403, 404]
    assert (await browsers.stranger().get(address(session))).status_code == 302


async def test_the_file_says_what_it_is_and_nobody_keeps_it(world: World, karim) -> None:
    answer = await karim.get(address(await one_meeting(world)))

    assert answer.headers["content-type"] == "application/pdf"
    name = "emargement-2026-10-20-premiers-pas-avec-l-ordinateur.pdf"
    assert answer.headers["content-disposition"] == f'inline; filename="{name}"'
    assert "no-store" in answer.headers["cache-control"]
    title, language, is_tagged = papers.facts(answer.content)
    assert title.startswith("Feuille d’émargement – Premiers pas") and language.startswith("fr") and is_tagged
