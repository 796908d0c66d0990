"""A request whose database goes away in the middle is done again, where that does nothing twice."""

from collections.abc import AsyncIterator, Callable
from typing import Any

import httpx
import pytest
from litestar.types import ASGIApp, Receive, Scope, Send

from booking.app import create_app
from booking.storage.errands import PATIENCE, Errand, current
from booking.storage.opening import open_database
from booking.web import repeating
from booking.web.repeating import MOST_KEPT, Repeating
from tests.given import NOW, SITE, World, in_days, meeting
from tests.races import oracle
from tests.storage.relay import Relay, relayed
from tests.web.programs import Programs

SMALL = b"what=typed"


class Doors:
    """A product that is away for the first so many tries, and notes what it heard."""

    def __init__(self, away: int, note: Callable[[Errand], None]) -> None:
        self._away, self._note = away, note
        self.heard: list[bytes] = []

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        mine, body, message = current(), b"", {"more_body": True}
        while message.get("more_body"):
            message = await receive()  # type: ignore[assignment]
            body += message["body"]  # type: ignore[operator]
        self.heard.append(body)
        is_away = len(self.heard) <= self._away
        if mine and is_away:
            self._note(mine)
        status: Any = {"type": "http.response.start", "status": 503 if is_away else 200, "headers": []}
        await send(status)
        await send({"type": "http.response.body", "body": b"", "more_body": False})


def lost(mine: Errand) -> None:
    mine.is_lost = True


def lost_when_written(mine: Errand) -> None:
    mine.is_lost = mine.has_written = True


def lost_with_a_key(mine: Errand) -> None:
    mine.is_lost = mine.has_written = mine.has_key = True


def lost_late(mine: Errand) -> None:
    mine.is_lost, mine.ends_at = True, mine.ends_at - PATIENCE


@pytest.fixture(autouse=True)
def no_pause(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(repeating, "PAUSE", 0.01)


async def sent(app: ASGIApp, method: str, body: bytes = SMALL) -> int:
    transport = httpx.ASGITransport(app=Repeating(app))  # type: ignore[arg-type]
    async with httpx.AsyncClient(transport=transport, base_url="http://here") as http:
        return (await http.request(method, "/", content=body)).status_code


@pytest.mark.parametrize(
    ("method", "note", "status"),
    [
        ("GET", lost, 200),
        ("GET", lost_when_written, 200),
        ("POST", lost, 200),
        ("POST", lost_with_a_key, 200),
        ("POST", lost_when_written, 503),
        ("POST", lost_late, 503),
        ("POST", lambda _: None, 503),
    ],
)
async def test_what_can_do_nothing_twice_is_done_again(method: str, note: Callable[[Errand], None], status: int):
    doors = Doors(2, note)

    assert await sent(doors, method) == status
    assert doors.heard == [SMALL] * (3 if status == 200 else 1)


async def test_a_list_is_kept_by_who_sends_it():
    doors = Doors(1, lost)

    assert await sent(doors, "POST", b"a" * (MOST_KEPT + 1)) == 503
    assert len(doors.heard) == 1


async def test_a_stream_that_has_begun_is_waited_for_as_long_as_it_takes():
    known: list[Errand] = []

    async def streaming(scope: Scope, receive: Receive, send: Send) -> None:
        await send({"type": "http.response.start", "status": 200, "headers": []})
        known.append(current() or Errand())
        await send({"type": "http.response.body", "body": b"", "more_body": False})

    await sent(streaming, "GET")

    assert known[0].left > PATIENCE


@pytest.fixture
async def relay(url: str) -> AsyncIterator[Relay]:
    async with relayed(url) as found:
        yield found


@pytest.mark.parametrize("url", ["postgresql"], indirect=True)
async def test_a_booking_whose_answer_was_lost_is_made_once(world: World, relay: Relay):
    session, person, first = await world.session(meeting(in_days(7))), *[await world.job_seeker() for _ in range(2)]
    app = create_app(lambda: open_database(relay.url), SITE, clock=lambda: NOW)
    transport = httpx.ASGITransport(app=Repeating(app))
    async with app.lifespan(), httpx.AsyncClient(transport=transport, base_url=SITE.url) as http:
        ask = await Programs(world, app, http).of(world.adviser)
        relay.lose_answer_to(b"k-lost")
        answers = [
            await ask(
                "POST", f"/sessions/{session.id}/bookings", {"job_seeker_id": str(one.id)}, {"Idempotency-Key": key}
            )
            for one, key in ((first, "k-whole"), (person, "k-lost"))
        ]

    assert [(one.status_code, "idempotent-replayed" in one.headers) for one in answers] == [(201, False), (201, True)]
    assert {str(one) for one in await oracle.places(world.db)} == {one.json()["id"] for one in answers}
