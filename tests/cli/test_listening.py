"""The server stops although screens are open."""

import asyncio
import socket

import httpx
import pytest

from booking.app import create_app
from booking.cli.listening import Server
from tests.given import NOW, SITE, World
from tests.web.given import Browsers

pytestmark = pytest.mark.parametrize("url", ["sqlite"], indirect=True)


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


@pytest.mark.filterwarnings("ignore::DeprecationWarning")
async def test_a_page_that_listens_does_not_keep_the_server(world: World):
    port = free_port()
    app = create_app(lambda: world.db, SITE, clock=lambda: NOW)
    browser = await Browsers(world, app).of(world.adviser)
    server = Server(app, host="127.0.0.1", port=port, log_level="error", timeout_graceful_shutdown=20)
    cookies = dict(browser.http.cookies)
    await browser.http.aclose()

    running = asyncio.create_task(server.serve())
    while not server.started:  # noqa: ASYNC110 - the server has nothing that rings
        await asyncio.sleep(0.05)
    http = httpx.AsyncClient(base_url=f"http://127.0.0.1:{port}", cookies=cookies)
    async with http, http.stream("GET", "/direct?suit=agenda") as answer:
        heard = answer.aiter_text()
        first = await anext(heard)
        server.should_exit = True
        async with asyncio.timeout(5):
            rest = [said async for said in heard]
    async with asyncio.timeout(5):
        await running

    assert answer.status_code == 200 and first.startswith("retry")
    assert not any("Traceback" in said for said in rest)
