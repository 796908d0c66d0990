"""``ateliers import sessions``."""

from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from tests.cli.conftest import Ateliers

HEAD = "agence;atelier;date;début;fin\n"


@pytest.fixture
def file(tmp_path: Path) -> Path:
    path = tmp_path / "sessions.csv"
    path.write_text(f"{HEAD}Nulle part;Poterie;{datetime.now(UTC).date() + timedelta(days=20)};9:30;11:30\n")
    return path


@pytest.fixture
def manager(ateliers: Ateliers, tmp_path: Path) -> str:
    """Marion, who plans in Grandval."""
    agencies = tmp_path / "agences.csv"
    agencies.write_text("id;nom;departement\n1;Grandval;38\n")
    ateliers("import", "agencies", agencies)
    who = ("--name", "Marion Roche", "--sign-in", "marion", "--role", "administrator", "--agency", "*")
    added = ateliers("add-staff", *who, "--password", "un mot de passe long")
    assert added.exit_code == 0, added.output
    return "marion"


def test_each_row_is_told_and_counted(ateliers: Ateliers, manager: str, file: Path) -> None:
    said = ateliers("import", "sessions", file, "--as", manager)

    plain = said.stdout.replace("\u202f", " ").replace("\u00a0", " ")
    assert "2 : Poterie : Refusée. Vous ne planifiez pas dans cette agence : « Nulle part »." in plain
    assert said.stdout.endswith("Brouillon créé : 0, Session publiée : 0, Déjà planifiée : 0, Refusée : 1\n")


def test_a_dry_run_says_so(ateliers: Ateliers, manager: str, file: Path) -> None:
    assert "rien n’est écrit" in ateliers("import", "sessions", file, "--as", manager, "--dry-run").stdout


def test_a_stranger_plans_nothing(ateliers: Ateliers, manager: str, file: Path) -> None:
    said = ateliers("import", "sessions", file, "--as", "personne")

    assert said.exit_code != 0
    assert "Personne ne s’appelle « personne » ici." in said.stderr


def test_a_file_that_is_no_list_says_what_is_missing(ateliers: Ateliers, manager: str, tmp_path: Path) -> None:
    path = tmp_path / "notes.csv"
    path.write_text("a;b\n1;2\n")

    said = ateliers("import", "sessions", path, "--as", manager)

    assert said.exit_code != 0
    assert "agence, atelier et début sont nécessaires" in said.stderr
