"""The pages of referrals: from the person to the sheet, and the partner's own page behind his link."""

import re
from uuid import uuid4

from booking.domain.referrals import Deed, Outcome, ReferralState
from booking.services import referral_lists, referrals
from booking.storage.referrals import Wanted
from tests import papers
from tests.given import NOW, World
from tests.given_referrals import a_partner, all_of, answers, referred, secret
from tests.web.given import Browsers, text

AGREED = {"aids": ["phone", "plan"], "agreed": "1", "shared": ["phone"], "service": "solidarity_phone"}


async def test_from_the_person_to_the_sheet(world: World, browsers: Browsers) -> None:
    partner, browser = await a_partner(world), await browsers.of(world.adviser)
    person = await world.job_seeker("Diallo", phone="06 39 98 00 01", email="a.diallo@example.org")
    begin = f"/personnes/{person.id}/orientations/nouvelle"

    near = text(await browser.get(f"{begin}?service=solidarity_phone"))
    form = text(await browser.get(f"{begin}?service=solidarity_phone&partenaire={partner.id}"))
    sent = await browser.post(
        f"/personnes/{person.id}/orientations", AGREED | {"partner": partner.id, "faire": "envoyer", "once": "k"}
    )
    page = await browser.after(sent)
    at = sent.headers["location"].partition("?")[0]
    sheet = await browser.get(f"{at}/fiche.pdf")

    assert partner.name in near and "Téléphone à prix solidaire" in form and "La personne est d’accord" in form
    assert "Remettez la fiche" in text(page) and "Partenaire prévenu" in text(page)
    mine, theirs = papers.pages(sheet.content)
    assert partner.name in mine and "12 rue des Alliés" in mine and "06 39 98 00 01" in theirs
    assert "a.diallo@example.org" not in mine + theirs and "https://ateliers.example/o/" in theirs
    assert at in (await browser.get(f"/personnes/{person.id}")).text
    assert "Diallo".upper() in text(await browser.get("/orientations"))


async def test_without_agreement_the_form_comes_back_as_it_was(world: World, browsers: Browsers) -> None:
    partner, browser, person = await a_partner(world), await browsers.of(world.adviser), await world.job_seeker()

    said = AGREED | {"partner": partner.id, "faire": "envoyer", "agreed": ""}
    refused = await browser.post(f"/personnes/{person.id}/orientations", said)

    assert refused.status_code == 422 and "Demandez l’accord de la personne" in text(refused)
    assert re.search(r'value="plan" checked', refused.text)
    assert await referral_lists.find(world.db, Wanted(agency_ids=None), by=world.adviser, most=5) == []


async def test_a_second_referral_there_leads_to_the_first(world: World, browsers: Browsers) -> None:
    partner, browser, person = await a_partner(world), await browsers.of(world.adviser), await world.job_seeker()
    first = await referred(world, partner, person)

    said = AGREED | {"partner": partner.id, "faire": "envoyer", "once": "other"}
    refused = await browser.post(f"/personnes/{person.id}/orientations", said)

    assert refused.status_code == 409 and f"/orientations/{first.id}" in refused.text


async def test_a_proposal_goes_its_way_on_the_page(world: World, browsers: Browsers) -> None:
    browser = await browsers.of(world.adviser)
    proposed = await referred(world, await a_partner(world), has_agreed=False, is_sent=False)
    at = f"/orientations/{proposed.id}"

    no_sheet = await browser.get(f"{at}/fiche.pdf")
    for path, said in [
        ("accord", {"shared": "phone"}),
        ("envoi", {}),
        ("etape", {"deed": "met", "met_on": "19/10/2026", "remark": "papers"}),
        ("etape", {"deed": "closed", "outcome": "equipped"}),
        ("retour", {}),
    ]:
        page = await browser.after(await browser.post(f"{at}/{path}", said))
    stale = await browser.post(f"{at}/annulation", {"version": "0"})

    assert no_sheet.status_code == 409 and stale.status_code == 412
    assert "Personne reçue" in text(page) and "Étape annulée" in text(page) and "Il manque un document" in text(page)
    assert (await all_of(world, proposed)).referral.state is ReferralState.MET


async def test_nobody_agrees_by_a_box_that_was_ticked_for_him(world: World, browsers: Browsers) -> None:
    browser, partner = await browsers.of(world.adviser), await a_partner(world)
    person = await world.job_seeker(phone="+33639980001", email="a@example.org")
    proposed = await referred(world, partner, has_agreed=False, is_sent=False)

    for path in (
        f"/personnes/{person.id}/orientations/nouvelle?partenaire={partner.id}",
        f"/orientations/{proposed.id}",
    ):
        shown = await browser.get(path)

        assert 'name="shared"' in shown.text and not re.search(r'name="(shared|agreed)"[^>]* checked', shown.text)


async def test_a_partner_to_call_is_counted_and_stands_first(world: World, browsers: Browsers) -> None:
    partner, browser = await a_partner(world), await browsers.of(world.adviser)
    silent, _ = await referred(world, partner), await referred(world, partner)
    await answers(world, silent, Deed.NOT_REACHED, None)

    home, listed = text(await browser.get("/")), text(await browser.get("/orientations?etat=a-voir"))

    assert "1 orientation à relancer ou à lire" in home
    assert listed.count("Ouvrir") == 1 and "04 76 00 00 00" in listed


async def test_the_partner_answers_without_an_account(world: World, browsers: Browsers) -> None:
    sent = await referred(world, await a_partner(world))
    address, stranger = f"/o/{await secret(world, sent)}", browsers.stranger()

    page = await stranger.get(address)
    looked = (await all_of(world, sent)).referral
    wrong = await stranger.post(address, {"deed": "closed"})
    done = await stranger.after(
        await stranger.post(address, {"deed": "closed", "outcome": "equipped", "met_on": "2026-10-19"})
    )

    assert page.headers["cache-control"] == "no-store" and page.headers["referrer-policy"] == "no-referrer"
    assert "06 39 98 00 01" in text(page) and "a.diallo" not in page.text and "<script" not in page.text
    assert looked.state is ReferralState.SENT
    assert wrong.status_code == 422 and "obligatoire" in text(wrong)
    assert "Merci. L’agence est prévenue." in text(done) and "Envoyer ma réponse" not in text(done)
    assert "06 39 98 00 01" not in text(done), "once it is over, nobody needs to reach the person"
    assert (await all_of(world, sent)).referral.outcome is Outcome.EQUIPPED


async def test_the_partner_reads_it_in_english_and_takes_an_answer_back(world: World, browsers: Browsers) -> None:
    sent = await referred(world, await a_partner(world))
    address, stranger = f"/o/{await secret(world, sent)}", browsers.stranger()
    await answers(world, sent, Deed.CLOSED, Outcome.NOT_COME)

    english = await stranger.get(f"{address}?langue=en")
    back = await stranger.after(await stranger.post(address, {"faire": "corriger"}))

    assert 'lang="en"' in english.text and "langue-partenaire" in english.headers["set-cookie"]
    assert back.status_code == 200 and (await all_of(world, sent)).referral.state is ReferralState.SENT


async def test_a_link_that_is_over_and_one_that_never_was_look_the_same(world: World, browsers: Browsers) -> None:
    sent = await referred(world, await a_partner(world))
    said, stranger = await secret(world, sent), browsers.stranger()
    await referrals.cancel(world.db, sent.id, version=None, by=world.adviser, now=NOW)

    over, never = await stranger.get(f"/o/{said}"), await stranger.get(f"/o/{said[:-1]}x")
    guessed = [await stranger.get(f"/o/{uuid4().hex}") for _ in range(31)]

    assert (over.status_code, over.text) == (never.status_code, never.text)
    assert guessed[-1].status_code == 429


async def test_a_manager_decides_how_long_the_agency_waits(world: World, browsers: Browsers) -> None:
    manager, adviser = await browsers.of(world.manager), await browsers.of(world.adviser)

    wrong = await manager.post(
        "/orientations/delais", {"agency": world.agency.id, "working_days": "90", "reminders": "1"}
    )
    kept = await manager.after(
        await manager.post("/orientations/delais", {"agency": world.agency.id, "working_days": "5", "reminders": "2"})
    )
    network = await manager.post("/orientations/delais", {"working_days": "5", "reminders": "2"})

    assert wrong.status_code == 422 and 'value="5"' in kept.text and network.status_code == 403
    assert (await adviser.get("/orientations/delais")).status_code == 403
    back = await manager.post("/orientations/delais", {"agency": world.agency.id, "faire": "reseau"})
    assert "comme le réseau" in text(await manager.after(back))


async def test_only_who_books_there_sends_anybody(world: World, browsers: Browsers) -> None:
    sent = await referred(world, await a_partner(world))
    leader = await browsers.of(world.facilitator)

    for path in ("/orientations", f"/orientations/{sent.id}", f"/orientations/{sent.id}/fiche.pdf"):
        assert (await leader.get(path)).status_code == 403
    assert (await leader.post(f"/orientations/{sent.id}/annulation")).status_code == 403
