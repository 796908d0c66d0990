"""A booking's page while it is held, offered, waiting, or just cancelled; and the line on the page of a session."""

from booking.domain.agencies import WaitlistPolicy
from booking.domain.agency_settings import AgencySettings
from booking.domain.bookings import Party
from booking.domain.staff import Role
from booking.services import agency_settings, bookings, holds, waits
from tests.given import NOW, World, in_days, meeting
from tests.web.given import Browsers, text


async def test_a_held_seat_is_booked_from_its_page(world: World, browsers: Browsers) -> None:
    session, person = await world.session(), await world.job_seeker()
    held = (await holds.hold(world.db, session.id, person.id, by=world.adviser, now=NOW)).booking
    nadia = await browsers.of(world.adviser)

    before = text(await nadia.get(f"/inscriptions/{held.id}"))
    after = text(await nadia.after(await nadia.post(f"/inscriptions/{held.id}/confirmer")))

    assert "Place retenue jusqu’au lundi 19 octobre, 10 h 10" in before
    assert "La personne a sa place." in after and "Place retenue" not in after


async def test_an_offered_seat_is_taken_from_its_page(world: World, browsers: Browsers) -> None:
    settings = AgencySettings(directions="", hold_minutes=10, waitlist_policy=WaitlistPolicy.OFFER)
    await agency_settings.change(world.db, world.agency.id, settings, by=world.manager, now=NOW)
    session = await world.session(capacity=1)
    seated, offered = await world.booked(session), await world.waiting(session)
    await bookings.cancel(world.db, seated.id, party=Party.PERSON, by=world.adviser, now=NOW)
    nadia = await browsers.of(world.adviser)

    before = text(await nadia.get(f"/inscriptions/{offered.id}"))
    after = text(await nadia.after(await nadia.post(f"/inscriptions/{offered.id}/confirmer")))

    assert "Place proposée" in before and "Réponse attendue avant le jeudi 22 octobre, 10 h" in before
    assert "Inscription confirmée" in after


async def test_a_cancellation_of_a_moment_ago_is_taken_back_from_the_page(world: World, browsers: Browsers) -> None:
    session = await world.session()
    booking = await world.booked(session)
    nadia = await browsers.of(world.adviser)
    cancelled = text(await nadia.after(await nadia.post(f"/inscriptions/{booking.id}/annuler", {"party": "person"})))

    back = text(await nadia.after(await nadia.post(f"/inscriptions/{booking.id}/retablir")))

    assert "Rétablir l’inscription" in cancelled
    assert "La personne a de nouveau sa place." in back and "Rétablir" not in back
    assert await world.count(session) == (1, 0)


async def test_when_the_seat_is_gone_the_page_says_so(world: World, browsers: Browsers) -> None:
    session = await world.session(capacity=1)
    booking = await world.booked(session)
    await bookings.cancel(world.db, booking.id, party=Party.PERSON, by=world.adviser, now=NOW)
    await world.booked(session)

    answer = await (await browsers.of(world.adviser)).post(f"/inscriptions/{booking.id}/retablir")

    assert answer.status_code == 409 and "Cette session est complète" in text(answer)


async def test_a_facilitator_neither_confirms_nor_restores(world: World, browsers: Browsers) -> None:
    booking = await world.booked(await world.session())
    karim = await browsers.of(world.facilitator)

    for deed in ("confirmer", "retablir"):
        assert (await karim.post(f"/inscriptions/{booking.id}/{deed}")).status_code == 403


async def test_the_line_says_who_is_next_and_why_not(world: World, browsers: Browsers) -> None:
    session = await world.session(capacity=1)
    await world.booked(session)
    placed, first, roams = await world.job_seeker("Ba"), await world.job_seeker("Cé"), await world.job_seeker("Do")
    await world.waiting(session, placed)
    await bookings.wait(world.db, session.id, first.id, by=world.adviser, now=NOW, first_because="Entretien demain")
    await waits.join(world.db, world.workshop.id, roams.id, [world.agency.id], by=world.adviser, now=NOW)
    later = await world.session(meeting(in_days(20)), capacity=1, workshop_id=world.workshop.id)
    assert await world.count(later) == (1, 0)

    page = text(await (await browsers.of(world.adviser)).get(f"/sessions/{session.id}"))

    line = page[page.index("Liste d’attente") :]
    assert line.index("CÉ") < line.index("BA")
    assert "en priorité" in line


async def test_somebody_passed_over_is_explained(world: World, browsers: Browsers) -> None:
    session = await world.session(capacity=1)
    seated, person = await world.booked(session), await world.job_seeker("Ba")
    waiting = await world.waiting(session, person)
    await world.booked(await world.session(meeting(in_days(20))), person)
    await bookings.cancel(world.db, seated.id, party=Party.PERSON, by=world.adviser, now=NOW)
    nadia = await browsers.of(world.adviser)

    line = text(await nadia.get(f"/sessions/{session.id}"))
    own = text(await nadia.get(f"/inscriptions/{waiting.id}"))

    assert "n’aurait pas de place maintenant : a déjà une place dans une autre session de cet atelier" in line
    assert "Liste d’attente n° 1 Pas de place pour l’instant : a déjà une place" in own


async def test_the_people_of_another_agency_have_no_name_in_the_line(world: World, browsers: Browsers) -> None:
    session = await world.session(capacity=1)
    await world.booked(session)
    await world.waiting(session, await world.job_seeker("Ba"))
    stranger = await world.staff(Role.ADVISER, await world.another_agency(), "Lina")

    page = text(await (await browsers.of(stranger)).get(f"/sessions/{session.id}"))

    assert "Une personne d’une autre agence" in page and "BA" not in page


async def test_why_somebody_gives_up_is_kept_as_a_class_and_told_in_words(world: World, browsers: Browsers) -> None:
    booking = await world.booked(await world.session())
    nadia = await browsers.of(world.adviser)
    said = {"party": "person", "reason": "job", "because": "Commence lundi"}

    page = text(await nadia.after(await nadia.post(f"/inscriptions/{booking.id}/annuler", said)))
    back = text(await nadia.after(await nadia.post(f"/inscriptions/{booking.id}/retablir")))

    assert "La personne : Commence lundi (emploi)" in page
    assert "emploi)" not in back
