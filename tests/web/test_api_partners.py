"""Partners and leaflets by a program: written and read again, page by page, in and out as lists."""

from base64 import b64encode

import pytest

from booking.domain.staff import Role
from booking.services import partners
from tests.given import NOW, World
from tests.given_partners import a_partner, a_picture
from tests.web.programs import Programs

pytestmark = pytest.mark.parametrize("url", ["sqlite"], indirect=True)


async def test_a_partner_is_written_and_read_again(world: World, programs: Programs):
    ask = await programs.of(world.manager)
    said = {"name": "Les Clics", "services": ["access"], "hours": "Mo 09:00-12:00", "postcode": "38000"}

    added = await ask("POST", "/partners", said)
    again = await ask("POST", "/partners", said)
    tag = {"If-Match": added.headers["etag"]}
    changed = await ask("PUT", added.headers["location"].removeprefix("/api/v1"), said | {"phone": "3949"}, tag)
    stale = await ask("PUT", added.headers["location"].removeprefix("/api/v1"), said, tag)

    assert (added.status_code, again.status_code, stale.status_code) == (201, 409, 412)
    assert again.json()["candidates"][0]["name"] == "Les Clics"
    assert (changed.json()["phone"], changed.json()["is_open"]) == ("3949", True)


async def test_partners_come_page_by_page(world: World, programs: Programs):
    for name in ("Un", "Deux", "Trois"):
        await partners.add(world.db, a_partner(name), by=world.manager, now=NOW)
    ask = await programs.of(world.adviser)

    first = (await ask("GET", "/partners?limit=2")).json()
    rest = (await ask("GET", first["next"].removeprefix("/api/v1"))).json()

    assert [len(first["items"]), len(rest["items"]), rest["next"]] == [2, 1, None]


async def test_a_leaflet_comes_in_as_letters_and_out_as_bytes(world: World, programs: Programs):
    ask = await programs.of(world.manager)
    said = {"title": "Tarifs", "kind": "tariff", "content": b64encode(a_picture()).decode()}

    added = (await ask("POST", "/leaflets", said)).json()
    file = await ask("GET", f"/leaflets/{added['id']}/file")

    assert (added["media_type"], added["size"]) == ("image/png", len(file.content))


async def test_a_list_comes_in_with_its_report(world: World, programs: Programs):
    ask = await programs.of(await world.staff(Role.ADMINISTRATOR, None, "Odile"))
    rows = [{"id": "1", "nom": "Les Clics", "horaires": "sur rendez-vous"}, {"nom": "Sans clé"}]

    report = (await ask("POST", "/partner-lists?source=Annuaire", rows)).json()
    out = await ask("GET", "/partner-lists")

    assert [report["new"], report["refused"]] == [1, 1]
    assert (report["refusals"][0]["line"], report["refusals"][0]["code"]) == (2, "required")
    assert report["doubts"][0]["code"] == "hours-as-written"
    assert "Annuaire" in out.text
