"""Who declined by calendar stands where advisers and managers look already, with the ways out."""

import pytest

from booking.domain.staff import Role
from tests.given import World
from tests.services.test_replying import Scene
from tests.web.given import Browser, Browsers, text


@pytest.fixture
async def scene(world: World) -> Scene:
    made = Scene(world)
    await made.begin()
    return made


@pytest.fixture
async def nadia(scene: Scene, browsers: Browsers) -> Browser:
    return await browsers.of(scene.world.adviser)


@pytest.fixture
async def marion(scene: Scene, browsers: Browsers) -> Browser:
    return await browsers.of(scene.world.manager)


async def test_who_declined_is_to_be_called_back(scene: Scene, nadia: Browser) -> None:
    assert "Personne n’est à rappeler" in text(await nadia.get("/a-rappeler"))
    await scene.says("DECLINED")

    answer = await nadia.get("/a-rappeler")

    page = text(answer)
    assert "À rappeler (1)" in page and "Ont refusé dans leur agenda" in page and "DIALLO" in page
    assert f"/code?code={scene.booking.code}" in answer.text and f"/inscriptions/{scene.booking.id}" in answer.text
    assert "1 personne à rappeler" in text(await nadia.get("/"))


async def test_the_booking_says_so_and_that_the_seat_stays(scene: Scene, nadia: Browser) -> None:
    await scene.says("DECLINED")

    page = text(await nadia.get(f"/inscriptions/{scene.booking.id}"))

    assert "A refusé dans son agenda" in page and "garde sa place" in page


async def test_it_is_settled_with_the_person(scene: Scene, nadia: Browser) -> None:
    await scene.says("DECLINED")

    page = text(await nadia.after(await nadia.post(f"/a-rappeler/{scene.booking.id}/agenda", {})))

    assert "c’est réglé avec la personne" in page and "Personne n’est à rappeler" in page


async def test_another_agency_neither_sees_nor_settles_it(scene: Scene, browsers: Browsers) -> None:
    lyon = await scene.world.another_agency()
    ines = await browsers.of(await scene.world.staff(Role.ADVISER, lyon, "Inès"))
    await scene.says("DECLINED")

    assert "DIALLO" not in text(await ines.get("/a-rappeler"))
    assert (await ines.post(f"/a-rappeler/{scene.booking.id}/agenda", {})).status_code == 404


async def test_a_manager_sees_who_declined_to_lead_and_replaces_him(scene: Scene, marion: Browser) -> None:
    await scene.karim_says("DECLINED")

    answer = await marion.get("/a-decider")

    assert "Ont refusé d’animer ou d’aider" in text(answer) and "Karim" in text(answer)
    assert f"/sessions/{scene.session.id}/modifier" in answer.text
    assert "Karim a refusé la séance du" in text(await marion.get(f"/sessions/{scene.session.id}"))
    assert "1 refus d’animer ou d’aider" in text(await marion.get("/"))


async def test_a_manager_settles_it(scene: Scene, marion: Browser, browsers: Browsers) -> None:
    await scene.karim_says("DECLINED")
    (one,) = await scene.staff_tasks()
    karim = await browsers.of(scene.world.facilitator)
    assert (await karim.post(f"/a-decider/invitations/{one.invited.id}", {})).status_code == 403

    page = text(await marion.after(await marion.post(f"/a-decider/invitations/{one.invited.id}", {})))

    assert "C’est noté : c’est réglé." in page and "Karim" not in page


async def test_a_facilitator_sees_no_refusals_of_others_on_the_session(scene: Scene, browsers: Browsers) -> None:
    await scene.karim_says("DECLINED")
    karim = await browsers.of(scene.world.facilitator)

    assert "a refusé la séance" not in text(await karim.get(f"/sessions/{scene.session.id}"))
    assert "Refusé" in text(await karim.get("/mes-invitations"))
