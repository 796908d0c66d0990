"""One's own choice about invitations by a program."""

import pytest

from tests.given import World
from tests.web.programs import Program, Programs

pytestmark = pytest.mark.parametrize("url", ["sqlite"], indirect=True)


@pytest.fixture
async def ask(world: World, programs: Programs) -> Program:
    return await programs.of(world.facilitator)


async def test_it_is_chosen_read_and_ended(ask: Program) -> None:
    assert (await ask("GET", "/me/invitations")).json() == {"takes_invitations": False, "email": None, "failed": 0}

    chosen = await ask("PUT", "/me/invitations", {"takes_invitations": True, "email": "karim@Example.org"})
    assert chosen.json() == {"takes_invitations": True, "email": "karim@example.org", "failed": 0}
    assert (await ask("GET", "/me/invitations")).json() == chosen.json()

    ended = await ask("PUT", "/me/invitations", {"takes_invitations": False})
    assert ended.json() == {"takes_invitations": False, "email": None, "failed": 0}


@pytest.mark.parametrize(("email", "code"), [(None, "required"), ("karim@", "no-such-email")])
async def test_what_is_wrong_is_pointed_at(ask: Program, email: str | None, code: str) -> None:
    refused = await ask("PUT", "/me/invitations", {"takes_invitations": True, "email": email})

    assert refused.status_code == 422
    (error,) = refused.json()["errors"]
    assert (error["pointer"], error["code"]) == ("/email", code)
