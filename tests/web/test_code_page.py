"""A person gives a code at a desk or on the phone: found as heard, and all that the own page does is done there."""

import pytest

from booking.domain.bookings import Booking, BookingState, Party
from booking.domain.codes import spaced
from booking.domain.staff import Role
from booking.services import bookings, holds, recalls
from booking.storage import bookings as kept
from tests.given import NOW, World, in_days, meeting
from tests.web.given import Browser, browsing, text


@pytest.fixture
async def browser(world, browsers) -> Browser:
    return await browsers.of(world.adviser)


@pytest.fixture
async def booking(world: World) -> Booking:
    return await world.booked(await world.session(), await world.job_seeker("Diallo"))


async def now_kept(world: World, booking: Booking) -> Booking:
    async with world.db.reading() as tx:
        return await kept.load(tx, booking.id)


async def do(browser: Browser, booking: Booking, what: str, **more: str):
    return await browser.post(f"/code/{booking.id}", {"code": booking.code, "faire": what} | more)


async def test_the_page_asks_for_a_code(browser):
    page = await browser.get("/code")

    assert page.status_code == 200 and "Une personne donne son code" in text(page)
    assert "Aucune inscription" not in text(page)


@pytest.mark.parametrize("heard", [str, spaced, str.lower, lambda code: f" {'-'.join(code)}. "])
async def test_a_code_is_found_however_it_is_typed(browser, booking, heard):
    page = await browser.get("/code", params={"code": heard(booking.code)})

    assert "Aïssatou DIALLO Inscription confirmée" in text(page)
    assert "lundi 2 novembre 2026, 9 h → 11 h" in text(page)


@pytest.mark.parametrize("said", ["K7", "abcdef", "K7M4P2K7", "<script>"])
async def test_what_is_no_code_says_what_one_looks_like(browser, said):
    page = await browser.get("/code", params={"code": said})

    assert page.status_code == 422 and "Un code a trois lettres et trois chiffres" in text(page)


async def test_a_code_of_nobody_leads_to_the_search_by_name(browser, booking):
    other = "A2A2A2" if booking.code != "A2A2A2" else "C3C3C3"

    page = await browser.get(f"/code?code={other}")

    assert page.status_code == 200 and "Aucune inscription à venir n’a ce code" in text(page)


async def test_the_people_of_other_agencies_are_not_found_but_by_the_whole_network(world, browsers, booking):
    neighbour = await browsers.of(await world.staff(Role.ADVISER, await world.another_agency(), "Paul"))
    network = await browsers.of(await world.staff(Role.ADVISER, None, "Inès"))

    assert "DIALLO" not in text(await neighbour.get(f"/code?code={booking.code}"))
    assert (await do(neighbour, booking, "annuler")).status_code == 404
    assert "DIALLO" in text(await network.get(f"/code?code={booking.code}"))
    assert await now_kept(world, booking) == booking


async def test_a_facilitator_answers_for_nobody(world, browsers, booking):
    browser = await browsers.of(world.facilitator)

    assert (await browser.get("/code")).status_code == 403
    assert (await browser.get(f"/code?code={booking.code}")).status_code == 403
    assert (await do(browser, booking, "viens")).status_code == 403


async def test_another_booking_is_not_reached_through_a_code(world, browser, booking):
    other = await world.booked(await world.session())

    answer = await browser.post(f"/code/{other.id}", {"code": booking.code, "faire": "annuler"})

    assert answer.status_code == 404 and (await now_kept(world, other)).is_active


async def test_who_calls_to_come_is_noted(world, browser, booking):
    page = text(await browser.after(await do(browser, booking, "viens")))

    assert "la personne vient" in page and "A dit qu’elle vient" in page
    assert (await now_kept(world, booking)).answered_at == NOW


async def test_who_calls_not_to_come_gave_up_by_himself_and_may_take_it_back(world, browser, booking):
    gone = text(await browser.after(await do(browser, booking, "annuler")))
    assert "la personne ne vient pas" in gone and "Reprend sa place" in gone
    assert (await now_kept(world, booking)).cancelled_by is Party.PERSON

    await do(browser, booking, "reprendre")
    assert (await now_kept(world, booking)).state is BookingState.BOOKED


async def test_another_date_is_given_and_the_old_code_leads_there(world, browser, booking):
    later = await world.session(meeting(in_days(20)))
    assert "Prend cette date" in text(await browser.get(f"/code?code={booking.code}"))

    page = text(await browser.after(await do(browser, booking, "deplacer", session=str(later.id))))

    assert "une place à la nouvelle date" in page and "dimanche 8 novembre 2026" in page
    old = text(await browser.get(f"/code?code={booking.code}"))
    assert "dimanche 8 novembre 2026" in old and "lundi 2 novembre 2026" not in old


async def test_whom_no_date_suits_is_called_back(world, browser, booking):
    await do(browser, booking, "rappel")

    listed = text(await browser.get("/a-rappeler"))
    assert "Demandent une autre date" in listed and "DIALLO Aïssatou" in listed
    page = text(await browser.after(await browser.post(f"/a-rappeler/{booking.id}")))
    assert "Annuler" in page and "DIALLO" not in page
    assert await recalls.wishing(world.db, by=world.adviser, now=NOW) == []

    again = text(await browser.after(await browser.post(f"/a-rappeler/{booking.id}/reprendre")))
    assert "de nouveau à rappeler" in again and "DIALLO Aïssatou" in again


async def test_a_seat_that_is_kept_is_taken(world, browser):
    session, person = await world.session(), await world.job_seeker()
    held = (await holds.hold(world.db, session.id, person.id, by=world.adviser, now=NOW)).booking

    page = text(await browser.after(await do(browser, held, "prendre")))

    assert "La personne a la place." in page and (await now_kept(world, held)).state is BookingState.BOOKED


async def test_a_refusal_is_shown_beside_the_booking(world, browser, booking):
    full = await world.session(meeting(in_days(20)), capacity=1)
    await world.booked(full)

    answer = await do(browser, booking, "deplacer", session=str(full.id))

    assert answer.status_code == 409 and "Cette session est complète" in text(answer) and "DIALLO" in text(answer)


async def test_an_unknown_button_does_nothing(world, browser, booking):
    assert (await do(browser, booking, "supprimer")).status_code == 422
    assert (await do(browser, booking, "deplacer", session="nowhere")).status_code == 422
    assert await now_kept(world, booking) == booking


async def test_what_is_over_is_found_no_more(world, booking):
    async with browsing(world, in_days(15)) as later:
        page = await (await later.of(world.adviser)).get(f"/code?code={booking.code}")

    assert "Aucune inscription à venir" in text(page)


async def test_a_waitlist_is_left_without_a_way_back_to_a_seat(world, browser):
    session = await world.session(capacity=1)
    first, waits = await world.booked(session), await world.waiting(session)
    assert "n° 1" in text(await browser.get(f"/code?code={waits.code}"))

    await do(browser, waits, "annuler")
    await bookings.cancel(world.db, first.id, party=Party.PERSON, by=None, now=NOW)

    assert "Reprend sa place" not in text(await browser.get(f"/code?code={waits.code}"))


@pytest.mark.parametrize("path", ["/", "/a-faire"])
async def test_the_page_is_found_from_where_people_call(browser, path):
    assert 'href="/code"' in (await browser.get(path)).text
