"""``ateliers import agencies``."""

import json
import re
import sqlite3
from contextlib import closing
from pathlib import Path

import pytest

from booking.cli import import_words
from tests.cli.conftest import Ateliers

LIST = "id;nom;departement\n1;Grandval;38\n2;;38\n"


@pytest.fixture
def file(tmp_path: Path) -> Path:
    path = tmp_path / "agences.csv"
    path.write_text(LIST)
    return path


def test_the_report_counts_and_names_the_bad_line(ateliers: Ateliers, file: Path) -> None:
    said = ateliers("import", "agencies", file)

    assert said.exit_code == 0
    assert "1 nouvelles, 0 modifiées, 0 inchangées, 0 mises de côté, 1 refusées." in said.stdout
    assert "ligne 3, nom : vide" in said.stdout
    assert said.stderr == "1/1\n"


def test_new_agencies_come_in_the_phase_that_is_said(ateliers: Ateliers, file: Path) -> None:
    assert ateliers("import", "agencies", file, "--phase", "pilot").exit_code == 0

    assert ateliers("import", "agencies", file, "--phase", "PILOTE").exit_code == 2
    with closing(sqlite3.connect(file.parent / "ateliers.sqlite3")) as connection:
        assert connection.execute("SELECT phase FROM agencies").fetchall() == [("pilot",)]


def test_twice_changes_nothing(ateliers: Ateliers, file: Path) -> None:
    ateliers("import", "agencies", file)

    assert "0 nouvelles, 0 modifiées, 1 inchangées" in ateliers("import", "agencies", file).stdout


def test_a_dry_run_writes_nothing(ateliers: Ateliers, file: Path) -> None:
    said = ateliers("import", "agencies", file, "--dry-run")

    assert "Essai à blanc" in said.stdout
    assert "1 nouvelles" in ateliers("import", "agencies", file).stdout


def test_of_many_alike_only_the_first_are_shown_unless_all_are_wanted(ateliers: Ateliers, tmp_path: Path) -> None:
    rows = [{"id": n, "nom": f"Agence {n}", "departement": "38"} for n in range(30)]
    known, other = tmp_path / "known.json", tmp_path / "other.json"
    known.write_text(json.dumps(rows))
    other.write_text(json.dumps([row | {"id": f"b-{row['id']}", "nom": f"Relais {row['id']}"} for row in rows]))
    ateliers("import", "agencies", known)

    brief = ateliers("import", "agencies", other).stdout
    full = ateliers("import", "agencies", other, "--all").stdout

    assert "entrée 1, nom : « Relais 0 » est sans doute « Agence 0 »" in brief
    assert "… et 20 autres (--all les montre)" in brief and "Relais 29" not in brief
    assert "« Relais 29 » est sans doute « Agence 29 »" in full


def test_equal_remarks_share_a_line(ateliers: Ateliers, tmp_path: Path) -> None:
    rows = [{"id": n, "nom": f"Agence {n}", "departement": "974", "timezone": "Europe/Paris"} for n in range(9)]
    path = tmp_path / "list.json"
    path.write_text(json.dumps(rows))

    said = ateliers("import", "agencies", path).stdout

    assert "entrées 1, 2, 3, 4, 5, 6 et 3 autres, timezone : le fichier dit Europe/Paris" in said


def test_columns_can_be_told(ateliers: Ateliers, tmp_path: Path) -> None:
    path = tmp_path / "list.csv"
    path.write_text("n,site,zone\n1,Grandval,38\n")

    said = ateliers("import", "agencies", path, *"--map reference=n --map name=site --map department=zone".split())

    assert "1 nouvelles" in said.stdout


@pytest.mark.parametrize("told", ["nom", "nom=", "colour=x"])
def test_a_column_told_wrongly_is_a_wrong_call(ateliers: Ateliers, file: Path, told: str) -> None:
    assert ateliers("import", "agencies", file, "--map", told).exit_code == 2


@pytest.mark.parametrize(
    ("content", "words"),
    [
        ("", "le fichier est vide"),
        ("departement\n38\n", "il manque une colonne pour le nom (name) et pour l’identifiant (reference)"),
        ("departement\n38\n", "Colonnes trouvées : departement. Dites laquelle avec --map, par exemple --map name="),
        ('{"id": 1}', "le JSON doit être une liste d’objets : [{…}, {…}]"),
        ("1,2\n3,4\n", "la première ligne doit nommer les colonnes ; elle contient : 1, 2"),
    ],
)
def test_a_wrong_file_is_one_sentence(ateliers: Ateliers, file: Path, content: str, words: str) -> None:
    file.write_text(content)

    said = ateliers("import", "agencies", file)

    assert said.exit_code == 1
    assert words in said.stderr and said.stderr.count("\n") == 1


def test_a_file_that_is_not_there_is_one_sentence(ateliers: Ateliers, tmp_path: Path) -> None:
    said = ateliers("import", "agencies", tmp_path / "nowhere.csv")

    assert (said.exit_code, said.stderr.count("\n")) == (1, 1)
    assert "nowhere.csv" in said.stderr


def test_every_code_of_an_import_has_words() -> None:
    services = Path(import_words.__file__).parents[1] / "services"
    names = ("row_files", "row_columns", "read_rows", "row_sorting", "agency_rows", "imports")
    names += ("partner_rows", "partner_imports")
    source = "".join((services / f"{name}.py").read_text() for name in names)
    trifles = re.findall(r'trifles(?:\.append\(| \+= \[)"([a-z-]+)"', source)
    remarks = re.findall(r'(?:refuse|doubt)\((?:name|"[a-z_]+"), "([a-z-]+)"', source)

    assert set(re.findall(r'UnreadableFile\("([a-z-]+)"', source)) == import_words.UNREADABLE.keys()
    assert set(trifles) == import_words.TRIFLES.keys()
    assert len(set(remarks)) > 10 and set(remarks) <= import_words.REMARKS.keys()
    assert all(f'"{code}"' in source for code in import_words.REMARKS)
