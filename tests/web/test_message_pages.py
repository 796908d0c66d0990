"""The to-do list and the journal of messages."""

import pytest

from booking.delivery.deliveries import Deliveries
from booking.domain.agencies import WaitlistPolicy
from booking.domain.agency_settings import AgencySettings
from booking.domain.bookings import Party
from booking.domain.messages import MessageState
from booking.services import agency_settings, bookings, to_do
from booking.services.sending import send_due
from booking.storage import outbox
from tests.given import NOW, SITE, World
from tests.web.given import text


@pytest.fixture
async def item(world: World):
    """Somebody with nothing but a landline has to be told of a seat."""
    await world.booked(await world.session(), await world.job_seeker("Diallo", phone="04 76 00 00 00"))
    await send_due(world.db, Deliveries(), NOW, site=SITE)
    (found,) = await to_do.to_do(world.db, by=world.adviser, now=NOW)
    return found


@pytest.fixture
async def browser(world, browsers):
    return await browsers.of(world.adviser)


async def state(world, item):
    async with world.db.reading() as tx:
        return (await outbox.load(tx, item.message.id)).state


async def test_a_call_has_its_number_and_its_words(world, item, browser):
    answer = await browser.get("/a-faire")

    assert answer.status_code == 200
    assert "DIALLO Aïssatou" in text(answer) and "04 76 00 00 00" in text(answer)
    assert "Je voudrais parler à" in text(answer)
    assert [said in text(answer) for said in ("Joint", "Message laissé", "Pas joint")] == [True] * 3


async def test_paper_is_printed_from_the_list(world, browser):
    booking = await world.booked(await world.session())
    await send_due(world.db, Deliveries(), NOW, site=SITE)

    answer = await browser.get("/a-faire")

    assert f"/inscriptions/{booking.id}/papier" in answer.text and "Remis" in text(answer)


async def test_what_is_done_can_be_undone(world, item, browser):
    page = await browser.after(await browser.post(f"/a-faire/{item.message.id}", {"outcome": "reached"}))
    assert "la personne a été jointe" in text(page) and await state(world, item) is MessageState.DONE

    again = await browser.after(await browser.post(f"/a-faire/{item.message.id}", {"outcome": "undone"}))

    assert "C’est de nouveau à faire" in text(again) and await state(world, item) is MessageState.TO_DO


async def test_a_call_without_an_answer_stays(world, item, browser):
    page = await browser.after(await browser.post(f"/a-faire/{item.message.id}", {"outcome": "not-reached"}))

    assert "L’appel reste à faire" in text(page) and "1 essai" in text(page)


async def test_a_call_is_not_posted(world, item, browser):
    assert (await browser.post(f"/a-faire/{item.message.id}", {"outcome": "posted"})).status_code == 422


async def test_what_somebody_else_did_is_said(world, item, browser):
    await to_do.done(world.db, item.message.id, "reached", by=world.manager, now=NOW)

    assert (await browser.post(f"/a-faire/{item.message.id}", {"outcome": "reached"})).status_code == 412


async def test_an_empty_list_says_so(world, browser):
    assert "Rien à imprimer, personne à appeler" in text(await browser.get("/a-faire"))


async def test_the_journal_shows_one_kind_of_state(world, item, browser):
    assert "Aïssatou DIALLO" in text(await browser.get("/messages?etat=a-faire"))
    assert "Aucun message ici" in text(await browser.get("/messages?etat=echecs"))


async def test_a_facilitator_reaches_nobody(world, item, browsers):
    browser = await browsers.of(world.facilitator)
    assert (await browser.get("/a-faire")).status_code == 403
    assert (await browser.get("/messages")).status_code == 403
    assert (await browser.post(f"/a-faire/{item.message.id}", {"outcome": "reached"})).status_code == 403


@pytest.fixture
async def offered(world: World):
    """Somebody with nothing but a landline is asked whether he takes a seat."""
    settings = AgencySettings(directions="", hold_minutes=10, waitlist_policy=WaitlistPolicy.OFFER)
    await agency_settings.change(world.db, world.agency.id, settings, by=world.manager, now=NOW)
    session = await world.session(capacity=1)
    seated = await world.booked(session)
    waits = await world.waiting(session, await world.job_seeker("Diallo", phone="04 76 00 00 00"))
    await bookings.cancel(world.db, seated.id, party=Party.PERSON, by=world.adviser, now=NOW)
    await send_due(world.db, Deliveries(), NOW, site=SITE)
    return waits


@pytest.mark.parametrize(
    ("deed", "said", "state"), [("confirmer", {}, "Inscription confirmée"), ("annuler", {"party": "person"}, "annulée")]
)
async def test_an_offer_is_answered_from_the_call_list(world, offered, browser, deed, said, state):
    listed = await browser.get("/a-faire")

    page = text(await browser.after(await browser.post(f"/inscriptions/{offered.id}/{deed}", said)))

    assert "Prend la place" in text(listed) and f"/inscriptions/{offered.id}/{deed}" in listed.text
    assert state in page
    assert "Prend la place" not in text(await browser.get("/a-faire"))
