"""``ateliers privacy``: what would go is told, a restored copy forgets again, and the register is written as it is."""

from pathlib import Path

from click.testing import CliRunner

from booking.cli import main
from tests.cli.conftest import Ateliers
from tests.house.source import ROOT

LINE = '{"person": "' + "a" * 64 + '", "because": "asked", "at": "2026-10-19T08:00:00+00:00"}\n'


def test_a_dry_run_says_what_would_go_and_that_nothing_went(ateliers: Ateliers):
    said = ateliers("privacy", "retention", "--dry-run")

    assert said.exit_code == 0 and "Personnes sans contact (730 jours) : 0" in said.stdout
    assert said.stdout.endswith("Rien n’est effacé.\n")


def test_what_is_old_goes_at_once_if_asked(ateliers: Ateliers):
    assert ateliers("privacy", "retention").stdout == "Effacé : 0.\n"


def test_the_journal_is_applied_to_a_copy_and_kept_in_it(ateliers: Ateliers, folder: Path):
    (folder / "erasures").write_text(LINE)

    said = ateliers("privacy", "reapply")
    other = ateliers("privacy", "journal", "--journal", folder / "elsewhere")

    assert said.stdout == "Journal : 1 effacements. Effacées de nouveau : 0.\n"
    assert other.stdout == "Ajouté au journal : 1.\n" and "a" * 64 in (folder / "elsewhere").read_text()


def test_the_register_in_the_documentation_is_that_of_the_tables():
    written = CliRunner().invoke(main, ["privacy", "register"])

    assert written.stdout == (ROOT / "docs" / "donnees.md").read_text(), "ateliers privacy register > docs/donnees.md"
