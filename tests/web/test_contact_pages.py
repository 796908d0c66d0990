"""Ways that are closed, on screen: the person chooses on his own page, the adviser sees it and opens it again."""

import re

import pytest

from booking.domain import links
from booking.domain.bookings import Booking
from booking.domain.job_seekers import Channel
from booking.domain.receipts import Heard
from booking.domain.suppressions import Because
from booking.services import receiving, suppressing, understanding
from tests.given import NOW, SITE, World
from tests.web.given import Browser, text

pytestmark = pytest.mark.parametrize("url", ["sqlite"], indirect=True)
MOBILE = "+33639980101"


@pytest.fixture
async def booking(world: World) -> Booking:
    return await world.booked(await world.session(), await world.job_seeker("Diallo", phone=MOBILE))


@pytest.fixture
async def nadia(world: World, browsers) -> Browser:
    return await browsers.of(world.adviser)


async def stopped(world: World, channel: Channel, address: str, because: Because) -> None:
    async with world.db.transaction() as tx:
        await suppressing.stop(tx, channel, address, because, site=SITE, now=NOW)


async def test_a_person_stops_the_texts_on_his_own_page_and_takes_them_up_again(browsers, booking):
    phone, path = browsers.stranger(), links.path_of(booking, SITE)
    assert "?etape=messages" in (await phone.get(path)).text

    after = await phone.after(await phone.post(path, {"faire": "sans-sms"}))
    assert "C’est noté : vous ne recevez plus de SMS." in text(after) and "Recevoir des SMS" in text(after)
    again = await phone.after(await phone.post(path, {"faire": "avec-sms"}))
    assert "Nous vous écrivons par SMS. Ne plus recevoir de SMS" in text(again)


async def test_who_has_no_such_address_has_no_such_choice(browsers, booking):
    phone, path = browsers.stranger(), links.path_of(booking, SITE)

    assert "e-mail" not in text(await phone.get(f"{path}?etape=messages"))
    assert (await phone.post(path, {"faire": "sans-email"})).status_code == 422


async def test_what_comes_back_is_said_to_the_person_without_a_button(world, browsers, booking):
    await stopped(world, Channel.SMS, MOBILE, Because.INVALID)

    page = await browsers.stranger().get(f"{links.path_of(booking, SITE)}?etape=messages")

    assert "Nos messages ne vous arrivent plus." in text(page) and "Recevoir des SMS" not in text(page)


async def test_the_page_of_a_person_says_it_and_the_adviser_opens_the_way_again(world, nadia, booking):
    page = f"/personnes/{booking.job_seeker_id}"
    await stopped(world, Channel.SMS, MOBILE, Because.STOP)
    shown = await nadia.get(page)
    assert "Cette personne ne veut plus de SMS depuis le lundi 19 octobre 2026." in text(shown)
    (lift,) = re.findall(rf'action="({page}/refus/[^"]+)"', shown.text)

    bare = await nadia.after(await nadia.post(lift, {"because": " "}))
    assert "Écrivez pourquoi. Rien n’a changé." in text(bare)
    after = await nadia.after(await nadia.post(lift, {"because": "Elle le demande au guichet."}))
    assert "nous lui écrivons de nouveau" in text(after) and "ne veut plus" not in text(after)


async def test_nobody_is_told_that_who_refuses_his_only_way_will_hear_of_it(world, nadia):
    awa = await world.job_seeker("Diallo", email="awa@example.org")
    await stopped(world, Channel.EMAIL, "awa@example.org", Because.BOUNCED)

    said = text(await nadia.get(f"/personnes/{awa.id}"))

    assert "Rien ne joint cette personne." in said and "nous reviennent depuis le lundi 19 octobre 2026" in said


async def test_what_was_written_by_text_is_read_and_ticked_off(world, nadia, booking):
    heard = Heard(event="e", number="33639980101", body="J’arrive <b>en retard</b>")
    await receiving.take(world.db, "ovh", heard, site=SITE, now=NOW)
    await understanding.read_all(world.db, NOW, site=SITE)

    page = await nadia.get("/a-rappeler")
    assert "DIALLO Aïssatou" in text(page) and "A répondu par SMS : J’arrive <b>en retard</b>" in text(page)
    (tick,) = re.findall(r'action="(/a-rappeler/sms/[^"]+)"', page.text)
    after = await nadia.after(await nadia.post(tick))
    assert "c’est réglé" in text(after) and "A répondu par SMS" not in text(after)


async def test_who_places_a_person_sees_which_way_is_closed(world, browsers, nadia):
    browsers.app.state["machines"] = frozenset({Channel.EMAIL})
    awa = await world.job_seeker("Diallo", email="awa@example.org", phone=MOBILE)
    page = f"/placer?personne={awa.id}"
    before = await nadia.get(page)
    await stopped(world, Channel.EMAIL, "awa@example.org", Because.STOP)

    after = await nadia.get(page)

    assert ["<s>E-mail</s>" in shown.text for shown in (before, after)] == [False, True]
