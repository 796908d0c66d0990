"""The readers that are not Python: each a command that takes a calendar and tells in JSON what it found."""

import json
import os
import shutil
import subprocess
import sys
from datetime import UTC, datetime
from pathlib import Path

from tests.calendars.readers import Found

HERE = Path(__file__).parent
NAMES = ("ical.js", "node-ical", "libical")
# Three clocks: what is read must not depend on the machine that reads it.
CLOCKS = ("UTC", "America/New_York", "Pacific/Auckland")


class NoReader(RuntimeError):
    """This reader is not on this machine. ./dev readers sets up what it can and says what it lacks."""

    def __init__(self, name: str) -> None:
        super().__init__(f"{name}: {self.__doc__}")


def command(name: str, folder: Path) -> list[str]:
    """How to start a reader that was set up in this folder; raises NoReader."""
    if name == "libical":
        library = folder / "libical.so"
        if not library.exists():
            raise NoReader(name)
        return [sys.executable, str(HERE / "libical.py"), str(library)]
    if not (shutil.which("node") and (folder / "node_modules" / name).exists()):
        raise NoReader(name)
    # Evaluated, not opened: a program finds its modules beside where it stands, and they stay out of the source.
    program = HERE / f"{name.replace('.', '_').replace('-', '_')}.mjs"
    return ["node", "--input-type=module", "--eval", program.read_text()]


def read(name: str, folder: Path, calendar: bytes, clock: str = "UTC") -> list[Found]:
    """What this reader finds, on a machine with this clock; raises NoReader."""
    environment = os.environ | {"TZ": clock}
    given = {"input": calendar, "cwd": folder, "env": environment, "capture_output": True, "timeout": 60}
    done = subprocess.run(command(name, folder), check=False, **given)
    assert done.returncode == 0, f"{name}: {done.stderr.decode()}"
    return [_found(**told) for told in json.loads(done.stdout)]


def _found(start: float, end: float, **words: object) -> Found:
    return Found(start=datetime.fromtimestamp(start, UTC), end=datetime.fromtimestamp(end, UTC), **words)
