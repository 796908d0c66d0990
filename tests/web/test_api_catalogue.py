"""Agencies, rooms, workshops and one's own account by a program."""

import pytest

from tests.given import World
from tests.web.programs import Programs

pytestmark = pytest.mark.parametrize("url", ["sqlite"], indirect=True)


async def test_a_token_says_whose_it_is(world: World, programs: Programs) -> None:
    ask = await programs.of(world.adviser)

    me = (await ask("GET", "/me")).json()

    assert (me["name"], me["roles"]) == ("Nadia", [{"agency_id": str(world.agency.id), "role": "adviser"}])


async def test_agencies_come_page_by_page(world: World, programs: Programs) -> None:
    for name in ("Lyon Part-Dieu", "Villeurbanne"):
        await world.another_agency(name)
    ask = await programs.of(world.adviser)

    first = (await ask("GET", "/agencies?limit=2")).json()
    second = (await ask("GET", first["next"])).json()

    names = [agency["name"] for agency in first["items"] + second["items"]]
    assert sorted(names) == ["Grenoble Bastille", "Lyon Part-Dieu", "Villeurbanne"]
    assert second["next"] is None


async def test_an_agency_tells_its_calendar_and_its_rooms(world: World, programs: Programs) -> None:
    ask = await programs.of(world.adviser)

    agency = (await ask("GET", f"/agencies/{world.agency.id}")).json()
    rooms = (await ask("GET", f"/agencies/{world.agency.id}/rooms")).json()

    assert agency["feed"] == "/ical/agences/grenoble-bastille/ateliers.ics"
    assert [(room["name"], room["capacity"]) for room in rooms] == [("Vercors", 10)]


async def test_an_agency_that_publishes_nothing_has_no_calendar(world: World, programs: Programs) -> None:
    quiet = await world.another_agency(publishes=False)
    ask = await programs.of(world.adviser)

    assert (await ask("GET", f"/agencies/{quiet.id}")).json()["feed"] is None


async def test_a_workshop_is_added_and_written_anew(world: World, programs: Programs) -> None:
    ask = await programs.of(world.manager)
    body = {"title": "Créer son espace", "short_title": "Mon espace"}

    added = await ask("POST", "/workshops", body)
    tag = {"If-Match": added.headers["etag"]}
    changed = await ask("PUT", added.headers["location"], body | {"usual_minutes": 90}, tag)

    assert added.status_code == 201
    assert (changed.json()["id"], changed.json()["usual_minutes"]) == (added.json()["id"], 90)
    titles = [workshop["title"] for workshop in (await ask("GET", "/workshops")).json()]
    assert titles == ["Créer son espace", world.workshop.title]


async def test_a_title_is_taken_once(world: World, programs: Programs) -> None:
    ask = await programs.of(world.manager)

    answer = await ask("POST", "/workshops", {"title": world.workshop.title, "short_title": "Encore"})

    assert (answer.status_code, answer.json()["type"]) == (409, "name-taken")


async def test_a_long_short_title_is_refused_at_its_field(world: World, programs: Programs) -> None:
    ask = await programs.of(world.manager)

    answer = await ask("POST", "/workshops", {"title": "Tableur", "short_title": "Un titre trop long"})

    assert answer.json()["errors"] == [
        {"pointer": "/short_title", "code": "too-long", "message": "Ce texte est trop long."}
    ]


async def test_a_workshop_says_what_it_asks_for_and_what_it_looks_like(world: World, programs: Programs) -> None:
    ask = await programs.of(world.manager)
    asks = {"theme_code": "NUM-2", "colour": "red", "skills": ["has_email"], "after": [str(world.workshop.id)]}

    added = await ask("POST", "/workshops", {"title": "Mon espace", "short_title": "Espace"} | asks)

    found = (await ask("GET", added.headers["location"])).json()
    assert {name: found[name] for name in asks} == asks


async def test_a_workshop_is_archived_and_brought_back(world: World, programs: Programs) -> None:
    ask = await programs.of(world.manager)
    address = f"/workshops/{world.workshop.id}/archival"

    archived = (await ask("POST", address)).json()["archived_at"]
    again = (await ask("POST", address)).json()["archived_at"]
    restored = (await ask("DELETE", address)).json()["archived_at"]

    assert archived and again == archived
    assert restored is None


async def test_a_workshop_is_written_anew_only_by_who_has_seen_its_version(world: World, programs: Programs) -> None:
    ask = await programs.of(world.manager)
    address, body = f"/workshops/{world.workshop.id}", {"title": "Tableur", "short_title": "Tableur"}
    terms = {"window_days": 30, "cutoff_hours": 24, "join_until": 2, "frees_when_absent": True}
    seen = (await ask("GET", address)).headers["etag"]

    unseen = await ask("PUT", address, body)
    first = await ask("PUT", address, body | terms, {"If-Match": seen})
    late = await ask("PUT", address, body, {"If-Match": seen})

    assert (unseen.status_code, first.status_code, late.status_code) == (428, 200, 412)
    assert {name: first.json()[name] for name in terms} == terms
    assert (first.json()["version"], first.headers["etag"], late.json()["type"]) == (1, '"1"', "stale-edit")
