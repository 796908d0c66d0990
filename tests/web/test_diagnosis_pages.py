"""The diagnosis on the page: one screen, answers that suggest at once, and one click to the seat."""

from booking.domain.job_seekers import JobSeeker
from booking.domain.staff import Role
from booking.services import diagnoses
from tests.given import NOW, World
from tests.web.given import Browser, Browsers, text

NOTHING_ALONE = {"q.phone": "none", "q.email": "none", "q.alone": "nothing"}


async def answered(browser: Browser, person: JobSeeker) -> str:
    """The address of the diagnosis that a form made."""
    sent = await browser.post(f"/personnes/{person.id}/diagnostic", NOTHING_ALONE | {"version": "1", "once": "eins"})
    assert sent.status_code == 303
    return sent.headers["location"].partition("?")[0]


async def test_nine_questions_stand_on_one_page_and_what_is_typed_suggests(world: World, browsers: Browsers):
    nadia, person = await browsers.of(world.adviser), await world.job_seeker()

    asked = await nadia.get(f"/personnes/{person.id}/diagnostic")
    looked = await nadia.post(f"/personnes/{person.id}/diagnostic", NOTHING_ALONE | {"faire": "voir"})

    assert asked.text.count("<fieldset") == 9
    assert asked.text.count(">Ne souhaite pas répondre<") == 9
    assert "Offre solidaire : téléphone Pas de téléphone à soi." in text(looked)
    assert 'value="nothing" checked' in looked.text
    assert await diagnoses.of_person(world.db, person.id, by=world.adviser) == []


async def test_a_script_gets_the_suggestions_alone(world: World, browsers: Browsers):
    nadia, person = await browsers.of(world.adviser), await world.job_seeker()

    part = await nadia.post(f"/personnes/{person.id}/diagnostic/suggestions", {"q.phone": "none"})

    assert part.headers["x-parts"] == "1"
    assert "<fieldset" not in part.text and 'id="suggere"' in part.text


async def test_an_answer_beside_one_that_stands_alone_is_refused_where_it_was_given(world: World, browsers: Browsers):
    nadia, person = await browsers.of(world.adviser), await world.job_seeker()

    refused = await nadia.post(f"/personnes/{person.id}/diagnostic", {"q.alone": ["search", "nothing"]})

    assert refused.status_code == 422
    assert 'id="e-alone"' in refused.text and 'value="search" checked' in refused.text


async def test_the_former_answers_stand_beside_those_of_today(world: World, browsers: Browsers):
    nadia, person = await browsers.of(world.adviser), await world.job_seeker()
    await diagnoses.answer(world.db, person.id, {"phone": ["basic"]}, by=world.adviser, now=NOW.replace(day=1))

    asked = await nadia.get(f"/personnes/{person.id}/diagnostic")
    shown = await nadia.get(await answered(nadia, person))

    assert "La dernière fois : Oui, à touches" in text(asked)
    assert "Avez-vous un téléphone ? Oui, à touches Non a changé" in text(shown)


async def test_who_goes_back_and_answers_otherwise_is_not_told_that_it_is_kept(world: World, browsers: Browsers):
    nadia, person = await browsers.of(world.adviser), await world.job_seeker()
    there = f"/personnes/{person.id}/diagnostic"
    sent = NOTHING_ALONE | {"version": "1", "once": "eins"}
    await nadia.post(there, sent)

    again = await nadia.post(there, sent)
    other = await nadia.post(there, sent | {"q.phone": "basic"})

    assert (again.status_code, other.status_code) == (303, 422)
    assert 'value="basic" checked' in other.text
    assert len(await diagnoses.of_person(world.db, person.id, by=world.adviser)) == 1


async def test_one_click_leads_from_the_suggestion_to_the_seat_and_its_undo(world: World, browsers: Browsers):
    nadia, person, session = await browsers.of(world.adviser), await world.job_seeker(), await world.session()
    address = await answered(nadia, person)
    assert str(session.id) in (await nadia.get(address)).text

    wanted = {"suggestion": "workshop:beginner:Prise en main", "session": str(session.id), "once": "zwei"}
    seated = await nadia.after(await nadia.post(f"{address}/inscription", wanted))

    assert await world.count(session) == (1, 0)
    assert "/placer/annuler" in seated.text
    assert "Inscription confirmée" in text(await nadia.get(address))


async def test_a_suggestion_is_set_aside_with_a_reason_and_taken_up_again(world: World, browsers: Browsers):
    nadia, person = await browsers.of(world.adviser), await world.job_seeker()
    address, phone = await answered(nadia, person), {"suggestion": "offer:solidarity_phone"}

    bare = await nadia.post(f"{address}/decision", phone | {"verdict": "set_aside"})
    aside = await nadia.post(f"{address}/decision", phone | {"verdict": "set_aside", "reason": "already"})
    after = await nadia.after(aside)
    again = await nadia.after(await nadia.post(f"{address}/decision", phone))

    assert (bare.status_code, "Choisissez une raison." in text(bare)) == (422, True)
    assert "Écartée Elle l’a déjà, ou l’a déjà fait" in text(after)
    assert "Écartée" not in text(again)


async def test_an_offer_that_is_followed_leads_to_a_referral_that_knows_it(world: World, browsers: Browsers):
    nadia, person = await browsers.of(world.adviser), await world.job_seeker()
    address = await answered(nadia, person)

    sent = await nadia.post(f"{address}/decision", {"suggestion": "offer:solidarity_phone", "verdict": "followed"})

    id = address.rpartition("/")[2]
    wanted = f"/personnes/{person.id}/orientations/nouvelle?service=solidarity_phone&diagnostic={id}"
    assert (sent.status_code, sent.headers["location"]) == (303, wanted)


async def test_who_is_called_but_has_no_number_is_sent_to_his_sheet(world: World, browsers: Browsers):
    nadia, person = await browsers.of(world.adviser), await world.job_seeker()
    made = await diagnoses.answer(
        world.db, person.id, {"phone": ["basic"], "email": ["none"]}, by=world.adviser, now=NOW
    )

    refused = await nadia.post(
        f"/diagnostics/{made.id}/decision", {"suggestion": "channel:call", "verdict": "followed"}
    )

    assert refused.status_code == 422
    assert f"/personnes/{person.id}/modifier" in refused.text


async def test_a_slip_is_taken_back_on_the_page(world: World, browsers: Browsers):
    nadia, person = await browsers.of(world.adviser), await world.job_seeker()
    address = await answered(nadia, person)

    after = await nadia.after(await nadia.post(f"{address}/reprise"))

    assert "Le diagnostic est repris" in text(after)
    assert (await nadia.get(address)).status_code == 404


async def test_nobody_of_another_agency_finds_it(world: World, browsers: Browsers):
    nadia, person = await browsers.of(world.adviser), await world.job_seeker()
    address = await answered(nadia, person)
    ines = await browsers.of(await world.staff(Role.ADVISER, await world.another_agency(), "Inès"))

    for path in (address, f"/personnes/{person.id}/diagnostic"):
        assert (await ines.get(path)).status_code == 404
    assert (await ines.post(f"{address}/decision", {"suggestion": "offer:solidarity_phone"})).status_code == 404


async def test_the_persons_page_and_the_new_persons_form_lead_there(world: World, browsers: Browsers):
    nadia, person = await browsers.of(world.adviser), await world.job_seeker()
    address = await answered(nadia, person)

    sheet, placer = await nadia.get(f"/personnes/{person.id}"), await nadia.get(f"/placer?personne={person.id}")
    new = {"last_name": "Morel", "first_name": "Léa", "suite": "diagnostic"}
    made = await nadia.after(await nadia.post("/personnes", new))

    assert address in sheet.text and f"/personnes/{person.id}/diagnostic" in placer.text
    assert "Léa MOREL Diagnostic numérique" in text(made)
