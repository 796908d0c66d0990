"""Tokens of programs: only hashes of their secrets are kept."""

from collections.abc import Sequence
from datetime import datetime
from uuid import UUID

from sqlalchemy import bindparam, delete, insert, select, update

from booking.domain.api_tokens import ApiToken, Bearer
from booking.storage.database import Tx
from booking.storage.driving import hot
from booking.storage.shapes import columns, made, values
from booking.storage.staff import _WITH_ROLES, _staff
from booking.storage.tables import api_tokens, staff

_TOKEN = columns(ApiToken, api_tokens)
# Asked before every request of a program, so it is built once.
_WITH_SECRET = hot(
    _WITH_ROLES.add_columns(*columns(ApiToken, api_tokens, "token_"))
    .join(api_tokens, api_tokens.c.staff_id == staff.c.id)
    .where(
        api_tokens.c.secret_hash == bindparam("secret_hash"),
        api_tokens.c.expires_at > bindparam("now"),
        api_tokens.c.revoked_at.is_(None),
        staff.c.disabled_at.is_(None),
    )
)


async def add(tx: Tx, token: ApiToken, secret_hash: str) -> None:
    """Remember a token by the hash of its secret."""
    await tx.run(insert(api_tokens).values(values(token, api_tokens, secret_hash=secret_hash)))


async def with_secret(tx: Tx, secret_hash: str, now: datetime) -> Bearer | None:
    """The token and its owner, unless it ended or was revoked."""
    rows = await tx.rows(_WITH_SECRET, {"secret_hash": secret_hash, "now": now})
    owner = _staff(rows)
    return Bearer(made(ApiToken, rows[0], "token_"), owner) if owner else None


async def of_staff(tx: Tx, staff_id: UUID) -> Sequence[ApiToken]:
    """Every token of this person, the latest first."""
    mine = select(*_TOKEN).where(api_tokens.c.staff_id == staff_id)
    rows = await tx.rows(mine.order_by(api_tokens.c.created_at.desc(), api_tokens.c.id))
    return [made(ApiToken, row) for row in rows]


async def note(tx: Tx, token_id: UUID, now: datetime) -> None:
    """It was used."""
    await tx.run(update(api_tokens).where(api_tokens.c.id == token_id).values(last_used_at=now))


async def revoke(tx: Tx, token_id: UUID, staff_id: UUID, now: datetime) -> int:
    """End one of this person's; returns how many lived."""
    mine = (api_tokens.c.id == token_id, api_tokens.c.staff_id == staff_id, api_tokens.c.revoked_at.is_(None))
    return await tx.run(update(api_tokens).where(*mine).values(revoked_at=now))


async def revoke_all(tx: Tx, staff_id: UUID, now: datetime) -> int:
    """End all of this person's; returns how many lived."""
    mine = (api_tokens.c.staff_id == staff_id, api_tokens.c.revoked_at.is_(None))
    return await tx.run(update(api_tokens).where(*mine).values(revoked_at=now))


async def forget(tx: Tx, before: datetime) -> int:
    """Forget those that ended before this; returns how many."""
    return await tx.run(delete(api_tokens).where(api_tokens.c.expires_at <= before))
