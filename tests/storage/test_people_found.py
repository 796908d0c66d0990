"""Who is found by what somebody types: whom he most likely means comes first, and nobody of another agency."""

from uuid import UUID

import pytest

from booking.domain.bookings import Party
from booking.domain.finding import email_sign, phone_sign, sought
from booking.domain.job_seekers import JobSeeker
from booking.services import bookings
from booking.services.contacts import phone
from booking.storage import finding
from tests.given import NOW, World


async def found(world: World, said: str, agencies: list[UUID] | None = None, most: int = 10) -> list[UUID]:
    number = phone(said)
    wanted = sought(said, number.number if number else None)
    async with world.db.reading() as tx:
        return await finding.find(tx, agencies, wanted, most)


@pytest.fixture
async def people(world: World) -> dict[str, JobSeeker]:
    """Four people who are easily taken for one another."""
    said = {
        "Martin Diallo": {"first_name": "Martin", "last_name": "Diallo", "email": "martin@example.org"},
        "Awa Martin": {"first_name": "Awa", "last_name": "Martin", "phone": "04 76 12 34 56"},
        "Zoé Martin": {"first_name": "Zoé", "last_name": "Martin", "identifier": "1234567A"},
        "Marie-Ange Öz": {"first_name": "Marie-Ange", "last_name": "Öz", "phone": "06 39 98 34 56"},
    }
    return {name: await world.job_seeker(**about) for name, about in said.items()}


def ids(people: dict[str, JobSeeker], *names: str) -> list[UUID]:
    return [people[name].id for name in names]


async def test_who_is_called_so_by_last_name_comes_before_who_is_by_first_name(world: World, people):
    assert await found(world, "martin") == ids(people, "Awa Martin", "Zoé Martin", "Martin Diallo")


async def test_each_word_must_begin_some_word_of_the_person_in_any_order(world: World, people):
    assert await found(world, "zo mart") == await found(world, "martin ZOÉ") == ids(people, "Zoé Martin")
    assert await found(world, "awa diallo") == []
    assert await found(world, "artin") == []


async def test_accents_hyphens_and_capitals_do_not_matter(world: World, people):
    assert await found(world, "oz") == await found(world, "ÖZ marie ange") == ids(people, "Marie-Ange Öz")
    assert await found(world, "ange") == ids(people, "Marie-Ange Öz")


async def test_an_identifier_is_a_word_too(world: World, people):
    assert await found(world, "1234567a") == ids(people, "Zoé Martin")


async def test_the_end_of_a_number_finds_everybody_who_has_it(world: World, people):
    assert set(await found(world, "34 56")) == set(ids(people, "Awa Martin", "Marie-Ange Öz"))
    assert await found(world, "98 34 56") == ids(people, "Marie-Ange Öz")
    assert await found(world, "04 76 12 34 56") == ids(people, "Awa Martin")


async def test_the_beginning_of_an_address_is_enough(world: World, people):
    assert await found(world, "Martin@exa") == ids(people, "Martin Diallo")


async def test_at_most_so_many_are_named_the_likeliest(world: World, people):
    assert await found(world, "martin", most=2) == ids(people, "Awa Martin", "Zoé Martin")


async def test_nobody_of_another_agency_is_found_by_anything(world: World, people):
    elsewhere = [(await world.another_agency()).id]

    for said in ("martin", "34 56", "martin@example.org"):
        assert await found(world, said, elsewhere) == []
        assert await found(world, said, [world.agency.id]) == await found(world, said) != []


async def test_the_code_of_a_place_finds_its_person_before_anybody_so_called(world: World, people):
    booking = await world.booked(await world.session(), people["Zoé Martin"])
    called_like_it = await world.job_seeker(booking.code)

    assert await found(world, booking.code) == [people["Zoé Martin"].id, called_like_it.id]
    assert await found(world, booking.code, [(await world.another_agency()).id]) == []


async def test_the_code_of_a_place_given_up_finds_nobody(world: World, people):
    booking = await world.booked(await world.session(), people["Zoé Martin"])
    await bookings.cancel(world.db, booking.id, party=Party.PERSON, by=world.adviser, now=NOW)

    assert await found(world, booking.code) == []


async def test_who_shares_most_comes_first_among_those_alike(world: World, people):
    twin = await world.job_seeker("Martin", first_name="Awa", phone="04 76 12 34 56")
    signs = ["martin", "awa", phone_sign("+33476123456"), email_sign("nobody@example.org")]

    async with world.db.reading() as tx:
        alike = await finding.sharing(tx, world.agency.id, signs, 3)
        few = await finding.sharing(tx, world.agency.id, signs, 1)
        elsewhere = await finding.sharing(tx, (await world.another_agency()).id, signs, 3)

    assert set(alike[:2]) == {people["Awa Martin"].id, twin.id}
    assert (len(alike), len(few), elsewhere) == (3, 1, [])
