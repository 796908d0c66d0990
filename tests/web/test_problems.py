"""What a refusal says to a program."""

import pytest

from booking.storage.constraints import Unavailable
from booking.web.problems import code_of
from tests.given import World
from tests.web.programs import Programs

pytestmark = pytest.mark.parametrize("url", ["sqlite"], indirect=True)


async def test_a_refusal_is_a_problem_with_all_its_parts(programs: Programs) -> None:
    answer = await programs.nobody()("GET", "/me")

    told = answer.json()
    assert answer.headers["content-type"] == "application/problem+json"
    assert told.keys() == {"type", "title", "status", "detail", "reference"}
    assert (told["type"], told["status"], told["title"]) == ("not-signed-in", 401, "Vous n’êtes pas connecté")


@pytest.mark.parametrize("accepted", ["en", "en-GB,fr;q=0.5", "de, en"])
async def test_a_refusal_speaks_the_language_of_who_asks(programs: Programs, accepted: str) -> None:
    answer = await programs.nobody()("GET", "/me", headers={"Accept-Language": accepted})

    assert answer.json()["title"] == "You are not signed in"


async def test_an_unknown_address_is_a_problem_too(programs: Programs) -> None:
    answer = await programs.nobody()("GET", "/nowhere")

    assert (answer.status_code, answer.json()["type"]) == (404, "not-found")


async def test_a_long_body_is_refused_before_it_is_read(world: World, programs: Programs) -> None:
    ask = await programs.of(world.adviser)

    answer = await ask("POST", "/job-seekers", {"first_name": "a" * 70_000})

    assert (answer.status_code, answer.json()["type"]) == (413, "body-too-large")


async def test_a_database_that_is_away_is_told_with_a_pause(world: World, programs: Programs, monkeypatch) -> None:
    ask = await programs.of(world.adviser)

    def away() -> None:
        raise Unavailable("no route to host 10.0.0.7")

    monkeypatch.setattr(type(world.db), "reading", lambda _: away())
    answer = await ask("GET", "/me")

    assert (answer.status_code, answer.headers["retry-after"]) == (503, "5")
    assert "10.0.0.7" not in answer.text


async def test_what_nobody_foresaw_tells_only_its_reference(world: World, programs: Programs, monkeypatch) -> None:
    ask = await programs.of(world.adviser)

    def broken() -> None:
        raise RuntimeError("secret inside")

    monkeypatch.setattr(type(world.db), "reading", lambda _: broken())
    answer = await ask("GET", "/me")

    assert (answer.status_code, answer.json()["type"]) == (500, "internal-server-error")
    assert "secret" not in answer.text


@pytest.mark.parametrize(
    ("said", "code"),
    [
        ("Object contains unknown field `x` - at `$.a`", "unknown-field"),
        ("Object missing required field `x`", "required"),
        ("Expected `int` >= 1 - at `$.limit`", "out-of-range"),
        ("Expected `datetime` with a timezone component - at `$.a`", "no-time-zone"),
        ("Invalid enum value 'x' - at `$.a`", "unknown-choice"),
        ("Expected `int`, got `str`", "wrong-type"),
    ],
)
async def test_what_is_wrong_with_a_value_has_a_stable_code(said: str, code: str, url: str) -> None:
    assert code_of(said) == code
