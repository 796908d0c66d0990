"""A standby of a test's own server, which can be promoted while the server it copied goes on."""

import os
import pwd
import subprocess
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from sqlalchemy import make_url

from tests.postgresql import Server

PORT = 6000


def _home(server: Server) -> Path:
    return Path(str(make_url(server.url()).query["host"]))


def _run_as() -> dict[str, object]:
    """PostgreSQL refuses to run as root."""
    who = pwd.getpwnam("nobody") if os.geteuid() == 0 else None
    account = {"user": who.pw_uid, "group": who.pw_gid, "extra_groups": []} if who else {}
    return {"stdin": subprocess.DEVNULL, "stdout": subprocess.DEVNULL, "env": {"LC_ALL": "C", "TZ": "UTC"}, **account}


class Standby:
    """Follows the server until it is promoted; both stand in one folder, the standby at port 6000."""

    def __init__(self, server: Server) -> None:
        self._programs, self._home = server.bin, _home(server)
        self._data = self._home / "standby"
        self.url = make_url(server.url()).update_query_dict({"port": str(PORT)}).render_as_string(hide_password=False)

    def _say(self, program: str, *arguments: str | Path) -> None:
        subprocess.run([self._programs / program, *arguments], check=True, cwd=self._home, **_run_as())

    def start(self) -> None:
        """Copy the server and follow it."""
        self._say("pg_basebackup", "-h", self._home, "-U", "postgres", "-D", self._data, "-R", "-c", "fast", "-N")
        self._say("pg_ctl", "-D", self._data, "-w", "-l", self._home / "standby.log", "-o", self._options, "start")

    @property
    def _options(self) -> str:
        return f"-p {PORT} -k {self._home} -c listen_addresses= -c max_connections=200"

    def promote(self) -> None:
        """From now on it takes writes, on a timeline of its own."""
        self._say("pg_ctl", "-D", self._data, "-w", "promote")

    def stop(self) -> None:
        """At once."""
        self._say("pg_ctl", "-D", self._data, "-m", "immediate", "-w", "stop")


@contextmanager
def following(server: Server) -> Iterator[Standby]:
    """A standby of a durable server."""
    standby = Standby(server)
    standby.start()
    try:
        yield standby
    finally:
        standby.stop()
