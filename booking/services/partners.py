"""The directory of partners: reading an entry, adding one, changing it, laying it aside."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime
from uuid import UUID

from booking.domain.changes import changes
from booking.domain.errors import NotAllowed, NotFound, PartnerKnown, StaleEdit
from booking.domain.partner_likeness import Known
from booking.domain.partners import Partner
from booking.domain.staff import Right, Staff
from booking.services.partner_fields import cleaned
from booking.storage import agencies, audit, partners
from booking.storage.database import Database, Tx, again_when_contended

# Who is reached there is personal, if only a little: the line of a change says that it changed.
MASKED = frozenset({"referral_email", "emails"})


async def show(db: Database, partner_id: UUID, *, by: Staff) -> Partner:
    """One partner, archived or not. Raises :class:`NotFound`, also where none of one's agencies may send anybody."""
    async with db.reading() as tx:
        return await within(tx, partner_id, by)


async def within(tx: Tx, partner_id: UUID, by: Staff) -> Partner:
    """The same in a transaction that is open already."""
    return _seen(await partners.load(tx, partner_id), by)


async def add(db: Database, partner: Partner, *, is_sure: bool = False, by: Staff, now: datetime) -> Partner:
    """Put a partner into the directory; who is not sure that it is a new one is told of those that look alike.

    Raises :class:`PartnerKnown` with the ``candidates``, :class:`InvalidField`, :class:`NotAllowed`.
    """
    by.must_somewhere(Right.PLAN)
    new = cleaned(partner)
    async with db.transaction() as tx:
        await _check_agencies(tx, (), new, by)
        if not is_sure:
            await _must_be_unlike(tx, new, by)
        await partners.add_all(tx, [new])
        await audit.record(tx, by, "added", "partner", new.id, now)
    return new


@again_when_contended
async def change(db: Database, partner: Partner, *, version: int | None = None, by: Staff, now: datetime) -> Partner:
    """Write a partner anew, or lay it aside.

    Raises like :func:`add`, :class:`NotFound`, :class:`StaleEdit` when ``version`` is not the current one.
    """
    by.must_somewhere(Right.PLAN)
    async with db.transaction() as tx:
        before = _seen(await partners.lock(tx, partner.id), by)
        if version not in (None, before.version):
            raise StaleEdit(partner_id=partner.id, version=before.version)
        after = replace(cleaned(partner), version=before.version + 1)
        await _check_agencies(tx, before.agency_ids, after, by)
        await partners.change(tx, after)
        told = changes(before, after, masked=MASKED)
        await audit.record(tx, by, "changed", "partner", after.id, now, changes=told)
    return after


async def lay_aside(
    db: Database, partner_id: UUID, archived_at: datetime | None, *, by: Staff, now: datetime
) -> Partner:
    """Archive a partner, or take it up again (None); nothing changes where it is so already. Raises like above."""
    by.must_somewhere(Right.PLAN)
    before = await show(db, partner_id, by=by)
    if (before.archived_at is None) == (archived_at is None):
        return before
    return await change(db, replace(before, archived_at=archived_at), by=by, now=now)


def _seen(partner: Partner, by: Staff) -> Partner:
    if not by.is_network_wide and not partner.serves(by.agency_ids):
        raise NotFound(partner_id=partner.id)
    return partner


async def _check_agencies(tx: Tx, before: Sequence[UUID], after: Partner, by: Staff) -> None:
    """Which agencies may send people somewhere is the network's business."""
    if set(before) == set(after.agency_ids):
        return
    if not by.is_network_wide:
        raise NotAllowed(right=Right.ADMINISTER)
    known = await agencies.some(tx, after.agency_ids)
    if len(known) != len(set(after.agency_ids)):
        raise NotFound()


async def _must_be_unlike(tx: Tx, new: Partner, by: Staff) -> None:
    around = await partners.in_department(tx, new.department)
    # Of what is outside one's agencies nothing is told.
    known = [one for one in Known(around).like(new) if by.is_network_wide or one.serves(by.agency_ids)]
    if known:
        raise PartnerKnown(candidates=[{"id": str(one.id), "name": one.name, "place": one.place} for one in known])
