"""``ateliers export all`` and ``ateliers import all``; ``ateliers import people``."""

import asyncio
import shutil
from pathlib import Path

import pytest

from booking.storage.opening import open_database
from tests.cli.conftest import Ateliers
from tests.given import World

LIST = "Nom;Prénom\nDiallo;Awa\nSeul;\n"


@pytest.fixture
def agency(folder: Path) -> None:
    """Grenoble Bastille, where Marion plans."""

    async def begin() -> None:
        db = open_database(f"sqlite:///{folder / 'ateliers.sqlite3'}")
        await World.begin(db)
        await db.close()

    asyncio.run(begin())


def test_a_copy_comes_back_where_nothing_is(ateliers: Ateliers, agency: None, tmp_path: Path) -> None:
    out = ateliers("export", "all", tmp_path / "copie")

    again = ateliers("import", "all", tmp_path / "copie")

    assert out.exit_code == 0 and "lignes" in out.stdout
    assert (tmp_path / "copie/LISEZMOI.txt").read_text().startswith("COPIE D'UNE INSTALLATION")
    assert again.exit_code != 0 and "la base n’est pas vide" in again.stderr and "Rien n’est écrit." in again.stderr
    assert "existe déjà" in ateliers("export", "all", tmp_path / "copie").stderr
    shutil.rmtree(tmp_path / "copie" / "data")
    assert "est abîmé" in ateliers("import", "all", tmp_path / "copie").stderr


def test_a_copy_fills_an_empty_database(
    ateliers: Ateliers, agency: None, tmp_path: Path, sqlite_template: Path
) -> None:
    ateliers("export", "all", tmp_path / "copie.zip")
    shutil.copy(sqlite_template, tmp_path / "ateliers.sqlite3")

    back = ateliers("import", "all", tmp_path / "copie.zip")

    assert back.exit_code == 0 and "comptés et comparés" in back.stdout
    assert "Tout est en ordre." in ateliers("doctor").stdout
    assert (tmp_path / "copie.zip").stat().st_mode & 0o777 == 0o600


def test_people_come_in_by_command_and_each_bad_row_is_told(ateliers: Ateliers, agency: None, tmp_path: Path) -> None:
    (tmp_path / "liste.csv").write_text(LIST)
    known = ("import", "people", tmp_path / "liste.csv", "--agency", "grenoble-bastille")

    tried = ateliers(*known, "--as", "marion", "--dry-run")
    done = ateliers(*known, "--as", "marion")

    assert "rien n’est écrit" in tried.stdout
    assert done.stdout == "ligne 3 : Prénom : Ce champ est obligatoire.\nnouvelles : 1, à corriger : 1\n"
    assert "Personne ne s’appelle" in ateliers(*known, "--as", "zoe").stderr
    assert "CHAMP=COLONNE" in ateliers(*known, "--as", "marion", "--map", "taille=Nom").stderr


def test_appointments_are_written_for_their_owner_only(ateliers: Ateliers, agency: None, tmp_path: Path) -> None:
    days = ("--from", "2026-11-01", "--to", "2026-11-30")

    said = ateliers("export", "appointments", *days, "--output", tmp_path / "r.json")
    wrong = ateliers("export", "appointments", *days, "--since", "hier", "--output", tmp_path / "x.json")

    assert said.exit_code == 0 and (tmp_path / "r.json").read_text() == "[]\n"
    assert (tmp_path / "r.json").stat().st_mode & 0o777 == 0o600
    assert "n’est pas un instant" in wrong.stderr
