"""Groups over the API: one result for each person, and one answer for one request."""

import pytest

from tests.given import World, in_days, meeting
from tests.web.programs import Program, Programs


@pytest.fixture
async def ask(world: World, programs: Programs) -> Program:
    return await programs.of(world.adviser)


async def test_each_person_has_a_result_in_turn(world: World, ask: Program):
    session, other = await world.session(capacity=2), await world.session(meeting(in_days(15)))
    ids = [str((await world.job_seeker()).id) for _ in range(3)]

    answer = await ask("POST", f"/sessions/{session.id}/group-bookings", {"job_seeker_ids": ids})

    results = answer.json()
    assert answer.status_code == 200
    assert [one["job_seeker_id"] for one in results] == ids
    assert [one["booking"] and one["booking"]["state"] for one in results] == ["booked", "booked", None]
    assert results[2]["refusal"]["type"] == "session-full"
    assert results[2]["refusal"]["alternatives"][0]["session_id"] == str(other.id)
    assert await world.count(session) == (2, 0)


async def test_all_or_none_gives_nobody_a_seat_that_somebody_lacks(world: World, ask: Program):
    session = await world.session(capacity=2)
    ids = [str((await world.job_seeker()).id) for _ in range(3)]
    body = {"job_seeker_ids": ids, "all_or_none": True}

    results = (await ask("POST", f"/sessions/{session.id}/group-bookings", body)).json()

    assert [one["booking"] for one in results] == [None, None, None]
    assert [one["refusal"] is not None for one in results] == [False, False, True]
    assert await world.count(session) == (0, 0)


async def test_the_same_request_acts_once_and_is_answered_alike(world: World, ask: Program):
    session = await world.session()
    body = {"job_seeker_ids": [str((await world.job_seeker()).id) for _ in range(2)]}
    key = {"Idempotency-Key": "groupe-1"}

    first, again = [await ask("POST", f"/sessions/{session.id}/group-bookings", body, key) for _ in range(2)]

    assert first.json() == again.json() and first.json()[0]["booking"]
    assert again.headers["idempotent-replayed"] == "true" and "idempotent-replayed" not in first.headers
    assert await world.count(session) == (2, 0)


async def test_a_key_is_for_one_request_only(world: World, ask: Program):
    session = await world.session()
    one, other = [{"job_seeker_ids": [str((await world.job_seeker()).id)]} for _ in range(2)]
    key = {"Idempotency-Key": "groupe-1"}
    await ask("POST", f"/sessions/{session.id}/group-bookings", one, key)

    answer = await ask("POST", f"/sessions/{session.id}/group-bookings", other, key)

    assert (answer.status_code, answer.json()["type"]) == (422, "another-request-has-this-key")


@pytest.mark.parametrize("ids", [[], ["00000000-0000-7000-8000-000000000000"] * 101])
async def test_nobody_and_too_many_are_no_group(world: World, ask: Program, ids: list[str]):
    session = await world.session()

    answer = await ask("POST", f"/sessions/{session.id}/group-bookings", {"job_seeker_ids": ids})

    assert answer.status_code == 400


async def test_a_group_needs_a_session(world: World, ask: Program):
    body = {"job_seeker_ids": [str((await world.job_seeker()).id)]}

    answer = await ask("POST", f"/sessions/{world.agency.id}/group-bookings", body)

    assert answer.status_code == 404
