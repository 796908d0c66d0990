"""Calling the roll by a program, and what only a person can say."""

from collections.abc import AsyncIterator
from datetime import datetime

import pytest

from booking.domain.sessions import Session
from booking.domain.staff import Role
from tests.given import World, in_days
from tests.web.programs import Programs, running

pytestmark = pytest.mark.parametrize("url", ["sqlite"], indirect=True)


@pytest.fixture
async def programs_on_the_day(world: World) -> AsyncIterator[Programs]:
    """The product, a fortnight later: the day of the session."""
    async with running(world, at=in_days(14)) as found:
        yield found


async def test_the_meetings_of_a_day_and_their_roll(world: World, programs: Programs) -> None:
    session = await world.session()
    await world.booked(session, await world.job_seeker("Diallo"))
    ask = await programs.of(world.facilitator)

    (found,) = (await ask("GET", f"/meetings?{span(in_days(14, -1), in_days(15))}")).json()["items"]
    roll = (await ask("GET", f"/meetings/{found['id']}/roster")).json()

    assert (found["session_id"], found["expected"]) == (str(session.id), 1)
    assert [(line["last_name"], line["mark"]) for line in roll["expected"]] == [("Diallo", None)]


async def test_a_mark_is_given_and_taken_back(world: World, programs_on_the_day: Programs) -> None:
    session = await world.session()
    booking = await world.booked(session)
    ask = await programs_on_the_day.of(world.facilitator)
    where = f"/bookings/{booking.id}/attendance/{session.meetings[0].id}"

    given = await ask("PUT", where, {"mark": "excused", "reason": "ill"})
    after_giving = await marks(ask, session)
    taken = await ask("DELETE", where)

    assert (given.status_code, taken.status_code) == (204, 204)
    assert after_giving == [("excused", "ill")]
    assert await marks(ask, session) == [(None, None)]


async def test_nobody_is_marked_before_the_day(world: World, programs: Programs) -> None:
    session = await world.session()
    booking = await world.booked(session)
    ask = await programs.of(world.facilitator)

    answer = await ask("PUT", f"/bookings/{booking.id}/attendance/{session.meetings[0].id}", {"mark": "attended"})

    assert (answer.status_code, answer.json()["type"]) == (409, "meeting-not-begun")


async def test_a_reason_goes_with_an_excuse_only(world: World, programs_on_the_day: Programs) -> None:
    session = await world.session()
    booking = await world.booked(session)
    ask = await programs_on_the_day.of(world.facilitator)
    where = f"/bookings/{booking.id}/attendance/{session.meetings[0].id}"

    answer = await ask("PUT", where, {"mark": "attended", "reason": "ill"})

    assert (answer.status_code, answer.json()["errors"][0]["code"]) == (422, "only-when-excused")


async def test_who_has_no_seat_is_not_marked(world: World, programs_on_the_day: Programs) -> None:
    session = await world.session(capacity=1)
    await world.booked(session)
    waiting = await world.waiting(session)
    ask = await programs_on_the_day.of(world.facilitator)

    answer = await ask("PUT", f"/bookings/{waiting.id}/attendance/{session.meetings[0].id}", {"mark": "attended"})

    assert (answer.status_code, answer.json()["type"]) == (409, "not-seated")


async def test_an_assistant_sees_initials(world: World, programs: Programs) -> None:
    session = await world.session()
    await world.booked(session, await world.job_seeker("Diallo"))
    ask = await programs.of(await world.staff(Role.ASSISTANT, world.agency, "Léo"))

    roll = (await ask("GET", f"/meetings/{session.meetings[0].id}/roster")).json()

    assert "Diallo" not in str(roll)


async def marks(ask, session: Session) -> list[tuple[object, object]]:
    roll = (await ask("GET", f"/meetings/{session.meetings[0].id}/roster")).json()
    return [(line["mark"], line["reason"]) for line in roll["expected"]]


def span(begin: datetime, end: datetime) -> str:
    """The query of a time."""
    return f"from={begin:%Y-%m-%dT%H:%M:%SZ}&before={end:%Y-%m-%dT%H:%M:%SZ}"
