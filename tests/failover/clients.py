"""Clients that book and cancel by HTTP, and ask again under the same key until they are told."""

import asyncio
import random
import time
from contextlib import suppress
from dataclasses import dataclass, field
from typing import Any
from uuid import UUID, uuid4

import httpx

from tests.failover.ledger import Ledger, Place

# A server answers within eight seconds; what takes longer is a fault of its own.
PATIENCE = 20
PAUSE = 0.2
ASK_AGAIN = {429, 500, 502, 503}


@dataclass
class Clients:
    """So many at once, at all servers in turn, with one ledger."""

    servers: list[str]
    token: str
    sessions: list[UUID]
    people: list[UUID]
    ledger: Ledger = field(default_factory=Ledger)
    strange: dict[str, int] = field(default_factory=dict)
    is_over: bool = False

    async def work(self, many: int) -> None:
        """Until it is over; each then finishes what it has begun."""
        given = {"authorization": f"Bearer {self.token}"}
        async with httpx.AsyncClient(headers=given, timeout=PATIENCE, trust_env=False) as http:
            await asyncio.gather(*(self._one(http) for _ in range(many)))

    async def _one(self, http: httpx.AsyncClient) -> None:
        mine: list[UUID] = []
        while not self.is_over:
            if mine and random.random() < len(mine) / 20:
                await self._cancel(http, mine.pop(random.randrange(len(mine))))
            else:
                mine += await self._book(http)

    async def _book(self, http: httpx.AsyncClient) -> list[UUID]:
        place, key = (random.choice(self.sessions), random.choice(self.people)), uuid4().hex
        answer = await self.asked(http, f"/sessions/{place[0]}/bookings", {"job_seeker_id": str(place[1])}, key)
        if answer.status_code != 201:
            self.ledger.refused += 1
            return []
        booking = UUID(answer.json()["id"])
        self.ledger.booked(booking, place, key, time.monotonic())
        return [booking]

    async def _cancel(self, http: httpx.AsyncClient, booking: UUID) -> None:
        answer = await self.asked(http, f"/bookings/{booking}/cancellation", {"party": "person"}, uuid4().hex)
        if answer.status_code == 200:
            self.ledger.cancelled(booking, time.monotonic())
        else:
            self._note(f"cancellation {answer.status_code}")

    async def asked(self, http: httpx.AsyncClient, path: str, said: dict[str, Any], key: str) -> httpx.Response:
        """What is answered in the end, at whichever server."""
        turn = random.randrange(len(self.servers))
        while True:
            turn += 1
            began = time.monotonic()
            with suppress(httpx.TransportError):
                where = f"{self.servers[turn % len(self.servers)]}/api/v1{path}"
                answer = await http.post(where, json=said, headers={"Idempotency-Key": key})
                self.ledger.slowest = max(self.ledger.slowest, time.monotonic() - began)
                is_running = answer.status_code == 409 and answer.json()["type"] == "request-running"
                if answer.status_code not in ASK_AGAIN and not is_running:
                    return answer
                self._note(f"{answer.status_code}")
            await asyncio.sleep(PAUSE)

    def _note(self, what: str) -> None:
        self.strange[what] = self.strange.get(what, 0) + 1

    async def ask_again(self, many: int) -> int:
        """How many of so many bookings get another answer now than the one that was acknowledged."""
        known: list[tuple[str, tuple[UUID, Place]]] = list(self.ledger.keys.items())
        chosen = random.sample(known, min(many, len(known)))
        given = {"authorization": f"Bearer {self.token}"}
        async with httpx.AsyncClient(headers=given, timeout=PATIENCE, trust_env=False) as http:
            wrong = 0
            for key, (booking, place) in chosen:
                path = f"/sessions/{place[0]}/bookings"
                answer = await self.asked(http, path, {"job_seeker_id": str(place[1])}, key)
                wrong += answer.status_code != 201 or answer.json()["id"] != str(booking)
        return wrong
