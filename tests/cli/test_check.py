"""``ateliers check``, and a server that does not start where people would be in danger."""

import asyncio
import json
import os
import time
from pathlib import Path

import pytest

from booking.cli.check import KNOWN, must_be_safe
from booking.cli.safety_words import WORDS
from booking.cli.sentences import Sentence
from booking.domain.safety import CONDITIONS, unmet
from booking.domain.staff import Role
from booking.services import accounts
from booking.services.safety import examined
from booking.settings import load
from booking.storage.database import Database
from booking.storage.opening import open_database
from tests.cli.conftest import Ateliers
from tests.given import NOW

HTTPS = {"ATELIERS_PUBLIC_URL": "https://ateliers.ville.fr"}
HTTP = {"ATELIERS_PUBLIC_URL": "http://ateliers.ville.fr"}


def told(said: str) -> dict[str, bool]:
    return {one["name"]: one["grave"] for one in json.loads(said)}


async def add_nadia(folder: Path) -> None:
    """Somebody whose password everybody knows."""
    db = open_database(f"sqlite:///{folder / 'ateliers.sqlite3'}")
    name, password = KNOWN[0]
    await accounts.add_staff(
        db, name="Nadia", sign_in_name=name, password=password, roles=[(None, Role.ADMINISTRATOR)], now=NOW
    )
    await db.close()


def test_every_condition_says_what_to_do():
    assert WORDS.keys() == {one.name for one in CONDITIONS}


def test_an_empty_installation_is_told_what_it_lacks(ateliers: Ateliers, folder: Path, monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setenv("ATELIERS_PUBLIC_URL", HTTP["ATELIERS_PUBLIC_URL"])

    said = ateliers("check", "--deploy")

    assert said.exit_code == 2
    assert not (folder / "secret").exists(), "it changes nothing"
    assert said.stdout.startswith(
        "À corriger avant de servir :\nL’adresse publique n’est pas en https (address-https).\n"
    )
    assert "Aucun e-mail ne part (mail-leaves)" in said.stdout.partition("À faire bientôt :")[2]


def test_programs_read_it_as_a_list(ateliers: Ateliers, monkeypatch: pytest.MonkeyPatch, folder: Path):
    monkeypatch.setenv("ATELIERS_PUBLIC_URL", HTTPS["ATELIERS_PUBLIC_URL"])
    monkeypatch.setenv("ATELIERS_BACKUPS", str(folder / "copies"))
    (folder / "copies").mkdir()
    (folder / "copies" / "old.sqlite3").write_text("x")
    os.utime(folder / "copies" / "old.sqlite3", (0, time.time() - 30 * 3600))

    before = told(ateliers("check", "--json").stdout)
    (folder / "copies" / "new.sqlite3").write_text("x")
    after = told(ateliers("check", "--json").stdout)

    assert before.keys() - after.keys() == {"backup-recent"}
    assert not any(after.values())
    assert after.keys() >= {"administrator-there", "mail-leaves"}


def test_where_only_providers_let_in_a_way_for_the_administration_must_be_left(
    ateliers: Ateliers, monkeypatch: pytest.MonkeyPatch, folder: Path
):
    file = folder / "providers.toml"
    file.write_text('[reseau]\nlabel = "le réseau"\nissuer = "https://identite.example"\nclient_id = "ateliers"\n')
    file.chmod(0o664)
    ateliers("migrate")
    monkeypatch.setenv("ATELIERS_PUBLIC_URL", HTTPS["ATELIERS_PUBLIC_URL"])
    monkeypatch.setenv("ATELIERS_PROVIDERS", str(file))

    before = told(ateliers("check", "--json").stdout)
    monkeypatch.setenv("ATELIERS_PASSWORDS_FOR_ALL", "no")
    after = told(ateliers("check", "--json").stdout)

    assert "providers-closed" in before
    assert after.keys() - before.keys() == {"way-in-left"}


def test_nothing_is_served_in_earnest_where_everybody_knows_a_password(folder: Path):
    asyncio.run(add_nadia(folder))

    with pytest.raises(Sentence, match=r"no-known-password"):
        must_be_safe(load(folder, HTTPS))


def test_nothing_is_served_in_earnest_without_https_but_on_ones_own_machine(ateliers: Ateliers, folder: Path):
    must_be_safe(load(folder, {}))
    must_be_safe(load(folder, HTTPS))

    with pytest.raises(Sentence, match=r"address-https(.|\n)*--even-so"):
        must_be_safe(load(folder, HTTP))


def test_a_secret_that_others_can_read_stops_the_server(folder: Path):
    settings = load(folder, HTTPS)
    assert settings.site.secret
    (folder / "secret").chmod(0o644)

    with pytest.raises(Sentence, match="secret-closed"):
        must_be_safe(settings)


async def test_a_sound_database_of_each_kind_keeps_its_promises(db: Database, url: str, tmp_path: Path):
    settings = load(tmp_path, HTTPS | {"ATELIERS_DATABASE_URL": url})

    facts = await examined(db, settings, {}, known=KNOWN, is_thorough=True, made_at=NOW, now=NOW)

    seen = {one.name for one in unmet(facts)}
    of_the_disk = {"journal-kept", "commits-on-disk", "links-or-pages-kept"}
    assert facts.is_reached and facts.is_migrated and facts.administrators == 0
    assert not seen & {"database-reached", "schema-current", "database-new-enough"}
    assert not seen & {"promises-kept", "no-known-password"}
    # SQLite is opened as it must be; the server of the tests waits for no disk, and is seen to.
    is_quick = db.dialect == "postgresql" and "TEST_DATABASE_URL" not in os.environ
    assert ("journal-kept" in seen) == is_quick
    assert not seen & of_the_disk or db.dialect == "postgresql"


def test_a_setting_that_is_mistyped_is_named_with_what_was_meant(ateliers: Ateliers, monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setenv("ATELIERS_BACKUP", "copies")

    said = ateliers("check")

    assert "ATELIERS_BACKUP (voulez-vous dire ATELIERS_BACKUPS ?)" in said.stderr
    assert "(settings-known)" in said.stdout
