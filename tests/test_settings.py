"""Settings: what an operator need not say, and what is told about what cannot be used."""

from pathlib import Path

import pytest

from booking.settings import BadSetting, load


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


def test_the_site_is_named_without_a_slash_at_the_end() -> None:
    site = load(None, {"ATELIERS_PUBLIC_URL": "https://a.example/", "ATELIERS_UID_DOMAIN": "b.example"}).site

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
