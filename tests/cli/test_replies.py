"""``ateliers reply``: one mail on standard input, as a mail server hands it over."""

import asyncio
from pathlib import Path

import pytest

from booking.cli.replies import WORDS
from booking.cli.serving import replies_of
from booking.domain.replies import Taken
from booking.settings import BadSetting, load
from booking.storage.opening import open_database
from tests.cli.conftest import Ateliers
from tests.given import NOW, SITE, World
from tests.given_replies import a_reply
from tests.services.test_replying import Scene


def test_every_outcome_has_words() -> None:
    assert set(WORDS) == set(Taken)


def test_a_reply_is_noted(folder: Path, ateliers: Ateliers, monkeypatch) -> None:
    monkeypatch.setenv("ATELIERS_UID_DOMAIN", SITE.domain)
    monkeypatch.setattr("booking.cli.replies.clock", lambda: NOW)
    uid = asyncio.run(_told(folder))

    first = ateliers("reply", typed=a_reply(uid, "awa@example.org").decode())
    again = ateliers("reply", typed=a_reply(uid, "awa@example.org").decode())

    assert (first.exit_code, again.exit_code) == (0, 0)
    assert "La réponse est notée" in first.stderr and "déjà connue" in again.stderr


def test_what_is_no_reply_is_ignored_politely(ateliers: Ateliers) -> None:
    for mail in ("", "From: a@b.org\n\nBonjour", a_reply("x@y.org", "awa@example.org").decode()):
        ended = ateliers("reply", typed=mail)

        assert ended.exit_code == 0
        assert "rien n’est changé" in ended.stderr


def test_without_a_database_the_mail_server_tries_again(folder: Path, ateliers: Ateliers) -> None:
    (folder / "ateliers.sqlite3").unlink()

    ended = ateliers("reply", typed="From: a@b.org\n\nBonjour")

    assert ended.exit_code == 75
    assert "à présenter de nouveau" in ended.stderr


async def _told(folder: Path) -> str:
    db = open_database(f"sqlite:///{folder / 'ateliers.sqlite3'}")
    scene = Scene(await World.begin(db))
    await scene.begin()
    await db.close()
    return scene.uid()


def test_a_folder_that_cannot_be_named_is_a_setting_to_correct() -> None:
    settings = load(None, {"ATELIERS_REPLIES": "imaps://replies:hunter2@mail.example/%22INBOX"})

    with pytest.raises(BadSetting) as refused:
        replies_of(settings)

    assert "hunter2" not in str(refused.value)
