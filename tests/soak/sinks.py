"""A provider of text messages that agrees with everything and counts it, in a process of its own."""

import asyncio
import multiprocessing
from collections.abc import Iterator
from contextlib import contextmanager, suppress

WORKERS = multiprocessing.get_context("spawn")
TOLD = (
    "idempotency=Idempotency-Key&reference=id&body=%7B%22to%22%3A%22%7Bnumber%7D%22%2C%22text%22%3A%22%7Btext%7D%22%7D"
)


@contextmanager
def text_sink() -> Iterator[str]:
    """Its address, as the settings want it, as long as the block lasts."""
    ours, theirs = WORKERS.Pipe()
    process = WORKERS.Process(target=_serve, args=(theirs,), daemon=True)
    process.start()
    try:
        yield f"gateway+http://127.0.0.1:{ours.recv()}/send#{TOLD}"
    finally:
        process.terminate()
        process.join(10)


def _serve(pipe) -> None:
    asyncio.run(_listen(pipe))


async def _listen(pipe) -> None:
    server = await asyncio.start_server(_answer, "127.0.0.1", 0)
    pipe.send(server.sockets[0].getsockname()[1])
    await server.serve_forever()


async def _answer(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
    count = 0
    with suppress(asyncio.IncompleteReadError, ConnectionError):
        while True:
            head = (await reader.readuntil(b"\r\n\r\n")).lower()
            _, _, length = head.partition(b"content-length:")
            await reader.readexactly(int(length.partition(b"\r\n")[0] or 0))
            count += 1
            said = b'{"id": "%d-%d"}' % (id(writer), count)
            writer.write(b"HTTP/1.1 202 Said\r\nContent-Length: %d\r\n\r\n%s" % (len(said), said))
    writer.close()
