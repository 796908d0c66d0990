"""The pages of people: found, added once, changed, and never seen from another agency."""

import pytest

from booking.domain.job_seekers import Channel, Need
from booking.domain.staff import Role
from booking.services import job_seekers, waits
from tests.given import NOW, World
from tests.web.given import Browsers, text

pytestmark = pytest.mark.parametrize("url", ["sqlite"], indirect=True)

SALIF = {"last_name": "Ouedraogo", "first_name": "Salif", "phone": "06 12 34 56 78", "preferred": "sms"}


async def test_somebody_is_found_without_accents(world: World, browsers: Browsers):
    person = await world.job_seeker("Nguyễn")

    answer = await (await browsers.of(world.adviser)).get("/personnes?q=nguyen")

    assert f'href="/personnes/{person.id}"' in answer.text


async def test_a_name_nobody_has_can_be_added_at_once(world: World, browsers: Browsers):
    answer = await (await browsers.of(world.adviser)).get("/personnes?q=durand")

    assert "Personne de ce nom" in text(answer)
    assert 'href="/placer?nouvelle=1&amp;q=durand"' in answer.text


async def test_a_new_person_is_added_and_a_seat_can_be_chosen(world: World, browsers: Browsers):
    nadia = await browsers.of(world.adviser)

    sent = await nadia.post("/personnes", SALIF | {"needs": ["reads_little", "never_used_computer"]})

    [person] = await job_seekers.search(world.db, "ouedraogo", by=world.adviser)
    assert sent.headers["location"] == f"/placer?personne={person.id}"
    assert (person.phone, person.preferred) == ("+33612345678", Channel.SMS)
    assert person.needs == {Need.READS_LITTLE, Need.NEVER_USED_COMPUTER}


async def test_a_refused_person_keeps_all_that_was_typed(world: World, browsers: Browsers):
    nadia = await browsers.of(world.adviser)

    answer = await nadia.post("/personnes", SALIF | {"phone": "06 12", "email": "salif@", "needs": ["reads_little"]})

    assert answer.status_code == 422
    assert "Ce numéro n’existe pas" in text(answer)
    assert 'aria-describedby="e-phone"' in answer.text
    assert 'href="#f-email"' in answer.text
    for kept in (
        'value="Ouedraogo"',
        'value="06 12"',
        'value="salif@"',
        'value="sms" checked',
        'value="reads_little" checked',
    ):
        assert kept in answer.text


async def test_a_wish_needs_the_number_it_is_about(world: World, browsers: Browsers):
    nadia = await browsers.of(world.adviser)

    answer = await nadia.post("/personnes", SALIF | {"phone": ""})

    assert answer.status_code == 422
    assert "Téléphone : Ce champ est obligatoire" in text(answer)


async def test_somebody_alike_is_shown_before_a_second_one_is_made(world: World, browsers: Browsers):
    known = await world.job_seeker("Ouedraogo", first_name="Salif")
    nadia = await browsers.of(world.adviser)

    asked = await nadia.post("/personnes", SALIF)
    sent = await nadia.post("/personnes", SALIF | {"sure": "1"})

    assert "Personnes qui ressemblent" in text(asked)
    assert f"personne={known.id}" in asked.text
    assert 'value="06 12 34 56 78"' in asked.text
    assert sent.status_code == 303
    assert len(await job_seekers.search(world.db, "ouedraogo", by=world.adviser)) == 2


async def test_the_agency_is_asked_for_where_there_are_several(world: World, browsers: Browsers):
    other = await world.another_agency()
    odile = await browsers.of(await world.staff(Role.MANAGER, None, "Odile"))

    refused = await odile.post("/personnes", SALIF)
    sent = await odile.post("/personnes", SALIF | {"agency": str(other.id)})

    assert refused.status_code == 422
    assert sent.status_code == 303


async def test_a_person_is_shown_with_what_is_booked(world: World, browsers: Browsers):
    person = await world.job_seeker("Diallo", phone="06 12 34 56 78")
    booking = await world.booked(await world.session(), person)

    answer = await (await browsers.of(world.adviser)).get(f"/personnes/{person.id}")

    said = text(answer)
    assert "Aïssatou DIALLO" in said and "06 12 34 56 78" in said
    assert "À venir" in said
    assert f'href="/inscriptions/{booking.id}"' in answer.text


async def test_a_changed_address_is_kept(world: World, browsers: Browsers):
    person = await world.job_seeker("Diallo")
    nadia = await browsers.of(world.adviser)
    form = await nadia.get(f"/personnes/{person.id}/modifier")

    shown = await nadia.after(
        await nadia.post(
            f"/personnes/{person.id}/modifier",
            {"last_name": "Diallo", "first_name": "Aïssatou", "email": "a.diallo@Exemple.FR"},
        )
    )

    assert 'value="Diallo"' in form.text
    assert "a.diallo@exemple.fr" in text(shown)


async def test_a_refused_change_keeps_what_was_typed_and_changes_nothing(world: World, browsers: Browsers):
    person = await world.job_seeker("Diallo")
    nadia = await browsers.of(world.adviser)

    answer = await nadia.post(f"/personnes/{person.id}/modifier", {"last_name": "", "first_name": "Fatou"})

    assert answer.status_code == 422
    assert 'value="Fatou"' in answer.text
    assert (await job_seekers.show(world.db, person.id, by=world.adviser)).first_name == "Aïssatou"


async def test_what_somebody_waits_for_and_the_language_of_help_are_shown(world: World, browsers: Browsers):
    person = await world.job_seeker("Diallo", language="ar")
    where = [world.agency.id]
    await waits.join(world.db, world.workshop.id, person.id, where, by=world.adviser, now=NOW)

    said = text(await (await browsers.of(world.adviser)).get(f"/personnes/{person.id}"))

    assert "Aide en arabe" in said
    assert f"En attente d’un atelier {world.workshop.title} {world.agency.name}" in said


async def test_a_change_made_meanwhile_is_shown_and_nothing_typed_is_lost(world: World, browsers: Browsers):
    person = await world.job_seeker("Diallo", commune="Lyon")
    nadia, marion = await browsers.of(world.adviser), await browsers.of(world.manager)
    known = {"last_name": "Diallo", "first_name": "Aïssatou", "version": "0"}
    await marion.post(f"/personnes/{person.id}/modifier", known | {"commune": "Grenoble", "language": "tr"})

    late = await nadia.post(f"/personnes/{person.id}/modifier", known | {"commune": "Lyon", "phone": "06 39 98 00 01"})

    said = text(late)
    assert late.status_code == 412
    assert "Écrit par Marion" in said
    assert "Commune Grenoble Lyon" in said and "Langue de l’aide turc –" in said
    assert 'value="06 39 98 00 01"' in late.text and 'name="version" value="1"' in late.text
    sent = await nadia.post(f"/personnes/{person.id}/modifier", known | {"commune": "Lyon", "version": "1"})
    assert sent.status_code == 303


async def test_a_language_nobody_knows_is_refused(world: World, browsers: Browsers):
    person = await world.job_seeker("Diallo")
    nadia = await browsers.of(world.adviser)

    answer = await nadia.post(
        f"/personnes/{person.id}/modifier", {"last_name": "Diallo", "first_name": "A", "language": "xx"}
    )

    assert answer.status_code == 422
    assert "Langue de l’aide : Ce choix n’existe pas" in text(answer)


async def test_nobody_of_another_agency_is_found(world: World, browsers: Browsers):
    person = await world.job_seeker("Diallo")
    lyon = await world.another_agency()
    colleague = await browsers.of(await world.staff(Role.ADVISER, lyon, "Inès"))

    pages = [await colleague.get(f"/personnes/{person.id}{page}") for page in ("", "/modifier")]
    changed = await colleague.post(f"/personnes/{person.id}/modifier", {"last_name": "X", "first_name": "Y"})

    assert [page.status_code for page in (*pages, changed)] == [404, 404, 404]


async def test_a_facilitator_sees_no_people(world: World, browsers: Browsers):
    person = await world.job_seeker("Diallo")
    karim = await browsers.of(world.facilitator)

    answers = [
        await karim.get("/personnes"),
        await karim.get(f"/personnes/{person.id}"),
        await karim.post("/personnes", SALIF),
    ]

    assert [answer.status_code for answer in answers] == [403, 403, 403]
    assert "Sessions" in text(answers[0]), "a refusal still shows the way on"
