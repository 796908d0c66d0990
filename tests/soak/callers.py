"""A client that knows what may be answered: everything else is noted as an error, with its problem."""

import time
from dataclasses import dataclass, field
from http.cookiejar import CookieJar, DefaultCookiePolicy
from typing import Any

import httpx

from tests.soak.minutes import Minute

PATIENCE = 20
PAGE = {"sec-fetch-site": "same-origin", "accept": "text/html"}


def opened(url: str) -> httpx.AsyncClient:
    """Connections to one server, kept open."""
    kept = httpx.Limits(max_connections=200, max_keepalive_connections=40)
    # Everybody says his own cookie; the connections are shared.
    nobody = CookieJar(DefaultCookiePolicy(allowed_domains=[]))
    return httpx.AsyncClient(base_url=url, timeout=PATIENCE, trust_env=False, limits=kept, cookies=nobody)


@dataclass
class Caller:
    """All servers in turn; ``minute`` is what was heard since somebody last took it away."""

    lines: list[httpx.AsyncClient]
    minute: Minute = field(default_factory=Minute)
    asked: int = 0

    @property
    def line(self) -> httpx.AsyncClient:
        """The next server."""
        self.asked += 1
        return self.lines[self.asked % len(self.lines)]

    async def ask(self, act: str, method: str, path: str, *, expected: tuple[int, ...] = (200,), **said: Any):
        """The answer; None where none came. ``refusals`` are problems that may be the answer too."""
        refusals, began = said.pop("refusals", ()), time.perf_counter()
        try:
            answer = await self.line.request(method, path, **said)
        except httpx.HTTPError as error:
            self.minute.wonder(act, type(error).__name__)
            return None
        self.minute.heard(act, answer.status_code, (time.perf_counter() - began) * 1000)
        if answer.status_code not in expected and problem_of(answer) not in refusals:
            self.minute.wonder(act, f"{answer.status_code} {problem_of(answer)}")
        return answer

    async def call(self, act: str, token: str, method: str, path: str, **said: Any):
        """The same for a program, at the API."""
        headers = {"authorization": f"Bearer {token}"} | said.pop("headers", {})
        return await self.ask(act, method, f"/api/v1{path}", headers=headers, **said)

    async def visit(self, act: str, cookie: str, path: str, **said: Any):
        """The same for a browser, of which nothing but the page is asked."""
        return await self.ask(act, said.pop("method", "GET"), path, headers=PAGE | {"cookie": cookie}, **said)


def problem_of(answer: httpx.Response) -> str:
    """What an answer says is wrong; its first signs where it says nothing of the kind."""
    is_problem = answer.headers.get("content-type", "").startswith("application/problem+json")
    return str(answer.json()["type"]) if is_problem else answer.text[:40].replace("\n", " ")
