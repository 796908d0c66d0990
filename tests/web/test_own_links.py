"""A new link on the page of a booking; the old one, and one whose day is over, say the same clear words."""

import re

import pytest

from booking.documents.qr import drawn
from booking.domain.links import address_of, path_of
from booking.storage import bookings as kept
from tests.given import SITE, World, in_days
from tests.web.given import Browsers, browsing, text

pytestmark = pytest.mark.parametrize("url", ["sqlite"], indirect=True)


async def now_kept(world: World, booking):
    async with world.db.reading() as tx:
        return await kept.load(tx, booking.id)


async def test_the_old_link_is_over_and_the_letter_carries_the_new_one(world: World, browsers: Browsers) -> None:
    old = await world.booked(await world.session())
    nadia, phone = await browsers.of(world.adviser), browsers.stranger()

    page = await nadia.after(await nadia.post(f"/inscriptions/{old.id}/nouveau-lien"))
    new = await now_kept(world, old)
    letter = await nadia.get(f"/inscriptions/{old.id}/papier")

    assert "La personne a un nouveau lien. L’ancien ne marche plus." in text(page)
    assert drawn(address_of(new, SITE)) in letter.text and drawn(address_of(old, SITE)) not in letter.text
    assert address_of(new, SITE).partition("://")[2] in text(letter)
    assert (await phone.get(path_of(new, SITE))).status_code == 200
    gone, unknown = await phone.get(path_of(old, SITE)), await phone.get(path_of(old, SITE)[:-4] + "AAAA")
    assert (gone.status_code, gone.text) == (unknown.status_code, unknown.text.replace("AAAA", "")) or (
        text(gone) == text(unknown)
    )
    assert gone.status_code == unknown.status_code == 404
    assert "vous avez reçu un lien plus récent" in text(gone)


async def test_the_old_link_opens_neither_page_nor_calendar_nor_deed(world: World, browsers: Browsers) -> None:
    old = await world.booked(await world.session())
    nadia, phone = await browsers.of(world.adviser), browsers.stranger()
    await nadia.post(f"/inscriptions/{old.id}/nouveau-lien")

    for answer in (
        await phone.get(path_of(old, SITE)),
        await phone.get(f"{path_of(old, SITE)}/atelier.ics"),
        await phone.post(path_of(old, SITE), {"faire": "annuler"}),
    ):
        assert answer.status_code == 404 and "Ce lien ne marche plus" in text(answer)
    assert (await now_kept(world, old)).is_active


async def test_the_button_stands_where_one_may_book_for_the_person(world: World, browsers: Browsers) -> None:
    booking = await world.booked(await world.session())

    page = await (await browsers.of(world.adviser)).get(f"/inscriptions/{booking.id}")

    assert f'action="/inscriptions/{booking.id}/nouveau-lien"' in page.text


async def test_a_form_of_somebody_else_gives_no_link(world: World, browsers: Browsers) -> None:
    booking = await world.booked(await world.session())
    nadia = await browsers.of(world.adviser)

    assert (await nadia.forge(f"/inscriptions/{booking.id}/nouveau-lien")).status_code == 403
    karim = await browsers.of(world.facilitator)
    assert (await karim.post(f"/inscriptions/{booking.id}/nouveau-lien")).status_code in (403, 404)
    assert (await now_kept(world, booking)).link_version == 0


async def test_the_page_has_a_large_button_for_the_calendar(world: World, browsers: Browsers) -> None:
    booking = await world.booked(await world.session())
    phone = browsers.stranger()

    page = await phone.get(path_of(booking, SITE))
    (there,) = re.findall(r'<a class="btn" href="([^"]*atelier\.ics)"', page.text)
    file = await phone.get(there)

    assert "Ajouter à mon agenda" in text(page)
    assert (await phone.http.head(there)).headers["content-length"] == file.headers["content-length"]
    assert file.headers["content-type"] == "text/calendar; charset=utf-8"
    assert file.headers["content-disposition"] == 'inline; filename="atelier.ics"'
    assert (file.headers["cache-control"], file.headers["x-robots-tag"]) == ("no-store", "noindex")


async def test_after_the_day_the_calendar_is_over_in_clear_words(world: World) -> None:
    booking = await world.booked(await world.session())

    async with browsing(world, in_days(15)) as later:
        answer = await later.stranger().get(f"{path_of(booking, SITE)}/atelier.ics")

        assert answer.status_code == 410 and answer.headers["content-type"].startswith("text/html")
        assert "Ce lien ne marche plus" in text(answer) and "Appelez votre agence" in text(answer)


async def test_on_the_last_day_there_is_no_link_to_give_any_more(world: World) -> None:
    booking = await world.booked(await world.session())

    async with browsing(world, in_days(15)) as later:
        page = await (await later.of(world.adviser)).get(f"/inscriptions/{booking.id}")

        assert "nouveau-lien" not in page.text
