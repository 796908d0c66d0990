"""The product as ``ateliers serve`` runs it, for browsers: its clock starts at the one time of the tests, and goes.

python -m tests.browser.serving DATABASE PORT BEGAN
"""

import socket
import subprocess
import sys
import time
import urllib.error
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from datetime import datetime, timedelta
from time import monotonic

from booking.app import create_app
from booking.cli.listening import listen
from booking.domain.job_seekers import Channel
from booking.storage.opening import open_database
from tests.given import NOW, SITE

HOST = "127.0.0.1"
PATIENCE = 120
# Every server of a run has the same clock.
BEGAN = monotonic()


@contextmanager
def serving(database: str) -> Iterator[str]:
    """A process of its own that serves this database; yields its address."""
    with socket.create_server((HOST, 0)) as probe:
        port = probe.getsockname()[1]
    server = start(database, port)
    try:
        yield f"http://{HOST}:{port}"
    finally:
        server.terminate()
        server.wait(PATIENCE)


def start(database: str, port: int) -> subprocess.Popen[bytes]:
    """A process that serves this database, as soon as it answers."""
    server = subprocess.Popen([sys.executable, "-m", "tests.browser.serving", database, str(port), str(BEGAN)])
    wait_for(f"http://{HOST}:{port}/health/live", server)
    return server


def wait_for(address: str, server: subprocess.Popen[bytes]) -> None:
    """Until it answers."""
    until = monotonic() + PATIENCE
    while monotonic() < until and server.poll() is None:
        try:
            urllib.request.urlopen(address, timeout=1).close()  # noqa: S310 - our own server
            return
        except (urllib.error.URLError, OSError):
            time.sleep(0.05)
    raise RuntimeError("the server for the browsers does not start; see above")


def main(database: str, port: str, began: str) -> None:
    """Serve until stopped. Whatever the day and the hour, it is a Monday morning."""

    def clock() -> datetime:
        return NOW + timedelta(seconds=monotonic() - float(began))

    site = replace(SITE, url=f"http://{HOST}:{port}")
    app = create_app(lambda: open_database(database), site, machines={Channel.EMAIL, Channel.SMS}, clock=clock)
    listen(app, host=HOST, port=int(port), log_level="warning", access_log=False, server_header=False)


if __name__ == "__main__":
    main(*sys.argv[1:])
