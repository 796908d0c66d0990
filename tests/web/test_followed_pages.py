"""What an adviser follows on screen: outcomes, next steps, a file to take away, and who is hard to reach."""

import pytest

from booking.domain.bookings import Party
from booking.domain.staff import Role
from booking.services import bookings
from tests.given import NOW, World, in_days, meeting
from tests.web.given import Browsers, text

pytestmark = pytest.mark.parametrize("url", ["sqlite"], indirect=True)


async def test_each_booking_stands_with_its_outcome_and_the_next_step(world: World, browsers: Browsers):
    lost = await world.booked(await world.session(), await world.job_seeker("Sow"))
    await bookings.cancel(world.db, lost.id, party=Party.PERSON, by=world.adviser, now=NOW)
    coming = await world.booked(await world.session(meeting(in_days(5))), await world.job_seeker("Ba"))

    answer = await (await browsers.of(world.adviser)).get("/suivi")

    said = text(answer)
    assert "SOW Aïssatou Annulée par : La personne" in said
    assert f"atelier={world.workshop.id}" in answer.text and "Proposer une autre date" in said
    assert said.index("BA Aïssatou À venir") < said.index("SOW")
    assert f'href="/inscriptions/{coming.id}/papier"' in answer.text


async def test_the_list_is_filtered_and_says_when_nothing_fits(world: World, browsers: Browsers):
    await world.booked(await world.session())
    nadia = await browsers.of(world.adviser)

    fitting = text(await nadia.get("/suivi?etat=coming&du=2026-10-01&au=2026-12-31"))
    nothing = text(await nadia.get("/suivi?etat=cancelled"))
    nonsense = await nadia.get("/suivi?etat=x&atelier=y&du=0001-01-01&au=9999-99-99&apres=1_2_3&par=z")

    assert "À venir" in fitting and "Aucune inscription ne correspond" not in fitting
    assert "Aucune inscription ne correspond" in nothing
    assert nonsense.status_code == 200


async def test_a_long_list_goes_on_where_it_ended(world: World, browsers: Browsers, monkeypatch: pytest.MonkeyPatch):
    for module in ("followed", "followed_bookings"):
        monkeypatch.setattr(f"booking.web.pages.{module}.PAGE", 1)
    session = await world.session()
    for name in ("Sow", "Ba"):
        await world.booked(session, await world.job_seeker(name))
    nadia = await browsers.of(world.adviser)

    first = await nadia.get("/suivi")
    _, _, rest = first.text.partition('href="/suivi?apres=')
    second = text(await nadia.get(f"/suivi?apres={rest.partition(chr(34))[0]}"))

    assert ("SOW" in text(first)) != ("SOW" in second)
    assert ("BA " in text(first)) != ("BA " in second)


async def test_the_file_holds_no_formula(world: World, browsers: Browsers):
    await world.booked(await world.session(), await world.job_seeker("=1+1"))

    answer = await (await browsers.of(world.adviser)).get("/suivi/liste.csv")

    head, row = answer.content.decode("utf-8-sig").split("\r\n")[:2]
    assert head.startswith("nom;prénom;identifiant;atelier")
    assert row.startswith("'=1+1;Aïssatou;;Premiers pas")
    assert "À venir;0;1;;Remettre le papier en main propre" in row


async def test_a_manager_looks_at_an_adviser(world: World, browsers: Browsers):
    await world.booked(await world.session(), await world.job_seeker("Sow"))
    marion, nadia = await browsers.of(world.manager), await browsers.of(world.adviser)

    seen = text(await marion.get(f"/suivi?par={world.adviser.id}"))

    assert "Inscriptions faites par Nadia" in seen and "SOW" in seen
    assert (await nadia.get(f"/suivi?par={world.manager.id}")).status_code == 403
    stranger = await browsers.of(await world.staff(Role.MANAGER, await world.another_agency(), "Sonia"))
    assert (await stranger.get(f"/suivi?par={world.adviser.id}")).status_code == 404


async def test_whom_nothing_reaches_is_named_with_what_to_do(world: World, browsers: Browsers):
    booking = await world.booked(await world.session(), await world.job_seeker("Sow"))

    answer = await (await browsers.of(world.adviser)).get("/suivi/injoignables")

    said = text(answer)
    assert "SOW Aïssatou Ni téléphone, ni e-mail, ni adresse" in said
    assert f'href="/inscriptions/{booking.id}/papier"' in answer.text and "Ajouter un contact" in said


async def test_where_everybody_is_reached_the_list_says_so(world: World, browsers: Browsers):
    nadia = await browsers.of(world.adviser)

    assert "peuvent être jointes" in text(await nadia.get("/suivi/injoignables"))
    assert (await nadia.get("/suivi/injoignables?apres=99999999999_x")).status_code == 200


async def test_a_facilitator_follows_nobody(world: World, browsers: Browsers):
    karim = await browsers.of(world.facilitator)

    for path in ("/suivi", "/suivi/liste.csv", "/suivi/injoignables"):
        assert (await karim.get(path)).status_code == 403
