"""Who works here: adding staff, signing in and out, and tokens for programs."""

import asyncio
import hashlib
import secrets
from collections.abc import Iterable
from datetime import datetime, timedelta
from uuid import UUID

from argon2 import PasswordHasher
from argon2.exceptions import InvalidHashError, VerificationError

from booking.domain.errors import SignInFailed
from booking.domain.fields import Problems, has_hidden_characters
from booking.domain.identifiers import new_id
from booking.domain.staff import Role, Staff
from booking.storage import audit, staff
from booking.storage.database import Database

IDLE = timedelta(minutes=30)
LONGEST = timedelta(hours=10)
SEEN_EVERY = timedelta(minutes=1)
TOKEN_LIFE = timedelta(days=365)
SHORTEST_PASSWORD = 12

# About 46 MiB and 48 ms a try (OWASP's first argon2id setting); four at once, so that signing in cannot fill memory.
_hasher = PasswordHasher(time_cost=1, memory_cost=47104, parallelism=1)
_at_once = asyncio.Semaphore(4)
# Tried when the name is unknown, so that unknown and wrong take the same time.
_NOBODY = _hasher.hash(secrets.token_hex())


async def add_staff(
    db: Database,
    *,
    name: str,
    sign_in_name: str,
    password: str,
    roles: Iterable[tuple[UUID | None, Role]],
    now: datetime,
) -> Staff:
    """Add a member of staff; for operators, who may do everything. Raises :class:`InvalidField`, :class:`NameTaken`."""
    problems = Problems()
    problems.text("name", name, longest=80)
    problems.text("sign_in_name", sign_in_name, longest=80)
    if len(password) < SHORTEST_PASSWORD:
        problems.add("password", "too-short")
    problems.refuse()
    person = Staff(id=new_id(now), name=name.strip(), sign_in_name=sign_in_name.strip().lower(), roles=frozenset(roles))
    password_hash = await _hashed(password)
    async with db.transaction() as tx:
        await staff.add(tx, person, password_hash, now)
        await audit.record(tx, None, "added", "staff", person.id, now)
    return person


async def sign_in(db: Database, sign_in_name: str, password: str, *, now: datetime) -> str:
    """The secret of a new sign-in, for a cookie. Raises :class:`SignInFailed`, alike for all that can be wrong."""
    # What no name can hold, no database need be asked for.
    said = "" if has_hidden_characters(sign_in_name) else sign_in_name.strip().lower()
    async with db.reading() as tx:
        found = await staff.credentials(tx, said)
    staff_id, known = found or (None, _NOBODY)
    if not await _fits(password, known) or staff_id is None:
        raise SignInFailed
    secret = secrets.token_urlsafe(32)
    async with db.transaction() as tx:
        await staff.add_sign_in(tx, staff_id, digest(secret), now, now + LONGEST)
    return secret


async def signed_in(db: Database, secret: str, *, now: datetime) -> Staff | None:
    """Who this cookie belongs to; None when it is unknown, over, or lay idle."""
    async with db.reading() as tx:
        return await staff.signed_in(tx, digest(secret), now, now - IDLE)


async def keep_awake(db: Database, secret: str, *, now: datetime) -> None:
    """Note that a sign-in is in use."""
    async with db.transaction() as tx:
        await staff.see(tx, digest(secret), now, now - SEEN_EVERY)


async def staff_named(db: Database, sign_in_name: str, *, now: datetime) -> Staff | None:
    """Who signs in under this name; for operators."""
    async with db.reading() as tx:
        return await staff.named_to_sign_in(tx, sign_in_name.strip().lower(), now)


async def sign_out(db: Database, secret: str) -> None:
    """End a sign-in."""
    async with db.transaction() as tx:
        await staff.end_sign_in(tx, digest(secret))


async def add_token(db: Database, sign_in_name: str, name: str, *, now: datetime, secret: str | None = None) -> str:
    """A new API token of this member of staff, shown once. Raises :class:`SignInFailed` for an unknown name."""
    token_id = new_id(now)
    token = f"at_live_{token_id.hex}_{secret or secrets.token_urlsafe(32)}"
    async with db.transaction() as tx:
        found = await staff.credentials(tx, sign_in_name.strip().lower())
        if found is None:
            raise SignInFailed
        await staff.add_token(tx, token_id, found[0], name, digest(token), now, now + TOKEN_LIFE)
        await audit.record(tx, None, "added", "api_token", token_id, now, owner=str(found[0]))
    return token


async def token_owner(db: Database, token: str, *, now: datetime) -> Staff | None:
    """Whose token this is; None when it is unknown, over or revoked."""
    async with db.reading() as tx:
        return await staff.with_token(tx, digest(token), now)


def digest(secret: str) -> str:
    """What the database keeps of a secret of 256 random bits; nothing slower is needed for those."""
    return hashlib.sha256(secret.encode()).hexdigest()


async def _hashed(password: str) -> str:
    async with _at_once:
        return await asyncio.to_thread(_hasher.hash, password)


async def _fits(password: str, known: str) -> bool:
    async with _at_once:
        try:
            return await asyncio.to_thread(_hasher.verify, known, password)
        except (VerificationError, InvalidHashError, UnicodeEncodeError):
            return False
