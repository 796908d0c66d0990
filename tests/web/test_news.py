"""Open screens are told within seconds what is no longer so, whichever server process did the deed."""

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from datetime import timedelta

import pytest
from litestar import Litestar
from sqlalchemy import select

from booking.app import create_app
from booking.services.news import News
from booking.storage.opening import open_database
from booking.storage.tables import sign_ins
from booking.web.pages import news as pages
from tests.given import NOW, SITE, World, in_days, meeting
from tests.web.given import Browser, Browsers

on_sqlite = pytest.mark.parametrize("url", ["sqlite"], indirect=True)
SOON = 5.0
LONG_AGO = "0"
NOW_MS = f"{NOW.timestamp() * 1000:.0f}"


@dataclass
class Listener:
    """A screen that listens, as the server sees it: it reads events, and one day it is gone."""

    app: Litestar
    browser: Browser
    query: str
    heard: asyncio.Queue[str] = field(default_factory=asyncio.Queue)
    gone: asyncio.Event = field(default_factory=asyncio.Event)
    answer: dict[str, object] = field(default_factory=dict)

    async def run(self) -> None:
        """Ask, and read until the server ends it or the screen is gone."""
        cookies = "; ".join(f"{name}={value}" for name, value in self.browser.http.cookies.items())
        headers = [(b"cookie", cookies.encode()), (b"host", b"ateliers.example")]
        where = {"path": "/direct", "raw_path": b"/direct", "query_string": self.query.encode()}
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
        """The words of the next event that names any."""
        async with asyncio.timeout(SOON):
            while True:
                _, found, said = (await self.heard.get()).partition("data: ")
                if found and said.strip() != pages.BEAT:
                    return said.strip()


@asynccontextmanager
async def listening(app: Litestar, browser: Browser, *words: str, since: str = NOW_MS) -> AsyncIterator[Listener]:
    """A screen that shows these, and has been told what happened before it listened."""
    listener = Listener(app, browser, f"suit={','.join(words)}&vu={since}")
    async with asyncio.TaskGroup() as tasks:
        running = tasks.create_task(listener.run())
        if words:
            await listener.next_change()
        yield listener
        listener.gone.set()
        async with asyncio.timeout(SOON):
            await running


@pytest.fixture(autouse=True)
def quick(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(News.__init__, "__defaults__", (0.02,))


@pytest.fixture
async def nadia(world: World, browsers: Browsers) -> Browser:
    return await browsers.of(world.adviser)


async def test_a_screen_is_told_which_session_has_changed(world: World, browsers: Browsers, nadia: Browser):
    taken, other = await world.session(), await world.session(meeting(in_days(15)))

    async with listening(browsers.app, nadia, f"session.{taken.id}", f"session.{other.id}") as screen:
        await world.booked(taken)

        assert await screen.next_change() == f"session.{taken.id}"


async def test_what_another_server_process_did_is_told_too(world: World, url: str, browsers: Browsers, nadia: Browser):
    session = await world.session()
    other_process = create_app(lambda: open_database(url), SITE, clock=lambda: NOW)

    async with other_process.lifespan(), listening(other_process, nadia, f"session.{session.id}", "agenda") as screen:
        await world.booked(session)

        assert await screen.next_change() == f"agenda session.{session.id}"


@on_sqlite
async def test_who_was_away_is_told_what_he_missed_and_nothing_else(world: World, browsers: Browsers, nadia: Browser):
    one, other = await world.session(), await world.session(meeting(in_days(15)))
    words = [f"session.{one.id}", f"session.{other.id}"]

    async with listening(browsers.app, nadia, *words) as there:
        await world.booked(one)
        await there.next_change()
        async with listening(browsers.app, nadia, words[0]) as back:
            await world.booked(one)
            assert await back.next_change() == words[0]
        async with listening(browsers.app, nadia, *words, since=LONG_AGO):
            pass


@on_sqlite
async def test_nobody_looks_when_nobody_listens(browsers: Browsers, nadia: Browser):
    news: News = browsers.app.state["news"]

    async with listening(browsers.app, nadia, "agenda"):
        listened = news._looking
    await asyncio.sleep(0)

    assert listened is not None
    assert (news._looking, news._followers) == (None, set())


@on_sqlite
async def test_when_the_server_stops_everybody_is_let_go(browsers: Browsers, nadia: Browser):
    news: News = browsers.app.state["news"]

    async with listening(browsers.app, nadia, "agenda"):
        news.close()
        async with asyncio.timeout(SOON):
            while news._followers:  # noqa: ASYNC110 - nothing rings when a page is gone
                await asyncio.sleep(0.01)


@on_sqlite
async def test_a_sign_of_life_comes_while_nothing_happens(
    browsers: Browsers, nadia: Browser, monkeypatch: pytest.MonkeyPatch
):
    monkeypatch.setattr(pages, "BEAT_SECONDS", 0.05)

    async with listening(browsers.app, nadia) as screen:
        heard = [await screen.heard.get() for _ in range(2)]

    assert heard[0].startswith("retry: ") and heard[1] == f"id: {NOW_MS}\ndata: {pages.BEAT}\n\n"


@on_sqlite
async def test_the_stream_is_neither_stored_nor_held_back(browsers: Browsers, nadia: Browser):
    async with listening(browsers.app, nadia, "agenda") as screen:
        headers = screen.answer["headers"]

    assert headers[b"content-type"].startswith(b"text/event-stream")
    assert (headers[b"cache-control"], headers[b"x-accel-buffering"]) == (b"no-store", b"no")


@on_sqlite
async def test_a_trouble_of_the_database_ends_nothing(world: World, browsers: Browsers, nadia: Browser, monkeypatch):
    session, news = await world.session(), browsers.app.state["news"]
    look, failed = news._look, []

    async def once_in_vain(*known: object) -> object:
        if not failed:
            failed.append(True)
            raise OSError
        return await look(*known)

    monkeypatch.setattr(news, "_look", once_in_vain)

    async with listening(browsers.app, nadia, f"session.{session.id}") as screen:
        await world.booked(session)

        assert await screen.next_change() == f"session.{session.id}"


@on_sqlite
async def test_a_stranger_hears_nothing(browsers: Browsers):
    answer = await browsers.stranger().get("/direct?suit=agenda")

    assert answer.status_code == 302


@on_sqlite
async def test_a_screen_that_asks_by_itself_keeps_no_sign_in_awake(world: World, browsers: Browsers):
    browsers.now = NOW - timedelta(minutes=20)
    left, used = await browsers.of(world.adviser), await browsers.of(world.adviser)

    await left.get("/a-faire", headers={"x-live": "1"})
    await used.get("/a-faire")

    async with world.db.reading() as tx:
        seen = {row.seen_at for row in await tx.rows(select(sign_ins.c.seen_at))}
    assert seen == {browsers.now, NOW}


def test_a_moment_is_a_number_of_milliseconds_and_anything_else_is_long_ago():
    assert pages._moment(NOW_MS) == NOW
    assert {pages._moment(said).year for said in ("", "-1", "x", "9" * 20, "²")} == {1970}
