"""Which database the commands work on, and what they say when it is not there."""

import sqlite3
import subprocess
import sys
from pathlib import Path

import pytest

from tests.cli.conftest import Ateliers
from tests.postgresql import Server


def test_a_new_database_is_made_where_it_is_wanted(ateliers: Ateliers, folder: Path) -> None:
    (folder / "ateliers.sqlite3").unlink()

    assert ateliers("migrate").stdout == "La base est à jour.\n"
    assert ateliers("migrate").exit_code == 0
    assert ateliers("doctor").exit_code == 0


def test_an_old_database_asks_to_be_migrated(ateliers: Ateliers, folder: Path) -> None:
    connection = sqlite3.connect(folder / "ateliers.sqlite3")
    connection.execute("DELETE FROM alembic_version")
    connection.commit()
    connection.close()

    said = ateliers("doctor")

    assert (said.exit_code, said.stderr) == (1, "La base n’est pas à jour : lancez d’abord « ateliers migrate ».\n")


def test_a_database_of_a_later_version_is_not_touched(ateliers: Ateliers, folder: Path) -> None:
    connection = sqlite3.connect(folder / "ateliers.sqlite3")
    connection.execute("UPDATE alembic_version SET version_num = '9999'")
    connection.commit()
    connection.close()

    said = ateliers("migrate")

    assert said.exit_code == 1
    assert "version plus récente" in said.stderr


@pytest.mark.parametrize("command", ["migrate", "doctor"])
@pytest.mark.parametrize("database", ["nowhere", None], ids=["no database", "no server"])
def test_an_unreachable_server_is_one_sentence(
    ateliers: Ateliers,
    postgresql: Server,
    monkeypatch: pytest.MonkeyPatch,
    tmp_path: Path,
    command: str,
    database: str | None,
) -> None:
    there = postgresql.url(database) if database else f"postgresql://postgres@/x?host={tmp_path}"
    monkeypatch.setenv("ATELIERS_DATABASE_URL", there)

    said = ateliers(command)

    assert (said.exit_code, said.stderr.count("\n")) == (1, 1), said.output
    assert said.stderr.startswith("La base de données ne répond pas")


def test_a_bad_setting_is_one_sentence(ateliers: Ateliers, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("ATELIERS_DATABASE_URL", "mysql://x/y")

    said = ateliers("doctor")

    assert said.exit_code == 1
    assert "ATELIERS_DATABASE_URL : « mysql://x/y » ne convient pas." in said.stderr


def test_the_package_is_the_program(tmp_path: Path) -> None:
    answer = subprocess.run(
        [sys.executable, "-m", "booking", "doctor", "--data", tmp_path / "nowhere"],
        cwd=Path(__file__).parents[2],
        capture_output=True,
        text=True,
        check=False,
    )

    assert (answer.returncode, answer.stdout) == (1, "")
    assert "ateliers migrate" in answer.stderr and "Traceback" not in answer.stderr
