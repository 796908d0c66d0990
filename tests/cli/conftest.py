"""The command line as an operator meets it: what is typed, what is said, how it ends."""

import shutil
from collections.abc import Callable
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from booking.cli import main

Ateliers = Callable[..., Result]


@pytest.fixture
def folder(tmp_path: Path, sqlite_template: Path) -> Path:
    """A folder of data with an empty database that is up to date."""
    shutil.copy(sqlite_template, tmp_path / "ateliers.sqlite3")
    return tmp_path


@pytest.fixture
def ateliers(folder: Path, monkeypatch: pytest.MonkeyPatch) -> Ateliers:
    """Types a command, with this folder of data."""
    monkeypatch.delenv("ATELIERS_DATABASE_URL", raising=False)

    def run(*words: str | Path, typed: str = "") -> Result:
        return CliRunner().invoke(main, [*map(str, words), "--data", str(folder)], input=typed)

    return run
