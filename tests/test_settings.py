"""Settings: what an operator need not say, and what is told about what cannot be used."""

import re
from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta
from pathlib import Path

import pytest

from booking.domain.staff import Role
from booking.settings import NAMES, OF_PROVIDERS, SHORTEST_SECRET, BadSetting, kept_secret, load, unknown
from tests.house.source import ROOT

SETTINGS = ROOT / "booking/settings.py"
SECRET = "thirty-two characters, at the very least"


def test_nothing_need_be_said() -> None:
    settings = load(None, {})

    assert settings.database_url == f"sqlite:///{Path('var/data').absolute()}/ateliers.sqlite3"
    assert (settings.public_url, settings.uid_domain) == ("http://127.0.0.1:8000", "ateliers.invalid")
    assert (settings.smtp_url, settings.mail_from, settings.log_format) == (None, None, "text")


def test_the_address_of_a_database_wins_over_the_folder(tmp_path: Path) -> None:
    address = "postgresql://ateliers@db/ateliers"

    assert load(tmp_path, {"ATELIERS_DATABASE_URL": address}).database_url == address


@pytest.mark.parametrize(
    ("public_url", "domain"),
    [
        ("https://ateliers.example", "ateliers.example"),
        ("https://Ateliers.Example:8443/x/", "ateliers.example"),
        ("http://192.0.2.1", "ateliers.invalid"),
        ("http://[::1]:8000", "ateliers.invalid"),
        ("http://localhost:8000", "ateliers.invalid"),
    ],
)
def test_calendar_identifiers_are_made_of_a_name_never_of_an_address(public_url: str, domain: str) -> None:
    assert load(None, {"ATELIERS_PUBLIC_URL": public_url}).uid_domain == domain


def test_the_site_is_named_without_a_slash_at_the_end(tmp_path: Path) -> None:
    site = load(tmp_path, {"ATELIERS_PUBLIC_URL": "https://a.example/", "ATELIERS_UID_DOMAIN": "b.example"}).site

    assert (site.url, site.domain) == ("https://a.example", "b.example")


def test_mail_leaves_with_a_sender() -> None:
    environ = {"ATELIERS_SMTP_URL": "smtps://u:p@mail.example:465", "ATELIERS_MAIL_FROM": "Ateliers <a@b.example>"}

    assert load(None, environ).mail_from == "Ateliers <a@b.example>"


@pytest.mark.parametrize(
    ("variable", "said"),
    [
        ("DATABASE_URL", "mysql://x/y"),
        ("DATABASE_URL", "sqlite://"),
        ("PUBLIC_URL", "ateliers.example"),
        ("PUBLIC_URL", "https://u:p@a.example"),
        ("PUBLIC_URL", "https://a.example:port"),
        ("UID_DOMAIN", "127.0.0.1"),
        ("UID_DOMAIN", "https://a.example"),
        ("SMTP_URL", "mail.example"),
        ("MAIL_FROM", "nobody"),
        ("MAIL_FROM", "A <a@b.example>\nBcc: c@d.example"),
        ("LOG_FORMAT", "xml"),
        ("REPLIES", "imaps://mail.example/INBOX"),
        ("REPLIES", "imap://a:b@mail.example/INBOX"),
        ("REPLIES", "a:b@mail.example"),
        ("METRICS_TOKEN", "short"),
        ("METRICS_TOKEN", "a space is never sent in a header of this kind"),
    ],
)
def test_what_cannot_be_used_is_named_with_what_to_write(variable: str, said: str) -> None:
    with pytest.raises(BadSetting) as refused:
        load(None, {f"ATELIERS_{variable}": said})

    assert refused.value.variable == f"ATELIERS_{variable}"
    assert refused.value.example


def test_mail_without_a_sender_is_refused() -> None:
    with pytest.raises(BadSetting, match="ATELIERS_MAIL_FROM"):
        load(None, {"ATELIERS_SMTP_URL": "smtp://mail.example"})


def test_a_secret_given_is_used_and_no_file_is_made(tmp_path: Path) -> None:
    settings = load(tmp_path, {"ATELIERS_SECRET": SECRET})

    assert settings.site.secret == SECRET.encode()
    assert not list(tmp_path.iterdir())


def test_without_one_the_folder_keeps_a_secret_for_its_owner_only(tmp_path: Path) -> None:
    folder = tmp_path / "data"

    first, second = load(folder, {}).site.secret, load(folder, {}).site.secret

    assert first == second and len(first) >= SHORTEST_SECRET
    assert [file.name for file in folder.iterdir()] == ["secret"]
    assert (folder / "secret").stat().st_mode & 0o777 == 0o600


def test_processes_that_start_together_agree_on_the_secret(tmp_path: Path) -> None:
    with ThreadPoolExecutor(16) as crowd:
        found = set(crowd.map(kept_secret, [tmp_path / "data"] * 64))

    assert len(found) == 1
    assert [file.name for file in (tmp_path / "data").iterdir()] == ["secret"]


def test_a_short_secret_is_refused_and_not_repeated(tmp_path: Path) -> None:
    with pytest.raises(BadSetting) as given:
        load(tmp_path, {"ATELIERS_SECRET": "hunter2"})
    (tmp_path / "secret").write_text("hunter2")
    with pytest.raises(BadSetting) as kept:
        kept_secret(tmp_path)

    assert "hunter2" not in f"{given.value}{given.value.said}{kept.value}{kept.value.said}"


def test_the_password_of_the_mailbox_is_shown_nowhere() -> None:
    settings = load(None, {"ATELIERS_REPLIES": "imaps://replies:hunter2@mail.example/INBOX"})
    with pytest.raises(BadSetting) as refused:
        load(None, {"ATELIERS_REPLIES": "pop3://replies:hunter2@mail.example"})

    assert settings.replies_url and "hunter2" not in f"{settings!r}{refused.value}{refused.value.said}"


def test_the_secret_is_shown_nowhere(tmp_path: Path) -> None:
    settings = load(tmp_path, {"ATELIERS_SECRET": SECRET})

    assert SECRET not in f"{settings!r}{settings.site!r}"


def test_how_long_one_stays_signed_in_and_who_needs_a_second_factor() -> None:
    asked = {"ATELIERS_IDLE_MINUTES": "15", "ATELIERS_SIGN_IN_HOURS": "8"}
    asked["ATELIERS_SECOND_FACTOR"] = "manager, administrator"

    terms = load(None, asked).terms

    assert (terms.idle, terms.longest) == (timedelta(minutes=15), timedelta(hours=8))
    assert terms.factor_roles == {Role.MANAGER, Role.ADMINISTRATOR}
    for wrong in (
        {"ATELIERS_IDLE_MINUTES": "0"},
        {"ATELIERS_SIGN_IN_HOURS": "25"},
        {"ATELIERS_IDLE_MINUTES": "90", "ATELIERS_SIGN_IN_HOURS": "1"},
        {"ATELIERS_SECOND_FACTOR": "king"},
    ):
        with pytest.raises(BadSetting):
            load(None, wrong)


def test_every_setting_is_documented_and_every_documented_one_exists() -> None:
    said = set(re.findall(r"ATELIERS_[A-Z_]+[A-Z]", (ROOT / "docs/operate.md").read_text()))
    read = {f"ATELIERS_{name}" for name in re.findall(r"ATELIERS_([A-Z_]+[A-Z])\b", SETTINGS.read_text())}
    limits = {f"ATELIERS_{of}_{name}" for of in ("SMS", "MAIL") for name in ("RATE", "A_DAY")}

    assert {name for name in said if not OF_PROVIDERS.fullmatch(name)} == NAMES
    assert {name for name in read if not name.startswith("ATELIERS_PROVIDER_")} | limits == NAMES


def test_a_variable_that_nothing_reads_is_told() -> None:
    environ = dict.fromkeys(NAMES | {"ATELIERS_PROVIDER_RESEAU_SECRET", "PATH"}, "x")

    assert unknown(environ) == []
    assert unknown(environ | {"ATELIERS_PUBLIC_ADDRESS": "x"}) == ["ATELIERS_PUBLIC_ADDRESS"]
