"""Trainings by program."""

from tests.given import World
from tests.given_trainings import a_session_of, a_training, takes_part
from tests.web.programs import Programs


async def test_a_program_books_its_owner_and_gives_the_seat_up(world: World, programs: Programs) -> None:
    session = await a_session_of(world, await a_training(world))
    ask = await programs.of(world.facilitator)

    booked = await ask("POST", f"/trainings/{session.id}/bookings", {}, {"Idempotency-Key": "once"})
    again = await ask("POST", f"/trainings/{session.id}/bookings", {}, {"Idempotency-Key": "once"})
    own = (await ask("GET", "/trainings")).json()
    cancelled = await ask("POST", f"/bookings/{booked.json()['id']}/cancellation", {"party": "person"})

    assert (booked.status_code, again.json()["id"]) == (201, booked.json()["id"])
    assert [place["booking_id"] for place in own["places"]] == [booked.json()["id"]]
    assert own["offered"][0]["state"] == "booked" and own["offered"][0]["free"] == 7
    assert cancelled.status_code == 200 and await world.count(session) == (0, 0)


async def test_a_manager_s_program_reads_who_is_trained_and_books_the_team(world: World, programs: Programs) -> None:
    training = await a_training(world)
    session = await a_session_of(world, training, capacity=1)
    ask = await programs.of(world.manager)

    before = (await ask("GET", f"/agencies/{world.agency.id}/trainings")).json()
    first = await ask("POST", f"/trainings/{session.id}/bookings", {"staff_id": str(world.adviser.id)})
    full = await ask("POST", f"/trainings/{session.id}/bookings", {"staff_id": str(world.facilitator.id)})

    (nadia,) = [one for one in before if one["name"] == "Nadia"]
    assert [one["standing"] for one in nadia["trainings"]] == ["missing"]
    assert (first.status_code, full.status_code, full.json()["type"]) == (201, 409, "session-full")


async def test_there_is_no_certificate_for_who_never_came(world: World, programs: Programs) -> None:
    booked = await takes_part(world, await a_session_of(world, await a_training(world)), world.adviser)
    own, other = await programs.of(world.adviser), await programs.of(world.facilitator)

    assert (await own("GET", f"/bookings/{booked.id}/certificate")).json()["type"] == "never-came"
    assert (await other("GET", f"/bookings/{booked.id}/certificate")).status_code == 403
