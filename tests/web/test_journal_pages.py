"""The page "Messages": looked through, and what is done there."""

import pytest
from sqlalchemy import update

from booking.delivery.deliveries import Deliveries
from booking.domain.messages import MessageKind, MessageState
from booking.services.message_deeds import stop
from booking.services.sending import send_due
from booking.storage import outbox, tables
from tests.given import NOW, SITE, World, in_days, meeting
from tests.outside import Provider
from tests.web.given import browsing, text

pytestmark = pytest.mark.parametrize("url", ["sqlite"], indirect=True)


@pytest.fixture
async def booking(world: World):
    person = await world.job_seeker("Diallo", email="awa@example.org")
    booked = await world.booked(await world.session(meeting(in_days(14))), person)
    await send_due(world.db, Deliveries(Provider()), NOW, site=SITE)
    return booked


@pytest.fixture
async def browser(world, browsers):
    return await browsers.of(world.adviser)


async def of_kind(world, booking, kind, rule=None):
    async with world.db.reading() as tx:
        found = await outbox.of_booking(tx, booking.id)
    return next(m for m in found if m.kind is kind and rule in (None, m.rule))


async def reminder(world, booking):
    return await of_kind(world, booking, MessageKind.REMINDER)


async def test_the_journal_says_what_left_and_what_waits(world, booking, browser):
    page = text(await browser.get("/messages"))

    assert "Confirmation à Aïssatou DIALLO , par e-mail" in page and "parti le lundi 19 octobre, 10 h" in page
    assert "Rappel à Aïssatou DIALLO" in page and "part le lundi 26 octobre" in page
    assert "1 essai" in page


@pytest.mark.parametrize(
    ("query", "is_found"),
    [
        ("etat=attente", False),
        ("etat=dits", True),
        ("genre=confirmation", True),
        ("genre=reminder", False),
        ("moyen=email", True),
        ("moyen=sms", False),
        ("mots=diallo", True),
        ("mots=personne-ainsi", False),
        ("du=2026-10-19&au=2026-10-19", True),
        ("du=2026-10-20", False),
        ("du=hier&au=9999-99-99&personne=x&apres=y&genre=z", True),
    ],
)
async def test_it_is_narrowed(world, booking, browser, query, is_found):
    answer = await browser.get(f"/messages?{query}")

    assert answer.status_code == 200
    assert ("Confirmation à Aïssatou DIALLO" in text(answer)) == is_found


async def test_a_message_is_stopped_and_planned_again(world, booking, browser):
    message = await reminder(world, booking)
    back = {"retour": "etat=attente"}

    stopped = await browser.post(f"/messages/{message.id}/arreter", back)
    page = text(await browser.after(stopped))
    again = await browser.after(await browser.post(f"/messages/{message.id}/prevoir", back))

    assert stopped.headers["location"].startswith("/messages?etat=attente&fait=arrete")
    assert "Aïssatou DIALLO ne saura rien par ce message : rappel" in page and "Prévoir à nouveau" in page
    assert "Ce message est de nouveau prévu" in text(again)
    assert (await reminder(world, booking)).state is MessageState.PLANNED


async def test_a_stopped_message_says_why_it_does_not_leave(world, booking, browser):
    await stop(world.db, (await reminder(world, booking)).id, by=world.adviser, now=NOW)

    assert "arrêté par une personne de l’équipe" in text(await browser.get("/messages?etat=retires"))


async def test_a_reminder_is_sent_now(world, booking, browser):
    message = await reminder(world, booking)

    page = await browser.after(await browser.post(f"/messages/{message.id}/envoyer"))

    assert "ira dans la liste" in text(page) or "ne partira pas" in text(page) or "part dans un instant" in text(page)
    assert (await reminder(world, booking)).due_at == NOW


async def test_what_left_is_said_again_once(world, booking, browser):
    message = await of_kind(world, booking, MessageKind.CONFIRMATION)

    first = await browser.post(f"/messages/{message.id}/renvoyer")
    second = await browser.post(f"/messages/{message.id}/renvoyer")

    assert "Un nouveau message est prévu" in text(await browser.after(first))
    assert first.headers["location"] == second.headers["location"]
    assert "renvoyé depuis" in text(await browser.get("/messages"))


async def test_what_failed_is_said_again_at_once(world, booking, browser):
    message = await of_kind(world, booking, MessageKind.CONFIRMATION)
    async with world.db.transaction() as tx:
        it = tables.messages.c.id == message.id
        await tx.run(update(tables.messages).where(it).values(state="dead", reason="gave-up"))

    shown = text(await browser.get("/messages?etat=echecs"))
    said = {"agence": str(world.agency.id), "retour": "etat=echecs"}
    page = text(await browser.after(await browser.post("/messages/renvoyer", said)))

    assert "un message en échec dit encore vrai" in shown and "trop d’essais sans succès" in shown
    assert "Un message est prévu à nouveau" in page and "dit encore vrai" not in page


async def test_a_refusal_is_said_on_the_journal(world, booking, browser):
    message = await of_kind(world, booking, MessageKind.CONFIRMATION)

    answer = await browser.post(f"/messages/{message.id}/arreter")

    assert answer.status_code == 409 and "Ce message n’est plus dans cet état" in text(answer)


async def test_once_the_session_has_begun_nothing_is_said_again(world, booking):
    message = await of_kind(world, booking, MessageKind.CONFIRMATION)
    async with browsing(world, in_days(15)) as browsers:
        browser = await browsers.of(world.adviser)

        answer = await browser.post(f"/messages/{message.id}/renvoyer")

    assert answer.status_code == 409 and "ne dirait plus la vérité" in text(answer)


async def test_a_booking_and_a_session_show_their_messages(world, booking, browser):
    for page in (f"/inscriptions/{booking.id}", f"/sessions/{booking.session_id}"):
        said = text(await browser.get(page))
        assert "Rappel" in said and "parti le lundi 19 octobre" in said, page
    assert f"/messages?session={booking.session_id}" in (await browser.get(f"/sessions/{booking.session_id}")).text
    assert f"/messages?personne={booking.job_seeker_id}" in (await browser.get(f"/inscriptions/{booking.id}")).text


async def test_the_rates_are_a_table(world, booking, browser):
    answer = await browser.get("/messages/taux")

    assert answer.status_code == 200 and "Taux d’envoi" in text(answer) and "100 %" in text(answer)
    assert (await browser.get(f"/messages/taux?agence={world.agency.id}")).status_code == 200


async def test_messages_are_for_who_reaches_people(world, booking, browsers):
    browser = await browsers.of(world.facilitator)
    message = await reminder(world, booking)

    for path in ("/messages", "/messages/taux"):
        assert (await browser.get(path)).status_code == 403
    for deed in ("arreter", "prevoir", "envoyer", "renvoyer"):
        assert (await browser.post(f"/messages/{message.id}/{deed}")).status_code == 403
    assert (await browser.post("/messages/renvoyer", {"agence": str(world.agency.id)})).status_code == 403
