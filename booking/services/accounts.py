"""Who works here: adding staff and letting them go, and what the database keeps of a secret."""

import hashlib
import secrets
from collections.abc import Iterable
from datetime import datetime, timedelta
from uuid import UUID

from booking.domain.api_tokens import LONGEST_LIFE, ApiToken
from booking.domain.errors import SignInFailed
from booking.domain.fields import Problems
from booking.domain.identifiers import new_id
from booking.domain.staff import Role, Staff
from booking.services import passwords
from booking.storage import api_tokens, audit, staff
from booking.storage.database import Database

LONGEST = timedelta(hours=10)


async def add_staff(
    db: Database,
    *,
    name: str,
    sign_in_name: str,
    password: str,
    roles: Iterable[tuple[UUID | None, Role]],
    now: datetime,
    ends_at: datetime | None = None,
) -> Staff:
    """Add a member of staff; for operators, who may do everything. Raises :class:`InvalidField`, :class:`NameTaken`."""
    problems = Problems()
    check_names(problems, name, sign_in_name)
    passwords.check(problems, password, [name, sign_in_name])
    problems.refuse()
    person = Staff(id=new_id(now), name=name.strip(), sign_in_name=as_known(sign_in_name), roles=frozenset(roles))
    password_hash = await passwords.hashed(password)
    async with db.transaction() as tx:
        await staff.add(tx, person, password_hash, now, ends_at)
        await audit.record(tx, None, "added", "staff", person.id, now)
    return person


def check_names(problems: Problems, name: str, sign_in_name: str) -> None:
    """Note what no name can be."""
    problems.text("name", name, longest=80)
    problems.text("sign_in_name", sign_in_name, longest=80)


def as_known(sign_in_name: str) -> str:
    """The name to sign in with as it is kept."""
    return sign_in_name.strip().lower()


def shadow_of(sign_in_name: str) -> UUID:
    """What stands in the audit for a name that nobody has: the same for the same name."""
    return UUID(bytes=hashlib.sha256(sign_in_name.encode(errors="replace")).digest()[:16])


async def staff_named(db: Database, sign_in_name: str, *, now: datetime) -> Staff | None:
    """Who signs in under this name; for operators."""
    async with db.reading() as tx:
        return await staff.named_to_sign_in(tx, as_known(sign_in_name), now)


async def add_token(db: Database, sign_in_name: str, name: str, *, now: datetime, secret: str | None = None) -> str:
    """A new API token of this member of staff, shown once; for operators.

    Raises :class:`SignInFailed` for an unknown name.
    """
    async with db.transaction() as tx:
        found = await staff.credentials(tx, as_known(sign_in_name))
        if found is None:
            raise SignInFailed
        life = {"created_at": now, "expires_at": now + LONGEST_LIFE}
        token = ApiToken(id=new_id(now), staff_id=found[0], name=name, **life)
        said = token_text(token, secret)
        await api_tokens.add(tx, token, digest(said))
        await audit.record(tx, None, "added", "api_token", token.id, now, owner=str(found[0]))
    return said


def token_text(token: ApiToken, secret: str | None = None) -> str:
    """What a program says; 256 random bits stand in it."""
    return f"at_live_{token.id.hex}_{secret or secrets.token_urlsafe(32)}"


def digest(secret: str) -> str:
    """What the database keeps of a secret of 256 random bits; nothing slower is needed for those."""
    return hashlib.sha256(secret.encode()).hexdigest()
