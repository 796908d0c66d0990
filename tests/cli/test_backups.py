"""``ateliers backup``, ``restore``, ``vacuum``: what was copied comes back, and nothing that is there is lost."""

import asyncio
import os
import sqlite3
from contextlib import closing
from pathlib import Path

import pytest
from click.testing import CliRunner

from booking.cli import main
from booking.services import sealing
from booking.settings import load
from booking.storage.opening import open_database
from tests.cli.conftest import Ateliers
from tests.given import NOW, World
from tests.postgresql import Server, create_database, drop_database

FILE = "ateliers.sqlite3"


def booked(url: str) -> None:
    """Somebody has a seat."""

    async def book() -> None:
        db = open_database(url)
        world = await World.begin(db)
        await world.booked(await world.session())
        await db.close()

    asyncio.run(book())


def bookings_in(file: Path) -> int:
    with closing(sqlite3.connect(file)) as connection:
        return int(connection.execute("SELECT count(*) FROM bookings").fetchone()[0])


@pytest.fixture
def copy(ateliers: Ateliers, folder: Path) -> Path:
    """A copy made when there was one booking."""
    booked(f"sqlite:///{folder / FILE}")
    assert ateliers("backup", folder / "copy.sqlite3").exit_code == 0
    return folder / "copy.sqlite3"


def test_a_copy_is_read_again_and_for_its_owner_only(ateliers: Ateliers, folder: Path):
    booked(f"sqlite:///{folder / FILE}")

    said = ateliers("backup")

    (made,) = (folder / "copies").iterdir()
    assert "1 inscriptions, relue en entier" in said.stdout and str(made) in said.stdout
    assert bookings_in(made) == 1 and made.stat().st_mode & 0o777 == 0o600


def test_what_was_copied_comes_back_and_what_was_there_is_kept(ateliers: Ateliers, folder: Path, copy: Path):
    with closing(sqlite3.connect(folder / FILE)) as connection, connection:
        connection.execute("UPDATE workshops SET title = 'Changé depuis'")

    said = ateliers("restore", copy)

    (aside,) = folder.glob(f"{FILE}.avant-*")
    assert said.exit_code == 0 and said.stdout.endswith("Tout est en ordre.\n") and str(aside) in said.stdout
    with closing(sqlite3.connect(folder / FILE)) as now, closing(sqlite3.connect(aside)) as before:
        (title,), (other,) = (each.execute("SELECT title FROM workshops").fetchone() for each in (now, before))
    assert title != "Changé depuis" and other == "Changé depuis"


def test_nothing_is_put_back_while_somebody_has_the_database_open(ateliers: Ateliers, folder: Path, copy: Path):
    with closing(sqlite3.connect(folder / FILE)) as elsewhere:
        elsewhere.execute("SELECT count(*) FROM bookings").fetchone()
        said = ateliers("restore", copy)

    assert said.exit_code == 1 and "arrêtez les serveurs" in said.stderr
    assert not list(folder.glob("*.avant-*")) and bookings_in(folder / FILE) == 1


@pytest.mark.parametrize("damage", ["cut", "other", "bytes"])
def test_what_is_no_whole_copy_is_refused_and_the_database_stays(
    ateliers: Ateliers, folder: Path, copy: Path, damage: str
):
    whole = copy.read_bytes()
    middle = len(whole) // 2
    spoilt = {
        "cut": whole[:middle],
        "other": b"a letter",
        "bytes": whole[:middle] + b"\xff" * 9000 + whole[middle + 9000 :],
    }
    copy.write_bytes(spoilt[damage])

    said = ateliers("restore", copy)

    assert said.exit_code == 1 and "n’est pas une copie entière" in said.stderr
    assert bookings_in(folder / FILE) == 1 and not list(folder.glob("*.avant-*"))


def test_a_copy_never_replaces_another(ateliers: Ateliers, copy: Path):
    before = copy.read_bytes()

    said = ateliers("backup", copy)

    assert said.exit_code == 1 and "existe déjà" in said.stderr and copy.read_bytes() == before


def test_only_so_many_copies_are_kept(ateliers: Ateliers, folder: Path):
    (folder / "copies").mkdir()
    for day in range(1, 5):
        (folder / "copies" / f"ateliers-2026010{day}-080000.sqlite3").write_bytes(b"")

    ateliers("backup", "--keep", "2")

    kept = sorted(path.name for path in (folder / "copies").iterdir())
    assert len(kept) == 2 and kept[0] == "ateliers-20260104-080000.sqlite3"


def test_a_drill_puts_the_copy_back_elsewhere_and_examines_it(ateliers: Ateliers, folder: Path):
    booked(f"sqlite:///{folder / FILE}")

    said = ateliers("backup", "--drill")

    assert said.exit_code == 0 and "Tout est en ordre." in said.stdout
    assert bookings_in(folder / FILE) == 1 and len(list((folder / "copies").iterdir())) == 1


def test_a_drill_knows_the_secret_by_which_the_audit_was_sealed(ateliers: Ateliers, folder: Path):
    booked(f"sqlite:///{folder / FILE}")

    async def seal() -> int:
        db = open_database(f"sqlite:///{folder / FILE}")
        count = await sealing.seal(db, NOW, site=load(folder, {}).site)
        await db.close()
        return count

    assert asyncio.run(seal()) > 0
    assert ateliers("backup", "--drill").exit_code == 0


def test_a_copy_that_fails_its_drill_costs_no_older_one(ateliers: Ateliers, folder: Path):
    booked(f"sqlite:///{folder / FILE}")
    (folder / "copies").mkdir()
    (folder / "copies" / "ateliers-20260104-080000.sqlite3").write_text("")
    with closing(sqlite3.connect(folder / FILE)) as connection, connection:
        connection.execute("UPDATE sessions SET taken = 3")

    said = ateliers("backup", "--drill", "--keep", "1")

    assert said.exit_code != 0 and len(list((folder / "copies").iterdir())) == 2


def test_what_the_journal_knows_better_than_the_copy_is_set_aside(ateliers: Ateliers, folder: Path, copy: Path):
    (folder / "audit-heads").write_text("")

    said = ateliers("restore", copy)

    assert "mises de côté" in said.stdout and list(folder.glob("audit-heads.avant-*"))


def test_the_file_gives_back_what_it_does_not_need(ateliers: Ateliers, folder: Path):
    with closing(sqlite3.connect(folder / FILE)) as connection, connection:
        connection.execute("CREATE TABLE heap (it BLOB)")
        connection.execute("INSERT INTO heap VALUES (zeroblob(5000000))")
        connection.execute("DROP TABLE heap")
    before = (folder / FILE).stat().st_size

    said = ateliers("vacuum")

    assert said.exit_code == 0 and before - (folder / FILE).stat().st_size > 4_000_000


def test_a_server_is_copied_and_filled_by_its_own_programs(
    folder: Path, postgresql: Server, postgresql_template: str, monkeypatch: pytest.MonkeyPatch
):
    monkeypatch.setenv("PATH", f"{postgresql.bin}{os.pathsep}{os.environ['PATH']}")
    for name, template in (("to_copy", postgresql_template), ("to_fill", None)):
        asyncio.run(create_database(postgresql.url(), name, template))
    booked(postgresql.url("to_copy"))

    def ateliers(*words: object, database: str):
        environment = {"ATELIERS_DATABASE_URL": postgresql.url(database).replace("+asyncpg", "")}
        return CliRunner().invoke(main, [*map(str, words), "--data", str(folder)], env=environment)

    copied = ateliers("backup", folder / "copy.dump", database="to_copy")
    refused = ateliers("restore", folder / "copy.dump", database="to_copy")
    filled = ateliers("restore", folder / "copy.dump", database="to_fill")

    assert copied.exit_code == 0, copied.output
    assert refused.exit_code == 1 and "n’est pas vide" in refused.stderr
    assert filled.exit_code == 0 and filled.stdout.endswith("Tout est en ordre.\n"), filled.output
    for name in ("to_copy", "to_fill"):
        asyncio.run(drop_database(postgresql.url(), name))
