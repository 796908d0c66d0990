"""How long partners may be silent: what an agency decided, else the network, else what is usual."""

from datetime import datetime
from uuid import UUID

from sqlalchemy import delete, or_, select

from booking.domain.identifiers import new_id
from booking.domain.referral_delays import USUAL, ReferralDelay
from booking.storage.database import Tx
from booking.storage.idempotency import INSERT
from booking.storage.shapes import columns, made, values
from booking.storage.tables import referral_delays

_DELAY = columns(ReferralDelay, referral_delays)
_AGENCY = referral_delays.c.agency_id


async def of(tx: Tx, agency_id: UUID) -> ReferralDelay:
    """What holds in this agency."""
    found = select(*_DELAY).where(or_(agency_id == _AGENCY, _AGENCY.is_(None))).order_by(_AGENCY.is_(None))
    row = await tx.row(found.limit(1))
    return made(ReferralDelay, row) if row else USUAL


async def decided(tx: Tx) -> dict[UUID | None, ReferralDelay]:
    """What was decided, by agency; None is the network."""
    return {row.agency_id: made(ReferralDelay, row) for row in await tx.rows(select(*_DELAY))}


async def keep(tx: Tx, delay: ReferralDelay, by: UUID, now: datetime) -> None:
    """From now on; of two who decide at once the last one counts."""
    said = values(delay, referral_delays, id=new_id(now), is_network=delay.agency_id is None)
    said |= {"changed_at": now, "changed_by": by}
    network = {"index_elements": ["is_network"], "index_where": _AGENCY.is_(None)}
    whose = {"index_elements": ["agency_id"]} if delay.agency_id else network
    anew = {name: value for name, value in said.items() if name != "id"}
    new = INSERT[tx.dialect](referral_delays).values(said)
    await tx.run(new.on_conflict_do_update(**whose, set_=anew))


async def drop(tx: Tx, agency_id: UUID | None) -> None:
    """As if nothing had been decided for it."""
    mine = _AGENCY.is_(None) if agency_id is None else agency_id == _AGENCY
    await tx.run(delete(referral_delays).where(mine))
