"""What one does with a seat on the placing page: hold, confirm, let go, take back, restore, wait, in spite of all."""

from datetime import timedelta

import pytest

from booking.domain.bookings import BookingState
from booking.domain.job_seekers import JobSeeker
from booking.domain.sessions import Session
from booking.services import holds, job_seekers, scheduling, waits
from tests.given import NOW, World, a_workshop
from tests.web.given import Browser, Browsers, text

pytestmark = pytest.mark.parametrize("url", ["sqlite"], indirect=True)
PARTS = {"x-parts": "1"}


@pytest.fixture
async def nadia(world: World, browsers: Browsers) -> Browser:
    return await browsers.of(world.adviser)


def both(session: Session, person: JobSeeker, **more: str) -> dict[str, str]:
    return {"session": str(session.id), "person": str(person.id)} | more


async def states(world: World, person: JobSeeker) -> list[BookingState]:
    return [x.booking.state for x in await job_seekers.history(world.db, person.id, by=world.adviser)]


async def asking_for_more(world: World) -> Session:
    """A session of a workshop that comes after another one."""
    internet = a_workshop("Internet", after=(world.workshop.id,))
    await scheduling.add_workshop(world.db, internet, by=world.manager, now=NOW)
    return await world.session(workshop_id=internet.id)


async def test_a_seat_is_held_while_one_talks_and_then_confirmed(world: World, nadia: Browser):
    session, person = await world.session(), await world.job_seeker("Diallo")

    held = await nadia.after(await nadia.post("/placer/retenir", both(session, person, once="k1")))
    booking = (await job_seekers.history(world.db, person.id, by=world.adviser))[0].booking
    placed = await nadia.after(
        await nadia.post("/placer/confirmer", {"booking": str(booking.id), "person": str(person.id)})
    )

    assert "Une place est retenue pour Aïssatou DIALLO jusqu’à 10 h 10." in text(held)
    assert 'data-left="600"' in held.text and "Confirmer" in text(held) and "Libérer" in text(held)
    assert "Aïssatou DIALLO a sa place : 1 sur 8." in text(placed)
    assert await states(world, person) == [BookingState.BOOKED]


async def test_a_held_seat_shows_in_its_row_when_one_comes_back(world: World, nadia: Browser):
    session, person = await world.session(), await world.job_seeker()
    await holds.hold(world.db, session.id, person.id, by=world.adviser, now=NOW)

    page = text(await nadia.get(f"/placer?personne={person.id}"))

    assert "Retenue jusqu’à 10 h 10" in page and "Confirmer" in page and "Libérer" in page


async def test_a_held_seat_is_let_go(world: World, nadia: Browser):
    session, person = await world.session(), await world.job_seeker()
    held = await holds.hold(world.db, session.id, person.id, by=world.adviser, now=NOW)

    await nadia.post("/placer/annuler", {"booking": str(held.booking.id), "person": str(person.id)})

    assert await world.count(session) == (0, 0)


async def test_what_was_taken_back_is_restored(world: World, nadia: Browser):
    session, person = await world.session(), await world.job_seeker("Diallo")
    about = {"booking": str((await world.booked(session, person)).id), "person": str(person.id)}

    undone = await nadia.after(await nadia.post("/placer/annuler", about))
    back = await nadia.after(await nadia.post("/placer/retablir", about))

    assert "Rétablir" in text(undone)
    assert "Aïssatou DIALLO a sa place" in text(back)
    assert await world.count(session) == (1, 0)


async def test_what_cannot_be_restored_any_more_says_why(world: World, nadia: Browser):
    session, person = await world.session(capacity=1), await world.job_seeker()
    about = {"booking": str((await world.booked(session, person)).id), "person": str(person.id)}
    await nadia.post("/placer/annuler", about)
    await world.booked(session)

    answer = await nadia.post("/placer/retablir", about)

    assert answer.status_code == 409
    assert "Cette session est complète" in text(answer)


async def test_a_priority_on_the_waitlist_has_its_reason(world: World, nadia: Browser):
    full, person = await world.session(capacity=1), await world.job_seeker("Diallo")
    await world.booked(full)
    await world.waiting(full)

    placed = await nadia.after(await nadia.post("/placer/attente", both(full, person, first_because="Entretien lundi")))

    assert "Aïssatou DIALLO est sur la liste d’attente, en position 1." in text(placed)


async def test_a_missing_prerequisite_is_named_and_a_reason_lets_the_person_in(world: World, nadia: Browser):
    session, person = await asking_for_more(world), await world.job_seeker("Diallo")

    page = await nadia.get(f"/placer?personne={person.id}")
    refused = await nadia.post("/placer/inscrire", both(session, person))
    placed = await nadia.after(await nadia.post("/placer/inscrire", both(session, person, because="Sait déjà")))

    assert "Inscrire quand même" in text(page) and f'id="spite-{session.id}"' in page.text
    assert refused.status_code == 409
    assert "Ce qui manque Premiers pas avec l’ordinateur" in text(refused)
    assert "Aïssatou DIALLO a sa place" in text(placed)


async def test_what_was_refused_for_a_prerequisite_is_tried_again_as_it_was(world: World, nadia: Browser):
    session, person = await asking_for_more(world), await world.job_seeker()

    refused = await nadia.post("/placer/retenir", both(session, person, moment="matin"))

    form = refused.text.partition("Ce qui manque")[0].rpartition("<form")[2]
    assert 'action="/placer/retenir"' in form
    assert f'name="session" value="{session.id}"' in form and 'name="moment" value="matin"' in form
    assert "Retenir quand même" in text(refused)


async def test_the_line_of_a_workshop_is_joined_and_left(world: World, nadia: Browser):
    full, person = await world.session(capacity=1), await world.job_seeker()
    await world.booked(full)
    form = {"workshop": str(world.workshop.id), "person": str(person.id), "agency_ids": str(world.agency.id)}

    joined = await nadia.after(await nadia.post("/placer/attendre", form))
    wait = (await waits.of_person(world.db, person.id, by=world.adviser, now=NOW))[0].wait
    left = await nadia.after(await nadia.post("/placer/renoncer", {"wait": str(wait.id), "person": str(person.id)}))

    assert "La personne attend la prochaine place de cet atelier." in text(joined)
    assert "Attend une place : Premiers pas avec l’ordinateur" in text(joined)
    assert "La personne n’attend plus." in text(left)
    assert "Attend une place" not in text(left)


async def test_a_seat_that_is_free_after_all_is_given_instead_of_a_wait(world: World, nadia: Browser):
    person = await world.job_seeker("Diallo")
    await world.session()
    form = {"workshop": str(world.workshop.id), "person": str(person.id), "agency_ids": str(world.agency.id)}

    placed = await nadia.after(await nadia.post("/placer/attendre", form))

    assert "Aïssatou DIALLO a sa place : 1 sur 8." in text(placed)


async def test_a_line_needs_an_agency(world: World, nadia: Browser):
    person = await world.job_seeker()
    form = {"workshop": str(world.workshop.id), "person": str(person.id)}

    answer = await nadia.post("/placer/attendre", form)

    assert answer.status_code == 422
    assert "Ce champ est obligatoire" in text(answer)
    assert '<details class="card pad join" id="join" open>' in answer.text


async def test_a_script_gets_the_parts_of_the_page_and_nothing_around(world: World, nadia: Browser):
    session, person = await world.session(), await world.job_seeker("Diallo")

    parts = await nadia.get(f"/placer?personne={person.id}", headers=PARTS)
    sent = await nadia.post("/placer/inscrire", both(session, person), headers=PARTS)
    placed = await nadia.get(sent.headers["location"], headers=PARTS)

    assert parts.headers["x-parts"] == placed.headers["x-parts"] == "1"
    assert "<html" not in parts.text and "<header" not in parts.text
    assert all(f'id="{name}"' in parts.text for name in ("qui", "places", "dit"))
    assert "Aïssatou DIALLO a sa place : 1 sur 8." in text(placed) and "data-say>Aïssatou" in placed.text


async def test_a_refusal_comes_in_parts_too(world: World, nadia: Browser):
    full, person = await world.session(capacity=1), await world.job_seeker()
    await world.booked(full)

    answer = await nadia.post("/placer/inscrire", both(full, person), headers=PARTS)

    assert (answer.status_code, answer.headers["x-parts"]) == (409, "1")
    assert 'id="refus"' in answer.text and "<html" not in answer.text


async def test_without_a_script_the_page_is_whole(world: World, nadia: Browser):
    page = await nadia.get("/placer")

    assert "x-parts" not in page.headers
    assert "<html" in page.text and 'data-parts="/placer /personnes"' in page.text
    assert "trusted-types parts" in page.headers["content-security-policy"]


async def test_one_row_is_fetched_again_as_it_is_now(world: World, nadia: Browser):
    session, person = await world.session(capacity=2), await world.job_seeker()
    asked = f"/placer/ligne/{session.id}?personne={person.id}&best=first"

    before = await nadia.get(asked)
    await world.booked(session)
    await world.booked(session)
    after = await nadia.get(asked)

    assert "2 places libres" in text(before) and "première date" in text(before)
    assert f'id="book-{session.id}"' in before.text and f'id="wait-{session.id}"' in after.text
    assert "Complet" in text(after) and "Conseillé" not in text(after)
    assert after.text.count("<li id=") == 1


async def test_a_row_of_no_session_is_not_found(world: World, nadia: Browser):
    assert (await nadia.get(f"/placer/ligne/{world.agency.id}")).status_code == 404


async def test_the_seat_just_given_keeps_its_number_when_others_follow(world: World, nadia: Browser):
    session, person = await world.session(), await world.job_seeker("Diallo")
    booking = await world.booked(session, person)
    await world.booked(session, now=NOW + timedelta(minutes=1))

    page = await nadia.get(f"/placer?personne={person.id}&fait={booking.id}")

    assert "Aïssatou DIALLO a sa place : 1 sur 8." in text(page)
