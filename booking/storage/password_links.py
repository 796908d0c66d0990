"""Links by which somebody chooses a password: only hashes of their secrets are kept."""

from datetime import datetime
from uuid import UUID

from sqlalchemy import delete, insert, select, update

from booking.domain.password_links import PasswordLink
from booking.storage.database import Tx
from booking.storage.shapes import columns, made, values
from booking.storage.tables import password_links

_LINK = columns(PasswordLink, password_links)


async def add(tx: Tx, link: PasswordLink, secret_hash: str) -> None:
    """Remember a link by the hash of its secret; those before it are good no more."""
    await drop(tx, link.staff_id)
    await tx.run(insert(password_links).values(values(link, password_links, secret_hash=secret_hash)))


async def with_secret(tx: Tx, secret_hash: str) -> PasswordLink | None:
    """The link with this secret, good or not."""
    row = await tx.row(select(*_LINK).where(password_links.c.secret_hash == secret_hash))
    return made(PasswordLink, row) if row else None


async def load(tx: Tx, link_id: UUID) -> PasswordLink | None:
    """One of them."""
    row = await tx.row(select(*_LINK).where(password_links.c.id == link_id))
    return made(PasswordLink, row) if row else None


async def use(tx: Tx, link_id: UUID, now: datetime) -> int:
    """Use it up; returns 1 if nobody did before."""
    mine = (password_links.c.id == link_id, password_links.c.used_at.is_(None), password_links.c.expires_at > now)
    return await tx.run(update(password_links).where(*mine).values(used_at=now))


async def drop(tx: Tx, staff_id: UUID) -> None:
    """No link of this person is good any more."""
    await tx.run(delete(password_links).where(password_links.c.staff_id == staff_id))


async def forget(tx: Tx, before: datetime) -> int:
    """Forget those that ended before this; returns how many."""
    return await tx.run(delete(password_links).where(password_links.c.expires_at <= before))
