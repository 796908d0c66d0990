"""``ateliers doctor``."""

import json
import sqlite3
from pathlib import Path

from booking.cli.doctor import AUDIT_WHOLE, WORDS
from booking.services.doctor import DOCUMENTS_WHOLE, ENTRIES_READ
from booking.services.restoring import STAY_ERASED
from booking.storage.invariants import INVARIANTS
from tests.cli.conftest import Ateliers

LATE_FEED = """
INSERT INTO agencies (id, slug, name, search, address, postcode, commune, insee, department, phone, time_zone,
                      holiday_territory, phase, publishes, created_at)
VALUES ('0190a0a0-0000-7000-8000-000000000001', 'grandval', 'Grandval', 'grandval', '', '', '', '', '38', '',
        'Europe/Paris', 'metropole', 'open', 1, 0);
INSERT INTO feed_changes VALUES ('0190a0a0-0000-7000-8000-000000000001', 3, 'm', 0, 0);
"""


def spoil(folder: Path) -> None:
    connection = sqlite3.connect(folder / "ateliers.sqlite3")
    connection.executescript(LATE_FEED)
    connection.close()


def test_a_sound_database_is_in_order(ateliers: Ateliers) -> None:
    said = ateliers("doctor")

    assert (said.exit_code, said.stdout) == (0, "Tout est en ordre.\n")


def test_a_violation_is_named_and_ends_with_2(ateliers: Ateliers, folder: Path) -> None:
    spoil(folder)

    said = ateliers("doctor")

    assert said.exit_code == 2
    assert "en retard sur ses changements (feeds-move) : 1\n  0190a0a0-0000-7000-8000-000000000001" in said.stdout


def test_a_program_reads_json(ateliers: Ateliers, folder: Path) -> None:
    assert json.loads(ateliers("doctor", "--json").stdout) == []
    spoil(folder)

    (found,) = json.loads(ateliers("doctor", "--json").stdout)

    assert (found["name"], found["count"]) == ("feeds-move", 1)


def test_looking_changes_nothing(ateliers: Ateliers, folder: Path) -> None:
    before = (folder / "ateliers.sqlite3").read_bytes()

    ateliers("doctor")

    assert (folder / "ateliers.sqlite3").read_bytes() == before


def test_a_database_that_is_not_there_is_not_made(ateliers: Ateliers, folder: Path) -> None:
    (folder / "ateliers.sqlite3").unlink()

    said = ateliers("doctor")

    assert said.exit_code == 1
    assert "lancez d’abord « ateliers migrate »" in said.stderr
    assert not (folder / "ateliers.sqlite3").exists()


def test_a_file_that_is_no_database_is_one_sentence(ateliers: Ateliers, folder: Path) -> None:
    (folder / "ateliers.sqlite3").write_text("not a database, but long enough to be looked at" * 100)

    said = ateliers("doctor")

    assert (said.exit_code, said.stderr.count("\n")) == (1, 1)


def test_every_promise_has_french_words() -> None:
    known = {promise.name for promise in INVARIANTS}

    looked_at = {ENTRIES_READ[0], DOCUMENTS_WHOLE[0], AUDIT_WHOLE[0], STAY_ERASED[0]}

    assert known | looked_at == WORDS.keys()
