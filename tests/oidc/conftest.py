"""These journeys run by ./dev oidc alone: they need Node and a provider that others wrote."""

import os
import socket
import subprocess
from collections.abc import AsyncIterator, Iterator
from datetime import UTC, datetime
from pathlib import Path

import httpx
import pytest

from tests.given import SITE, World
from tests.given_issuers import with_code
from tests.oidc.walking import Orders, Person, certified
from tests.web.given import Browsers, browsing

HERE = Path(__file__).parent
collect_ignore_glob = [] if "OIDC" in os.environ else ["test_*.py"]


def free_port() -> int:
    """One that nobody listens at."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


@pytest.fixture(scope="session")
def ports() -> tuple[int, int]:
    """Of the provider, and of who is told to sign people out."""
    return free_port(), free_port()


@pytest.fixture(scope="session")
def provider(ports: tuple[int, int]) -> Iterator[str]:
    """The address of a provider that runs as long as the tests."""
    port, orders = ports
    code = (HERE / "provider.mjs").read_text()
    told = [str(port), SITE.url, f"http://127.0.0.1:{orders}/"]
    # Evaluated, not opened: it finds its modules where they were installed.
    command = ["node", "--input-type=module", "--eval", code, "--", *told]
    with subprocess.Popen(command, cwd=os.environ["OIDC"], stdout=subprocess.PIPE, text=True) as running:
        assert running.stdout is not None
        assert any("listening" in line for line in running.stdout)
        yield f"http://127.0.0.1:{port}"
        running.terminate()


@pytest.fixture
async def orders(ports: tuple[int, int]) -> AsyncIterator[Orders]:
    """What the provider tells us to do."""
    async with Orders.listening(ports[1]) as found:
        yield found


@pytest.fixture
async def browsers(world: World, provider: str) -> AsyncIterator[Browsers]:
    """The product beside this provider, by the clock of the wall."""
    await with_code(world)
    async with browsing(world, datetime.now(UTC)) as found:
        before, found.app.state["issuers"] = found.app.state["issuers"], certified(provider)
        yield found
        found.app.state["issuers"] = before


@pytest.fixture
async def person(provider: str) -> AsyncIterator[Person]:
    """Somebody with a browser at the provider, who is in the group of advisers."""
    async with httpx.AsyncClient(base_url=provider, follow_redirects=False) as http:
        await http.get("/_groups?conseil")
        yield Person(http)
