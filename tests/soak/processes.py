"""Ateliers as an operator runs it: two processes that serve, two that send."""

import os
import subprocess
import sys
import time
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path

READY, GOODBYE = 120, 40


@dataclass(frozen=True)
class Running:
    """Where they serve, and the process of each by name."""

    urls: list[str]
    pids: dict[str, int]


@contextmanager
def running(folder: Path, known: dict[str, str], port: int) -> Iterator[Running]:
    """As long as the block; what they write goes into the folder."""
    doors = {f"server {n}": ["serve", "--no-worker", "--even-so", "--port", str(port + n)] for n in (1, 2)}
    programs = doors | {f"worker {n}": ["worker"] for n in (1, 2)}
    processes = {name: _start(folder, known, name, command) for name, command in programs.items()}
    urls = [f"http://127.0.0.1:{port + n}" for n in (1, 2)]
    try:
        for url in urls:
            _wait_for(url)
        yield Running(urls, {name: process.pid for name, process in processes.items()})
    finally:
        for process in processes.values():
            process.terminate()
        for process in processes.values():
            process.wait(GOODBYE)


def _start(folder: Path, known: dict[str, str], name: str, command: list[str]) -> subprocess.Popen[bytes]:
    log = (folder / f"{name.replace(' ', '-')}.log").open("ab")
    program = [sys.executable, "-m", "booking", *command, "--data", str(folder / "data")]
    # A session each: Linux deals the processor out by session (autogroup), and an operator's services have one each.
    return subprocess.Popen(program, env=os.environ | known, stdout=log, stderr=log, start_new_session=True)


def _wait_for(url: str) -> None:
    ends = time.monotonic() + READY
    while time.monotonic() < ends:
        with suppress(OSError), urllib.request.urlopen(f"{url}/health/ready", timeout=9) as said:  # noqa: S310
            if said.status == 200:
                return
        time.sleep(0.2)
    raise TimeoutError(f"not ready: {url}")
