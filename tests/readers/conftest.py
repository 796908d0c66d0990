"""These tests run by ./dev readers alone: they need programs that a machine with nothing but Python lacks."""

import os
from pathlib import Path

import pytest

from tests.readers.programs import NAMES

collect_ignore_glob = [] if "READERS" in os.environ else ["test_*.py"]


@pytest.fixture
def folder() -> Path:
    """Where the readers were set up."""
    return Path(os.environ["READERS"]).resolve()


@pytest.fixture(params=NAMES)
def reader(request: pytest.FixtureRequest) -> str:
    """The name of a reader."""
    return request.param
