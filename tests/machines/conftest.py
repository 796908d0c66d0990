"""The stage on each database."""

import asyncio
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.machines.stage import Stage, on_postgresql, on_sqlite
from tests.postgresql import Server


@pytest.fixture(scope="session")
def runner() -> Iterator[asyncio.Runner]:
    """One loop, kept from deed to deed."""
    with asyncio.Runner() as runner:
        yield runner


@pytest.fixture(scope="session")
def file_stage(runner: asyncio.Runner, sqlite_template: Path, tmp_path_factory: pytest.TempPathFactory) -> Stage:
    """Copies of a file."""
    return on_sqlite(runner, sqlite_template, tmp_path_factory.mktemp("stage"))


@pytest.fixture(scope="session")
def server_stage(runner: asyncio.Runner, postgresql: Server, postgresql_template: str) -> Stage:
    """Copies of a database of a server."""
    return on_postgresql(runner, postgresql, postgresql_template, "stage")
