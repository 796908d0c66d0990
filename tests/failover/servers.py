"""Ateliers itself: two processes that serve, one that sends."""

import os
import subprocess
import sys
import time
import urllib.request
from contextlib import suppress
from pathlib import Path

from tests.failover.hosts import HUB

PORTS = (8001, 8002)
READY = 400


class Process:
    """One command of Ateliers, begun again whenever it ends."""

    def __init__(self, folder: Path, url: str, *command: str) -> None:
        self._command = [sys.executable, "-m", "booking", *command, "--data", str(folder / "data")]
        own = {"ATELIERS_DATABASE_URL": url, "ATELIERS_API_A_MINUTE": "0", "ATELIERS_ACCESS_LOG": "no"}
        self._known = os.environ | own
        self._log = (folder / f"{command[0]}{command[-1]}.log").open("ab")
        self.start()

    def start(self) -> None:
        """Begin."""
        self.running = subprocess.Popen(self._command, env=self._known, stdout=self._log, stderr=self._log)

    def kill(self) -> None:
        """Without a goodbye."""
        self.running.kill()
        self.running.wait()


class Servers:
    """The processes of one installation."""

    def __init__(self, folder: Path, url: str) -> None:
        self.doors = [
            Process(folder, url, "serve", "--no-worker", "--even-so", "--host", HUB, "--port", str(port))
            for port in PORTS
        ]
        self.worker = Process(folder, url, "worker")
        self.urls = [f"http://{HUB}:{port}" for port in PORTS]

    def kill(self, process: Process) -> None:
        """What looks after processes begins it again."""
        process.kill()
        process.start()

    def look_after(self) -> None:
        """As a supervisor does: what ended by itself begins again."""
        for process in (*self.doors, self.worker):
            if process.running.poll() is not None:
                process.start()

    def until_ready(self) -> None:
        """Wait until every one can serve."""
        ends = time.monotonic() + READY
        missing = set(self.urls)
        while missing and time.monotonic() < ends:
            for url in list(missing):
                with suppress(OSError), urllib.request.urlopen(f"{url}/health/ready", timeout=9) as said:  # noqa: S310
                    missing -= {url} if said.status == 200 else set()
            self.look_after()
            time.sleep(0.1)
        if missing:
            raise TimeoutError(f"not ready: {missing}")

    def end(self) -> None:
        """All of them."""
        for process in (*self.doors, self.worker):
            process.kill()
