"""A mail server that agrees with everything and forgets it, in a process of its own: the least a mail can cost."""

import asyncio
import multiprocessing
from collections.abc import Iterator
from contextlib import contextmanager

WORKERS = multiprocessing.get_context("spawn")


@contextmanager
def mail_sink() -> Iterator[str]:
    """Its address, as long as the block lasts."""
    ours, theirs = WORKERS.Pipe()
    process = WORKERS.Process(target=_serve, args=(theirs,), daemon=True)
    process.start()
    try:
        yield f"127.0.0.1:{ours.recv()}"
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
    writer.write(b"220 sink\r\n")
    while line := await reader.readline():
        command = line[:4].upper()
        if command == b"EHLO":
            writer.write(b"250-sink\r\n250 8BITMIME\r\n")
        elif command == b"DATA":
            writer.write(b"354 go on\r\n")
            await reader.readuntil(b"\r\n.\r\n")
            writer.write(b"250 OK\r\n")
        elif command == b"QUIT":
            writer.write(b"221 bye\r\n")
            break
        else:
            writer.write(b"250 OK\r\n")
    writer.close()
