"""A real program on this machine that listens for webhooks, keeps what it hears, and answers as it is told."""

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager, suppress
from dataclasses import dataclass, field

# Of the loop, from a connection that waits to a task that serves it.
TURNS = 5


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
    _at_work: dict[asyncio.Task[None], asyncio.StreamWriter] = field(default_factory=dict)

    @property
    def url(self) -> str:
        return f"http://127.0.0.1:{self.port}/recu?de=ateliers"

    @property
    def ids(self) -> list[str]:
        return [one.headers["webhook-id"] for one in self.heard]

    async def serve(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        task = asyncio.current_task()
        assert task is not None
        self._at_work[task] = writer
        try:
            await self._answer(reader, writer)
        finally:
            writer.close()
            # Who hangs up in the middle of an answer leaves it unsaid.
            with suppress(OSError):
                await writer.wait_closed()
            del self._at_work[task]

    async def close(self) -> None:
        """Nobody is left on the line."""
        for writer in self._at_work.values():
            writer.close()
        await asyncio.gather(*self._at_work, return_exceptions=True)

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
        # Who gave up before he was heard is still at the door: let him in, or his connection is nobody's.
        for _ in range(TURNS):
            await asyncio.sleep(0)
        server.close()
        await listener.close()
