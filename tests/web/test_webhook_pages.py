"""The pages of webhooks: who is told what, what was told, and telling it again."""

from dataclasses import replace

import pytest

from booking.domain.calling import Answer, Verdict
from booking.domain.signatures import secret_of, written
from booking.domain.staff import Role
from booking.domain.webhooks import CHOICES, TEST, DeliveryState, Endpoint, Why
from booking.services import webhook_trials, webhooks
from booking.services.calling import LEASE
from booking.storage import webhook_deliveries
from booking.storage import webhooks as storage
from booking.web.pages import webhook_words as words
from tests.given import NOW, SITE, World
from tests.given_webhooks import Office
from tests.web.given import Browser, Browsers, text

NAMED = {"name": "Suivi des parcours", "url": "https://suivi.example.org/recu"}
FORM = {**NAMED, "agency": "network", "events": ["booking.booked", "session.cancelled"]}


@pytest.fixture
async def office(world: World) -> Office:
    return await Office.begin(world)


@pytest.fixture
async def agnes(office: Office, browsers: Browsers) -> Browser:
    return await browsers.of(office.agnes)


async def only(office: Office) -> Endpoint:
    (found,) = await webhooks.every(office.world.db, by=office.agnes)
    return found


def test_every_event_can_be_chosen_and_is_said_in_plain_words():
    chosen = [name for names in words.groups().values() for name in names]

    assert sorted(chosen) == sorted(CHOICES) and {*CHOICES, TEST} == set(words.EVENTS)
    assert set(words.STATES) == set(words.TAGS) == set(DeliveryState) and set(words.WHY_PAUSED) == set(Why)


async def test_an_empty_page_says_what_it_is_for(agnes: Browser) -> None:
    page = text(await agnes.get("/webhooks"))

    assert "Avertissements automatiques" in page and "webhook" in page
    assert "Aucun autre logiciel n’est averti" in page and "jamais un nom" in page


async def test_a_program_is_added_for_the_network_or_for_an_agency(office: Office, agnes: Browser) -> None:
    page = text(await agnes.after(await agnes.post("/webhooks/nouveau", FORM)))

    assert "Le destinataire est enregistré" in page and "Une session est annulée" in page
    assert "Rien n’a encore été envoyé" in page
    assert (await only(office)).events == ("booking.booked", "session.cancelled")

    await agnes.post("/webhooks/nouveau", FORM | {"name": "Autre", "agency": str(office.world.agency.id)})
    listed = text(await agnes.get("/webhooks"))
    assert "Suivi des parcours Actif Tout le réseau 2 événements" in listed
    assert "Autre Actif Grenoble Bastille" in listed


async def test_what_is_wrong_is_told_beside_its_field_and_nothing_is_lost(agnes: Browser) -> None:
    local = await agnes.post("/webhooks/nouveau", FORM | {"url": "http://127.0.0.1:9000/recu"})
    nothing = await agnes.post("/webhooks/nouveau", NAMED)
    nowhere = await agnes.post("/webhooks/nouveau", FORM | {"agency": "nulle-part"})

    assert local.status_code == nothing.status_code == nowhere.status_code == 422
    assert "commence par https://, sans port" in text(local) and 'value="http://127.0.0.1:9000/recu"' in local.text
    assert 'value="booking.booked" checked' in local.text and 'value="booking.moved" checked' not in local.text
    assert 'id="e-events"' in nothing.text and "Cochez au moins une case" in text(nothing)


async def test_a_program_is_changed_and_its_form_shows_what_it_is(office: Office, agnes: Browser) -> None:
    endpoint = await office.endpoint("https://ancien.example.org", events=("booking.moved",))
    address = f"/webhooks/{endpoint.id}/modifier"

    form = (await agnes.get(address)).text
    page = text(await agnes.after(await agnes.post(address, FORM)))
    wrong = await agnes.post(address, FORM | {"name": ""})

    assert 'value="https://ancien.example.org"' in form and 'value="booking.moved" checked' in form
    assert "https://suivi.example.org/recu" in page and "Une inscription est déplacée" not in page
    assert wrong.status_code == 422


async def test_the_secret_stands_behind_a_button_and_a_new_one_beside_it(office: Office, agnes: Browser) -> None:
    endpoint = await office.endpoint()
    old, new = (written(secret_of(SITE.secret, endpoint.id, version)) for version in (0, 1))

    before = await agnes.get(f"/webhooks/{endpoint.id}")
    after = await agnes.after(await agnes.post(f"/webhooks/{endpoint.id}/secret"))

    assert old in before.text and new not in before.text
    assert f"Secret actuel {new} Ancien secret, encore valable {old}" in text(after)
    assert before.text.index("<details") < before.text.index(old)


async def test_a_test_is_sent_and_sent_again(office: Office, agnes: Browser) -> None:
    endpoint = await office.endpoint()

    page = text(await agnes.after(await agnes.post(f"/webhooks/{endpoint.id}/essai")))
    (delivery,) = await office.told(endpoint)
    again = text(await agnes.after(await agnes.post(f"/webhooks/{endpoint.id}/envois/{delivery.id}")))

    assert "Un essai part dans quelques secondes" in page and "Prévu" in page
    assert "Cet envoi repart" in again


async def settled(office: Office, endpoint: Endpoint, answer: Answer, state: DeliveryState) -> None:
    """The program has answered like this to what it was told first."""
    token = (await office.told(endpoint))[0].id
    async with office.world.db.transaction() as tx:
        (claimed,) = await webhook_deliveries.claim(tx, endpoint.id, NOW, token, LEASE, 1)
        await webhook_deliveries.settle(tx, token, claimed.id, answer, Verdict(state, NOW), NOW)
        await storage.note_failure(tx, endpoint.id, NOW)


@pytest.mark.parametrize(
    ("answer", "state", "said"),
    [
        (Answer(204), DeliveryState.DELIVERED, "Reçu 204 1"),
        (Answer(error="timeout"), DeliveryState.DEAD, "Abandonné Pas de réponse en 10 secondes 1"),
        (Answer(500), DeliveryState.PLANNED, "Prévu prochain essai lundi 19 octobre, 10 h 500 1"),
    ],
)
async def test_what_was_answered_is_shown(office: Office, agnes: Browser, answer, state, said: str) -> None:
    endpoint = await office.endpoint()
    await webhook_trials.try_out(office.world.db, endpoint.id, by=office.agnes, now=NOW)
    await settled(office, endpoint, answer, state)

    page = text(await agnes.get(f"/webhooks/{endpoint.id}"))

    assert said in page and "Ne répond pas" in page


async def test_a_pause_says_why_and_ends(office: Office, agnes: Browser) -> None:
    endpoint = await office.endpoint()
    address = f"/webhooks/{endpoint.id}"

    paused = text(await agnes.after(await agnes.post(f"{address}/pause", {"action": "pause"})))
    refused = await agnes.post(f"{address}/essai")
    running = text(await agnes.after(await agnes.post(f"{address}/pause", {"action": "resume"})))

    assert "Les envois sont en pause" in paused and "Envoyer un essai" not in paused
    assert refused.status_code == 409 and "Reprenez d’abord les envois" in text(refused)
    assert "Les envois reprennent" in running and "Envoyer un essai" in running


async def test_a_program_is_removed(office: Office, agnes: Browser) -> None:
    endpoint = await office.endpoint()

    page = text(await agnes.after(await agnes.post(f"/webhooks/{endpoint.id}/supprimer")))

    assert "Le destinataire est supprimé" in page
    assert (await agnes.get(f"/webhooks/{endpoint.id}")).status_code == 404


async def test_only_administrators_find_the_way_and_pass(world: World, office: Office, browsers: Browsers) -> None:
    marion, paul = (
        await browsers.of(world.manager),
        await browsers.of(await world.staff(Role.ADMINISTRATOR, world.agency, "Paul")),
    )
    endpoint = await office.endpoint()

    assert 'href="/webhooks"' not in (await marion.get("/menu")).text
    assert [(await marion.get(path)).status_code for path in ("/webhooks", "/webhooks/nouveau")] == [403, 403]
    assert 'href="/webhooks"' in (await paul.get("/menu")).text
    assert "Tout le réseau" not in (await paul.get("/webhooks/nouveau")).text
    assert (await paul.get(f"/webhooks/{endpoint.id}")).status_code == 404
    assert (await paul.post("/webhooks/nouveau", FORM)).status_code == 403


async def test_an_event_that_is_no_more_is_still_shown(office: Office, agnes: Browser) -> None:
    endpoint = await office.endpoint()
    async with office.world.db.transaction() as tx:
        await storage.change(tx, replace(endpoint, events=("booking.eaten",)))

    assert "booking.eaten" in text(await agnes.get(f"/webhooks/{endpoint.id}"))
