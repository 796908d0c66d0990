"""The product as it runs in an office: uvicorn in a process of its own, whose processor time can be read."""

import os
import socket
import subprocess
import sys
import time
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from litestar import Litestar

from booking.app import create_app
from booking.cli.listening import spare_the_collector
from booking.domain.job_seekers import Channel
from booking.domain.sign_ins import Terms
from booking.services.kept_contents import KeptContents
from booking.storage.opening import open_database
from booking.web.packing import Packing
from tests.benchmarks.towns import HERE

TICKS = os.sysconf("SC_CLK_TCK")


def app() -> Packing:
    """The product as it is served."""
    return Packing(product())


def product() -> Litestar:
    """The product on the database that the environment names."""
    # Requests are counted as everywhere, and may be many.
    terms = Terms(calls_a_minute=10_000_000)
    machines = [Channel.EMAIL]
    made = create_app(lambda: open_database(os.environ["BENCHMARK_DATABASE"]), HERE, machines=machines, terms=terms)
    spare_the_collector()
    return made


def forgetful() -> Packing:
    """The same, which keeps no calendar in memory."""
    made = product()
    made.on_startup.append(_forget)
    return Packing(made)


def _forget(product: Litestar) -> None:
    product.state["calendars"] = KeptContents(room=0)


@dataclass(frozen=True)
class Running:
    """A server: where it listens, and which process it is."""

    port: int
    pid: int


@contextmanager
def running(database: str, factory: str = "tests.benchmarks.servers:app", port: int | None = None) -> Iterator[Running]:
    """One process of the product, or of what else the factory makes, as long as the block."""
    port = port or _free_port()
    command = [sys.executable, "-m", "uvicorn", "--factory", factory, "--port", str(port)]
    quick = ["--loop", "uvloop", "--http", "httptools", "--no-access-log", "--log-level", "warning"]
    process = subprocess.Popen([*command, *quick], env=os.environ | {"BENCHMARK_DATABASE": database})
    try:
        _wait_for(port)
        yield Running(port, process.pid)
    finally:
        process.terminate()
        process.wait(30)


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def _wait_for(port: int) -> None:
    for _ in range(1200):
        try:
            socket.create_connection(("127.0.0.1", port)).close()
            return
        except OSError:
            time.sleep(0.1)
    raise TimeoutError("the server does not listen")


def processor_seconds(pids: Iterable[int]) -> float:
    """The processor time of these processes so far; Linux only."""
    return sum(_seconds(Path(f"/proc/{pid}/stat")) for pid in pids)


def _seconds(stat: Path) -> float:
    try:
        fields = stat.read_text().rpartition(")")[2].split()
    except (FileNotFoundError, ProcessLookupError):
        return 0.0
    # Its own and that of its children who have ended: user and system, each.
    return sum(map(int, fields[11:15])) / TICKS
