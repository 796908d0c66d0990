"""Following meetings by a program."""

import pytest

from booking.domain.staff import Role
from tests.given import SITE, World
from tests.web.programs import Program, Programs

pytestmark = pytest.mark.parametrize("url", ["sqlite"], indirect=True)

MINE = {"kind": "facilitator"}


@pytest.fixture
async def ask(world: World, programs: Programs) -> Program:
    return await programs.of(world.facilitator)


async def test_a_link_is_told_when_it_is_made_and_never_again(ask: Program) -> None:
    made = await ask("POST", "/subscriptions", MINE)
    token, where = made.json()["token"], made.headers["location"]

    assert made.status_code == 201 and len(token) == 43
    assert made.json()["url"] == f"{SITE.url}/ical/{token}/ateliers.ics"
    assert made.json()["webcal"].startswith("webcal://") and made.json()["google"].endswith("ateliers.ics")
    for path in (where, "/subscriptions"):
        assert token not in (await ask("GET", path)).text


async def test_it_is_listed_with_what_it_shows(world: World, ask: Program) -> None:
    wish = {"kind": "room", "scope_id": str(world.room.id), "detail": "busy", "hides_cancelled": True}
    await ask("POST", "/subscriptions", wish)

    (one,) = (await ask("GET", "/subscriptions")).json()

    assert (one["about"], one["name"], one["detail"]) == (
        "Vercors, Grenoble Bastille",
        "Vercors, Grenoble Bastille",
        "busy",
    )
    assert one["hides_cancelled"] and one["agency_id"] == str(world.agency.id)
    assert (one["over"], one["last_client"], one["last_used_at"]) == (None, None, None)


async def test_it_is_changed_and_its_link_stays(ask: Program) -> None:
    made = (await ask("POST", "/subscriptions", MINE)).json()
    where = f"/subscriptions/{made['id']}"

    changed = await ask("PUT", where, {"name": "Chez moi", "detail": "title"})

    assert (changed.json()["name"], changed.json()["detail"]) == ("Chez moi", "title")
    assert "NAME;LANGUAGE=fr:Chez moi" in (await ask("GET", f"/ical/{made['token']}/ateliers.ics")).text


async def test_a_new_link_ends_the_one_before(ask: Program) -> None:
    made = (await ask("POST", "/subscriptions", MINE)).json()

    fresh = (await ask("POST", f"/subscriptions/{made['id']}/rotation")).json()

    assert fresh["id"] == made["id"] and fresh["token"] != made["token"]
    old, new = [(await ask("GET", f"/ical/{one['token']}/ateliers.ics")).text for one in (made, fresh)]
    assert "Lien d’agenda révoqué" in old and "révoqué" not in new


async def test_it_is_revoked_and_restored(ask: Program) -> None:
    where = (await ask("POST", "/subscriptions", MINE)).headers["location"]

    assert (await ask("DELETE", where)).status_code == 204
    assert (await ask("GET", where)).json()["over"] == "revoked"
    refused = await ask("POST", f"{where}/rotation")
    assert (refused.status_code, refused.json()["type"]) == (409, "subscription-revoked")
    assert (await ask("POST", f"{where}/restoration")).json()["over"] is None


@pytest.mark.parametrize(
    ("wish", "status", "said"),
    [
        ({}, 400, "kind"),
        ({"kind": "moon"}, 400, "kind"),
        ({"kind": "network", "detail": "all"}, 400, "detail"),
        ({"kind": "network", "token": "mine"}, 400, "token"),
        ({"kind": "agency"}, 422, "scope_id"),
        ({"kind": "facilitator", "name": "x" * 81}, 422, "name"),
        ({"kind": "adviser"}, 403, "not-allowed"),
        ({"kind": "network", "scope_id": "00000000-0000-7000-8000-000000000000"}, 404, "not-found"),
    ],
)
async def test_what_is_wrong_is_named(ask: Program, wish: dict[str, object], status: int, said: str) -> None:
    answer = await ask("POST", "/subscriptions", wish)

    assert answer.status_code == status and said in answer.text


async def test_nobody_finds_those_of_another(world: World, ask: Program, programs: Programs) -> None:
    where = (await ask("POST", "/subscriptions", MINE)).headers["location"]
    agnes = await programs.of(await world.staff(Role.ADMINISTRATOR, None, "Agnès"))

    assert (await agnes("GET", "/subscriptions")).json() == []
    for method, path, body in (
        ("GET", where, None),
        ("PUT", where, {"name": "x"}),
        ("DELETE", where, None),
        ("POST", f"{where}/rotation", None),
        ("POST", f"{where}/restoration", None),
    ):
        assert (await agnes(method, path, body)).status_code == 404, path
