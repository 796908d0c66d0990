"""A program of a phone line finds a booking by its code, and notes what the person says."""

import pytest

from booking.domain.bookings import BookingState
from booking.domain.codes import spaced
from booking.services import recalls
from tests.given import NOW, World, in_days, meeting


@pytest.fixture
async def ask(world: World, programs):
    return await programs.of(world.adviser)


async def test_a_code_finds_the_booking_and_its_person(world, ask):
    booking = await world.booked(await world.session(), await world.job_seeker("Diallo"))

    found = (await ask("GET", f"/codes/{spaced(booking.code).lower()}/bookings")).json()

    assert [(one["booking"]["id"], one["job_seeker"]["last_name"], one["turn"]) for one in found] == [
        (str(booking.id), "Diallo", None)
    ]


async def test_who_waits_is_found_with_his_turn(world, ask):
    session = await world.session(capacity=1)
    await world.booked(session)
    booking = await world.waiting(session)

    assert (await ask("GET", f"/codes/{booking.code}/bookings")).json()[0]["turn"] == 1


async def test_what_is_no_code_is_refused(ask):
    answer = await ask("GET", "/codes/nothing/bookings")

    assert (answer.status_code, answer.json()["type"]) == (422, "invalid-field")


async def test_coming_is_noted_once(world, ask):
    booking = await world.booked(await world.session())

    answers = [await ask("PUT", f"/bookings/{booking.id}/answer", {"answer": "coming"}) for _ in range(2)]

    assert [answer.status_code for answer in answers] == [200, 200]
    assert answers[0].json() == answers[1].json() and answers[0].json()["answered_at"] is not None


async def test_who_wishes_another_date_is_called_back(world, ask):
    booking = await world.booked(await world.session())

    answer = await ask("PUT", f"/bookings/{booking.id}/answer", {"answer": "wishes-other"})

    assert answer.json()["wishes_other_at"] is not None and answer.json()["state"] == BookingState.BOOKED
    assert len(await recalls.wishing(world.db, by=world.adviser, now=NOW)) == 1


async def test_who_has_no_seat_cannot_come(world, ask):
    session = await world.session(meeting(in_days(3)), capacity=1)
    await world.booked(session)
    booking = await world.waiting(session)

    answer = await ask("PUT", f"/bookings/{booking.id}/answer", {"answer": "coming"})

    assert (answer.status_code, answer.json()["type"]) == (409, "not-booked")
