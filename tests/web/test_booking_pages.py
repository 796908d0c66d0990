"""The pages of one booking: what it is, its letter, giving it up, moving it."""

import pytest

from booking.documents.qr import drawn
from booking.domain.bookings import BookingState, Party
from booking.domain.codes import spaced
from booking.domain.links import address_of
from booking.domain.staff import Role
from booking.services import confirmations
from booking.storage.tables import audit
from tests.given import NOW, SITE, World, a_workshop, in_days, meeting
from tests.web.given import signed_in, text


@pytest.fixture
async def browser(world, browsers):
    return await browsers.of(world.adviser)


async def state(world: World, booking):
    return (await confirmations.show(world.db, booking.id, by=world.adviser, now=NOW)).booking


async def test_a_booking_says_who_what_and_what_leaves_when(world, browser):
    booking = await world.booked(await world.session(), await world.job_seeker("Diallo", phone="04 76 00 00 00"))

    answer = await browser.get(f"/inscriptions/{booking.id}")

    assert answer.status_code == 200
    assert "Aïssatou DIALLO Inscription confirmée" in text(answer)
    assert "Confirmation par appel téléphonique" in text(answer)


async def test_who_sees_whose_booking_it_is_is_written_down_once_a_minute(world, browsers):
    booking = await world.booked(await world.session(), person := await world.job_seeker("Diallo"))
    adviser, manager = await browsers.of(world.adviser), await browsers.of(world.manager)

    for page in ("", "", "/preuves"):
        await adviser.get(f"/inscriptions/{booking.id}{page}")
    await manager.get(f"/inscriptions/{booking.id}/preuves")

    async with world.db.reading() as tx:
        looks = await tx.rows(audit.select().where(audit.c.action == "saw", audit.c.noun_id == person.id))
    assert {(look.staff_id, look.details["way"]) for look in looks} == {
        (world.adviser.id, "booking"),
        (world.manager.id, "paper"),
    }
    assert len(looks) == 2


async def test_who_receives_nothing_is_handed_the_letter(world, browser):
    booking = await world.booked(await world.session())

    assert "Cette personne ne recevra rien" in text(await browser.get(f"/inscriptions/{booking.id}"))


async def test_a_booking_of_another_agency_is_not_found(world, browsers):
    booking = await world.booked(await world.session())
    neighbour = await world.staff(Role.ADVISER, await world.another_agency(), "Paul")

    browser = await browsers.of(neighbour)
    assert (await browser.get(f"/inscriptions/{booking.id}")).status_code == 404
    assert (await browser.get(f"/inscriptions/{booking.id}/papier")).status_code == 404


async def test_the_letter_invites_and_can_be_signed_for(world, browser):
    person = await world.job_seeker("Diallo", address="8, rue Ampère", postcode="38000", commune="Grenoble")
    booking = await world.booked(await world.session(meeting(in_days(14)), meeting(in_days(16))), person)

    said = text(await browser.get(f"/inscriptions/{booking.id}/papier"))

    assert "AÏSSATOU DIALLO 8 RUE AMPÈRE 38000 GRENOBLE" in said
    assert "lundi 2 novembre 2026" in said and "mercredi 4 novembre 2026" in said
    assert "Remis en main propre" in said and "Signature" in said
    assert "Invitation" in said and "onvocation" not in said


async def test_the_letter_of_a_long_cycle_is_set_closer_so_that_nothing_covers_what_is_signed(world, browser):
    cycle = [meeting(in_days(14 + n)) for n in range(6)]
    short, long = await world.booked(await world.session()), await world.booked(await world.session(*cycle))

    letters = [(await browser.get(f"/inscriptions/{booking.id}/papier")).text for booking in (short, long)]

    assert ["letter full" in letter for letter in letters] == [False, True]


async def test_the_letter_shows_the_code_and_the_way_to_the_person_s_own_page(world, browser):
    booking = await world.booked(await world.session())

    page = await browser.get(f"/inscriptions/{booking.id}/papier")

    assert f"Votre code : {spaced(booking.code)}" in text(page)
    assert address_of(booking, SITE).removeprefix("https://") in text(page)
    assert drawn(address_of(booking, SITE)) in page.text


async def test_a_letter_about_what_is_over_leads_nowhere(world):
    booking = await world.booked(await world.session())

    async with signed_in(world, world.adviser, in_days(20)) as later:
        assert "<svg" not in (await later.get(f"/inscriptions/{booking.id}/papier")).text


async def test_only_a_compulsory_workshop_makes_a_convocation(world, browser):
    duty = a_workshop("Mon espace", is_compulsory=True)
    async with world.db.transaction() as tx:
        await confirmations.workshops.add(tx, duty)
    booking = await world.booked(await world.session(workshop_id=duty.id))

    assert "Convocation" in text(await browser.get(f"/inscriptions/{booking.id}/papier"))


async def test_a_place_is_given_up_and_it_is_known_by_whom(world, browser):
    booking = await world.booked(await world.session())

    page = await browser.after(
        await browser.post(f"/inscriptions/{booking.id}/annuler", {"party": "person", "because": "A trouvé un emploi"})
    )

    assert "L’inscription est annulée" in text(page) and "La personne : A trouvé un emploi" in text(page)
    assert (await state(world, booking)).cancelled_by is Party.PERSON


async def test_without_saying_who_nothing_is_given_up(world, browser):
    booking = await world.booked(await world.session())

    answer = await browser.post(f"/inscriptions/{booking.id}/annuler", {"because": "gardé"})

    assert answer.status_code == 422 and 'value="gardé"' in answer.text
    assert (await state(world, booking)).state is BookingState.BOOKED


async def test_a_place_is_given_up_once(world, browser):
    booking = await world.booked(await world.session())
    await browser.post(f"/inscriptions/{booking.id}/annuler", {"party": "person"})

    assert (await browser.post(f"/inscriptions/{booking.id}/annuler", {"party": "person"})).status_code == 409


async def test_a_person_is_moved_to_another_date(world, browser):
    booking = await world.booked(await world.session())
    later = await world.session(meeting(in_days(20)))

    page = await browser.after(await browser.post(f"/inscriptions/{booking.id}/deplacer", {"session": str(later.id)}))

    assert "dimanche 8 novembre 2026" in text(page)
    assert (await state(world, booking)).state is BookingState.CANCELLED
    assert await world.count(later) == (1, 0)


async def test_nobody_is_moved_to_a_full_session(world, browser):
    booking = await world.booked(await world.session())
    full = await world.session(meeting(in_days(20)), capacity=1)
    await world.booked(full)

    answer = await browser.post(f"/inscriptions/{booking.id}/deplacer", {"session": str(full.id)})

    assert answer.status_code == 409 and "Cette session est complète" in text(answer)
    assert (await state(world, booking)).state is BookingState.BOOKED


@pytest.mark.parametrize("said", ["", "nowhere"])
async def test_a_move_needs_a_session(world, browser, said):
    booking = await world.booked(await world.session())

    assert (await browser.post(f"/inscriptions/{booking.id}/deplacer", {"session": said})).status_code == 422
