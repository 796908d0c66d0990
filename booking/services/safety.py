"""Look at an installation before people rely on it: its settings, its machine, its database."""

import asyncio
from collections.abc import Iterable, Mapping
from datetime import datetime
from pathlib import Path
from secrets import token_bytes
from typing import Any
from urllib.parse import urlsplit

from argon2 import PasswordHasher
from argon2.exceptions import InvalidHashError, VerificationError

from booking.domain.safety import Facts
from booking.services import doctor, ticking
from booking.services.machines import of_folder, of_process
from booking.settings import KEY_FILE, SHORTEST_SECRET, Settings, unknown
from booking.storage import durability, staff
from booking.storage.constraints import Unavailable
from booking.storage.database import Database, Tx
from booking.storage.migrating import is_migrated

ASKED = ("FORWARDED_ALLOW_IPS", "WEB_CONCURRENCY")
Password = tuple[str, str]


async def examined(
    db: Database | None,
    settings: Settings,
    environ: Mapping[str, str],
    *,
    known: Iterable[Password],
    is_thorough: bool,
    made_at: datetime,
    now: datetime,
) -> Facts:
    """The facts; ``known`` are sign-in names with passwords that are public. Thoroughly the doctor is asked, too.

    Without a database, or one that does not answer, the rest is told.
    """
    told = _of_settings(settings, environ) | of_process() | of_folder(settings.data, settings.backups)
    told |= _of_files(settings)
    if db is None:
        return Facts(**told, is_reached=False, now=now, made_at=made_at)
    try:
        told |= await _of_database(db, known, now, is_thorough=is_thorough)
    except Unavailable:
        told |= {"is_reached": False}
    return Facts(**told, now=now, made_at=made_at)


def _of_settings(settings: Settings, environ: Mapping[str, str]) -> dict[str, Any]:
    same = ("public_url", "uid_domain", "database_url", "smtp_url", "mail_from", "sms_url")
    told = {name: getattr(settings, name) for name in (*same, "security_contact", "log_format", "has_access_log")}
    asked = frozenset((name, environ[name]) for name in ASKED if name in environ)
    written = environ.get("ATELIERS_PROVIDERS")
    told |= {"passwords_for_all": settings.terms.passwords_for_all}
    told |= {"unknown_settings": tuple(unknown(environ))}
    told |= {"providers_mode": _mode(Path(written)) if written else None}
    return told | {"environ": asked, "is_secret_kept_in_folder": settings.secret is None}


def _of_files(settings: Settings) -> dict[str, Any]:
    """The secret, and who may read it and the database. One that is not there yet will be as random when it is made."""
    file = settings.data / KEY_FILE
    try:
        secret = settings.secret or (file.read_bytes().strip() if file.exists() else token_bytes(SHORTEST_SECRET))
    except OSError:
        secret = b""
    path = urlsplit(settings.database_url).path
    is_file = settings.database_url.startswith("sqlite")
    database = Path(path[1:]) if is_file else None
    return {
        "secret": secret,
        "secret_mode": None if settings.secret else _mode(file),
        "folder_mode": _mode(settings.data),
        "database_mode": _mode(database) if database else None,
    }


def _mode(path: Path) -> int | None:
    return path.stat().st_mode & 0o777 if path.exists() else None


async def _of_database(db: Database, known: Iterable[Password], now: datetime, *, is_thorough: bool) -> dict[str, Any]:
    async with db.reading() as tx:
        held = await durability.durability(tx)
        told = {name: getattr(held, name) for name in held.__slots__} | {"database_now": await db.now()}
        if not await is_migrated(tx):
            return told | {"is_migrated": False}
        told |= {"administrators": await durability.administrators(tx, now)}
        told |= {"administrators_by_password": await durability.administrators(tx, now, by_password=True)}
        told |= {"demo_accounts": tuple([name for name, word in known if await _opens(tx, name, word)])}
    if not is_thorough:
        return told
    found = await doctor.examine(db, now=now)
    health = await ticking.health(db, now)
    return told | {"found_broken": tuple(one.name for one in found), "stopped_jobs": health.silent}


async def _opens(tx: Tx, name: str, password: str) -> bool:
    found = await staff.credentials(tx, name)
    if found is None:
        return False
    try:
        return await asyncio.to_thread(PasswordHasher().verify, found[1], password)
    except (VerificationError, InvalidHashError):
        return False
