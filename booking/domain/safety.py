"""What must hold before people rely on an installation: each condition alone, on facts that somebody else gathered."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, timedelta
from ipaddress import ip_address
from urllib.parse import SplitResult, parse_qs, urlsplit

from booking.domain.addresses import hosts

HERE = frozenset({"localhost", "127.0.0.1", "::1", ""})
VARIED_SECRET = 12
OLDEST_BACKUP = timedelta(hours=26)
MOST_APART = timedelta(seconds=5)
MOST_AHEAD = timedelta(days=365 * 10)
LEAST_FREE = 1024**3
LEAST_SHARE_FREE = 0.1
LEAST_FILES = 1024
OTHERS, GROUP_OR_OTHERS, WRITTEN_BY_OTHERS = 0o007, 0o077, 0o022
FAR_DISKS = ("nfs", "cifs", "smb", "fuse.sshfs", "9p", "ceph", "glusterfs")
OLDEST_SQLITE, OLDEST_POSTGRESQL = (3, 37), (15,)


@dataclass(frozen=True, slots=True, kw_only=True)
class Facts:
    """An installation, as it was found. ``None`` is what could not be found out, or does not exist here.

    Modes are those of files (``0o600``), ``*_url`` the settings, ``found_broken`` what the doctor names.
    """

    public_url: str
    uid_domain: str
    database_url: str
    now: datetime
    made_at: datetime
    secret: bytes = b""
    is_secret_kept_in_folder: bool = True
    secret_mode: int | None = None
    folder_mode: int | None = None
    database_mode: int | None = None
    environ: frozenset[tuple[str, str]] = frozenset()
    is_debugging: bool = False
    is_stripped: bool = False
    is_root: bool = False
    may_dump_memory: bool = False
    most_files: int = LEAST_FILES
    authorities: int = 1
    has_zones: bool = True
    disk: str = ""
    free_bytes: int = LEAST_FREE
    free_share: float = 1.0
    newest_backup: datetime | None = None
    smtp_url: str | None = None
    mail_from: str | None = None
    sms_url: str | None = None
    security_contact: str | None = None
    log_format: str = "json"
    has_access_log: bool = True
    has_demo_folder: bool = False
    unknown_settings: tuple[str, ...] = ()
    is_reached: bool = True
    is_migrated: bool = True
    version: tuple[int, ...] | None = None
    keeps_a_journal: bool = True
    waits_for_the_disk: bool = True
    keeps_links_or_pages: bool = True
    database_now: datetime | None = None
    administrators: int = 1
    administrators_by_password: int = 1
    passwords_for_all: bool = True
    providers_mode: int | None = None
    demo_accounts: tuple[str, ...] = ()
    found_broken: tuple[str, ...] = ()
    stopped_jobs: tuple[str, ...] = ()

    def said(self, variable: str) -> str:
        """A variable of the environment."""
        return dict(self.environ).get(variable, "")

    @property
    def is_in_earnest(self) -> bool:
        """Whether people reach it from other machines; on one's own machine somebody tries it out."""
        return (urlsplit(self.public_url).hostname or "") not in HERE

    @property
    def database(self) -> SplitResult:
        """The address of the database, in its parts."""
        return urlsplit(self.database_url)

    @property
    def is_file(self) -> bool:
        """SQLite."""
        return self.database.scheme.startswith("sqlite")


@dataclass(frozen=True, slots=True)
class Condition:
    """Something that should hold. Without a grave one nothing is served in earnest."""

    name: str
    holds: Callable[[Facts], bool]
    is_grave: bool = False


def _is_numbers(host: str) -> bool:
    try:
        ip_address(host)
    except ValueError:
        return False
    return True


def _is_closed(mode: int | None, to: int) -> bool:
    return mode is None or not mode & to


def _is_mail_encrypted(facts: Facts) -> bool:
    where = urlsplit(facts.smtp_url or "")
    wanted = parse_qs(where.query).get("starttls", ["always" if where.username else "auto"])[0]
    return where.scheme in ("", "smtps", "folder") or (where.hostname or "") in HERE or wanted == "always"


def _is_link_encrypted(facts: Facts) -> bool:
    asked = parse_qs(facts.database.query)
    is_near = all(name in HERE or name.startswith("/") for name, _ in hosts(facts.database_url))
    wanted = (asked.get("ssl") or asked.get("sslmode") or [""])[0]
    return facts.is_file or is_near or wanted in ("require", "verify-ca", "verify-full")


def _is_new_enough(facts: Facts) -> bool:
    return facts.version is None or facts.version >= (OLDEST_SQLITE if facts.is_file else OLDEST_POSTGRESQL)


def _is_sender_real(facts: Facts) -> bool:
    domain = (facts.mail_from or "").rstrip(">").rpartition("@")[2].lower()
    return facts.smtp_url is None or not domain.endswith((".invalid", ".example", "example.org", "example.com"))


def _do_clocks_agree(facts: Facts) -> bool:
    return facts.database_now is None or abs(facts.now - facts.database_now) <= MOST_APART


def _is_backed_up(facts: Facts) -> bool:
    return facts.newest_backup is not None and facts.now - facts.newest_backup <= OLDEST_BACKUP


CONDITIONS = (
    # secrets
    Condition("secret-varied", lambda x: len(set(x.secret)) >= VARIED_SECRET, is_grave=True),
    Condition("secret-closed", lambda x: _is_closed(x.secret_mode, GROUP_OR_OTHERS), is_grave=True),
    Condition("secret-shared", lambda x: x.is_file or not x.is_secret_kept_in_folder),
    # where people come
    Condition("address-https", lambda x: x.public_url.startswith("https:"), is_grave=True),
    Condition("address-named", lambda x: not _is_numbers(urlsplit(x.public_url).hostname or "")),
    Condition("calendars-named", lambda x: not x.uid_domain.endswith(".invalid")),
    Condition("proxies-trusted", lambda x: "*" not in x.said("FORWARDED_ALLOW_IPS"), is_grave=True),
    Condition("contact-named", lambda x: bool(x.security_contact)),
    # how it runs
    Condition("debugging-off", lambda x: not x.is_debugging, is_grave=True),
    Condition("checks-kept", lambda x: not x.is_stripped, is_grave=True),
    Condition("not-root", lambda x: not x.is_root),
    Condition("memory-not-dumped", lambda x: not x.may_dump_memory),
    Condition("files-enough", lambda x: x.most_files >= LEAST_FILES),
    Condition("one-writer", lambda x: not x.is_file or x.said("WEB_CONCURRENCY") in ("", "1")),
    Condition("authorities-known", lambda x: x.authorities > 0),
    Condition("zones-known", lambda x: x.has_zones, is_grave=True),
    Condition("clock-plausible", lambda x: x.made_at <= x.now < x.made_at + MOST_AHEAD, is_grave=True),
    Condition("clocks-agree", _do_clocks_agree, is_grave=True),
    Condition("logs-for-machines", lambda x: x.log_format == "json"),
    Condition("settings-known", lambda x: not x.unknown_settings),
    Condition("answers-noted", lambda x: x.has_access_log),
    # where data lie
    Condition("folder-closed", lambda x: _is_closed(x.folder_mode, OTHERS)),
    Condition("database-closed", lambda x: _is_closed(x.database_mode, OTHERS)),
    Condition("disk-near", lambda x: not x.is_file or not x.disk.startswith(FAR_DISKS), is_grave=True),
    Condition("disk-roomy", lambda x: x.free_bytes >= LEAST_FREE and x.free_share >= LEAST_SHARE_FREE),
    Condition("backup-recent", _is_backed_up),
    # the database
    Condition("database-reached", lambda x: x.is_reached, is_grave=True),
    Condition("schema-current", lambda x: x.is_migrated, is_grave=True),
    Condition("database-new-enough", _is_new_enough, is_grave=True),
    Condition("database-link-encrypted", _is_link_encrypted),
    Condition("journal-kept", lambda x: x.keeps_a_journal, is_grave=True),
    Condition("commits-on-disk", lambda x: x.waits_for_the_disk, is_grave=True),
    Condition("links-or-pages-kept", lambda x: x.keeps_links_or_pages, is_grave=True),
    # who gets in
    Condition("no-demo", lambda x: not x.has_demo_folder, is_grave=True),
    Condition("no-known-password", lambda x: not x.demo_accounts, is_grave=True),
    Condition("administrator-there", lambda x: x.administrators > 0),
    # Whoever writes there which provider is believed can be anybody.
    Condition("providers-closed", lambda x: _is_closed(x.providers_mode, WRITTEN_BY_OTHERS)),
    Condition("way-in-left", lambda x: x.passwords_for_all or x.administrators_by_password > 0),
    # what leaves
    Condition("mail-leaves", lambda x: x.smtp_url is not None),
    Condition("mail-encrypted", _is_mail_encrypted),
    Condition("sender-real", _is_sender_real),
    Condition("texts-leave", lambda x: x.sms_url is not None),
    # what it does
    Condition("promises-kept", lambda x: not x.found_broken),
    Condition("jobs-run", lambda x: not x.stopped_jobs),
)


def unmet(facts: Facts) -> tuple[Condition, ...]:
    """What does not hold, the grave ones first."""
    return tuple(sorted((one for one in CONDITIONS if not one.holds(facts)), key=lambda one: not one.is_grave))
