"""What must hold before people rely on an installation."""

from dataclasses import replace
from datetime import timedelta

import pytest

from booking.domain.safety import CONDITIONS, Facts, unmet
from tests.given import DAY, NOW

SOUND = Facts(
    public_url="https://ateliers.ville.fr",
    uid_domain="ateliers.ville.fr",
    database_url="postgresql://ateliers:x@base.ville.fr/ateliers?ssl=verify-full",
    now=NOW,
    made_at=NOW - DAY,
    secret=b"bWq7Zt0nR3vYc8LdPfXk5GhJ2sMa9EuT",
    is_secret_kept_in_folder=False,
    newest_backup=NOW - timedelta(hours=3),
    smtp_url="smtps://u:p@mail.ville.fr",
    mail_from="Ateliers <ateliers@ville.fr>",
    sms_url="ovh://k:s@sms-1",
    security_contact="mailto:securite@ville.fr",
    version=(17, 2),
    database_now=NOW,
)
FILE = {"database_url": "sqlite:////srv/ateliers.sqlite3", "version": (3, 40, 1)}
# One fact that is otherwise, and the condition that sees it.
FAULTS = [
    ("secret-varied", {"secret": b"a" * 40}),
    ("secret-closed", {"secret_mode": 0o640}),
    ("secret-shared", {"is_secret_kept_in_folder": True}),
    ("address-https", {"public_url": "http://ateliers.ville.fr"}),
    ("address-named", {"public_url": "https://10.1.2.3"}),
    ("calendars-named", {"uid_domain": "ateliers.invalid"}),
    ("proxies-trusted", {"environ": frozenset({("FORWARDED_ALLOW_IPS", "10.0.0.1,*")})}),
    ("contact-named", {"security_contact": None}),
    ("settings-known", {"unknown_settings": ("ATELIERS_SMS_URI",)}),
    ("debugging-off", {"is_debugging": True}),
    ("checks-kept", {"is_stripped": True}),
    ("not-root", {"is_root": True}),
    ("memory-not-dumped", {"may_dump_memory": True}),
    ("files-enough", {"most_files": 256}),
    ("one-writer", FILE | {"environ": frozenset({("WEB_CONCURRENCY", "4")})}),
    ("authorities-known", {"authorities": 0}),
    ("zones-known", {"has_zones": False}),
    ("clock-plausible", {"made_at": NOW + DAY}),
    ("clocks-agree", {"database_now": NOW + timedelta(seconds=6)}),
    ("logs-for-machines", {"log_format": "text"}),
    ("answers-noted", {"has_access_log": False}),
    ("folder-closed", {"folder_mode": 0o755}),
    ("database-closed", FILE | {"database_mode": 0o644}),
    ("disk-near", FILE | {"disk": "nfs4"}),
    ("disk-roomy", {"free_share": 0.05}),
    ("backup-recent", {"newest_backup": NOW - timedelta(hours=27)}),
    ("database-reached", {"is_reached": False}),
    ("schema-current", {"is_migrated": False}),
    ("database-new-enough", {"version": (14, 9)}),
    ("database-link-encrypted", {"database_url": "postgresql://u:p@base.ville.fr/ateliers"}),
    ("journal-kept", {"keeps_a_journal": False}),
    ("commits-on-disk", {"waits_for_the_disk": False}),
    ("links-or-pages-kept", {"keeps_links_or_pages": False}),
    ("no-demo", {"has_demo_folder": True}),
    ("no-known-password", {"demo_accounts": ("nadia",)}),
    ("administrator-there", {"administrators": 0}),
    ("providers-closed", {"providers_mode": 0o664}),
    ("way-in-left", {"passwords_for_all": False, "administrators_by_password": 0}),
    ("mail-leaves", {"smtp_url": None}),
    ("mail-encrypted", {"smtp_url": "smtp://mail.ville.fr"}),
    ("sender-real", {"mail_from": "Ateliers <a@ateliers.example>"}),
    ("texts-leave", {"sms_url": None}),
    ("promises-kept", {"found_broken": ("seats-counted",)}),
    ("jobs-run", {"stopped_jobs": ("send",)}),
]


def names(facts: Facts) -> list[str]:
    return [one.name for one in unmet(facts)]


def test_a_sound_installation_has_nothing_to_mend():
    assert names(SOUND) == []
    assert names(replace(SOUND, **FILE, database_mode=0o600, folder_mode=0o700, disk="ext4")) == []


@pytest.mark.parametrize(("name", "fault"), FAULTS, ids=[name for name, _ in FAULTS])
def test_each_fault_is_seen_by_its_own_condition_alone(name: str, fault: dict):
    assert names(replace(SOUND, **fault)) == [name]


def test_every_condition_has_been_seen_to_fail():
    assert {name for name, _ in FAULTS} == {one.name for one in CONDITIONS}
    assert len(CONDITIONS) >= 25


def test_what_is_grave_is_said_first():
    found = unmet(replace(SOUND, sms_url=None, is_debugging=True))

    assert [one.is_grave for one in found] == [True, False]


@pytest.mark.parametrize(
    "url",
    ["smtps://u:p@mail.ville.fr", "smtp://u:p@mail.ville.fr", "smtp://localhost:25", "smtp://m.fr?starttls=always"],
)
def test_a_mail_that_cannot_travel_in_clear_is_well(url: str):
    assert names(replace(SOUND, smtp_url=url)) == []


@pytest.mark.parametrize(
    ("address", "is_in_earnest"),
    [
        ("http://127.0.0.1:8000", False),
        ("http://localhost", False),
        ("http://[::1]:8000", False),
        ("http://a.fr", True),
    ],
)
def test_on_ones_own_machine_nothing_is_in_earnest(address: str, is_in_earnest: bool):
    assert replace(SOUND, public_url=address).is_in_earnest == is_in_earnest
