"""Free seats as they change: an open page is told within seconds, whichever server process gave the seat."""

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from urllib.parse import urlencode

import pytest
from litestar import Litestar

from booking.app import create_app
from booking.domain.sessions import Session
from booking.services import live_seats
from booking.services.live_seats import LiveSeats, mark_of
from booking.storage import live_seats as seats_storage
from booking.storage.opening import open_database
from booking.web.pages import live_seats as pages
from tests.given import NOW, SITE, World, in_days, meeting
from tests.web.given import Browser, Browsers

on_sqlite = pytest.mark.parametrize("url", ["sqlite"], indirect=True)
SOON = 5.0


@dataclass
class Listener:
    """A page that listens, as the server sees it: it reads events, and one day it is gone."""

    app: Litestar
    browser: Browser
    query: str
    heard: asyncio.Queue[str] = field(default_factory=asyncio.Queue)
    gone: asyncio.Event = field(default_factory=asyncio.Event)
    answer: dict[str, object] = field(default_factory=dict)

    async def run(self) -> None:
        """Ask, and read until the server ends it or the page is gone."""
        cookies = "; ".join(f"{name}={value}" for name, value in self.browser.http.cookies.items())
        headers = [(b"cookie", cookies.encode()), (b"host", b"ateliers.example")]
        where = {"path": "/placer/direct", "raw_path": b"/placer/direct", "query_string": self.query.encode()}
        scope = {"type": "http", "method": "GET", "headers": headers, "http_version": "1.1", "scheme": "https"}
        around = {"asgi": {"version": "3.0"}, "server": ("ateliers.example", 443), "client": ("::1", 1)}
        await self.app({**scope, **where, **around, "root_path": ""}, self._receive, self._send)  # type: ignore[arg-type]

    async def _receive(self) -> dict[str, object]:
        if "asked" not in self.answer:
            self.answer["asked"] = True
            return {"type": "http.request", "body": b"", "more_body": False}
        await self.gone.wait()
        return {"type": "http.disconnect"}

    async def _send(self, message) -> None:
        if message["type"] == "http.response.start":
            self.answer |= {"status": message["status"], "headers": dict(message["headers"])}
        elif message.get("body"):
            self.heard.put_nowait(message["body"].decode())

    async def next_change(self) -> str:
        """The ids of the next event that names any."""
        async with asyncio.timeout(SOON):
            while not (said := await self.heard.get()).startswith("data:"):
                pass
        return said.removeprefix("data: ").strip()


@asynccontextmanager
async def listening(app: Litestar, browser: Browser, *shown: tuple[Session, str]) -> AsyncIterator[Listener]:
    query = urlencode({"sessions": ",".join(f"{session.id}_{mark}" for session, mark in shown)})
    listener = Listener(app, browser, query)
    async with asyncio.TaskGroup() as tasks:
        running = tasks.create_task(listener.run())
        yield listener
        listener.gone.set()
        async with asyncio.timeout(SOON):
            await running


def as_shown(*sessions: Session) -> list[tuple[Session, str]]:
    return [(session, mark_of(session)) for session in sessions]


@pytest.fixture(autouse=True)
def quick(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(LiveSeats.__init__, "__defaults__", (0.05, seats_storage.counts))


@pytest.fixture
async def nadia(world: World, browsers: Browsers) -> Browser:
    return await browsers.of(world.adviser)


async def test_a_page_is_told_which_session_has_changed(world: World, browsers: Browsers, nadia: Browser):
    taken, other = await world.session(), await world.session(meeting(in_days(15)))

    async with listening(browsers.app, nadia, *as_shown(taken, other)) as page:
        await world.booked(taken)

        assert await page.next_change() == str(taken.id)


async def test_a_seat_given_by_another_server_process_is_told_too(
    world: World, url: str, browsers: Browsers, nadia: Browser
):
    session = await world.session()
    other_process = create_app(lambda: open_database(url), SITE, clock=lambda: NOW)

    async with other_process.lifespan(), listening(other_process, nadia, *as_shown(session)) as page:
        await world.booked(session)

        assert await page.next_change() == str(session.id)


@on_sqlite
async def test_what_changed_before_the_page_listened_is_told_at_once(world: World, browsers: Browsers, nadia: Browser):
    session = await world.session()
    shown = as_shown(session)
    await world.booked(session)

    async with listening(browsers.app, nadia, *shown) as page:
        assert await page.next_change() == str(session.id)


@on_sqlite
async def test_nothing_is_told_twice(world: World, browsers: Browsers, nadia: Browser):
    one, other = await world.session(), await world.session(meeting(in_days(15)))

    async with listening(browsers.app, nadia, *as_shown(one, other)) as page:
        await world.booked(one)
        first = await page.next_change()
        await world.booked(other)

        assert [first, await page.next_change()] == [str(one.id), str(other.id)]


@on_sqlite
async def test_nobody_looks_when_nobody_listens(world: World, browsers: Browsers, nadia: Browser):
    seats: LiveSeats = browsers.app.state["live_seats"]

    async with listening(browsers.app, nadia, *as_shown(await world.session())) as page:
        await page.heard.get()
        listened = seats._looking
    await asyncio.sleep(0)

    assert listened is not None
    assert (seats._looking, seats._followers) == (None, set())


@on_sqlite
async def test_when_the_server_stops_everybody_is_let_go(world: World, browsers: Browsers, nadia: Browser):
    seats: LiveSeats = browsers.app.state["live_seats"]

    async with listening(browsers.app, nadia, *as_shown(await world.session())) as page:
        await page.heard.get()
        seats.close()
        async with asyncio.timeout(SOON):
            while seats._followers:  # noqa: ASYNC110 - nothing rings when a page is gone
                await asyncio.sleep(0.01)

    late = live_seats.Follower({}, is_over=True)
    async with seats.following({}) as follower:
        assert follower.is_over is late.is_over


@on_sqlite
async def test_a_sign_of_life_comes_while_nothing_happens(
    world: World, browsers: Browsers, nadia: Browser, monkeypatch: pytest.MonkeyPatch
):
    monkeypatch.setattr(pages, "BEAT_SECONDS", 0.05)

    async with listening(browsers.app, nadia, *as_shown(await world.session())) as page:
        heard = [await page.heard.get() for _ in range(3)]

    assert heard == [pages.RETRY, pages.BEAT, pages.BEAT]


@on_sqlite
async def test_the_stream_is_neither_stored_nor_held_back(world: World, browsers: Browsers, nadia: Browser):
    async with listening(browsers.app, nadia, *as_shown(await world.session())) as page:
        await page.heard.get()

    headers = page.answer["headers"]
    assert headers[b"content-type"].startswith(b"text/event-stream")
    assert (headers[b"cache-control"], headers[b"x-accel-buffering"]) == (b"no-store", b"no")


@on_sqlite
async def test_a_trouble_of_the_database_ends_nothing(world: World, browsers: Browsers, nadia: Browser, monkeypatch):
    session, seats = await world.session(), browsers.app.state["live_seats"]
    look, failed = seats._look, []

    async def once_in_vain() -> None:
        if not failed:
            failed.append(True)
            raise OSError
        await look()

    monkeypatch.setattr(seats, "_look", once_in_vain)

    async with listening(browsers.app, nadia, *as_shown(session)) as page:
        await world.booked(session)

        assert await page.next_change() == str(session.id)


@on_sqlite
async def test_only_who_may_book_listens(world: World, browsers: Browsers):
    session = await world.session()
    karim = await browsers.of(world.facilitator)

    asked = f"/placer/direct?sessions={session.id}_x"
    answers = [await karim.get(asked), await browsers.stranger().get(asked)]

    assert [answer.status_code for answer in answers] == [403, 302]


def test_a_page_follows_thirty_sessions_at_most_and_what_is_no_id_is_left_out():
    many = ",".join(f"00000000-0000-7000-8000-{n:012}_x" for n in range(40))

    assert len(pages._shown(many)) == pages.MOST_SESSIONS
    assert pages._shown("x_1,,") == {}
