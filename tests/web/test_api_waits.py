"""Waiting by a program: for a workshop anywhere near, and the line of a session."""

from booking.domain.staff import Role
from tests.given import World
from tests.web.programs import Programs


async def test_a_program_puts_a_person_in_line_and_out_of_it(world: World, programs: Programs) -> None:
    person, ask = await world.job_seeker(), await programs.of(world.adviser)
    body = {"job_seeker_id": str(person.id), "agency_ids": [str(world.agency.id)]}

    joined = await ask("POST", f"/workshops/{world.workshop.id}/waits", body)
    again = await ask("POST", f"/workshops/{world.workshop.id}/waits", body)
    listed = (await ask("GET", f"/job-seekers/{person.id}/waits")).json()
    left = await ask("DELETE", f"/waits/{joined.json()['wait']['id']}")

    assert (joined.status_code, joined.json()["booking"]) == (201, None)
    assert (again.status_code, again.json()["type"]) == (409, "already-waiting")
    assert [one["wait"]["id"] for one in listed] == [joined.json()["wait"]["id"]]
    assert left.status_code == 204
    assert (await ask("GET", f"/job-seekers/{person.id}/waits")).json() == []


async def test_a_seat_that_is_free_is_answered_instead(world: World, programs: Programs) -> None:
    session, person = await world.session(), await world.job_seeker()
    ask = await programs.of(world.adviser)

    body = {"job_seeker_id": str(person.id), "agency_ids": [str(world.agency.id)]}
    answer = (await ask("POST", f"/workshops/{world.workshop.id}/waits", body)).json()

    assert (answer["wait"], answer["booking"]["session_id"]) == (None, str(session.id))


async def test_the_line_of_a_session_says_who_is_next(world: World, programs: Programs) -> None:
    session = await world.session(capacity=1)
    await world.booked(session)
    first, second = await world.job_seeker("Diallo"), await world.job_seeker("Nguyen")
    ask = await programs.of(world.adviser)
    await world.waiting(session, first)
    body = {"job_seeker_id": str(second.id), "if_full": "wait", "first_because": "Entretien demain"}
    await ask("POST", f"/sessions/{session.id}/bookings", body)

    line = (await ask("GET", f"/sessions/{session.id}/line")).json()

    assert [(one["turn"], one["job_seeker"]["last_name"]) for one in line] == [(1, "Nguyen"), (2, "Diallo")]
    assert {one["why_not"] for one in line} == {None}


async def test_of_another_agency_one_sees_the_line_and_no_name(world: World, programs: Programs) -> None:
    session = await world.session(capacity=1)
    await world.booked(session)
    await world.waiting(session)
    stranger = await world.staff(Role.ADVISER, await world.another_agency(), "Lina")

    (line,) = (await (await programs.of(stranger))("GET", f"/sessions/{session.id}/line")).json()

    assert line["job_seeker"] is None


async def test_a_draft_of_another_agency_has_no_line(world: World, programs: Programs) -> None:
    draft = await world.draft()
    stranger = await world.staff(Role.ADVISER, await world.another_agency(), "Lina")

    answer = await (await programs.of(stranger))("GET", f"/sessions/{draft.id}/line")

    assert answer.status_code == 404
