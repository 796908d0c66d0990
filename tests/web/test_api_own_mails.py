"""One's own choice of mails by a program."""

import pytest

from tests.given import World
from tests.web.programs import Program, Programs

pytestmark = pytest.mark.parametrize("url", ["sqlite"], indirect=True)


@pytest.fixture
async def ask(world: World, programs: Programs) -> Program:
    return await programs.of(world.manager)


async def test_it_is_chosen_and_read(ask: Program) -> None:
    mails = ["digest", "decisions", "calls"]
    assert (await ask("GET", "/me/mails")).json() == {"kinds": mails, "wanted": mails, "email": None}

    chosen = await ask("PUT", "/me/mails", {"wanted": ["digest", "roster"], "email": "marion@Example.org"})

    assert chosen.json() == {"kinds": mails, "wanted": ["digest"], "email": "marion@example.org"}
    assert (await ask("GET", "/me/mails")).json() == chosen.json()


async def test_an_address_that_cannot_be_one_is_pointed_at(ask: Program) -> None:
    refused = await ask("PUT", "/me/mails", {"wanted": [], "email": "marion@"})

    assert (refused.status_code, refused.json()["errors"][0]["pointer"]) == (422, "/email")


async def test_a_kind_that_there_is_not_is_refused(ask: Program) -> None:
    assert (await ask("PUT", "/me/mails", {"wanted": ["gossip"]})).status_code in (400, 422)
