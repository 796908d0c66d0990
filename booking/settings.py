"""What an operator decides: where the data are, what the site is called, how mail leaves."""

import os
import re
import secrets
from collections.abc import Mapping
from contextlib import suppress
from dataclasses import dataclass, field
from datetime import timedelta
from email.utils import parseaddr
from ipaddress import ip_address
from pathlib import Path
from urllib.parse import SplitResult, urlsplit

from booking.domain.addresses import hosts
from booking.domain.gates import Limits
from booking.domain.issuers import Issuer
from booking.domain.job_seekers import Channel
from booking.domain.sign_ins import Terms
from booking.domain.sites import Site
from booking.domain.staff import Role
from booking.provider_files import BadProvider, read

DATA = Path("var/data")
FILE = "ateliers.sqlite3"
KEY_FILE = "secret"
HEADS_FILE = "audit-heads"
SHORTEST_SECRET = 32
NO_DOMAIN = "ateliers.invalid"
DOMAIN = re.compile(r"(?=.{1,253}$)[a-z0-9-]{1,63}(\.[a-z0-9-]{1,63})+")
LOG_FORMATS = ("text", "json")
USUAL_TERMS = Terms()
MINUTE, LONGEST_SIGN_IN = timedelta(minutes=1), timedelta(hours=24)
NAMES = frozenset(
    "ATELIERS_" + name
    for name in """
    DATABASE_URL PUBLIC_URL UID_DOMAIN SMTP_URL MAIL_FROM SMS_URL SMS_RATE MAIL_RATE SMS_A_DAY MAIL_A_DAY REPLIES SECRET
    LOG_FORMAT ACCESS_LOG SECURITY_CONTACT BACKUPS METRICS_TOKEN IDLE_MINUTES SIGN_IN_HOURS SECOND_FACTOR PROVIDERS
    PASSWORDS_FOR_ALL API_A_MINUTE
    """.split()
)
OF_PROVIDERS = re.compile(r"ATELIERS_PROVIDER_[A-Z0-9_]+_SECRET")
# Letters a second and a day; 0 is no limit.
LIMITED = {Channel.SMS: "SMS", Channel.EMAIL: "MAIL"}
RATES = {"SMS": 10, "MAIL": 20}
A_DAY = {"SMS": 5000, "MAIL": 0}


class BadSetting(ValueError):
    """A variable holds what cannot be used; ``example`` shows what to write."""

    def __init__(self, variable: str, said: str, example: str) -> None:
        super().__init__(f"{variable}: write for instance {example}")
        self.variable, self.said, self.example = variable, said, example


@dataclass(frozen=True, slots=True, kw_only=True)
class Settings:
    """``public_url`` has no slash at the end; ``smtp_url`` is None where no mail is to leave.

    ``sms_url`` is the provider of text messages, with its keys; None where none is to leave by machine.
    ``replies_url`` is the mailbox in which calendars answer, with its password; ``secret`` is None where the folder
    keeps it. ``limits`` say how fast providers are called, ``terms`` what is asked of
    who signs in. ``security_contact`` is told to whoever finds a weakness.
    """

    data: Path
    database_url: str
    public_url: str
    uid_domain: str
    smtp_url: str | None
    mail_from: str | None
    log_format: str
    sms_url: str | None = field(default=None, repr=False)
    replies_url: str | None = field(default=None, repr=False)
    secret: bytes | None = field(default=None, repr=False)
    limits: Mapping[Channel, Limits] = field(default_factory=dict)
    terms: Terms = USUAL_TERMS
    security_contact: str | None = None
    has_access_log: bool = False
    issuers: tuple[Issuer, ...] = ()
    backups: Path | None = None
    metrics_token: str | None = field(default=None, repr=False)

    @property
    def heads(self) -> Path:
        """Where the heads of the audit are kept, outside the database."""
        return self.data / HEADS_FILE

    @property
    def site(self) -> Site:
        """What calendar entries and letters call this installation; the first time, its secret is made."""
        return Site(self.public_url, self.uid_domain, self.secret or kept_secret(self.data))


def load(data: Path | None, environ: Mapping[str, str]) -> Settings:
    """The settings of this environment; a database's address there wins over the folder. Raises :class:`BadSetting`."""
    folder = (data or DATA).absolute()
    public_url = _public_url(environ.get("ATELIERS_PUBLIC_URL") or "http://127.0.0.1:8000")
    smtp_url = _smtp_url(environ.get("ATELIERS_SMTP_URL"))
    return Settings(
        data=folder,
        database_url=_database_url(environ.get("ATELIERS_DATABASE_URL") or f"sqlite:///{folder / FILE}"),
        public_url=public_url,
        uid_domain=_uid_domain(environ.get("ATELIERS_UID_DOMAIN"), urlsplit(public_url).hostname or ""),
        smtp_url=smtp_url,
        mail_from=_mail_from(environ.get("ATELIERS_MAIL_FROM"), is_needed=smtp_url is not None),
        sms_url=environ.get("ATELIERS_SMS_URL") or None,
        replies_url=_replies_url(environ.get("ATELIERS_REPLIES")),
        log_format=_log_format(environ.get("ATELIERS_LOG_FORMAT") or LOG_FORMATS[0]),
        secret=_secret(environ.get("ATELIERS_SECRET")),
        limits={channel: _limits(name, environ) for channel, name in LIMITED.items()},
        terms=_terms(environ),
        issuers=_issuers(environ),
        security_contact=_security_contact(environ.get("ATELIERS_SECURITY_CONTACT")),
        backups=Path(environ["ATELIERS_BACKUPS"]).absolute() if environ.get("ATELIERS_BACKUPS") else None,
        metrics_token=_metrics_token(environ.get("ATELIERS_METRICS_TOKEN")),
        has_access_log=_yes_or_no("ATELIERS_ACCESS_LOG", environ, usual="yes"),
    )


def unknown(environ: Mapping[str, str]) -> list[str]:
    """Variables that are called like ours, and that nothing reads: somebody has mistyped them."""
    ours = (name for name in environ if name.startswith("ATELIERS_"))
    return sorted(name for name in ours if name not in NAMES and not OF_PROVIDERS.fullmatch(name))


def kept_secret(folder: Path) -> bytes:
    """The secret of this folder, for its owner only; made the first time, and of two who make it at once one wins."""
    file = folder / KEY_FILE
    if not file.exists():
        folder.mkdir(parents=True, exist_ok=True)
        draft = folder / f".{KEY_FILE}-{secrets.token_hex(8)}"
        with open(os.open(draft, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "w") as made:
            made.write(secrets.token_urlsafe(SHORTEST_SECRET))
            made.flush()
            os.fsync(made.fileno())
        with suppress(FileExistsError):
            os.link(draft, file)
        draft.unlink()
    return _long_enough(file.read_text().strip())


def _parts(said: str) -> SplitResult | None:
    """An address in its parts; None where it is none, or its port is no number."""
    try:
        found = urlsplit(said)
        return found if found.port is None or found.port else None
    except ValueError:
        return None


def _database_url(said: str) -> str:
    """An address whose hosts, one or several, can be told apart."""
    bad = BadSetting("ATELIERS_DATABASE_URL", said, "postgresql://ateliers@localhost/ateliers")
    try:
        found, _ = urlsplit(said), hosts(said)
    except ValueError as error:
        raise bad from error
    if found.scheme.partition("+")[0] not in {"sqlite", "postgresql"} or not found.path.strip("/"):
        raise bad
    return said


def _public_url(said: str) -> str:
    found = _parts(said)
    is_plain = found and not (found.query or found.fragment or found.username)
    if not found or not is_plain or found.scheme not in {"http", "https"} or not found.hostname:
        raise BadSetting("ATELIERS_PUBLIC_URL", said, "https://ateliers.example.org")
    return said.rstrip("/")


def _uid_domain(said: str | None, host: str) -> str:
    if said is None:
        return host if DOMAIN.fullmatch(host) and not _is_address(host) else NO_DOMAIN
    if not DOMAIN.fullmatch(said) or _is_address(said):
        raise BadSetting("ATELIERS_UID_DOMAIN", said, "ateliers.example.org")
    return said


def _is_address(host: str) -> bool:
    try:
        ip_address(host)
    except ValueError:
        return False
    return True


def _smtp_url(said: str | None) -> str | None:
    found = _parts(said) if said else None
    if said and (not found or found.scheme not in {"smtp", "smtps"} or not found.hostname):
        raise BadSetting("ATELIERS_SMTP_URL", said, "smtps://user:password@mail.example.org:465")
    return said or None


def _replies_url(said: str | None) -> str | None:
    """A refusal does not repeat the password. Without encryption a mailbox is read on this machine only."""
    found = _parts(said) if said else None
    is_local = bool(found and found.scheme == "imap" and found.hostname in {"localhost", "127.0.0.1", "::1"})
    is_safe = bool(found and found.scheme == "imaps")
    if said and not (found and found.hostname and found.username and found.password and (is_local or is_safe)):
        raise BadSetting("ATELIERS_REPLIES", "…", "imaps://user:password@mail.example.org/INBOX")
    return said or None


def _mail_from(said: str | None, *, is_needed: bool) -> str | None:
    local, _, domain = parseaddr(said or "")[1].rpartition("@")
    if (said or is_needed) and not (local and DOMAIN.fullmatch(domain.lower()) and (said or "").isprintable()):
        raise BadSetting("ATELIERS_MAIL_FROM", said or "", "Ateliers <ateliers@example.org>")
    return said or None


def _limits(name: str, environ: Mapping[str, str]) -> Limits:
    rate = _whole(f"ATELIERS_{name}_RATE", environ, RATES[name])
    a_day = _whole(f"ATELIERS_{name}_A_DAY", environ, A_DAY[name])
    return Limits(rate=rate or None, a_day=a_day or None)


def _terms(environ: Mapping[str, str]) -> Terms:
    usual = USUAL_TERMS
    asked = (environ.get("ATELIERS_SECOND_FACTOR") or "").replace(",", " ").split()
    if not set(asked) <= set(Role):
        raise BadSetting("ATELIERS_SECOND_FACTOR", " ".join(asked), "administrator,manager")
    idle = _whole("ATELIERS_IDLE_MINUTES", environ, usual.idle // MINUTE)
    longest = _whole("ATELIERS_SIGN_IN_HOURS", environ, usual.longest // (60 * MINUTE))
    if not (MINUTE <= idle * MINUTE <= longest * 60 * MINUTE <= LONGEST_SIGN_IN):
        raise BadSetting("ATELIERS_IDLE_MINUTES, ATELIERS_SIGN_IN_HOURS", f"{idle}, {longest}", "30, 10")
    calls = _whole("ATELIERS_API_A_MINUTE", environ, usual.calls_a_minute)
    roles = frozenset(map(Role, asked))
    for_all = _yes_or_no("ATELIERS_PASSWORDS_FOR_ALL", environ, usual="yes")
    if not for_all and not environ.get("ATELIERS_PROVIDERS"):
        raise BadSetting("ATELIERS_PASSWORDS_FOR_ALL", "no", "yes")
    return Terms(
        idle=idle * MINUTE,
        longest=longest * 60 * MINUTE,
        factor_roles=roles,
        calls_a_minute=calls,
        passwords_for_all=for_all,
    )


def _issuers(environ: Mapping[str, str]) -> tuple[Issuer, ...]:
    said = environ.get("ATELIERS_PROVIDERS")
    try:
        return read(Path(said).absolute(), environ) if said else ()
    except BadProvider as error:
        raise BadSetting("ATELIERS_PROVIDERS", str(error), "/etc/ateliers/providers.toml") from error


def _whole(variable: str, environ: Mapping[str, str], usual: int) -> int:
    said = environ.get(variable) or str(usual)
    if not (said.isascii() and said.isdecimal() and len(said) < 9):
        raise BadSetting(variable, said, str(usual or 1000))
    return int(said)


def _secret(said: str | None) -> bytes | None:
    return _long_enough(said.strip()) if said else None


def _long_enough(said: str) -> bytes:
    """The secret in bytes; a refusal does not repeat it."""
    if len(said) < SHORTEST_SECRET:
        raise BadSetting("ATELIERS_SECRET", "…", "$(openssl rand -base64 33)")
    return said.encode()


def _metrics_token(said: str | None) -> str | None:
    """A refusal does not repeat it; what a header cannot hold nobody could ever say."""
    if said and not (len(said) >= SHORTEST_SECRET and said.isascii() and said.isprintable() and " " not in said):
        raise BadSetting("ATELIERS_METRICS_TOKEN", "…", "$(openssl rand -base64 33)")
    return said or None


def _security_contact(said: str | None) -> str | None:
    """What RFC 9116 calls a contact: an address of mail or of a page."""
    found = _parts(said) if said else None
    is_mail = bool(found and found.scheme == "mailto" and "@" in found.path)
    is_page = bool(found and found.scheme == "https" and found.hostname)
    if said and not ((is_mail or is_page) and said.isascii() and said.isprintable() and " " not in said):
        raise BadSetting("ATELIERS_SECURITY_CONTACT", said, "mailto:securite@example.org")
    return said or None


def _yes_or_no(variable: str, environ: Mapping[str, str], *, usual: str) -> bool:
    said = environ.get(variable) or usual
    if said not in ("yes", "no"):
        raise BadSetting(variable, said, "yes | no")
    return said == "yes"


def _log_format(said: str) -> str:
    if said not in LOG_FORMATS:
        raise BadSetting("ATELIERS_LOG_FORMAT", said, " | ".join(LOG_FORMATS))
    return said
