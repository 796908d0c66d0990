"""Rooms, closures, outages, the team and the school calendar by a program."""

import pytest

from booking.domain.staff import Role
from tests.given import World, in_days, meeting
from tests.given_places import day_in
from tests.web.programs import Programs

pytestmark = pytest.mark.parametrize("url", ["sqlite"], indirect=True)

ROOM = {"name": "Chartreuse", "seats": 9, "workstations": 8}
HOURS = [
    {"weekday": 0, "opens": "09:00", "closes": "12:00"},
    {"weekday": 0, "opens": "13:30", "closes": "17:00"},
]


def days(first: int, last: int, **more: object) -> dict[str, object]:
    return {"first_on": str(day_in(first)), "last_on": str(day_in(last)), "because": "Travaux"} | more


@pytest.fixture
async def ask(world: World, programs: Programs):
    return await programs.of(world.manager)


async def test_a_room_is_added_written_anew_and_read_with_its_hours(world: World, ask) -> None:
    added = (await ask("POST", f"/agencies/{world.agency.id}/rooms", ROOM)).json()

    changed = await ask("PUT", f"/rooms/{added['id']}", ROOM | {"seats": 7, "opening_hours": HOURS})

    assert (changed.json()["capacity"], changed.json()["opening_hours"]) == (7, HOURS)
    listed = (await ask("GET", f"/agencies/{world.agency.id}/rooms")).json()
    assert [room["name"] for room in listed] == ["Chartreuse", "Vercors"]


async def test_wrong_hours_are_told_by_their_place_in_the_body(world: World, ask) -> None:
    late = [*HOURS, {"weekday": 1, "opens": "12:00", "closes": "11:00"}]

    answer = await ask("POST", f"/agencies/{world.agency.id}/rooms", ROOM | {"opening_hours": late})

    assert answer.status_code == 422
    assert [(e["pointer"], e["code"]) for e in answer.json()["errors"]] == [
        ("/opening_hours/2", "ends-before-it-starts")
    ]


async def test_an_hour_is_written_with_two_digits(world: World, ask) -> None:
    for wrong in ("9:00", "24:00", "09:00\n", "09:60"):
        hours = [{"weekday": 1, "opens": wrong, "closes": "12:00"}]
        answer = await ask("POST", f"/agencies/{world.agency.id}/rooms", ROOM | {"opening_hours": hours})
        assert answer.status_code == 400, wrong


async def test_the_refusal_to_archive_names_the_sessions(world: World, ask) -> None:
    session = await world.session(meeting(in_days(14), room_id=world.room.id))

    answer = await ask("POST", f"/rooms/{world.room.id}/archival")

    assert (answer.status_code, answer.json()["type"]) == (409, "still-used")
    assert answer.json()["meetings"][0]["session_id"] == str(session.id)


async def test_a_room_is_archived_and_comes_back(world: World, ask) -> None:
    address = f"/rooms/{world.room.id}/archival"

    assert (await ask("POST", address)).json()["archived_at"]
    assert (await ask("DELETE", address)).json()["archived_at"] is None


async def test_a_closure_tells_what_it_touches_and_is_taken_back(world: World, ask) -> None:
    session = await world.session()
    address = f"/agencies/{world.agency.id}/closures"

    closed = (await ask("POST", address, days(13, 15))).json()

    assert [one["session_id"] for one in closed["touched"]] == [str(session.id)]
    assert (await ask("GET", address)).json() == [closed]
    assert (await ask("DELETE", f"/closures/{closed['id']}")).status_code == 204
    assert (await ask("GET", address)).json() == []


async def test_an_outage_tells_what_no_longer_fits_and_ends_early(world: World, ask) -> None:
    session = await world.session(meeting(in_days(14), room_id=world.room.id), capacity=10)
    address = f"/agencies/{world.agency.id}/outages"

    broken = (await ask("POST", address, days(13, 15, room_id=str(world.room.id), workstations=4))).json()
    changed = (await ask("PUT", f"/outages/{broken['id']}", days(13, 13, workstations=4))).json()

    assert [one["session_id"] for one in broken["touched"]] == [str(session.id)]
    assert (changed["last_on"], changed["touched"]) == (str(day_in(13)), [])


async def test_days_the_wrong_way_round_are_refused_at_their_field(world: World, ask) -> None:
    answer = await ask("POST", f"/agencies/{world.agency.id}/closures", days(15, 13))

    assert [(e["pointer"], e["code"]) for e in answer.json()["errors"]] == [("/last_on", "ends-before-it-starts")]


async def test_the_team_has_hours_a_last_day_and_busy_times(world: World, ask) -> None:
    session = await world.session(meeting(in_days(15), facilitator_id=world.facilitator.id))
    address = f"/agencies/{world.agency.id}/team/{world.facilitator.id}"
    busy = {"starts_at": in_days(20).isoformat(), "ends_at": in_days(21).isoformat(), "because": "Formation"}

    shown = (await ask("PUT", address, {"availability": HOURS, "ends_on": "2027-06-30"})).json()
    added = (await ask("POST", f"{address}/busy-times", busy)).json()

    assert [one["session_id"] for one in shown["touched"]] == [str(session.id)]
    karim = (await ask("GET", f"/agencies/{world.agency.id}/team")).json()[0]
    assert (karim["availability"], karim["ends_on"], karim["roles"]) == (HOURS, "2027-06-30", ["facilitator"])
    assert [one["because"] for one in karim["busy"]] == ["Formation"]
    assert (await ask("DELETE", f"{address}/busy-times/{added['id']}")).status_code == 204
    assert (await ask("DELETE", f"{address}/busy-times/{added['id']}")).status_code == 404


async def test_an_administrator_writes_the_school_calendar_and_everybody_reads_it(
    world: World, programs: Programs
) -> None:
    ask = await programs.of(await world.staff(Role.ADMINISTRATOR, None, "Agnès"))
    winter = {"zone": "A", "name": "Hiver", "first_on": "2027-02-13", "last_on": "2027-02-28"}
    body = {"holidays": [winter, winter | {"zone": "guyane"}]}

    first, again = [(await ask("POST", "/school-holidays", body)).json() for _ in range(2)]

    assert (first, again) == (
        {"new": 2, "changed": 0, "unchanged": 0},
        {"new": 0, "changed": 0, "unchanged": 2},
    )
    reader = await programs.of(world.adviser)
    assert (await reader("GET", "/school-holidays?zone=A")).json() == [winter]
    assert len((await reader("GET", "/school-holidays")).json()) == 2


async def test_one_wrong_holiday_refuses_all(world: World, programs: Programs) -> None:
    ask = await programs.of(await world.staff(Role.ADMINISTRATOR, None, "Agnès"))
    right = {"zone": "A", "name": "Hiver", "first_on": "2027-02-13", "last_on": "2027-02-28"}

    answer = await ask("POST", "/school-holidays", {"holidays": [right, right | {"zone": "D"}]})

    assert answer.json()["errors"][0]["pointer"] == "/holidays/1/zone"
    assert (await ask("GET", "/school-holidays")).json() == []
