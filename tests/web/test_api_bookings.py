"""Booking by a program: a seat, a place on the waitlist, and never twice for one key."""

from booking.services import scheduling
from tests.given import NOW, SITE, World, in_days, meeting
from tests.web.programs import Programs


async def test_a_program_books_a_person(world: World, programs: Programs) -> None:
    session, person = await world.session(), await world.job_seeker()
    ask = await programs.of(world.adviser)

    answer = await ask("POST", f"/sessions/{session.id}/bookings", {"job_seeker_id": str(person.id)})

    assert answer.status_code == 201
    assert answer.json()["state"] == "booked"
    assert answer.headers["location"] == f"/api/v1/bookings/{answer.json()['id']}"
    assert await world.count(session) == (1, 0)


async def test_the_same_key_books_once_and_answers_alike(world: World, programs: Programs) -> None:
    session, person = await world.session(), await world.job_seeker()
    ask = await programs.of(world.adviser)
    asked = ("POST", f"/sessions/{session.id}/bookings", {"job_seeker_id": str(person.id)}, {"Idempotency-Key": "k-1"})

    first, second = await ask(*asked), await ask(*asked)

    assert (second.status_code, second.content) == (first.status_code, first.content)
    assert "idempotent-replayed" not in first.headers
    assert second.headers["idempotent-replayed"] == "true"
    assert second.headers["location"] == first.headers["location"]
    assert await world.count(session) == (1, 0)


async def test_a_key_does_not_serve_two_requests(world: World, programs: Programs) -> None:
    session = await world.session()
    ask = await programs.of(world.adviser)
    for person in (await world.job_seeker(), await world.job_seeker()):
        body = {"job_seeker_id": str(person.id)}
        answer = await ask("POST", f"/sessions/{session.id}/bookings", body, {"Idempotency-Key": "k-2"})

    assert (answer.status_code, answer.json()["type"]) == (422, "another-request-has-this-key")
    assert await world.count(session) == (1, 0)


async def test_a_full_session_is_refused_with_other_sessions(world: World, programs: Programs) -> None:
    full, later = await world.session(capacity=1), await world.session(meeting(in_days(21)))
    await world.booked(full)
    person = await world.job_seeker()
    ask = await programs.of(world.adviser)

    answer = await ask("POST", f"/sessions/{full.id}/bookings", {"job_seeker_id": str(person.id)})

    told = answer.json()
    assert (answer.status_code, told["type"]) == (409, "session-full")
    assert [other["session_id"] for other in told["alternatives"]] == [str(later.id)]


async def test_a_refusal_is_kept_with_its_key(world: World, programs: Programs) -> None:
    session, person = await world.session(capacity=1), await world.job_seeker()
    seated = await world.booked(session)
    ask = await programs.of(world.adviser)
    asked = ("POST", f"/sessions/{session.id}/bookings", {"job_seeker_id": str(person.id)}, {"Idempotency-Key": "k-3"})
    first = await ask(*asked)
    await ask("POST", f"/bookings/{seated.id}/cancellation", {"party": "person"})

    second = await ask(*asked)

    assert [first.json()["type"], second.json()["type"]] == ["session-full", "session-full"]


async def test_who_finds_no_seat_may_wait(world: World, programs: Programs) -> None:
    session = await world.session(capacity=1)
    await world.booked(session)
    person = await world.job_seeker()
    ask = await programs.of(world.adviser)

    answer = await ask("POST", f"/sessions/{session.id}/bookings", {"job_seeker_id": str(person.id), "if_full": "wait"})

    assert (answer.status_code, answer.json()["state"]) == (201, "waitlisted")
    assert await world.count(session) == (1, 1)


async def test_a_second_place_in_one_session_is_refused_with_the_way_to_the_first(
    world: World, programs: Programs
) -> None:
    session, person = await world.session(), await world.job_seeker()
    booking = await world.booked(session, person)
    ask = await programs.of(world.adviser)

    answer = await ask("POST", f"/sessions/{session.id}/bookings", {"job_seeker_id": str(person.id)})

    assert answer.json()["type"] == "already-booked"
    assert answer.json()["links"]["booking"] == f"/api/v1/bookings/{booking.id}"


async def test_cancelling_gives_the_seat_to_who_waits(world: World, programs: Programs) -> None:
    session = await world.session(capacity=1)
    seated, waiting = await world.booked(session), await world.waiting(session)
    ask = await programs.of(world.adviser)

    ended = await ask("POST", f"/bookings/{seated.id}/cancellation", {"party": "person", "because": "Empêchée"})

    assert (ended.status_code, ended.json()["state"], ended.json()["cancelled_by"]) == (200, "cancelled", "person")
    promoted = await ask("GET", f"/bookings/{waiting.id}")
    assert promoted.json()["booking"]["state"] == "booked"


async def test_a_reason_holds_no_hidden_character(world: World, programs: Programs) -> None:
    booking = await world.booked(await world.session())
    ask = await programs.of(world.adviser)

    answer = await ask("POST", f"/bookings/{booking.id}/cancellation", {"party": "person", "because": "a\x00b"})

    assert (answer.status_code, answer.json()["errors"][0]["pointer"]) == (422, "/because")


async def test_a_booking_is_cancelled_once(world: World, programs: Programs) -> None:
    booking = await world.booked(await world.session())
    ask = await programs.of(world.adviser)
    asked = ("POST", f"/bookings/{booking.id}/cancellation", {"party": "service"})
    await ask(*asked)

    again = await ask(*asked)

    assert (again.status_code, again.json()["type"]) == (409, "booking-ended")


async def test_a_move_is_a_new_booking(world: World, programs: Programs) -> None:
    first, second = await world.session(), await world.session(meeting(in_days(21)))
    booking = await world.booked(first)
    ask = await programs.of(world.adviser)

    moved = await ask("POST", f"/bookings/{booking.id}/move", {"session_id": str(second.id)})

    assert (moved.status_code, moved.json()["session_id"]) == (201, str(second.id))
    assert (await world.count(first), await world.count(second)) == ((0, 0), (1, 0))


async def test_a_booking_is_shown_with_what_is_said_about_it(world: World, programs: Programs) -> None:
    person = await world.job_seeker(email="a@exemple.fr")
    booking = await world.booked(await world.session(), person)
    ask = await programs.of(world.adviser)

    shown = (await ask("GET", f"/bookings/{booking.id}")).json()

    assert shown["job_seeker"]["channels"] == ["email", "hand"]
    assert [message["rule"] for message in shown["messages"]] == ["now", "d7", "d1"]
    assert shown["session"]["workshop"] == world.workshop.title


async def test_participants_are_seen_by_who_may_know_them(world: World, programs: Programs) -> None:
    session = await world.session(capacity=1)
    await world.booked(session)
    await world.waiting(session)
    ask = await programs.of(world.adviser)

    found = (await ask("GET", f"/sessions/{session.id}/bookings")).json()

    assert [(one["booking"]["state"], one["turn"]) for one in found] == [("booked", None), ("waitlisted", 1)]


async def test_a_cancelled_session_takes_nobody(world: World, programs: Programs) -> None:
    session, person = await world.session(), await world.job_seeker()
    await scheduling.cancel(world.db, session.id, because="Grève", by=world.manager, site=SITE, now=NOW)
    ask = await programs.of(world.adviser)

    answer = await ask("POST", f"/sessions/{session.id}/bookings", {"job_seeker_id": str(person.id)})

    assert (answer.status_code, answer.json()["type"]) == (409, "session-closed")
