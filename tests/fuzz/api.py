"""Requests made from the description of the API, right ones and wrong ones, many for each operation (schemathesis)."""

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any
from unittest import SkipTest

import httpx
import schemathesis
from hypothesis import HealthCheck, Phase, given, seed, settings
from hypothesis.errors import Unsatisfiable
from schemathesis import GenerationMode
from schemathesis.core.failures import Failure, FailureGroup

from booking.domain.staff import Role
from tests.given import SITE, World
from tests.web.operations import things
from tests.web.programs import Programs

MODES = (GenerationMode.POSITIVE, GenerationMode.NEGATIVE)
# What may come before the operation is asked: no such address, another method, too long, another type, too many.
BEFORE = {404, 405, 413, 415, 429}


@dataclass
class Fuzzed:
    """What was sent, how it was answered, and what should not have been."""

    sent: Counter[str] = field(default_factory=Counter)
    answers: Counter[int] = field(default_factory=Counter)
    unsent: int = 0
    faults: list[str] = field(default_factory=list)


async def fuzzed(world: World, programs: Programs, each: int, number: int = 0, only: str = "") -> Fuzzed:
    """``each`` right and as many wrong requests for every operation, half of them about things that exist.

    ``only`` is how the paths end that are asked.
    """
    ada = await world.staff(Role.ADMINISTRATOR, None, "Ada")
    ask, known, found = await programs.of(ada), await things(world, ada), Fuzzed()
    description = (await ask("GET", "/api/openapi.json")).json()
    for result in schemathesis.openapi.from_dict(description).get_all_operations():
        operation = result.ok()
        for mode in MODES if operation.path.endswith(only) else ():
            for turn, case in enumerate(cases(operation, mode, each, number)):
                if turn % 2:
                    about(case, known)
                await _send(ask.http, ask.token, case, found)
    return found


def cases(operation: Any, mode: GenerationMode, most: int, number: int) -> Iterator[Any]:
    """Requests for this operation; none where nothing can be wrong."""
    drawn: list[Any] = []

    @seed(number)
    @settings(
        max_examples=most,
        database=None,
        deadline=None,
        phases=[Phase.generate],
        suppress_health_check=list(HealthCheck),
    )
    @given(case=operation.as_strategy(generation_mode=mode))
    def draw(case: Any) -> None:
        drawn.append(case)

    try:
        draw()
    except (Unsatisfiable, SkipTest):
        return
    yield from drawn[:most]


def about(case: Any, known: dict[str, str]) -> None:
    """Name things that exist, wherever a request names one."""
    for said in (case.path_parameters, case.body, case.query):
        if isinstance(said, dict):
            said.update({name: known[name] for name in said.keys() & known.keys()})


async def _send(http: httpx.AsyncClient, token: str, case: Any, found: Fuzzed) -> None:
    asked = case.as_transport_kwargs(base_url=SITE.url)
    made_up = asked.pop("headers", None) or {}
    headers = {name: said for name, said in made_up.items() if name.lower() != "authorization"}
    headers["authorization"] = f"Bearer {token}"
    told = {name: asked[name] for name in ("method", "url", "params", "json", "data", "cookies") if asked.get(name)}
    if isinstance(told.get("data"), str | bytes):
        told["content"] = told.pop("data")
    try:
        answer = await http.request(headers=headers, **told)
    except (httpx.InvalidURL, httpx.LocalProtocolError, UnicodeError, TypeError, ValueError):
        found.unsent += 1  # no client could write it
        return
    found.sent[case.operation.label] += 1
    found.answers[answer.status_code] += 1
    if said := wrong(case.operation, answer):
        found.faults.append(f"{case.operation.label}: {said}")


def wrong(operation: Any, answer: httpx.Response) -> str:
    """What is wrong with the answer; nothing when it is one that the description announces, in its shape."""
    if answer.status_code >= 500:
        return f"{answer.status_code} {answer.request.method} {answer.request.url} {answer.request.content[:300]!r}"
    announced = {int(status) for status in operation.definition.raw["responses"]}
    if answer.status_code not in announced:
        return "" if answer.status_code in BEFORE else f"{answer.status_code} is not announced: {answer.text[:200]}"
    try:
        operation.validate_response(answer)
    except (Failure, FailureGroup) as failure:
        return f"{answer.status_code} has not the shape announced: {failure}"
    return ""
