import os
import subprocess
import sys
from pathlib import Path

import pytest

from calendars.freshness import RENDERER
from tests.calendars.golden import golden

HERE = Path(__file__).parent


def test_changed_bytes_come_with_a_new_renderer_epoch():
    """If this fails: add one to RENDERER and write the new bytes to a file of that number."""
    kept = (HERE / f"golden-{RENDERER}.ics").read_bytes()

    assert golden() == kept


@pytest.mark.parametrize("seed", ["1", "2"])
def test_another_process_writes_the_same_bytes(seed):
    environment = os.environ | {"PYTHONHASHSEED": seed, "PYTHONPATH": str(HERE.parents[1])}

    written = subprocess.check_output([sys.executable, "-m", "tests.calendars.golden"], env=environment)

    assert written == golden()
