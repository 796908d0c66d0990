"""The pages of trainings: one's own, and those of a team."""

from booking.services import catalogues
from tests.given import World, in_days
from tests.given_trainings import a_session_of, a_training, has_come, takes_part
from tests.web.given import Browsers, signed_in, text
from tests.web.test_workshop_pages import GOOD


async def test_one_click_gives_a_seat_and_another_takes_it_back(world: World, browsers: Browsers):
    session = await a_session_of(world, await a_training(world))
    karim = await browsers.of(world.facilitator)
    assert "M’inscrire : Repérer et orienter" in text(await karim.get("/formations"))

    booked = await karim.after(await karim.post(f"/formations/{session.id}/inscription", {"action": "book"}))

    assert "Vous avez une place à cette formation." in text(booked) and await world.count(session) == (1, 0)
    undo = booked.text.split('action="/formations/inscriptions/')[1].split('"')[0]
    undone = await karim.after(await karim.post(f"/formations/inscriptions/{undo}"))
    assert "Votre place est libre." in text(undone) and await world.count(session) == (0, 0)


async def test_a_full_training_has_a_waitlist(world: World, browsers: Browsers):
    session = await a_session_of(world, await a_training(world), capacity=1)
    await takes_part(world, session, world.adviser)
    karim = await browsers.of(world.facilitator)

    refused = await karim.post(f"/formations/{session.id}/inscription", {"action": "book"})
    waiting = await karim.after(await karim.post(f"/formations/{session.id}/inscription", {"action": "wait"}))

    assert refused.status_code == 409 and "Vous êtes en liste d’attente." in text(waiting)


async def test_who_came_finds_the_certificate(world: World):
    session = await a_session_of(world, await a_training(world))
    booked = await takes_part(world, session, world.adviser)
    await has_come(world, session, booked)

    async with signed_in(world, world.adviser, in_days(15)) as nadia:
        page = await nadia.get("/formations")
        paper = await nadia.get(f"/inscriptions/{booked.id}/attestation.pdf")
        led_away = await nadia.get(f"/inscriptions/{booked.id}")

    assert "compte jusqu’au jeudi 2 novembre 2028" in text(page)
    assert paper.status_code == 200 and paper.content.startswith(b"%PDF")
    assert (led_away.status_code, led_away.headers["location"]) == (303, "/formations")


async def test_a_manager_sees_who_is_not_trained_and_books_them(world: World, browsers: Browsers):
    session = await a_session_of(world, await a_training(world), capacity=1)
    marion = await browsers.of(world.manager)
    people = {"people": [str(world.adviser.id), str(world.facilitator.id)], "session": str(session.id)}
    assert "1 personne à former" in text(await marion.get("/")) and "à former" in text(
        await marion.get("/formations/equipe")
    )

    told = text(await marion.post("/formations/equipe", people))

    assert "1 places données sur 2" in told and "Nadia : a une place" in told
    assert "Karim : Cette session est complète" in told
    assert "personne à former" not in text(await marion.get("/"))


async def test_the_page_of_a_training_leads_to_the_trainings(world: World, browsers: Browsers):
    session = await a_session_of(world, await a_training(world))
    await takes_part(world, session, world.adviser)
    marion = await browsers.of(world.manager)

    page = await marion.get(f"/sessions/{session.id}")

    assert f"&amp;session={session.id}" in page.text and "/placer?seule" not in page.text
    assert "Nadia agent" in text(page)


async def test_a_training_says_who_must_do_it(world: World, browsers: Browsers):
    marion = await browsers.of(world.manager)
    training = GOOD | {"audience": "staff", "required_for": ["assistant"], "validity_months": "24"}

    refused = await marion.post("/ateliers/nouveau", training | {"audience": "job_seekers"})
    await marion.post("/ateliers/nouveau", training)

    assert refused.status_code == 422
    (made,) = [one for one in await catalogues.every(world.db) if one.validity_months]
    assert made.required_for == ("assistant",)
    assert "À refaire après 24 mois" in text(await marion.get(f"/ateliers/{made.id}"))
