"""A program that talks to the API of a small world."""

from collections.abc import AsyncIterator, Collection
from contextlib import asynccontextmanager
from dataclasses import dataclass
from datetime import datetime
from typing import Any

import httpx
from litestar import Litestar

from booking.app import create_app
from booking.domain.job_seekers import Channel
from booking.domain.staff import Staff
from booking.services import accounts
from booking.storage.database import Database
from tests.given import NOW, SITE, World


@dataclass
class Program:
    """A client with the token of somebody."""

    http: httpx.AsyncClient
    token: str = ""

    async def __call__(
        self, method: str, path: str, json: Any = None, headers: dict[str, str] | None = None, **more: Any
    ) -> httpx.Response:
        """One request below /api/v1, or anywhere for a path that begins with another word."""
        given = {"authorization": f"Bearer {self.token}"} if self.token else {}
        where = path if path.startswith(("/api", "/ical", "/health")) else f"/api/v1{path}"
        body = {} if json is None else {"json": json}
        return await self.http.request(method, where, headers=given | (headers or {}), **body, **more)


@dataclass
class Programs:
    """Clients of one running product."""

    world: World
    app: Litestar
    http: httpx.AsyncClient

    async def of(self, staff: Staff) -> Program:
        """A program with a new token of this person."""
        token = await accounts.add_token(self.world.db, staff.sign_in_name, "test", now=NOW)
        return Program(self.http, token)

    def with_token(self, token: str) -> Program:
        """A program with this token."""
        return Program(self.http, token)

    def nobody(self) -> Program:
        """A program without a token."""
        return Program(self.http)


class Product:
    """The product, started for one test after another: to put it together takes longer than most tests."""

    def __init__(self) -> None:
        self._world: World | None = None
        self.app = create_app(self._database, SITE, clock=lambda: self.app.state["at"])

    @asynccontextmanager
    async def running(self, world: World, at: datetime, machines: Collection[Channel]) -> AsyncIterator[None]:
        """As on a fresh start; who wants another time sets `at` in its state."""
        self._world, self.app.state["at"], self.app.state["machines"] = world, at, frozenset(machines)
        async with self.app.lifespan():
            yield

    def _database(self) -> Database:
        assert self._world is not None, "nobody runs it"
        return self._world.db


_AT_REST: list[Product] = []


@asynccontextmanager
async def running(world: World, at: datetime = NOW, machines: Collection[Channel] = ()) -> AsyncIterator[Programs]:
    """The product, running on the database of this world, where it is always the same time."""
    product = _AT_REST.pop() if _AT_REST else Product()
    transport = httpx.ASGITransport(app=product.app)
    async with (
        product.running(world, at, machines),
        httpx.AsyncClient(transport=transport, base_url=SITE.url) as http,
    ):
        yield Programs(world, product.app, http)
    _AT_REST.append(product)
