"""An SQLite file has one server."""

import subprocess
import sys
from pathlib import Path

import pytest

from booking.storage.alone import AlreadyServed, alone

HOLDS = """
import sys, time
from pathlib import Path
from booking.storage.alone import alone
with alone(Path(sys.argv[1])):
    print("mine", flush=True)
    time.sleep(60)
"""


def test_who_comes_second_is_told_until_the_first_has_gone(tmp_path: Path):
    file = tmp_path / "ateliers.sqlite3"

    with alone(file), pytest.raises(AlreadyServed), alone(file):
        pass
    with alone(tmp_path / "another.sqlite3"), alone(file):
        pass


def test_a_server_that_was_killed_is_not_in_the_way(tmp_path: Path):
    file = tmp_path / "ateliers.sqlite3"
    with subprocess.Popen([sys.executable, "-c", HOLDS, str(file)], stdout=subprocess.PIPE, text=True) as first:
        assert first.stdout is not None and first.stdout.readline() == "mine\n"
        with pytest.raises(AlreadyServed), alone(file):
            pass
        first.kill()

    with alone(file):
        pass
