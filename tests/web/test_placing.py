"""Placing a person: three actions, once however often the button is pressed, and never a dead end."""

from uuid import uuid4

import pytest

from booking.domain.bookings import BookingState
from booking.domain.job_seekers import JobSeeker, Need
from booking.domain.sessions import Session
from booking.domain.staff import Role
from booking.domain.workshops import Level, Skill
from booking.services import job_seekers, scheduling
from tests.given import NOW, World, a_workshop, in_days, meeting
from tests.web.given import Browser, Browsers, text

on_sqlite = pytest.mark.parametrize("url", ["sqlite"], indirect=True)


def both(session: Session, person: JobSeeker, **more: str) -> dict[str, str]:
    return {"session": str(session.id), "person": str(person.id)} | more


async def states(world: World, person: JobSeeker) -> list[BookingState]:
    return [x.booking.state for x in await job_seekers.history(world.db, person.id, by=world.adviser)]


@pytest.fixture
async def nadia(world: World, browsers: Browsers) -> Browser:
    return await browsers.of(world.adviser)


async def test_a_person_is_placed_in_three_actions(world: World, nadia: Browser):
    session, person = await world.session(capacity=8), await world.job_seeker("Diallo", phone="06 12 34 56 78")

    found = await nadia.get("/placer?q=diallo")
    chosen = await nadia.get(f"/placer?personne={person.id}")
    placed = await nadia.after(await nadia.post("/placer/inscrire", both(session, person, once="k1")))

    assert f"/placer?personne={person.id}" in found.text
    assert "Inscrire" in text(chosen)
    assert "Aïssatou DIALLO a sa place : 1 sur 8." in text(placed)
    assert "Ce qui part, et quand" in text(placed)
    assert await states(world, person) == [BookingState.BOOKED]


async def test_the_same_form_sent_twice_books_once(world: World, nadia: Browser):
    session, person = await world.session(), await world.job_seeker()

    answers = [await nadia.post("/placer/inscrire", both(session, person, once="k1")) for _ in range(2)]

    assert answers[0].headers["location"] == answers[1].headers["location"]
    assert await world.count(session) == (1, 0)


@on_sqlite
async def test_a_full_session_is_refused_with_others_to_book_at_once(world: World, nadia: Browser):
    full, other = await world.session(capacity=1), await world.session(meeting(in_days(15)))
    await world.booked(full)
    person = await world.job_seeker("Diallo")

    answer = await nadia.post("/placer/inscrire", both(full, person, complet="1"))

    assert answer.status_code == 409
    assert "Cette session est complète" in text(answer)
    assert "Aïssatou DIALLO" in text(answer), "the person stays chosen"
    assert f'name="session" value="{other.id}"' in answer.text.partition('id="refus"')[2].partition("</section>")[0]
    assert 'id="f-full-1" href="/placer?personne=' in answer.text and "retirer ce filtre" in text(answer)


@on_sqlite
async def test_who_finds_no_seat_can_wait_and_sees_the_position(world: World, nadia: Browser):
    full, person = await world.session(capacity=1), await world.job_seeker("Diallo")
    await world.booked(full)

    placed = await nadia.after(await nadia.post("/placer/attente", both(full, person, once="k1")))

    assert "sur la liste d’attente, en position 1" in text(placed)
    assert await states(world, person) == [BookingState.WAITLISTED]


@on_sqlite
async def test_full_sessions_are_shown_only_when_asked_for(world: World, nadia: Browser):
    full, person = await world.session(capacity=1), await world.job_seeker()
    await world.booked(full)

    usual = await nadia.get(f"/placer?personne={person.id}")
    all_of_them = await nadia.get(f"/placer?personne={person.id}&complet=1")

    assert str(full.id) not in usual.text
    assert "Mettre en attente" in text(all_of_them)


@on_sqlite
async def test_what_was_just_booked_can_be_taken_back(world: World, nadia: Browser):
    session, person = await world.session(), await world.job_seeker("Diallo")
    booking = await world.booked(session, person)

    answer = await nadia.after(
        await nadia.post("/placer/annuler", {"booking": str(booking.id), "person": str(person.id)})
    )

    assert "L’inscription de Aïssatou DIALLO est annulée." in text(answer)
    assert await world.count(session) == (0, 0)


@on_sqlite
async def test_a_person_whom_nothing_reaches_is_handed_paper(world: World, nadia: Browser):
    session, person = await world.session(), await world.job_seeker()

    page = text(await nadia.get(f"/placer?personne={person.id}"))
    sent = await nadia.post("/placer/inscrire", both(session, person, print="1"))

    assert "Rien ne joint cette personne." in page
    assert "Inscrire et imprimer" in page
    assert sent.headers["location"].startswith("/inscriptions/")
    assert sent.headers["location"].endswith("/papier")


@on_sqlite
async def test_a_place_already_held_leads_to_it(world: World, nadia: Browser):
    session, person = await world.session(), await world.job_seeker()
    booking = await world.booked(session, person)

    page = await nadia.get(f"/placer?personne={person.id}")
    answer = await nadia.post("/placer/inscrire", both(session, person))

    assert "A une place" in text(page)
    assert answer.status_code == 409
    assert f'href="/inscriptions/{booking.id}"' in answer.text


@on_sqlite
async def test_the_first_seat_that_suits_is_recommended(world: World, nadia: Browser):
    await world.session(meeting(in_days(9)))
    await world.session(meeting(in_days(3)))
    person = await world.job_seeker(needs=frozenset({"never_used_computer"}))

    page = text(await nadia.get(f"/placer?personne={person.id}"))

    assert page.count("Conseillé") == 1
    assert page.index("Conseillé") < page.index("mercredi 28")
    assert "pour débuter" in page


@on_sqlite
async def test_one_looks_around_before_looking_everywhere(world: World, nadia: Browser):
    lyon = await world.another_agency(department="69")
    odile = await world.staff(Role.MANAGER, None, "Odile")
    far = await world.session(agency_id=lyon.id, by=odile)

    around, everywhere, there = [
        (await nadia.get(f"/placer?agence={scope}")).text for scope in ("", "toutes", str(lyon.id))
    ]

    assert str(far.id) not in around
    assert str(far.id) in everywhere
    assert str(far.id) in there


@on_sqlite
async def test_the_next_page_begins_where_the_last_one_ended(world: World, nadia: Browser):
    sessions = [await world.session(meeting(in_days(2 + n / 4))) for n in range(20)]

    first = (await nadia.get("/placer")).text
    address = first.partition("Voir les sessions suivantes")[0].rpartition('href="')[2].partition('"')[0]
    second = (await nadia.get(address.replace("&amp;", "&"))).text

    assert [f"/ligne/{session.id}" in first for session in sessions] == [True] * 15 + [False] * 5
    assert [f"/ligne/{session.id}" in second for session in sessions] == [False] * 15 + [True] * 5


@on_sqlite
@pytest.mark.parametrize(
    "asked", ["personne=x", "atelier=x", "agence=x", "apres=x", "apres=2026-10-20_x", "fait=x", "q=%00"]
)
async def test_an_address_written_wrong_shows_the_page_all_the_same(world: World, nadia: Browser, asked: str):
    await world.session()

    assert (await nadia.get(f"/placer?{asked}")).status_code == 200


@on_sqlite
async def test_a_facilitator_places_nobody(world: World, browsers: Browsers):
    session, person = await world.session(), await world.job_seeker()
    karim = await browsers.of(world.facilitator)

    answers = [await karim.get("/placer"), await karim.post("/placer/inscrire", both(session, person))]

    assert [answer.status_code for answer in answers] == [403, 403]
    assert await world.count(session) == (0, 0)


@on_sqlite
async def test_nobody_of_another_agency_is_placed(world: World, browsers: Browsers):
    session, person = await world.session(), await world.job_seeker()
    lyon = await world.another_agency()
    colleague = await browsers.of(await world.staff(Role.ADVISER, lyon, "Inès"))

    answers = [
        await colleague.get(f"/placer?personne={person.id}"),
        await colleague.post("/placer/inscrire", both(session, person)),
    ]

    assert [answer.status_code for answer in answers] == [404, 404]
    assert await world.count(session) == (0, 0)


@on_sqlite
async def test_a_session_that_is_not_there_is_not_found(world: World, nadia: Browser):
    person = await world.job_seeker()

    missing = await nadia.post("/placer/inscrire", {"session": str(uuid4()), "person": str(person.id)})

    assert missing.status_code == 404


@on_sqlite
async def test_a_forged_form_books_nobody(world: World, nadia: Browser):
    session, person = await world.session(), await world.job_seeker()

    forged = await nadia.forge("/placer/inscrire", both(session, person))
    from_elsewhere = await nadia.post(
        "/placer/inscrire", both(session, person), headers={"sec-fetch-site": "cross-site"}
    )

    assert [forged.status_code, from_elsewhere.status_code] == [403, 403]
    assert await world.count(session) == (0, 0)


@on_sqlite
async def test_names_are_shown_as_text(world: World, nadia: Browser):
    person = await world.job_seeker("<script>alert(1)</script>")

    page = await nadia.get(f"/placer?personne={person.id}")

    assert "<script>alert" not in page.text.lower()


async def test_the_page_says_what_the_person_has_done_of_what_a_workshop_asks_for(world: World, browsers: Browsers):
    internet = a_workshop("Internet", after=(world.workshop.id,), skills=(Skill.READS_FRENCH,))
    await scheduling.add_workshop(world.db, internet, by=world.manager, now=NOW)
    await world.session(workshop_id=internet.id)
    person = await world.job_seeker()
    nadia = await browsers.of(world.adviser)

    page = await nadia.get(f"/placer?personne={person.id}")

    assert "Premiers pas avec l’ordinateur : pas encore fait" in text(page)
    assert "À vérifier : lire le français" in text(page)
    assert "Inscrire" in text(page)
    assert "pas encore fait" not in text(await nadia.get("/placer"))


async def test_what_the_person_has_done_is_called_done(world: World, browsers: Browsers):
    internet = a_workshop("Internet", after=(world.workshop.id,))
    await scheduling.add_workshop(world.db, internet, by=world.manager, now=NOW)
    await world.session(workshop_id=internet.id)
    person = await world.job_seeker()
    await world.booked(await world.session(meeting(in_days(1))), person)
    await scheduling.close_over(world.db, in_days(2))

    page = await (await browsers.of(world.adviser)).get(f"/placer?personne={person.id}")

    assert "Premiers pas avec l’ordinateur : fait" in text(page)


@on_sqlite
async def test_a_second_seat_of_one_workshop_is_pointed_out_as_long_as_the_first_is_to_come(
    world: World, browsers: Browsers
):
    person = await world.job_seeker()
    await world.booked(await world.session(meeting(in_days(7))), person)
    await world.session(meeting(in_days(14)))
    nadia = await browsers.of(world.adviser)

    page = text(await nadia.get(f"/placer?personne={person.id}"))

    assert "A déjà une place dans cet atelier, le lundi 26 octobre" in page
    assert page.count("A déjà une place") == 1


@on_sqlite
async def test_a_level_too_high_is_named_before_anybody_tries(world: World, browsers: Browsers):
    hard = a_workshop("Tableur", level=Level.ADVANCED)
    await scheduling.add_workshop(world.db, hard, by=world.manager, now=NOW)
    await world.session(workshop_id=hard.id)
    person = await world.job_seeker(needs=frozenset({Need.NEVER_USED_COMPUTER}))

    page = text(await (await browsers.of(world.adviser)).get(f"/placer?personne={person.id}"))

    assert "Niveau avancé : jamais utilisé d’ordinateur" in page
    assert "Inscrire quand même…" in page
