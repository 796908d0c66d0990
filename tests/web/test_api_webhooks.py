"""Webhooks by a program."""

import pytest

from booking.domain.signatures import secret_of, written
from booking.domain.staff import Role
from booking.services import webhook_trials
from booking.services.telling import tell
from tests.given import NOW, SITE, World
from tests.given_webhooks import Office
from tests.web.programs import Program, Programs

pytestmark = pytest.mark.parametrize("url", ["sqlite"], indirect=True)

WISH = {"name": "Suivi", "url": "https://suivi.example.org/recu", "events": ["booking.booked", "booking.cancelled"]}


@pytest.fixture
async def office(world: World) -> Office:
    return await Office.begin(world)


@pytest.fixture
async def ask(office: Office, programs: Programs) -> Program:
    return await programs.of(office.agnes)


async def test_a_webhook_is_added_read_changed_and_removed(ask: Program) -> None:
    added = await ask("POST", "/webhooks", WISH)
    where = added.headers["location"]

    assert added.status_code == 201 and added.json()["agency_id"] is None
    assert (await ask("GET", where)).json() == added.json()
    assert (await ask("GET", "/webhooks")).json() == [added.json()]

    changed = await ask("PUT", where, WISH | {"events": ["session.cancelled"]})
    assert changed.json()["events"] == ["session.cancelled"]

    assert (await ask("DELETE", where)).status_code == 204
    assert (await ask("GET", where)).status_code == 404


@pytest.mark.parametrize(
    ("wrong", "pointer", "code"),
    [
        ({"url": "http://suivi.example.org"}, "/url", "not-a-receiver"),
        ({"url": "https://169.254.169.254/"}, "/url", "not-a-receiver"),
        ({"events": ["booking.eaten"]}, "/events", "unknown-choice"),
        ({"name": ""}, "/name", "required"),
    ],
)
async def test_what_is_wrong_is_told_by_its_place(ask: Program, wrong, pointer: str, code: str) -> None:
    answer = await ask("POST", "/webhooks", WISH | wrong)

    assert answer.status_code == 422
    assert [(one["pointer"], one["code"]) for one in answer.json()["errors"]] == [(pointer, code)]


async def test_the_secret_is_shown_and_a_new_one_joins_the_old(world: World, office: Office, ask: Program) -> None:
    endpoint = await office.endpoint()
    old, new = (written(secret_of(SITE.secret, endpoint.id, version)) for version in (0, 1))

    assert (await ask("GET", f"/webhooks/{endpoint.id}/secret")).json() == {"secrets": [old]}
    assert (await ask("POST", f"/webhooks/{endpoint.id}/secret")).json() == {"secrets": [new, old]}


async def test_a_pause_says_why_and_nothing_is_tried_during_it(office: Office, ask: Program) -> None:
    where = f"/webhooks/{(await office.endpoint()).id}"

    paused = (await ask("POST", f"{where}/pause")).json()
    refused = await ask("POST", f"{where}/test")
    again = (await ask("DELETE", f"{where}/pause")).json()

    assert (paused["disabled_because"], again["disabled_at"]) == ("by-hand", None)
    assert (refused.status_code, refused.json()["type"]) == (409, "receiver-disabled")


async def test_what_was_told_is_read_page_by_page_and_told_again(world: World, office: Office, ask: Program) -> None:
    endpoint = await office.endpoint()
    where = f"/webhooks/{endpoint.id}/deliveries"
    await world.booked(await world.session())
    await tell(world.db, NOW)
    await webhook_trials.try_out(world.db, endpoint.id, by=office.agnes, now=NOW)

    first = (await ask("GET", f"{where}?limit=2")).json()
    rest = (await ask("GET", first["next"])).json()

    told = first["items"] + rest["items"]
    assert sorted(one["type"] for one in told) == ["booking.booked", "session.published", "webhook.test"]
    assert rest["next"] is None and {one["state"] for one in told} == {"planned"}
    replayed = await ask("POST", f"{where}/{told[0]['id']}/replay")
    assert (replayed.status_code, replayed.json()["id"]) == (202, told[0]["id"])


async def test_who_administers_one_agency_sees_its_own_only(world: World, office: Office, programs: Programs) -> None:
    ask = await programs.of(await world.staff(Role.ADMINISTRATOR, world.agency, "Paul"))
    network, own = await office.endpoint(), await office.endpoint(agency=world.agency)

    assert [one["id"] for one in (await ask("GET", "/webhooks")).json()] == [str(own.id)]
    assert (await ask("GET", f"/webhooks/{network.id}")).status_code == 404
    assert (await ask("POST", "/webhooks", WISH)).status_code == 403
