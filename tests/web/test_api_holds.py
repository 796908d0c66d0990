"""Holding, confirming and taking back by a program."""

from booking.domain.bookings import Party
from booking.services import bookings, scheduling
from tests.given import NOW, World, a_workshop
from tests.web.programs import Programs


async def test_a_program_holds_a_seat_and_books_it(world: World, programs: Programs) -> None:
    session, person = await world.session(capacity=1), await world.job_seeker()
    ask = await programs.of(world.adviser)

    held = await ask("POST", f"/sessions/{session.id}/holds", {"job_seeker_id": str(person.id)})
    booked = await ask("POST", f"/bookings/{held.json()['id']}/confirmation")

    assert (held.status_code, held.json()["state"]) == (201, "held")
    assert held.json()["deadline_at"] == "2026-10-19T08:10:00Z"
    assert (booked.status_code, booked.json()["state"]) == (200, "booked")
    assert booked.json()["deadline_at"] is None


async def test_one_key_holds_one_seat(world: World, programs: Programs) -> None:
    session, person = await world.session(), await world.job_seeker()
    ask = await programs.of(world.adviser)
    asked = ("POST", f"/sessions/{session.id}/holds", {"job_seeker_id": str(person.id)}, {"Idempotency-Key": "h"})

    first, second = await ask(*asked), await ask(*asked)

    assert first.content == second.content
    assert second.headers["idempotent-replayed"] == "true"
    assert await world.count(session) == (1, 0)


async def test_what_is_not_held_is_not_confirmed(world: World, programs: Programs) -> None:
    booking = await world.booked(await world.session())
    ask = await programs.of(world.adviser)

    answer = await ask("POST", f"/bookings/{booking.id}/confirmation")

    assert (answer.status_code, answer.json()["type"]) == (409, "not-held")


async def test_a_program_takes_a_cancellation_back(world: World, programs: Programs) -> None:
    booking = await world.booked(await world.session())
    await bookings.cancel(world.db, booking.id, party=Party.PERSON, by=world.adviser, now=NOW)
    ask = await programs.of(world.adviser)

    back, again = [await ask("POST", f"/bookings/{booking.id}/restoration") for _ in range(2)]

    assert (back.status_code, back.json()["state"]) == (200, "booked")
    assert (again.status_code, again.json()["type"]) == (409, "booking-stands")


async def test_a_missing_prerequisite_needs_a_reason(world: World, programs: Programs) -> None:
    taught = a_workshop("Tableur", after=(world.workshop.id,))
    await scheduling.add_workshop(world.db, taught, by=world.manager, now=NOW)
    session, person = await world.session(workshop_id=taught.id), await world.job_seeker()
    ask = await programs.of(world.adviser)
    body = {"job_seeker_id": str(person.id)}

    refused = await ask("POST", f"/sessions/{session.id}/bookings", body)
    booked = await ask("POST", f"/sessions/{session.id}/bookings", body | {"because": "A appris chez lui"})

    assert (refused.status_code, refused.json()["type"]) == (409, "prerequisite-missing")
    assert booked.json()["overridden_because"] == "A appris chez lui"


async def test_a_cancellation_has_a_class_of_reason_and_its_key_keeps_it(world: World, programs: Programs) -> None:
    booking = await world.booked(await world.session())
    ask = await programs.of(world.adviser)
    asked = ("POST", f"/bookings/{booking.id}/cancellation", {"party": "person", "reason": "transport"})

    first, second = [await ask(*asked, {"Idempotency-Key": "c"}) for _ in range(2)]

    assert first.json()["cancelled_reason"] == "transport"
    assert first.content == second.content


async def test_a_booking_is_changed_only_in_the_state_that_was_seen(world: World, programs: Programs) -> None:
    session, person = await world.session(), await world.job_seeker()
    ask = await programs.of(world.adviser)
    held = await ask("POST", f"/sessions/{session.id}/holds", {"job_seeker_id": str(person.id)})
    booking, seen = held.json()["id"], {"If-Match": held.headers["etag"]}
    await ask("POST", f"/bookings/{booking}/confirmation", None, seen)

    stale = [
        await ask("POST", f"/bookings/{booking}/cancellation", {"party": "person"}, seen),
        await ask("POST", f"/bookings/{booking}/move", {"session_id": str(session.id)}, seen),
        await ask("POST", f"/bookings/{booking}/confirmation", None, seen),
        await ask("POST", f"/bookings/{booking}/restoration", None, seen),
    ]
    now = {"If-Match": (await ask("GET", f"/bookings/{booking}")).headers["etag"]}
    cancelled = await ask("POST", f"/bookings/{booking}/cancellation", {"party": "person"}, now)

    assert {(answer.status_code, answer.json()["type"]) for answer in stale} == {(412, "stale-edit")}
    assert cancelled.json()["state"] == "cancelled"
