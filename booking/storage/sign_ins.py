"""Sign-ins: only hashes of their secrets are kept."""

from collections.abc import Sequence
from datetime import datetime
from uuid import UUID

from sqlalchemy import bindparam, delete, insert, select, update

from booking.domain.sign_ins import Present, SignIn
from booking.storage.database import Tx
from booking.storage.driving import hot
from booking.storage.shapes import columns, made, values
from booking.storage.staff import _WITH_ROLES, _staff
from booking.storage.tables import sign_ins, staff

_SIGN_IN = columns(SignIn, sign_ins)
# Asked before every page, so it is built once.
_WITH_SECRET = hot(
    _WITH_ROLES.add_columns(*columns(SignIn, sign_ins, "sign_in_"))
    .join(sign_ins, sign_ins.c.staff_id == staff.c.id)
    .where(sign_ins.c.secret_hash == bindparam("secret_hash"), staff.c.disabled_at.is_(None))
)


async def add(tx: Tx, sign_in: SignIn, secret_hash: str) -> None:
    """Remember a sign-in by the hash of its secret."""
    await tx.run(insert(sign_ins).values(values(sign_in, sign_ins, secret_hash=secret_hash)))


async def with_secret(tx: Tx, secret_hash: str, now: datetime) -> Present | None:
    """The sign-in of this secret with its owner, over or not; None for the disabled."""
    rows = await tx.rows(_WITH_SECRET, {"secret_hash": secret_hash, "now": now})
    owner = _staff(rows)
    return Present(made(SignIn, rows[0], "sign_in_"), owner) if owner else None


async def of_staff(tx: Tx, staff_id: UUID, now: datetime, idle_since: datetime) -> Sequence[SignIn]:
    """Those of this person that are alive, the latest used first."""
    mine = (sign_ins.c.staff_id == staff_id, sign_ins.c.expires_at > now, sign_ins.c.seen_at > idle_since)
    found = select(*_SIGN_IN).where(*mine).order_by(sign_ins.c.seen_at.desc(), sign_ins.c.id)
    return [made(SignIn, row) for row in await tx.rows(found)]


async def see(tx: Tx, sign_in_id: UUID, now: datetime) -> None:
    """Note that a sign-in is in use."""
    await tx.run(update(sign_ins).where(sign_ins.c.id == sign_in_id).values(seen_at=now))


async def lock(tx: Tx, sign_in_id: UUID, at: datetime | None) -> int:
    """Lock it, or unlock it without a time; returns how many were changed."""
    mine = update(sign_ins).where(sign_ins.c.id == sign_in_id)
    changing = sign_ins.c.locked_at.is_(None) if at else sign_ins.c.locked_at.is_not(None)
    return await tx.run(mine.where(changing).values(locked_at=at))


async def change_secret(tx: Tx, sign_in_id: UUID, secret_hash: str) -> None:
    """Another secret for the same sign-in; the one before opens nothing."""
    await tx.run(update(sign_ins).where(sign_ins.c.id == sign_in_id).values(secret_hash=secret_hash))


async def end(tx: Tx, sign_in_id: UUID, staff_id: UUID) -> int:
    """Forget a sign-in of this person; returns how many there were."""
    return await tx.run(delete(sign_ins).where(sign_ins.c.id == sign_in_id, sign_ins.c.staff_id == staff_id))


async def end_all(tx: Tx, staff_id: UUID, but: UUID | None = None) -> int:
    """Forget all of this person's, perhaps but one; returns how many there were."""
    gone = delete(sign_ins).where(sign_ins.c.staff_id == staff_id)
    return await tx.run(gone.where(sign_ins.c.id != but) if but else gone)


async def forget(tx: Tx, before: datetime) -> int:
    """Forget those that ended before this; returns how many."""
    return await tx.run(delete(sign_ins).where(sign_ins.c.expires_at <= before))
