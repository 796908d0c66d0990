"""``ateliers export attendance``."""

from pathlib import Path

import pytest

from tests.cli.conftest import Ateliers
from tests.given_exports import as_csv, as_xlsx

DAYS = ("--from", "2026-11-01", "--to", "2026-11-30")


@pytest.mark.parametrize(("kind", "read"), [("csv", as_csv), ("xlsx", as_xlsx)])
def test_a_file_is_written_for_its_owner_only(ateliers: Ateliers, tmp_path: Path, kind, read) -> None:
    target = tmp_path / f"novembre.{kind}"

    said = ateliers("export", "attendance", *DAYS, "--format", kind, "--output", target)

    assert said.exit_code == 0 and said.stdout == f"0 lignes dans {target}.\n"
    assert read(target.read_bytes()) == [] and target.stat().st_mode & 0o777 == 0o600
    assert {left.suffix for left in tmp_path.iterdir()} <= {f".{kind}", ".sqlite3", ".sqlite3-wal", ".sqlite3-shm"}


@pytest.mark.parametrize(
    ("words", "sentence"),
    [
        ((*DAYS, "--agency", "99999"), "Aucune agence n’a le code « 99999 »."),
        (("--from", "2026-11-30", "--to", "2026-11-01"), "Ces jours ne vont pas"),
        (("--from", "hier", "--to", "2026-11-01"), "Date illisible : hier."),
    ],
)
def test_what_is_wrong_is_a_sentence(ateliers: Ateliers, tmp_path: Path, words, sentence: str) -> None:
    said = ateliers("export", "attendance", *words, "--output", tmp_path / "presences.csv")

    assert said.exit_code != 0 and sentence in said.stderr
    assert not (tmp_path / "presences.csv").exists()
