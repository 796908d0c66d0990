"""A real program on this machine that listens for webhooks, keeps what it hears, and answers as it is told."""

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass, field


@dataclass(frozen=True)
class Heard:
    """One request."""

    path: str
    headers: dict[str, str]
    body: bytes


@dataclass
class Listener:
    """``answers`` are given in turn (a status, and headers if there are any), then 204; None answers nothing at all."""

    port: int = 0
    heard: list[Heard] = field(default_factory=list)
    answers: list[str | None] = field(default_factory=list)
    body: bytes = b""

    @property
    def url(self) -> str:
        return f"http://127.0.0.1:{self.port}/recu?de=ateliers"

    @property
    def ids(self) -> list[str]:
        return [one.headers["webhook-id"] for one in self.heard]

    async def serve(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        try:
            await self._answer(reader, writer)
        finally:
            writer.close()

    async def _answer(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        request = (await reader.readline()).decode(errors="replace").split()
        if request[:1] != ["POST"]:
            return
        lines = (await reader.readuntil(b"\r\n\r\n")).decode().rstrip().split("\r\n")
        headers = {name.lower(): value for name, value in (line.split(": ", 1) for line in lines)}
        self.heard.append(Heard(request[1], headers, await reader.readexactly(int(headers["content-length"]))))
        answer = self.answers.pop(0) if self.answers else "204 No Content"
        if answer is None:
            await reader.read()
        else:
            writer.write(f"HTTP/1.1 {answer}\r\nContent-Length: {len(self.body)}\r\n\r\n".encode() + self.body)


@asynccontextmanager
async def listening() -> AsyncIterator[Listener]:
    """A program that listens for as long as the block lasts."""
    listener = Listener()
    server = await asyncio.start_server(listener.serve, "127.0.0.1", 0)
    listener.port = server.sockets[0].getsockname()[1]
    try:
        yield listener
    finally:
        server.close()
