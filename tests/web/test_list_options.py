"""A site chooses how many, of what, and how it looks; whatever else is asked does no harm."""

import json

import pytest

from booking.storage import workshops
from tests.given import World, a_workshop, in_days, meeting
from tests.web.given_lists import ATOM, EVERY_FORM, JSON, PAGE, entries, fetched, items, rows

pytestmark = pytest.mark.parametrize("url", ["sqlite"], indirect=True)


async def many(world: World, count: int) -> None:
    for n in range(count):
        await world.session(meeting(in_days(1 + n)))


@pytest.mark.parametrize(
    ("said", "count"),
    [("", 10), ("1", 1), ("11", 11), ("0", 1), ("-3", 10), ("999999", 12), ("9" * 400, 12), ("dix", 10), ("٣", 10)],
)
async def test_as_many_as_a_site_wants_between_one_and_fifty(world: World, said: str, count: int) -> None:
    await many(world, 12)

    assert len(await rows(world, f"?nombre={said}")) == len(await items(world, f"?nombre={said}")) == count


async def test_a_list_is_narrowed_to_a_workshop(world: World) -> None:
    other = a_workshop("CV")
    async with world.db.transaction() as tx:
        await workshops.add(tx, other)
    await world.session()
    await world.session(meeting(in_days(2)), workshop_id=other.id)

    (one,) = await items(world, f"?atelier={other.id}")

    assert one["title"].startswith("CV – ")
    assert [len(await form(world, f"?atelier={other.id}")) for form in (items, entries, rows)] == [1, 1, 1]


async def test_a_narrowed_list_is_another_feed(world: World) -> None:
    whole = (await fetched(world, ATOM)).text
    narrowed = (await fetched(world, f"{ATOM}?atelier={world.workshop.id}")).text

    ids = [said.partition("<id>")[2].partition("</id>")[0] for said in (whole, narrowed)]
    assert ids[0] == f"urn:uuid:{world.agency.id}" and ids[0] != ids[1]


@pytest.mark.parametrize(
    "said", ["9dc56a82-3474-4b3d-9be0-fec8f6dd7da2", "x", "%00", "%ff%fe", "'--", "<script>", "a" * 5000, "1&atelier=2"]
)
async def test_a_workshop_that_nobody_knows_has_no_dates(world: World, said: str) -> None:
    await world.session()

    for path in EVERY_FORM:
        assert (await fetched(world, f"{path}?atelier={said}")).status_code == 200
    assert await items(world, f"?atelier={said}") == []


async def test_the_list_speaks_english_where_it_is_asked(world: World) -> None:
    await world.session()

    page = (await fetched(world, f"{PAGE}?langue=en")).text
    feed = json.loads((await fetched(world, f"{JSON}?langue=en")).content)

    assert '<html lang="en">' in page and "Monday 2 November 2026" in page
    assert feed["language"] == "en" and "Monday 2 November 2026" in feed["items"][0]["title"]


async def test_colour_and_ground_are_classes_and_only_those_offered(world: World) -> None:
    assert '<html lang="fr" class="sombre red">' in (await fetched(world, f"{PAGE}?theme=sombre&couleur=red")).text
    assert '<html lang="fr">' in (await fetched(world, f"{PAGE}?theme=%22onload&couleur=%22%3E%3Cb&langue=xx")).text


@pytest.mark.parametrize(
    "slug", ["inconnue", "%00", "..%2f", "%ff", "%", "%zz", "a" * 3000, "%E2%80%AE", "%0d%0aX-A:1"]
)
async def test_a_slug_that_makes_no_sense_is_not_found(world: World, slug: str) -> None:
    for path in EVERY_FORM:
        answer = await fetched(world, path.replace("grenoble-bastille", slug))

        assert answer.status_code == 404 and "x-a" not in answer.headers, path


@pytest.mark.parametrize("query", ["?nombre=1&nombre=2", "?%ff=%ff", "?&&==", "?nombre[]=3", "?" + "a=1&" * 2000])
async def test_an_address_that_makes_no_sense_shows_the_list(world: World, query: str) -> None:
    await world.session()

    for path in EVERY_FORM:
        assert (await fetched(world, path + query)).status_code == 200, path
