"""Several people at once: found one after the other, booked together, each told what came of it."""

import pytest

from booking.domain.staff import Role
from booking.storage.constraints import Unavailable
from tests.given import World, in_days, meeting
from tests.web.given import Browser, Browsers, text

pytestmark = pytest.mark.parametrize("url", ["sqlite"], indirect=True)


@pytest.fixture
async def nadia(world: World, browsers: Browsers) -> Browser:
    return await browsers.of(world.adviser)


async def sent(nadia: Browser, session, action: str, people=(), q: str = ""):
    form = {"action": action, "people": [str(person.id) for person in people], "q": q}
    return await nadia.post(f"/sessions/{session.id}/groupe", form)


async def test_the_session_leads_to_its_group(world: World, nadia: Browser):
    session = await world.session()

    page = await nadia.get(f"/sessions/{session.id}")

    assert f"/sessions/{session.id}/groupe" in page.text
    assert "cochez-la, puis cherchez la suivante" in text(await nadia.get(f"/sessions/{session.id}/groupe"))


async def test_who_is_chosen_stays_while_one_searches_on(world: World, nadia: Browser):
    session = await world.session()
    aissatou, lan = await world.job_seeker("Diallo"), await world.job_seeker("Nguyễn")

    page = await sent(nadia, session, "search", [aissatou], q="nguyen")

    assert page.status_code == 200
    assert f'value="{aissatou.id}" checked' in page.text
    assert f'value="{lan.id}">' in page.text
    assert "Le groupe (1)" in text(page)


async def test_who_is_there_already_is_marked_and_cannot_be_chosen(world: World, nadia: Browser):
    session, person = await world.session(), await world.job_seeker("Diallo")
    await world.booked(session, person)

    page = await sent(nadia, session, "search", q="diallo")

    assert "A une place" in text(page)
    assert f'name="people" value="{person.id}"' not in page.text


async def test_as_many_as_there_are_seats_for_and_the_rest_with_other_dates(world: World, nadia: Browser):
    session, other = await world.session(capacity=2), await world.session(meeting(in_days(15)))
    group = [await world.job_seeker() for _ in range(3)]

    page = await sent(nadia, session, "fit", group)

    assert text(page).count("Inscription faite") == 2
    assert "Cette session est complète" in text(page)
    assert f'name="session" value="{other.id}"' in page.text
    assert "2 places données sur 3 demandées." in text(page)
    assert await world.count(session) == (2, 0)


async def test_all_or_nobody(world: World, nadia: Browser):
    session = await world.session(capacity=2)
    group = [await world.job_seeker() for _ in range(3)]

    refused = await sent(nadia, session, "all", group)
    placed = await sent(nadia, session, "all", group[:2])

    assert "Personne n’a d’inscription" in text(refused) and "Inscription faite" not in text(refused)
    assert "Tout le groupe a une place." in text(placed)
    assert await world.count(session) == (2, 0)


async def test_nobody_chosen_is_no_group(world: World, nadia: Browser):
    answer = await sent(nadia, await world.session(), "fit")

    assert answer.status_code == 422
    assert "Ce champ est obligatoire" in text(answer)


async def test_the_page_grows_while_people_are_booked(world: World, nadia: Browser):
    session, group = await world.session(), [await world.job_seeker() for _ in range(2)]
    form = {"action": "fit", "people": [str(person.id) for person in group]}

    page = await nadia.post(f"/sessions/{session.id}/groupe", form)

    assert "content-length" not in page.headers
    assert page.text.rstrip().endswith("</html>")


async def test_what_stops_it_halfway_is_said(world: World, nadia: Browser, monkeypatch: pytest.MonkeyPatch):
    session, person = await world.session(), await world.job_seeker()

    async def in_vain(*_args, **_known):
        raise Unavailable("busy")

    monkeypatch.setattr("booking.services.groups.book", in_vain)

    page = await sent(nadia, session, "all", [person])

    assert "Le service est momentanément indisponible" in text(page)


async def test_people_of_another_agency_are_no_part_of_a_group(world: World, browsers: Browsers):
    session, person = await world.session(), await world.job_seeker()
    lyon = await world.another_agency()
    ines = await browsers.of(await world.staff(Role.ADVISER, lyon, "Inès"))

    answer = await sent(ines, session, "fit", [person])

    assert answer.status_code == 422
    assert "Aïssatou" not in text(answer)
    assert await world.count(session) == (0, 0)


async def test_who_books_nobody_books_no_group(world: World, browsers: Browsers):
    session, person = await world.session(), await world.job_seeker()
    karim = await browsers.of(world.facilitator)

    answers = [await karim.get(f"/sessions/{session.id}/groupe"), await sent(karim, session, "fit", [person])]

    assert [answer.status_code for answer in answers] == [403, 403]
