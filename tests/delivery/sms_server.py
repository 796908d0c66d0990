"""A real HTTP server on this machine that plays a provider of text messages: it keeps what it takes, and misbehaves."""

import asyncio
import json
import ssl
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager, suppress
from dataclasses import dataclass, field
from enum import Enum, auto
from typing import Any, Protocol

from booking.delivery.sms import Texts
from booking.delivery.sms_line import TIMEOUT


class Mood(Enum):
    """How the provider treats one letter."""

    AGREES = auto()
    STALLS = auto()
    TAKES_AND_STALLS = auto()
    TAKES_AND_HANGS_UP = auto()
    BREAKS_OFF = auto()
    HANGS_UP_LATER = auto()
    ANSWERS_TWICE = auto()
    SAYS_NONSENSE = auto()
    SAYS_TOO_MUCH = auto()
    SENDS_ELSEWHERE = auto()
    FAILS = auto()
    IS_BUSY = auto()
    KNOWS_NOBODY = auto()
    FORBIDS = auto()
    WANTS_MONEY = auto()
    REFUSES_NUMBER = auto()


@dataclass(frozen=True)
class Heard:
    """One request."""

    method: str
    path: str
    headers: dict[str, str]
    body: bytes

    @property
    def said(self) -> Any:
        return json.loads(self.body)


@dataclass(frozen=True)
class Taken:
    """A text that the provider will send; ``mark`` is by what it knows the letter."""

    number: str
    text: str
    mark: str
    reference: str


# Status, and JSON.
Said = tuple[int, Any]


class Provider(Protocol):
    """What is particular of one provider."""

    knows_repeats: bool

    def open(self, address: str, timeout: float) -> Texts:
        """Our own side of it."""

    def beside(self, heard: Heard) -> Said | None:
        """The answer to what is no letter; None for a letter."""

    def read(self, heard: Heard) -> tuple[str, str, str]:
        """Number, text and mark. Raises AssertionError for what the provider would not understand."""

    def agree(self, reference: str) -> Said:
        """It takes the letter."""

    def decline(self, mood: Mood) -> Said:
        """It does not, and says why."""


STATUS = {Mood.FAILS: 500, Mood.IS_BUSY: 429, Mood.KNOWS_NOBODY: 401, Mood.FORBIDS: 403}
STALLING = (Mood.STALLS, Mood.TAKES_AND_STALLS)
TAKING = (
    Mood.AGREES,
    Mood.TAKES_AND_STALLS,
    Mood.TAKES_AND_HANGS_UP,
    Mood.BREAKS_OFF,
    Mood.HANGS_UP_LATER,
    Mood.ANSWERS_TWICE,
)

LEAVING = (Mood.TAKES_AND_HANGS_UP, Mood.BREAKS_OFF, Mood.HANGS_UP_LATER, *STALLING)


@dataclass
class Desk:
    """Where letters arrive; ``moods`` are had in turn, then it agrees."""

    provider: Provider
    port: int = 0
    moods: list[Mood] = field(default_factory=list)
    taken: list[Taken] = field(default_factory=list)
    heard: list[Heard] = field(default_factory=list)
    connections: int = 0
    _at_work: dict[asyncio.Task[Any], asyncio.StreamWriter] = field(default_factory=dict)

    @property
    def address(self) -> str:
        return f"http://127.0.0.1:{self.port}"

    async def serve(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        self.connections += 1
        task = asyncio.current_task()
        assert task is not None
        self._at_work[task] = writer
        try:
            with suppress(asyncio.IncompleteReadError, ConnectionError):
                while await self._answer(await _next(reader), reader, writer):
                    """Until one of the two has had enough."""
        finally:
            writer.close()
            with suppress(OSError):
                await writer.wait_closed()
            del self._at_work[task]

    async def close(self) -> None:
        """Nobody is left on the line."""
        for writer in self._at_work.values():
            writer.close()
        await asyncio.gather(*self._at_work)

    async def _answer(self, heard: Heard, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> bool:
        if beside := self.provider.beside(heard):
            writer.write(_written(*beside))
            return True
        self.heard.append(heard)
        mood = self.moods.pop(0) if self.moods else Mood.AGREES
        answer = self._take(heard) if mood in TAKING else b"" if mood is Mood.STALLS else self._odd(mood)
        if mood in STALLING:
            _let_time_pass()
            await reader.read()
        elif mood is not Mood.TAKES_AND_HANGS_UP:
            writer.write(answer[:-1] if mood is Mood.BREAKS_OFF else answer * (1 + (mood is Mood.ANSWERS_TWICE)))
            await writer.drain()
        return mood not in LEAVING

    def _take(self, heard: Heard) -> bytes:
        try:
            number, text, mark = self.provider.read(heard)
        except (AssertionError, KeyError, ValueError) as error:
            return _written(418, {"misunderstood": repr(error)})
        known = [one for one in self.taken if one.mark == mark] if self.provider.knows_repeats else []
        if not known:
            self.taken.append(Taken(number, text, mark, f"{len(self.taken) + 70001}"))
        return _written(*self.provider.agree((known or self.taken[-1:])[0].reference))

    def _odd(self, mood: Mood) -> bytes:
        if mood is Mood.SAYS_NONSENSE:
            return _written(200, None, b"<html>Bienvenue</html>")
        if mood is Mood.SAYS_TOO_MUCH:
            return _written(200, None, b"[" * 2_000_000)
        if mood is Mood.SENDS_ELSEWHERE:
            return _written(307, {}, headers=f"Location: {self.address}/elsewhere\r\n")
        status, said = self.provider.decline(mood)
        return _written(status, said, headers="Retry-After: 120\r\n" if mood is Mood.IS_BUSY else "")


def _let_time_pass() -> None:
    """It is later by as long as anybody waits for an answer, without anybody waiting."""
    loop = asyncio.get_running_loop()
    before = loop.time
    loop.time = lambda: before() + TIMEOUT  # type: ignore[method-assign]


async def _next(reader: asyncio.StreamReader) -> Heard:
    head = (await reader.readuntil(b"\r\n\r\n")).decode().rstrip().split("\r\n")
    method, path, _ = head[0].split(" ")
    headers = {name.lower(): value for name, value in (line.split(": ", 1) for line in head[1:])}
    return Heard(method, path, headers, await reader.readexactly(int(headers.get("content-length", 0))))


def _written(status: int, said: Any, body: bytes | None = None, headers: str = "") -> bytes:
    content = json.dumps(said).encode() if body is None else body
    return f"HTTP/1.1 {status} Said\r\n{headers}Content-Length: {len(content)}\r\n\r\n".encode() + content


@asynccontextmanager
async def open_desk(provider: Provider, tls: ssl.SSLContext | None = None) -> AsyncIterator[Desk]:
    """A provider at work for as long as the block lasts."""
    desk = Desk(provider)
    server = await asyncio.start_server(desk.serve, "127.0.0.1", 0, ssl=tls)
    desk.port = server.sockets[0].getsockname()[1]
    try:
        yield desk
    finally:
        server.close()
        await desk.close()
