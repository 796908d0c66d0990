"""Programs that keep their connections and ask as fast as they are answered."""

import asyncio
import time
from collections.abc import Iterator
from dataclasses import dataclass, field


@dataclass
class Ran:
    """What came of a run: seconds taken by each request, the statuses, and how long it all took."""

    took: list[float] = field(default_factory=list)
    statuses: dict[int, int] = field(default_factory=dict)
    seconds: float = 0.0

    def note(self, status: int, seconds: float) -> None:
        """One more answer."""
        self.took.append(seconds)
        self.statuses[status] = self.statuses.get(status, 0) + 1

    @property
    def per_second(self) -> float:
        """Answers a second."""
        return len(self.took) / self.seconds

    def quantile(self, share: float) -> float:
        """The milliseconds within which this share of the requests was answered."""
        return sorted(self.took)[int(share * (len(self.took) - 1))] * 1000


def request(method: str, path: str, token: str = "", body: bytes = b"", **headers: str) -> bytes:
    """A request as it goes over the line."""
    lines = [f"{method} {path} HTTP/1.1", "Host: localhost"]
    lines += [f"Authorization: Bearer {token}"] if token else []
    lines += [f"{name.replace('_', '-')}: {value}" for name, value in headers.items()]
    lines += ["Content-Type: application/json", f"Content-Length: {len(body)}"] if body else []
    return "\r\n".join([*lines, "", ""]).encode() + body


async def ask_all(port: int, requests: Iterator[bytes], connections: int, seconds: float) -> Ran:
    """Send these requests over so many connections, until they or the seconds are over."""
    ran, begun = Ran(), time.perf_counter()
    await asyncio.gather(*(_ask(port, requests, ran, begun + seconds) for _ in range(connections)))
    ran.seconds = time.perf_counter() - begun
    return ran


async def _ask(port: int, requests: Iterator[bytes], ran: Ran, until: float) -> None:
    reader, writer = await asyncio.open_connection("127.0.0.1", port)
    for asked in requests:
        begun = time.perf_counter()
        if begun > until:
            break
        writer.write(asked)
        status = await _answer(reader)
        ran.note(status, time.perf_counter() - begun)
    writer.close()


async def _answer(reader: asyncio.StreamReader) -> int:
    head = (await reader.readuntil(b"\r\n\r\n")).lower()
    _, found, rest = head.partition(b"content-length: ")
    if found:
        await reader.readexactly(int(rest.partition(b"\r\n")[0]))
    return int(head.split(b" ", 2)[1])
