"""``ateliers audit``: the chain as an operator sees it."""

import json
import sqlite3
from pathlib import Path

import pytest

from booking.cli.audit import WORDS
from booking.domain.seals import FaultKind
from tests.cli.conftest import Ateliers


@pytest.fixture
def sealed(ateliers: Ateliers, folder: Path) -> Path:
    """A database where somebody was added, and that was sealed."""
    ateliers(
        "add-staff", "--name", "Odile", "--sign-in", "odile", "--role", "manager@*", typed="cheval correct pile\n" * 2
    )
    ateliers("audit", "seal")
    return folder


def spoil(folder: Path, *commands: str) -> None:
    connection = sqlite3.connect(folder / "ateliers.sqlite3")
    for (name,) in connection.execute("SELECT name FROM sqlite_master WHERE name LIKE 'kept_audit%'").fetchall():
        connection.execute(f"DROP TRIGGER {name}")
    for command in commands:
        connection.execute(command)
    connection.commit()
    connection.close()


def test_an_untouched_audit_is_whole(ateliers: Ateliers, sealed: Path) -> None:
    said = ateliers("audit", "verify")

    assert said.exit_code == 0
    assert said.stdout.startswith("1 lignes scellées vérifiées, dernier sceau 1:")
    assert ateliers("doctor").exit_code == 0


def test_a_changed_line_ends_with_2_and_is_named(ateliers: Ateliers, sealed: Path) -> None:
    spoil(sealed, "UPDATE audit SET action = 'removed'")

    said = ateliers("audit", "verify")

    assert (said.exit_code, "  ligne 1 : modifiée" in said.stdout) == (2, True)
    assert json.loads(ateliers("audit", "verify", "--json").stdout)["faults"] == [{"kind": "changed", "line": 1}]
    assert "(audit-whole) : 1\n  changed 1" in ateliers("doctor").stdout
    assert "ateliers audit verify" in ateliers("jobs", "status").stdout


def test_a_head_that_was_noted_elsewhere_is_missed(ateliers: Ateliers, sealed: Path) -> None:
    noted = ateliers("audit", "head").stdout.strip().rpartition(" ")[2]
    spoil(sealed, "DELETE FROM audit", "DELETE FROM audit_seals")

    assert ateliers("audit", "verify").exit_code == 0

    said = ateliers("audit", "verify", "--head", noted)
    assert (said.exit_code, "la fin du journal manque" in said.stdout) == (2, True)
    assert ateliers("audit", "verify", "--head", "1:abc").exit_code == 2


def test_the_command_line_is_named_as_the_door(ateliers: Ateliers, sealed: Path) -> None:
    connection = sqlite3.connect(sealed / "ateliers.sqlite3")

    assert connection.execute("SELECT action, noun, via FROM audit").fetchall() == [("added", "staff", "command")]
    connection.close()


def test_every_fault_has_words() -> None:
    assert set(FaultKind) == WORDS.keys()
