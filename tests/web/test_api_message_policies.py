"""The rules of messages by a program: read, tried out, written with its version, and taken back."""

import pytest

from booking.domain.policies import DEFAULT, written
from tests.given import World, in_days
from tests.web.programs import Programs

pytestmark = pytest.mark.parametrize("url", ["sqlite"], indirect=True)

ONE = written(DEFAULT) | {"rules": ["d1-1800"]}


@pytest.fixture
def address(world: World) -> str:
    return f"/agencies/{world.agency.id}/message-policy"


async def test_what_is_usual_is_version_nought(world: World, programs: Programs, address: str) -> None:
    ask = await programs.of(world.manager)

    answer = await ask("GET", address)

    assert (answer.json()["policy"], answer.json()["is_own"]) == (written(DEFAULT), False)
    assert answer.headers["etag"] == '"0"'


async def test_a_program_tries_decides_and_takes_back(world: World, programs: Programs, address: str) -> None:
    ask = await programs.of(world.manager)
    await world.booked(await world.session())

    tried = await ask("POST", f"{address}/preview", ONE)
    decided = await ask("PUT", address, ONE, {"If-Match": '"0"'})
    back = await ask("DELETE", address, headers={"If-Match": '"1"'})

    assert tried.json() == {"planned": 1, "moved": 0, "removed": 2}
    assert (decided.json()["policy"]["rules"], decided.headers["etag"]) == (["d1-1800"], '"1"')
    assert [one["version"] for one in back.json()["versions"]] == [2, 1] and back.json()["is_own"] is False


async def test_a_workshop_has_an_address_beside(world: World, programs: Programs, address: str) -> None:
    ask = await programs.of(world.manager)

    await ask("PUT", f"{address}?workshop={world.workshop.id}", ONE, {"If-Match": "*"})

    own, all_others = await ask("GET", f"{address}?workshop={world.workshop.id}"), await ask("GET", address)
    assert (own.json()["is_own"], all_others.json()["is_own"]) == (True, False)


@pytest.mark.parametrize(
    ("wish", "status"), [({"rules": ["d7", "demain"]}, 422), ({"opens": "6:00"}, 400), ({"opens": "06:00"}, 422)]
)
async def test_what_makes_no_sense_is_refused(
    world: World, programs: Programs, address: str, wish: dict[str, object], status: int
) -> None:
    ask = await programs.of(world.manager)

    assert (await ask("PUT", address, ONE | wish, {"If-Match": "*"})).status_code == status


async def test_a_version_must_be_said_and_be_the_last(world: World, programs: Programs, address: str) -> None:
    ask = await programs.of(world.manager)

    assert (await ask("PUT", address, ONE, {})).status_code == 428
    assert (await ask("PUT", address, ONE, {"If-Match": '"7"'})).status_code == 412


async def test_what_leaves_when_is_told_by_time(world: World, programs: Programs) -> None:
    ask = await programs.of(world.adviser)
    session, person = await world.session(), await world.job_seeker(email="awa@example.org")

    answer = (await ask("GET", f"/sessions/{session.id}/message-preview?job_seeker={person.id}")).json()

    assert answer["is_supposed"] and [one["kind"] for one in answer["leaving"]] == ["confirmation"] + ["reminder"] * 2
    assert answer["leaving"][1]["leaves_at"] == in_days(7).isoformat().replace("+00:00", "Z")
