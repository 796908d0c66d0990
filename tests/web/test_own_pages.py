"""A person's own page: whoever has the link sees and says; nobody else learns anything."""

import re

import pytest

from booking.domain import links
from booking.domain.agencies import WaitlistPolicy
from booking.domain.agency_settings import AgencySettings
from booking.domain.bookings import Booking, BookingState, Party
from booking.services import bookings, holds, scheduling
from booking.storage import agencies
from booking.storage import bookings as kept
from tests.given import NOW, SITE, World, in_days, meeting
from tests.web.given import Browser, browsing, text


def path(booking: Booking) -> str:
    return links.path_of(booking, SITE)


async def now_kept(world: World, booking: Booking) -> Booking:
    async with world.db.reading() as tx:
        return await kept.load(tx, booking.id)


@pytest.fixture
def phone(browsers) -> Browser:
    return browsers.stranger()


@pytest.fixture
async def booking(world: World) -> Booking:
    session = await world.session(meeting(in_days(14), room_id=world.room.id))
    return await world.booked(session, await world.job_seeker("Diallo"))


async def answer(phone: Browser, booking: Booking, what: str, **more: str):
    return await phone.post(path(booking), {"faire": what} | more)


async def test_the_page_says_what_when_and_where_without_an_account(phone, booking):
    page = await phone.get(path(booking))

    said = text(page)
    assert page.status_code == 200 and '<html lang="fr" dir="ltr">' in page.text
    assert "Bonjour Aïssatou." in said and "Premiers pas avec l’ordinateur lundi 2 novembre de 9 h à 11 h" in said
    assert "Grenoble Bastille" in said and "Salle Vercors" in said and "C’est gratuit." in said
    assert "Votre code : " + " ".join(re.findall("..", booking.code)) in said
    assert "Diallo" not in said and "DIALLO" not in said


async def test_the_page_is_told_to_nobody(phone, booking):
    page = await phone.get(path(booking))

    assert page.headers["referrer-policy"] == "no-referrer"
    assert page.headers["x-robots-tag"] == "noindex"
    assert page.headers["cache-control"] == "no-store"
    assert "<script" not in page.text and len(page.text) < 6000


async def test_a_cycle_shows_every_date(world, phone):
    booking = await world.booked(await world.session(*(meeting(in_days(day)) for day in (1, 3, 8))))

    said = text(await phone.get(path(booking)))

    assert "Il y a 3 séances. Venez à chaque séance." in said
    assert all(day in said for day in ("mardi 20 octobre", "jeudi 22 octobre", "mardi 27 octobre de 9 h à 11 h"))


async def test_hours_that_every_meeting_has_are_said_once(world, phone):
    booking = await world.booked(await world.session(*(meeting(in_days(day)) for day in (1, 3, 4))))

    said = text(await phone.get(path(booking)))

    assert "de 10 h à 12 h mardi 20 octobre jeudi 22 octobre vendredi 23 octobre" in said


async def test_who_comes_says_so(world, phone, booking):
    page = await phone.after(await answer(phone, booking, "viens"))

    assert "C’est noté : vous venez." in text(page) and "Je viens" not in text(page)
    assert (await now_kept(world, booking)).answered_at == NOW


async def test_who_cannot_come_is_asked_once_more_and_can_take_it_back(world, phone, booking):
    asked = text(await phone.get(f"{path(booking)}?etape=annuler"))
    assert "Une autre personne aura votre place. Oui, je laisse ma place" in asked
    assert (await now_kept(world, booking)).is_active

    gone = text(await phone.after(await answer(phone, booking, "annuler")))
    assert "Vous avez annulé cette place." in gone and "Je reprends ma place" in gone
    ended = await now_kept(world, booking)
    assert (ended.cancelled_by, ended.is_active) == (Party.PERSON, False)

    back = text(await phone.after(await answer(phone, booking, "reprendre")))
    assert "vous avez de nouveau votre place" in back
    assert (await now_kept(world, booking)).state is BookingState.BOOKED


async def test_a_place_is_not_taken_back_when_somebody_has_it(world, phone):
    session = await world.session(capacity=1)
    booking, _ = await world.booked(session), await world.waiting(session)
    await answer(phone, booking, "annuler")

    refused = await answer(phone, booking, "reprendre")

    assert refused.status_code == 409 and "Il n’y a plus de place à cette date" in text(refused)
    assert await world.count(session) == (1, 0)


async def test_another_date_is_taken_with_one_button_and_the_old_link_leads_there(world, phone, booking):
    later = await world.session(meeting(in_days(20)))
    offered = await phone.get(f"{path(booking)}?etape=date")
    assert "dimanche 8 novembre, 9 h" in text(offered) and str(later.id) in offered.text

    page = await phone.after(await answer(phone, booking, "deplacer", session=str(later.id)))

    assert "voici votre nouvelle date. Votre atelier" in text(page) and "dimanche 8 novembre" in text(page)
    old = await phone.get(path(booking))
    assert (old.status_code, old.headers["referrer-policy"]) == (303, "no-referrer")
    assert old.headers["location"] != path(booking) and "dimanche 8" in text(await phone.after(old))


async def test_a_date_that_fills_meanwhile_is_said_so(world, phone, booking):
    later = await world.session(meeting(in_days(20)), capacity=1)
    await world.booked(later)

    refused = await answer(phone, booking, "deplacer", session=str(later.id))

    assert refused.status_code == 409 and "Choisissez une autre date." in text(refused)
    assert (await now_kept(world, booking)).is_active


async def test_whom_no_date_suits_is_called_back_and_keeps_his_place(world, phone, booking):
    nothing = text(await phone.get(f"{path(booking)}?etape=date"))
    assert "Il n’y a pas d’autre date avec une place libre" in nothing

    page = text(await phone.after(await answer(phone, booking, "rappel")))

    assert "votre agence vous rappelle" in page and "Vous gardez votre place en attendant." in page
    assert (await now_kept(world, booking)).wishes_other_at == NOW


async def test_who_waits_sees_his_turn(world, phone):
    session = await world.session(capacity=1)
    await world.booked(session)
    booking = await world.waiting(session)

    assert "Vous êtes à la place 1 de la liste." in text(await phone.get(path(booking)))
    gone = text(await phone.after(await answer(phone, booking, "annuler")))
    assert "Vous avez annulé cette place." in gone and "Je reprends ma place" not in gone


async def an_offer(world: World) -> Booking:
    async with world.db.transaction() as tx:
        asked_first = AgencySettings(directions="", hold_minutes=10, waitlist_policy=WaitlistPolicy.OFFER)
        await agencies.settle(tx, world.agency.id, asked_first)
    session = await world.session(capacity=1)
    first, second = await world.booked(session), await world.waiting(session)
    await bookings.cancel(world.db, first.id, party=Party.PERSON, by=None, now=NOW)
    return await now_kept(world, second)


async def test_an_offered_place_is_taken(world, phone):
    booking = await an_offer(world)
    assert booking.state is BookingState.OFFERED
    asked = text(await phone.get(path(booking)))
    assert "Une place est libre pour vous" in asked and "Sans réponse, la place va à une autre personne." in asked

    page = text(await phone.after(await answer(phone, booking, "prendre")))

    assert "la place est à vous" in page
    assert (await now_kept(world, booking)).state is BookingState.BOOKED


async def test_an_offered_place_is_refused(world, phone):
    booking = await an_offer(world)

    page = text(await phone.after(await answer(phone, booking, "annuler")))

    assert "Vous n’avez pas voulu de cette place." in page


async def test_a_place_that_is_kept_says_until_when(world, phone):
    session = await world.session()
    person = await world.job_seeker()
    held = (await holds.hold(world.db, session.id, person.id, by=world.adviser, now=NOW)).booking

    assert "Elle est gardée jusqu’à lundi 19 octobre, 10 h 10." in text(await phone.get(path(held)))


@pytest.mark.parametrize(
    ("party", "said"),
    [
        (Party.PERSON, "Vous avez annulé cette place."),
        (Party.ADVISER, "La personne qui vous conseille a annulé cette place."),
        (Party.SERVICE, "L’agence a annulé cette place. Ce n’est pas à cause de vous."),
    ],
)
async def test_who_cancelled_is_told_apart_and_nothing_that_was_noted_is_shown(world, phone, booking, party, said):
    await bookings.cancel(world.db, booking.id, party=party, because="Grossesse", by=world.adviser, now=NOW)

    page = text(await phone.get(path(booking)))

    assert said in page and "Grossesse" not in page and "Rappelez-moi pour une autre date" in page


async def test_a_cancelled_session_says_not_to_come(world, phone, booking):
    await scheduling.cancel(world.db, booking.session_id, because="Grève", by=world.manager, site=SITE, now=NOW)

    page = text(await phone.get(path(booking)))

    assert "Cet atelier est annulé" in page and "Ce n’est pas à cause de vous." in page
    assert "Je viens" not in page and "Je reprends" not in page


async def test_a_day_that_is_over_can_be_read_until_its_end(world, booking):
    async with browsing(world, in_days(14, hour=4)) as evening, browsing(world, in_days(15)) as next_day:
        page = await evening.stranger().get(path(booking))
        gone = await next_day.stranger().get(path(booking))

    assert "Cet atelier est passé" in text(page) and "Je viens" not in text(page)
    assert gone.status_code == 410


async def test_a_wrong_link_and_one_that_is_over_show_the_same_page(world, phone, booking):
    wrong = [
        await phone.get(address)
        for address in (
            f"/p/{booking.code}/AAAAAAAAAAAAAAAA",
            f"/p/K7M4P2/{path(booking)[-16:]}",
            "/p/x/%C3%A9",
            "/p/%00/%ff",
        )
    ]

    async with browsing(world, in_days(15)) as later:
        over = await later.stranger().get(path(booking))

    assert [page.status_code for page in wrong] == [404] * 4
    assert {page.text for page in wrong} == {over.text} and "Ce lien ne marche plus" in over.text
    assert {page.headers["referrer-policy"] for page in (*wrong, over)} == {"no-referrer"}


async def test_nothing_is_done_by_a_wrong_link(world, phone, booking):
    refused = await phone.post(f"/p/{booking.code}/AAAAAAAAAAAAAAAA", {"faire": "annuler"})
    calendar = await phone.get(f"/p/{booking.code}/AAAAAAAAAAAAAAAA/atelier.ics")

    assert (refused.status_code, calendar.status_code) == (404, 404)
    assert await now_kept(world, booking) == booking


@pytest.mark.parametrize("what", ["", "supprimer", "deplacer"])
async def test_an_unknown_button_does_nothing(world, phone, booking, what):
    refused = await answer(phone, booking, what, session="nowhere" if what else "")

    assert refused.status_code in (404, 422) and "Ce n’est plus possible." in text(refused)
    assert await now_kept(world, booking) == booking


@pytest.mark.parametrize(
    ("headers", "is_believed"),
    [
        ({"sec-fetch-site": "same-origin"}, True),
        ({"sec-fetch-site": "cross-site"}, False),
        ({"origin": SITE.url}, True),
        # An old phone names no origin to pages that let no address out.
        ({"origin": "null"}, True),
        ({"origin": "null", "sec-fetch-site": "cross-site"}, False),
        ({"origin": "https://evil.example"}, False),
        ({}, True),
    ],
)
async def test_a_button_pressed_on_another_site_is_not_believed(world, phone, booking, headers, is_believed):
    sent = await phone.forge(path(booking), {"faire": "viens"}, headers=headers)

    assert sent.status_code == (303 if is_believed else 403)
    assert bool((await now_kept(world, booking)).answered_at) is is_believed


async def test_a_staff_page_still_believes_no_origin_of_null(browsers, world):
    sent = await browsers.stranger().forge("/langue", {"langue": "en"}, headers={"origin": "null"})

    assert sent.status_code == 403


async def test_arabic_is_read_from_the_right_and_remembered(phone, booking):
    chosen = await phone.get(f"{path(booking)}?langue=ar")
    again = await phone.get(path(booking))

    for page in (chosen, again):
        assert '<html lang="ar" dir="rtl">' in page.text
        assert "الاثنين 2 نوفمبر من الساعة 9:00 إلى 11:00" in text(page)
        assert "سأحضر" in text(page) and "Je viens" not in text(page)
    assert "path=/p" in chosen.headers["set-cookie"].lower() and "set-cookie" not in again.headers


async def test_staff_do_not_read_arabic_because_a_person_did(phone, booking):
    await phone.get(f"{path(booking)}?langue=ar")

    assert '<html lang="fr"' in (await phone.get("/connexion")).text


@pytest.mark.parametrize(
    ("language", "accepted", "read"), [("ar", "", "ar"), ("en", "ar", "en"), ("wo", "ar-DZ,fr", "ar"), ("", "", "fr")]
)
async def test_the_language_is_the_person_s_or_the_phone_s(world, phone, language, accepted, read):
    booking = await world.booked(await world.session(), await world.job_seeker(language=language))

    page = await phone.get(path(booking), headers={"accept-language": accepted})

    assert f'<html lang="{read}"' in page.text


async def test_an_unknown_language_is_not_remembered(phone, booking):
    page = await phone.get(f"{path(booking)}?langue=de")

    assert page.status_code == 200 and "set-cookie" not in page.headers


async def test_the_dates_can_be_put_into_a_phone(phone, booking):
    page = await phone.get(f"{path(booking)}/atelier.ics")

    assert page.headers["content-type"] == "text/calendar; charset=utf-8"
    assert page.headers["referrer-policy"] == "no-referrer" and "BEGIN:VEVENT" in page.text


async def test_how_to_get_there_and_a_map_that_is_only_a_link(world, phone):
    there = await world.another_agency("Lyon Part-Dieu", latitude=45.76, longitude=4.86, directions="Métro B.")
    booking = await world.booked(await world.session(agency_id=there.id, by=await _manager(world)))

    page = await phone.get(path(booking))

    assert "Métro B." in text(page) and "#map=17/45.76000/4.86000" in page.text
    assert not re.findall(r'(?:src|href|action)="https?:(?!//www\.openstreetmap\.org/\?)', page.text)


async def _manager(world: World):
    return await world.staff(next(iter(world.manager.roles))[1], None, "Inès")


async def test_a_link_is_never_in_the_log(world, phone, booking, caplog, monkeypatch):
    async def broken(*_: object, **__: object) -> None:
        raise ZeroDivisionError

    monkeypatch.setattr("booking.services.own_pages.find", broken)
    logged: list[dict[str, object]] = []
    monkeypatch.setattr("booking.app.log.error", lambda *said, **facts: logged.append(facts))

    page = await phone.get(path(booking))

    assert page.status_code == 500 and len(logged) == 1
    assert path(booking)[-16:] not in f"{logged[0]['path']}" and "{proof" in f"{logged[0]['path']}"
