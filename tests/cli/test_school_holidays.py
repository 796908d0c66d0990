"""``ateliers import school-holidays``."""

import re
from pathlib import Path

import pytest

from booking.cli import school_words
from booking.services import school_rows
from booking.web.pages import school_words as on_screen
from calendars.territories import MAINLAND, OVERSEAS, school_zone_of
from tests.cli.conftest import Ateliers

LIST = "zone;name;first_on;last_on\nA;Toussaint;2026-10-17;2026-11-01\nD;Toussaint;2026-10-17;2026-11-01\n"


@pytest.fixture
def file(tmp_path: Path) -> Path:
    path = tmp_path / "vacances.csv"
    path.write_text(LIST)
    return path


def test_the_report_counts_and_names_the_bad_line(ateliers: Ateliers, file: Path) -> None:
    said = ateliers("import", "school-holidays", file)

    assert said.exit_code == 0, said.output
    assert "1 nouvelles, 0 modifiées, 0 inchangées, 0 pour les seuls enseignants, 1 refusées." in said.stdout
    assert "ligne 3, zone : « D » n’est pas une zone" in said.stdout


def test_twice_changes_nothing(ateliers: Ateliers, file: Path) -> None:
    ateliers("import", "school-holidays", file)

    assert "0 nouvelles, 0 modifiées, 1 inchangées" in ateliers("import", "school-holidays", file).stdout


def test_a_dry_run_writes_nothing(ateliers: Ateliers, file: Path) -> None:
    said = ateliers("import", "school-holidays", file, "--dry-run")

    assert "Essai à blanc" in said.stdout
    assert "1 nouvelles" in ateliers("import", "school-holidays", file).stdout


def test_of_many_remarks_only_the_first_are_shown_unless_all_are_wanted(ateliers: Ateliers, file: Path) -> None:
    file.write_text(LIST + "D;Hiver;2027-02-13;2027-02-28\n" * 30)

    brief = ateliers("import", "school-holidays", file).stdout
    full = ateliers("import", "school-holidays", file, "--all").stdout

    assert "… et 11 autres (--all les montre)" in brief and "ligne 33" not in brief
    assert "ligne 33" in full


def test_a_list_without_its_columns_is_one_sentence(ateliers: Ateliers, file: Path) -> None:
    file.write_text("nom;debut\nHiver;2027-02-13\n")

    said = ateliers("import", "school-holidays", file)

    assert (said.exit_code, said.stderr.count("\n")) == (1, 1)
    assert "il manque une colonne pour le dernier jour (last_on) et pour la zone (zone)" in said.stderr


def test_every_zone_has_a_name_on_screen() -> None:
    assert {school_zone_of(department) for department in MAINLAND | OVERSEAS.keys()} == on_screen.ZONES.keys()
    assert set(school_rows.ZONES.values()) == on_screen.ZONES.keys()


def test_every_code_of_an_import_has_words_for_operators_and_on_screen() -> None:
    services = Path(school_words.__file__).parents[1] / "services"
    source = "".join((services / f"{name}.py").read_text() for name in ("school_rows", "row_files"))
    refused = set(re.findall(r'refuse\((?:name|"[a-z_]*"), "([a-z-]+)"', source)) | {"unknown-zone", "not-a-day"}

    assert len(refused) > 5
    assert refused <= school_words.REMARKS.keys() == on_screen.REMARKS.keys()
    assert set(re.findall(r'UnreadableFile\("([a-z-]+)"', source)) <= on_screen.UNREADABLE.keys()
