"""``ateliers add-staff`` and ``ateliers token``."""

import asyncio
from pathlib import Path

import pytest

from booking.domain.staff import Staff
from booking.services import api_tokens
from booking.storage import agencies
from booking.storage.opening import open_database
from tests.cli.conftest import Ateliers
from tests.given import NOW, an_agency

PASSWORD = "trois-petits-chats"
TYPED = f"{PASSWORD}\n{PASSWORD}\n"
NADIA = ("add-staff", "--name", "Nadia Benali", "--sign-in", "Nadia")


@pytest.fixture(autouse=True)
def an_agency_in_grenoble(folder: Path) -> None:
    async def add() -> None:
        db = open_database(f"sqlite:///{folder / 'ateliers.sqlite3'}")
        async with db.transaction() as tx:
            await agencies.add(tx, an_agency(), NOW)
        await db.close()

    asyncio.run(add())


def owner(folder: Path, token: str) -> Staff | None:
    async def ask() -> Staff | None:
        db = open_database(f"sqlite:///{folder / 'ateliers.sqlite3'}")
        found = await api_tokens.bearer(db, token, now=NOW)
        await db.close()
        return found.staff if found else None

    return asyncio.run(ask())


def test_somebody_added_has_roles_here_and_everywhere(ateliers: Ateliers, folder: Path) -> None:
    said = ateliers(*NADIA, "--role", "adviser@grenoble-bastille", "--role", "administrator@*", typed=TYPED)
    token = ateliers("token", "nadia", "--name", "essai").stdout.strip()

    assert "Nadia Benali peut se connecter sous « nadia »." in said.stdout
    assert PASSWORD not in said.output
    found = owner(folder, token)
    assert {(agency is None, role.value) for agency, role in found.roles} == {
        (False, "adviser"),
        (True, "administrator"),
    }


def test_roles_without_agency_are_of_the_agency_named_once(ateliers: Ateliers, folder: Path) -> None:
    ateliers(*NADIA, "--agency", "grenoble-bastille", "--role", "adviser", "--role", "facilitator", typed=TYPED)

    found = owner(folder, ateliers("token", "nadia", "--name", "essai").stdout.strip())
    assert len(found.agency_ids) == 1 and {role.value for _, role in found.roles} == {"adviser", "facilitator"}


@pytest.mark.parametrize(
    ("words", "typed", "code", "told"),
    [
        (("--role", "adviser"), TYPED, 2, "adviser@* pour tout le réseau"),
        (("--role", "king@*"), TYPED, 2, "Rôle inconnu : king"),
        (("--role", "adviser@nulle-part"), TYPED, 1, "Aucune agence n’a l’adresse « nulle-part »."),
        (("--role", "adviser@*"), "court\ncourt\n", 1, "Le mot de passe a moins de 12 caractères."),
        (("--role", "adviser@*", "--name", " "), TYPED, 1, "Le nom est vide."),
    ],
)
def test_what_cannot_be_added_says_why(
    ateliers: Ateliers, words: tuple[str, ...], typed: str, code: int, told: str
) -> None:
    said = ateliers(*NADIA, *words, typed=typed)

    assert said.exit_code == code
    assert told in said.stderr


def test_two_people_cannot_share_a_sign_in(ateliers: Ateliers) -> None:
    ateliers(*NADIA, "--role", "adviser@*", typed=TYPED)

    said = ateliers(*NADIA, "--role", "adviser@*", typed=TYPED)

    assert (said.exit_code, said.stderr.splitlines()[-1]) == (1, "Quelqu’un se connecte déjà sous « Nadia ».")


def test_nobody_gets_a_token_for_a_stranger(ateliers: Ateliers) -> None:
    said = ateliers("token", "paul", "--name", "essai")

    assert (said.exit_code, said.stderr) == (1, "Personne ne se connecte sous « paul ».\n")


def test_who_has_no_mail_is_handed_a_link(ateliers: Ateliers) -> None:
    ateliers(*NADIA, "--role", "adviser@*", typed=TYPED)

    said = ateliers("link", "NADIA").stdout.strip()

    assert "/mot-de-passe/" in said
    assert ateliers("link", "paul").stderr == "Personne ne se connecte sous « paul ».\n"


def test_a_lost_factor_is_taken_away(ateliers: Ateliers) -> None:
    ateliers(*NADIA, "--role", "adviser@*", typed=TYPED)

    assert "par son seul mot de passe" in ateliers("reset-factor", "nadia").stdout
    assert ateliers("reset-factor", "paul").exit_code == 1


def test_an_assistant_gets_no_account_without_a_last_day(ateliers: Ateliers) -> None:
    zoe = ("add-staff", "--name", "Zoé", "--sign-in", "zoe", "--role", "assistant@grenoble-bastille")

    refused, added = ateliers(*zoe, typed=TYPED), ateliers(*zoe, "--until", "2099-06-30", typed=TYPED)

    assert refused.exit_code != 0 and "--until" in refused.stderr
    assert added.exit_code == 0
