"""A relay in front of PostgreSQL that can pass on a server's last words and leave the line open."""

import asyncio
from asyncio import StreamReader, StreamWriter
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path

from sqlalchemy.engine import make_url

FATAL = b"SFATAL\0VFATAL\0C57P01\0Mterminating connection due to administrator command\0\0"


class Relay:
    """Clients connect to ``url``; ``last_words`` reach each of them as from a server that is shut down."""

    def __init__(self, upstream: str) -> None:
        self._upstream = make_url(upstream)
        self._clients: list[StreamWriter] = []
        self._is_open = True
        self._words, self._lost = b"", False
        self.url = upstream

    async def _connect(self) -> tuple[StreamReader, StreamWriter]:
        host = str(self._upstream.query.get("host") or self._upstream.host)
        port = int(str(self._upstream.query.get("port") or self._upstream.port or 5432))
        if host.startswith("/"):
            return await asyncio.open_unix_connection(Path(host) / f".s.PGSQL.{port}")
        return await asyncio.open_connection(host, port)

    async def _serve(self, heard: StreamReader, said: StreamWriter) -> None:
        if not self._is_open:
            said.close()
            return
        answers, questions = await self._connect()
        self._clients.append(said)
        try:
            await asyncio.gather(self._ask(heard, questions), self._answer(answers, said))
        except (ConnectionError, asyncio.CancelledError):
            """One of the two broke off, or the test is over."""
        finally:
            questions.close()
            said.close()

    async def _ask(self, source: StreamReader, target: StreamWriter) -> None:
        while data := await source.read(65536):
            target.write(data)
            if self._words and self._words in data:
                self._words = b""
                self._lost = True
        target.close()

    async def _answer(self, source: StreamReader, target: StreamWriter) -> None:
        while data := await source.read(65536):
            if self._lost:
                self._lost = False
                target.transport.abort()
                return
            target.write(data)
        target.close()

    def lose_answer_to(self, words: bytes) -> None:
        """The server will hear the next question with these words in it; its answer breaks the line."""
        self._words = words

    def last_words(self) -> None:
        """What a server says before it closes, without the closing."""
        for client in self._clients:
            client.write(b"E" + (len(FATAL) + 4).to_bytes(4, "big") + FATAL)

    def cut(self) -> None:
        """Every line breaks; new ones may be opened."""
        for client in self._clients:
            client.transport.abort()
        self._clients.clear()

    def refuse(self) -> None:
        """Every line breaks, and nobody is let through any more."""
        self._is_open = False
        self.cut()

    def _listen_at(self, server: asyncio.Server) -> None:
        port = server.sockets[0].getsockname()[1]
        there = self._upstream.set(host="127.0.0.1", port=port).difference_update_query(["host", "port"])
        self.url = there.render_as_string(hide_password=False)


@asynccontextmanager
async def relayed(upstream: str) -> AsyncIterator[Relay]:
    """A relay to the database at ``upstream``."""
    relay = Relay(upstream)
    server = await asyncio.start_server(relay._serve, "127.0.0.1", 0)
    relay._listen_at(server)
    yield relay
    relay.refuse()
    server.close()
    await asyncio.sleep(0)
