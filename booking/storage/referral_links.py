"""Links by which partners answer: only hashes of their secrets are kept."""

from datetime import datetime
from uuid import UUID

from sqlalchemy import insert, select, update

from booking.domain.referral_links import ReferralLink
from booking.storage.database import Tx
from booking.storage.shapes import columns, made, values
from booking.storage.tables import referral_links

_LINK = columns(ReferralLink, referral_links)


async def add(tx: Tx, link: ReferralLink, secret_hash: str) -> None:
    """Remember a link by the hash of its secret."""
    await tx.run(insert(referral_links).values(values(link, referral_links, secret_hash=secret_hash)))


async def with_secret(tx: Tx, secret_hash: str) -> ReferralLink | None:
    """The link with this secret, good or not."""
    row = await tx.row(select(*_LINK).where(referral_links.c.secret_hash == secret_hash))
    return made(ReferralLink, row) if row else None


async def of_referral(tx: Tx, referral_id: UUID) -> ReferralLink | None:
    """The latest link of a referral, good or not."""
    mine = select(*_LINK).where(referral_links.c.referral_id == referral_id)
    row = await tx.row(mine.order_by(referral_links.c.created_at.desc(), referral_links.c.id.desc()).limit(1))
    return made(ReferralLink, row) if row else None


async def revoke(tx: Tx, referral_id: UUID, now: datetime) -> None:
    """No link of this referral opens anything any more."""
    mine = (referral_links.c.referral_id == referral_id, referral_links.c.revoked_at.is_(None))
    await tx.run(update(referral_links).where(*mine).values(revoked_at=now))


async def restore(tx: Tx, link_id: UUID) -> None:
    """It was not to be revoked after all."""
    await tx.run(update(referral_links).where(referral_links.c.id == link_id).values(revoked_at=None))
