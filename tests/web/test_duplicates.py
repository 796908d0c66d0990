"""Duplicates on screen: the likely pairs, what a merge would do, and one entry afterwards."""

import pytest

from booking.domain.staff import Role
from booking.services import job_seekers
from tests.given import World, in_days, meeting
from tests.web.given import Browsers, text

pytestmark = pytest.mark.parametrize("url", ["sqlite"], indirect=True)


async def test_likely_pairs_are_listed_with_what_is_alike(world: World, browsers: Browsers):
    one = await world.job_seeker("Lefèvre", first_name="Amélie")
    other = await world.job_seeker("Amelie", first_name="Lefevre")

    answer = await (await browsers.of(world.adviser)).get("/personnes/doublons")

    assert "Nom et prénom inversés" in text(answer)
    assert f"/personnes/{one.id}/fusionner?avec={other.id}" in answer.text


async def test_where_everybody_is_known_once_the_list_says_so(world: World, browsers: Browsers):
    await world.job_seeker("Diallo")

    answer = await (await browsers.of(world.adviser)).get("/personnes/doublons")

    assert "chaque personne a une seule fiche" in text(answer)


async def test_a_merge_shows_what_stays_and_leaves_one_entry(world: World, browsers: Browsers):
    kept = await world.job_seeker("Diallo", email="a@example.fr")
    gone = await world.job_seeker("Dialo", phone="06 39 98 00 01", email="b@example.fr", language="ar")
    await world.booked(await world.session(), gone)
    nadia = await browsers.of(world.adviser)

    shown = text(await nadia.get(f"/personnes/{kept.id}/fusionner?avec={gone.id}"))
    after = await nadia.after(await nadia.post(f"/personnes/{kept.id}/fusionner", {"gone": str(gone.id)}))

    assert "E-mail a@example.fr Reste b@example.fr" in shown
    assert "Langue de l’aide arabe Repris" in shown
    assert "passe sur la fiche qui reste" in shown
    assert "il n’y a plus qu’une fiche" in text(after) and world.workshop.title in text(after)
    assert (await nadia.get(f"/personnes/{gone.id}")).headers["location"] == f"/personnes/{kept.id}"


async def test_two_seats_at_one_time_are_named_and_cannot_be_merged(world: World, browsers: Browsers):
    kept, gone = await world.job_seeker("Diallo"), await world.job_seeker("Dialo")
    one, other = await world.session(), await world.session(meeting(in_days(14, hour=1)))
    await world.booked(one, kept)
    await world.booked(other, gone)
    nadia = await browsers.of(world.adviser)

    shown = await nadia.get(f"/personnes/{kept.id}/fusionner?avec={gone.id}")
    sent = await nadia.post(f"/personnes/{kept.id}/fusionner", {"gone": str(gone.id)})

    assert f'href="/sessions/{other.id}"' in shown.text and "Fusionner les deux fiches" not in text(shown)
    assert sent.status_code == 409
    assert (await job_seekers.show(world.db, gone.id, by=world.adviser)).last_name == "Dialo"


async def test_the_other_entry_is_chosen_among_those_alike_or_searched_for(world: World, browsers: Browsers):
    kept, alike = await world.job_seeker("Diallo"), await world.job_seeker("Dialo")
    far = await world.job_seeker("Sow")
    nadia = await browsers.of(world.adviser)

    asked = await nadia.get(f"/personnes/{kept.id}/fusionner")
    found = await nadia.get(f"/personnes/{kept.id}/fusionner?q=sow")

    assert f"avec={alike.id}" in asked.text and "Une lettre de différence" in text(asked)
    assert f"avec={far.id}" in found.text


async def test_nothing_is_merged_from_elsewhere_or_without_the_right(world: World, browsers: Browsers):
    kept, gone = await world.job_seeker("Diallo"), await world.job_seeker("Dialo")
    paul = await browsers.of(await world.staff(Role.ADVISER, await world.another_agency(), "Paul"))
    karim = await browsers.of(world.facilitator)
    path = f"/personnes/{kept.id}/fusionner"

    assert (await paul.get(f"{path}?avec={gone.id}")).status_code == 404
    assert (await paul.post(path, {"gone": str(gone.id)})).status_code == 404
    assert (await karim.get("/personnes/doublons")).status_code == 403
    assert (await karim.post(path, {"gone": str(gone.id)})).status_code == 403
    assert (await paul.post(path, {"gone": "nobody"})).status_code in (404, 422)


async def test_two_people_are_told_apart_and_it_can_be_undone(world: World, browsers: Browsers):
    one = await world.job_seeker("Lefèvre", first_name="Amélie")
    other = await world.job_seeker("Lefèvre", first_name="Amelie")
    nadia = await browsers.of(world.adviser)
    both = {"one": str(one.id), "other": str(other.id), "agence": str(world.agency.id)}

    apart = text(await nadia.after(await nadia.post("/personnes/doublons/deux", both)))
    again = text(await nadia.get("/personnes/doublons"))
    undone = text(await nadia.after(await nadia.post("/personnes/doublons/ouvert", both)))

    assert "C’est noté : ce sont deux personnes." in apart
    assert "chaque personne a une seule fiche" in again
    assert "Comparer" in undone


async def test_somebody_of_another_agency_is_not_told_apart(world: World, browsers: Browsers):
    one, other = await world.job_seeker("Ba"), await world.job_seeker("Ba")
    stranger = await world.staff(Role.ADVISER, await world.another_agency(), "Lina")

    answer = await (await browsers.of(stranger)).post(
        "/personnes/doublons/deux", {"one": str(one.id), "other": str(other.id)}
    )

    assert answer.status_code == 404
