"""What programs read of people: likely duplicates, a merge, what an adviser follows, and who is hard to reach."""

import pytest

from tests.given import World, in_days, meeting
from tests.web.programs import Programs

pytestmark = pytest.mark.parametrize("url", ["sqlite"], indirect=True)


async def test_a_person_alike_is_refused_with_the_candidates_unless_one_is_sure(world: World, programs: Programs):
    known = await world.job_seeker("Lefèvre", first_name="Amélie")
    ask = await programs.of(world.adviser)
    said = {"agency_id": str(world.agency.id), "first_name": "Lefevre", "last_name": "Amelie"}

    refused = await ask("POST", "/job-seekers", said)
    sure = await ask("POST", "/job-seekers", said | {"is_sure": True})

    assert (refused.status_code, refused.json()["type"]) == (409, "possible-duplicates")
    [candidate] = refused.json()["candidates"]
    assert (candidate["job_seeker_id"], candidate["because"]) == (str(known.id), "swapped")
    assert sure.status_code == 201


async def test_a_person_is_written_anew_only_as_it_was_read(world: World, programs: Programs):
    person = await world.job_seeker()
    ask = await programs.of(world.adviser)
    said = {"first_name": "Awa", "last_name": "Sow", "language": "wo"}
    tag = (await ask("GET", f"/job-seekers/{person.id}")).headers["etag"]

    answers = [await ask("PUT", f"/job-seekers/{person.id}", said, {"If-Match": tag}) for _ in range(2)]
    unconditional = await ask("PUT", f"/job-seekers/{person.id}", said, {})

    assert [answer.status_code for answer in answers] == [200, 412]
    assert (answers[0].json()["language"], answers[0].headers["etag"]) == ("wo", '"1"')
    assert unconditional.status_code == 428


async def test_two_entries_become_one(world: World, programs: Programs):
    kept, gone = await world.job_seeker("Diallo"), await world.job_seeker("Dialo", phone="06 39 98 00 01")
    ask = await programs.of(world.adviser)

    [pair] = (await ask("GET", f"/agencies/{world.agency.id}/duplicates")).json()
    merged = await ask("POST", f"/job-seekers/{kept.id}/merger", {"gone_id": str(gone.id)})

    assert pair == {"job_seeker_id": str(kept.id), "other_id": str(gone.id), "because": "one_letter"}
    assert merged.json()["phone"] == "+33639980001"
    assert (await ask("GET", f"/job-seekers/{gone.id}")).status_code == 404
    assert (await ask("GET", "/job-seekers?q=dialo")).json() == []
    assert (await ask("GET", f"/agencies/{world.agency.id}/duplicates")).json() == []


async def test_seats_at_one_time_are_named(world: World, programs: Programs):
    kept, gone = await world.job_seeker("Diallo"), await world.job_seeker("Dialo")
    one, other = await world.session(), await world.session(meeting(in_days(14, hour=1)))
    await world.booked(one, kept)
    await world.booked(other, gone)
    ask = await programs.of(world.adviser)

    refused = await ask("POST", f"/job-seekers/{kept.id}/merger", {"gone_id": str(gone.id)})

    assert (refused.status_code, refused.json()["type"]) == (409, "job-seeker-elsewhere")
    assert refused.json()["clashes"] == [[str(one.id), str(other.id)]]


async def test_bookings_are_followed_page_by_page(world: World, programs: Programs):
    session = await world.session()
    booked = [await world.booked(session) for _ in range(3)]
    ask = await programs.of(world.adviser)

    seen, path = [], "/followed-bookings?limit=2"
    while path:
        page = (await ask("GET", path)).json()
        seen += page["items"]
        path = page["next"]

    assert sorted(one["booking_id"] for one in seen) == sorted(str(one.id) for one in booked)
    assert {(one["outcome"], one["next_step"]) for one in seen} == {("coming", "hand_paper")}
    assert (await ask("GET", "/followed-bookings?outcome=cancelled")).json()["items"] == []


async def test_who_is_hard_to_reach_is_listed_page_by_page(world: World, programs: Programs):
    session = await world.session()
    people = [(await world.booked(session)).job_seeker_id for _ in range(3)]
    ask = await programs.of(world.adviser)

    seen, path = [], "/unreachable?limit=2"
    while path:
        page = (await ask("GET", path)).json()
        seen += page["items"]
        path = page["next"]

    assert sorted(one["job_seeker_id"] for one in seen) == sorted(map(str, people))
    assert {tuple(one["reasons"]) for one in seen} == {("no_way",)}
    assert seen[0]["remedies"] == ["print", "add_contact"]


async def test_a_cursor_of_ones_own_making_is_refused(world: World, programs: Programs):
    ask = await programs.of(world.adviser)

    for path in ("/followed-bookings?after=x", "/unreachable?after=bnVsbA"):
        assert (await ask("GET", path)).status_code == 400
