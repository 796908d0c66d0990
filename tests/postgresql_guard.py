"""Runs one PostgreSQL server for as long as somebody holds the other end of its standard input, then removes its data.

A process of its own, in a session of its own: it also tidies up when the tests are killed outright. Standard library
only, so that it starts in a few hundredths of a second.

    postgresql_guard.py HOME PROGRAMS USER [NAME=VALUE ...]

HOME is an empty folder that this process may delete; USER is empty, or the account to run the server as.
Prints the server's process id once it takes connections, or what went wrong.
"""

import pwd
import shutil
import signal
import subprocess
import sys
import time
from pathlib import Path
from typing import IO


def main(home: Path, programs: Path, user: str, settings: list[str]) -> int:
    """Start the server, say its process id, wait for the end of standard input, stop the server, delete `home`."""
    try:
        with open(home / "log", "wb") as log:
            server = start(home, programs, user, settings, log)
        if server is None:
            print((home / "log").read_text(errors="replace"), flush=True)
            return 1
        print(server.pid, flush=True)
        sys.stdin.readline()
        stop(server)
        return 0
    finally:
        shutil.rmtree(home, ignore_errors=True)


def start(home: Path, programs: Path, user: str, settings: list[str], log: IO[bytes]) -> subprocess.Popen | None:
    """The running server once it takes connections, or None when initdb or the server gave up; the log says why."""
    account = {"user": user, "group": pwd.getpwnam(user).pw_gid, "extra_groups": []} if user else {}
    surroundings = {"cwd": home, "env": {"LC_ALL": "C", "TZ": "UTC"}, "stdin": subprocess.DEVNULL, **account}
    data = home / "data"
    text = ["--encoding=UTF8", "--locale=C.UTF-8"]
    initdb = [programs / "initdb", "-D", data, "--username=postgres", "--auth=trust", "--no-sync", *text]
    if subprocess.run(initdb, check=False, stdout=log, stderr=log, **surroundings).returncode != 0:
        return None
    options = [word for setting in settings for word in ("-c", setting)]
    command = [programs / "postgres", "-D", data, "-k", home, *options]
    server = subprocess.Popen(command, stdout=log, stderr=log, **surroundings)
    while server.poll() is None:
        if is_ready(data / "postmaster.pid"):
            return server
        time.sleep(0.01)
    return None


def is_ready(status: Path) -> bool:
    """The server itself writes `ready` on the last line of its status file."""
    return status.exists() and status.read_text().rstrip().endswith("ready")


def stop(server: subprocess.Popen) -> None:
    """Stop the server by its process id: politely, and after ten seconds at once."""
    server.send_signal(signal.SIGINT)
    try:
        server.wait(10)
    except subprocess.TimeoutExpired:
        server.send_signal(signal.SIGQUIT)
        server.wait()


if __name__ == "__main__":
    sys.exit(main(Path(sys.argv[1]), Path(sys.argv[2]), sys.argv[3], sys.argv[4:]))
