"""A real program on this machine that serves calendars, keeps how it was asked, and answers as it is told."""

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager, suppress
from dataclasses import dataclass, field


@dataclass(frozen=True)
class Said:
    """One answer; with ``body`` None nothing is said at all, with ``size`` it says so many bytes."""

    status: str = "200 OK"
    body: bytes | None = b""
    headers: tuple[str, ...] = ()
    size: int = 0


@dataclass
class Host:
    """``answers`` are given in turn; the last one stays."""

    answers: list[Said] = field(default_factory=lambda: [Said()])
    port: int = 0
    asked: list[dict[str, str]] = field(default_factory=list)
    paths: list[str] = field(default_factory=list)
    at_work: set["asyncio.Task[None] | None"] = field(default_factory=set)

    @property
    def url(self) -> str:
        return f"http://127.0.0.1:{self.port}/karim/secret.ics"

    async def serve(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        self.at_work.add(asyncio.current_task())
        # Whoever asked may have heard enough.
        with suppress(ConnectionError):
            await self._answer(reader, writer)
        writer.close()
        with suppress(ConnectionError):
            await writer.wait_closed()
        self.at_work.discard(asyncio.current_task())

    async def _answer(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        first, *lines = (await reader.readuntil(b"\r\n\r\n")).decode().rstrip().split("\r\n")
        self.paths.append(first.split()[1])
        self.asked.append({name.lower(): value for name, value in (line.split(": ", 1) for line in lines)})
        answer = self.answers.pop(0) if len(self.answers) > 1 else self.answers[0]
        if answer.body is None:
            await reader.read()
            return
        length = answer.size or len(answer.body)
        head = [f"HTTP/1.1 {answer.status}", f"Content-Length: {length}", *answer.headers, "", ""]
        writer.write("\r\n".join(head).encode() + answer.body)
        for _ in range(answer.size // 65536):
            writer.write(b"x" * 65536)
            await writer.drain()


@asynccontextmanager
async def hosting(*answers: Said) -> AsyncIterator[Host]:
    """A host of calendars for as long as the block lasts."""
    host = Host(list(answers) or [Said()])
    server = await asyncio.start_server(host.serve, "127.0.0.1", 0)
    host.port = server.sockets[0].getsockname()[1]
    try:
        yield host
    finally:
        server.close()
        # Who was left in the middle of an answer hears of it a moment later.
        if host.at_work:
            await asyncio.wait(host.at_work, timeout=5)
