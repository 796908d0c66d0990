"""What becomes of referrals when two people turn out to be one, and when somebody is erased."""

from collections.abc import Collection
from datetime import datetime
from uuid import UUID

from sqlalchemy import insert, select, update

from booking.domain.identifiers import new_id
from booking.domain.messages import MessageState
from booking.domain.referrals import RUNNING, Deed, ReferralState
from booking.storage.database import Tx
from booking.storage.tables import partner_messages, referral_links, referral_steps, referrals

_RUNNING = referrals.c.state.in_(sorted(RUNNING))


async def hand_over(tx: Tx, gone: UUID, kept: UUID) -> None:
    """Every referral of one is another's. Raises :class:`AlreadyReferred` for two that run to one partner."""
    await tx.run(update(referrals).where(referrals.c.job_seeker_id == gone).values(job_seeker_id=kept))


async def end_doubles(tx: Tx, gone: UUID, kept: UUID, now: datetime) -> None:
    """Of two that run to one partner for one service the one that has come less far ends."""
    wanted = select(referrals).where(referrals.c.job_seeker_id.in_((gone, kept)), _RUNNING)
    rows = await tx.rows(wanted.order_by(referrals.c.id).with_for_update())
    ahead = sorted(rows, key=lambda row: (-list(ReferralState).index(row.state), row.id))
    seen, ending = set(), []
    for row in ahead:
        what = (row.partner_id, row.service)
        ending += [row.id] if what in seen else []
        seen.add(what)
    await _end(tx, ending, now)


async def end_all(tx: Tx, people: Collection[UUID], now: datetime) -> None:
    """Nothing runs any more for these people, and no answer about them waits for anybody."""
    theirs = referrals.c.job_seeker_id.in_(people)
    rows = await tx.rows(select(referrals.c.id).where(theirs, _RUNNING))
    await _end(tx, [row.id for row in rows], now)
    await tx.run(update(referrals).where(theirs, referrals.c.news_at.is_not(None)).values(news_at=None))


async def _end(tx: Tx, ids: Collection[UUID], now: datetime) -> None:
    if not ids:
        return
    over = {"state": ReferralState.CANCELLED, "closed_at": now, "due_at": None, "overdue_at": None, "changed_at": now}
    theirs = referrals.c.id.in_(ids)
    ended = update(referrals).where(theirs).values(over | {"version": referrals.c.version + 1})
    steps = await tx.rows(ended.returning(referrals.c.id, referrals.c.version))
    links = update(referral_links).where(referral_links.c.referral_id.in_(ids), referral_links.c.revoked_at.is_(None))
    await tx.run(links.values(revoked_at=now))
    waiting = (partner_messages.c.referral_id.in_(ids), partner_messages.c.state == MessageState.PLANNED)
    gone = {"state": MessageState.CANCELLED, "settled_at": now}
    await tx.run(update(partner_messages).where(*waiting).values(gone))
    step = {"deed": Deed.CANCELLED, "at": now, "by_partner": False}
    rows = [step | {"id": new_id(now), "referral_id": row.id, "n": row.version} for row in steps]
    await tx.run(insert(referral_steps), rows)
