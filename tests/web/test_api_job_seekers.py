"""Job seekers by a program: added with the least data, found by what they are called."""

import pytest

from booking.domain.staff import Role
from tests.given import World
from tests.web.programs import Programs

pytestmark = pytest.mark.parametrize("url", ["sqlite"], indirect=True)


async def test_a_name_and_an_agency_are_enough(world: World, programs: Programs) -> None:
    ask = await programs.of(world.adviser)

    answer = await ask("POST", "/job-seekers", said(world))

    assert answer.status_code == 201
    assert answer.json()["will_receive_nothing"] is True
    shown = await ask("GET", answer.headers["location"])
    assert shown.json() == answer.json()


async def test_a_person_is_found_without_accents_and_by_phone(world: World, programs: Programs) -> None:
    ask = await programs.of(world.adviser)
    added = await ask("POST", "/job-seekers", said(world, phone="06 12 34 56 78"))

    by_name = (await ask("GET", "/job-seekers?q=lefevre amelie")).json()
    by_phone = (await ask("GET", "/job-seekers?q=%2B33612345678")).json()

    (found,) = by_name
    assert by_name == by_phone and found.items() <= added.json().items()
    # A list tells who it is, and not how to reach him.
    assert found["last_name"] == "Lefèvre" and not {"phone", "email", "address", "needs"} & found.keys()


async def test_every_wrong_field_is_named_at_once(world: World, programs: Programs) -> None:
    ask = await programs.of(world.adviser)

    answer = await ask("POST", "/job-seekers", said(world, last_name="", phone="12", email="a@", first_name="x\u202e"))

    assert answer.status_code == 422
    assert {(e["pointer"], e["code"]) for e in answer.json()["errors"]} == {
        ("/last_name", "required"),
        ("/first_name", "bad-characters"),
        ("/phone", "no-such-phone"),
        ("/email", "no-such-email"),
    }


async def test_a_person_is_written_anew(world: World, programs: Programs) -> None:
    person = await world.job_seeker()
    ask = await programs.of(world.adviser)
    body = {"first_name": "Aïssatou", "last_name": "Diallo", "needs": ["reads_little"], "email": "A@Exemple.FR"}

    changed = (await ask("PUT", f"/job-seekers/{person.id}", body, {"If-Match": '"0"'})).json()

    assert (changed["email"], changed["needs"], changed["channels"]) == (
        "A@exemple.fr",
        ["reads_little"],
        ["email", "hand"],
    )


async def test_an_identifier_belongs_to_one_person(world: World, programs: Programs) -> None:
    ask = await programs.of(world.adviser)
    await ask("POST", "/job-seekers", said(world, identifier="123456A"))

    again = await ask("POST", "/job-seekers", said(world, identifier="123456a", is_sure=True))

    assert (again.status_code, again.json()["type"]) == (409, "name-taken")


async def test_a_person_of_another_agency_is_not_found(world: World, programs: Programs) -> None:
    person = await world.job_seeker()
    elsewhere = await world.another_agency()
    stranger = await world.staff(Role.ADVISER, elsewhere, "Sonia")
    ask = await programs.of(stranger)

    foreign = await ask("GET", f"/job-seekers/{person.id}")
    unknown = await ask("GET", f"/job-seekers/{world.agency.id}")

    assert foreign.status_code == 404
    assert _body(foreign) == _body(unknown)
    assert (await ask("GET", f"/job-seekers?q={person.last_name}")).json() == []


def said(world: World, **known: object) -> dict[str, object]:
    """A person as a program says it."""
    return {"agency_id": str(world.agency.id), "first_name": "Amélie", "last_name": "Lefèvre"} | known


def _body(answer) -> dict[str, object]:
    return {name: value for name, value in answer.json().items() if name != "reference"}
