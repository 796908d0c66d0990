"""Plans for programs: proposals without writing, then all of it or nothing."""

import pytest

from tests.given import World, in_days, meeting


@pytest.fixture
async def program(world, programs):
    return await programs.of(world.manager)


def body(world: World, **more: object) -> dict[str, object]:
    usual = {"agency_id": str(world.agency.id), "workshop_id": str(world.workshop.id), "capacity": 8, "count": 3}
    usual |= {"first": "2026-10-27", "starts": "09:30:00", "ends": "11:30:00", "room_id": str(world.room.id)}
    return usual | {"facilitator_id": str(world.facilitator.id)} | more


async def sessions(program) -> list[dict]:
    return (await program("GET", "/sessions?state=draft")).json()["items"]


async def test_a_preview_proposes_and_writes_nothing(world, program):
    answer = await program("POST", "/plans/preview", body(world))

    said = answer.json()
    assert answer.status_code == 200 and said["sessions"] == 3
    assert [one["day"] for one in said["proposals"]] == ["2026-10-27", "2026-11-03", "2026-11-10"]
    assert said["proposals"][0]["starts_at"] == "2026-10-27T08:30:00Z"
    assert await sessions(program) == []


async def test_a_preview_names_obstacles_and_repairs(world, program):
    await world.draft(meeting(in_days(15, 1), room_id=world.room.id))

    said = (await program("POST", "/plans/preview", body(world))).json()["proposals"][1]

    assert [(one["kind"], one["weight"]) for one in said["obstacles"]] == [("room-taken", "clash")]
    assert {"day": "2026-11-04"} in said["repairs"]


async def test_a_repair_can_be_sent_back_as_a_choice(world, program):
    await world.draft(meeting(in_days(15, 1), room_id=world.room.id))
    choices = [{"key": "2026-11-03", "day": "2026-11-04"}, {"key": "2026-11-10", "leave_out": True}]

    answer = await program("POST", "/plans", body(world, choices=choices))

    assert answer.status_code == 201
    assert [one["starts_at"][:10] for one in answer.json()["sessions"]] == ["2026-10-27", "2026-11-04"]


async def test_a_room_can_be_chosen_away(world, program):
    choices = [{"key": "2026-10-27", "room_id": None}]

    answer = await program("POST", "/plans", body(world, count=1, choices=choices))

    assert answer.json()["sessions"][0]["meetings"][0]["room_id"] is None


async def test_a_series_is_published_at_once(world, program):
    answer = await program("POST", "/plans", body(world, publish=True))

    said = answer.json()
    assert answer.status_code == 201 and said["series_id"]
    assert {one["state"] for one in said["sessions"]} == {"open"}


async def test_a_cycle_has_no_series(world, program):
    said = (await program("POST", "/plans", body(world, is_cycle=True))).json()

    assert said["series_id"] is None and len(said["sessions"][0]["meetings"]) == 3


async def test_a_clash_is_a_problem_with_a_pointer(world, program):
    await world.draft(meeting(in_days(15, 1), room_id=world.room.id))

    answer = await program("POST", "/plans", body(world))

    assert answer.status_code == 409 and answer.json()["type"] == "place-taken"
    assert answer.json()["errors"][0]["pointer"] == "/meetings/1"
    assert len(await sessions(program)) == 1


@pytest.mark.parametrize(
    ("wrong", "status", "pointer"),
    [
        ({"ends": "09:00:00"}, 422, "/ends"),
        ({"first": "2026-10-18"}, 422, "/first"),
        ({"first": "9999-12-31"}, 422, "/first"),
        ({"last": "9999-12-31", "count": None, "weekdays": [0, 1, 2]}, 422, "/last"),
        ({"every": 0}, 422, "/every"),
        ({"first": "2027-02-29"}, 400, "first"),
        ({"weekdays": [7]}, 400, "weekdays/0"),
        ({"starts": "09:30:00Z"}, 400, "starts"),
        ({"choices": [{"key": "2026-10-27", "day": "9999-12-31"}]}, 422, "/meetings/0"),
        ({"choices": [{"key": "2026-10-27", "day": "0001-01-01"}]}, 422, "/meetings/0"),
        ({"choices": [{"key": "2026-10-27", "room_id": "0190a000-0000-7000-8000-000000000000"}]}, 422, "/meetings/0"),
    ],
)
async def test_what_is_wrong_is_a_problem_of_its_field(world, program, wrong, status, pointer):
    answer = await program("POST", "/plans", body(world, **wrong))

    assert answer.status_code == status, answer.text
    assert answer.json()["errors"][0]["pointer"].strip("/") == pointer.strip("/")
    assert await sessions(program) == []
