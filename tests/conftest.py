"""What every test can ask for: an empty database of each kind, and somebody to act."""

import asyncio
import gc
import shutil
import zlib
from collections.abc import AsyncIterator, Iterator
from datetime import datetime
from pathlib import Path
from uuid import uuid4

import pytest
import structlog
from argon2 import PasswordHasher

from booking.services import passwords
from booking.storage.database import Database
from booking.storage.migrating import migrate
from booking.storage.opening import open_database
from tests.browser.chromium import ABSENT
from tests.given import NOW, World
from tests.given_demo import Filled, filled_at
from tests.kept_databases import KeptDatabases
from tests.postgresql import Server, create_database, drop_database, launch
from tests.sharing_out import Shares

DATABASES = ("sqlite", "postgresql")


def pytest_addoption(parser: pytest.Parser) -> None:
    """Ask for every test on both databases."""
    parser.addoption("--everywhere", action="store_true", help="the tests of doors, too, on both databases")


def pytest_configure() -> None:
    """Errors are logged as Python tells them: drawn in boxes, with every local value, one takes longer than a test."""
    plain = structlog.dev.ConsoleRenderer(colors=False, exception_formatter=structlog.dev.plain_traceback)
    structlog.configure(processors=[*structlog.get_config()["processors"][:-1], plain])


def pytest_xdist_make_scheduler(config: pytest.Config, log: object) -> Shares:
    """Some tests stay together."""
    return Shares(config, log)


def pytest_generate_tests(metafunc: pytest.Metafunc) -> None:
    """Storage, services and races run on both databases. A door says no SQL: each of its tests runs on one of the two,
    half of them on either, unless it names its databases itself or all are asked for.
    """
    told = [mark.args[0] for mark in metafunc.definition.iter_markers("parametrize")]
    named = {name.strip() for names in told for name in (names.split(",") if isinstance(names, str) else names)}
    if "url" not in metafunc.fixturenames or "url" in named:
        return
    test = metafunc.definition.nodeid
    is_once = test.startswith("tests/web/") and not metafunc.config.getoption("everywhere")
    one = DATABASES[zlib.crc32(test.encode()) % 2]
    metafunc.parametrize("url", (one,) if is_once else DATABASES, indirect=True)


def pytest_collection_finish() -> None:
    """What was collected stays until the end: the search for litter need not look through it again and again."""
    gc.collect()
    gc.freeze()
    gc.set_threshold(10_000)


def pytest_terminal_summary(terminalreporter: pytest.TerminalReporter) -> None:
    """What was not looked at is said aloud."""
    if any(ABSENT in str(one.longrepr) for one in terminalreporter.stats.get("skipped", [])):
        terminalreporter.section(ABSENT, sep="!", red=True)


@pytest.fixture(scope="session")
def anyio_backend() -> str:
    """Litestar and SQLAlchemy run on asyncio here."""
    return "asyncio"


@pytest.fixture(scope="session")
def sqlite_template(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A migrated file, to be copied."""
    path = tmp_path_factory.mktemp("template") / "ateliers.sqlite3"
    migrate(f"sqlite:///{path}")
    return path


@pytest.fixture(scope="session")
def in_file(tmp_path_factory: pytest.TempPathFactory, sqlite_template: Path) -> Filled:
    """A world for all who only look at it, or at a copy: to fill one takes longer than any look."""
    path = shutil.copy(sqlite_template, tmp_path_factory.mktemp("demo") / "demo.sqlite3")
    return asyncio.run(filled_at(f"sqlite:///{path}"))


@pytest.fixture(scope="session")
def postgresql() -> Iterator[Server]:
    """A real server, for as long as the tests run."""
    with launch() as server:
        yield server


@pytest.fixture(scope="session")
def postgresql_template(postgresql: Server) -> Iterator[str]:
    """The name of a migrated database, to be copied."""
    name = f"template_{uuid4().hex}"
    asyncio.run(create_database(postgresql.url(), name))
    migrate(postgresql.url(name))
    yield name
    asyncio.run(drop_database(postgresql.url(), name))


@pytest.fixture(scope="session")
def kept_databases(postgresql: Server, postgresql_template: str) -> Iterator[KeptDatabases]:
    """Databases for one test after another."""
    with KeptDatabases(postgresql, postgresql_template) as kept:
        yield kept


@pytest.fixture
def url(
    request: pytest.FixtureRequest, tmp_path: Path, sqlite_template: Path, kept_databases: KeptDatabases
) -> Iterator[str]:
    """The address of a database of one's own, empty and up to date."""
    if request.param == "sqlite":
        shutil.copy(sqlite_template, tmp_path / "ateliers.sqlite3")
        yield f"sqlite:///{tmp_path / 'ateliers.sqlite3'}"
    else:
        with kept_databases.lent() as lent:
            yield lent


@pytest.fixture
async def db(url: str) -> AsyncIterator[Database]:
    """An empty database of each kind."""
    database = open_database(url)
    yield database
    await database.close()


@pytest.fixture
def light_passwords(monkeypatch: pytest.MonkeyPatch) -> None:
    """Hashes of passwords that cost next to nothing; what they cost in truth is tested once."""
    hasher = PasswordHasher(time_cost=1, memory_cost=64, parallelism=1)
    monkeypatch.setattr(passwords, "_hasher", hasher)
    monkeypatch.setattr(passwords, "NOBODY", hasher.hash("nobody"))


@pytest.fixture
def now() -> datetime:
    """The one fixed time."""
    return NOW


@pytest.fixture
async def world(db: Database) -> World:
    """An agency in Grenoble with a room and a small cast, and the means to add to it."""
    return await World.begin(db)
