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
        self.url = upstream

    async def _connect(self) -> tuple[StreamReader, StreamWriter]:
        host = str(self._upstream.query.get("host") or self._upstream.host)
        port = int(str(self._upstream.query.get("port") or self._upstream.port or 5432))
        if host.startswith("/"):
            return await asyncio.open_unix_connection(Path(host) / f".s.PGSQL.{port}")
        return await asyncio.open_connection(host, port)

    async def _serve(self, heard: StreamReader, said: StreamWriter) -> None:
        answers, questions = await self._connect()
        self._clients.append(said)
        await asyncio.gather(_pass_on(heard, questions), _pass_on(answers, said))

    def last_words(self) -> None:
        """What a server says before it closes, without the closing."""
        for client in self._clients:
            client.write(b"E" + (len(FATAL) + 4).to_bytes(4, "big") + FATAL)

    def _listen_at(self, server: asyncio.Server) -> None:
        port = server.sockets[0].getsockname()[1]
        there = self._upstream.set(host="127.0.0.1", port=port).difference_update_query(["host", "port"])
        self.url = there.render_as_string(hide_password=False)


async def _pass_on(source: StreamReader, target: StreamWriter) -> None:
    while data := await source.read(65536):
        target.write(data)
    target.close()


@asynccontextmanager
async def relayed(upstream: str) -> AsyncIterator[Relay]:
    """A relay to the database at ``upstream``."""
    relay = Relay(upstream)
    server = await asyncio.start_server(relay._serve, "127.0.0.1", 0)
    relay._listen_at(server)
    yield relay
    server.close()
