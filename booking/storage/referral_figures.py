"""What became of the referrals that were made in a piece of time, as sums of an agency."""

from collections.abc import Collection
from typing import Any
from uuid import UUID

from sqlalchemy import delete, select

from booking.domain.figures import REFERRED, referred
from booking.domain.referrals import ReferralState
from booking.domain.slices import after_slice, slice_of
from booking.storage.database import Tx
from booking.storage.figures import Cell, in_cells
from booking.storage.many import add, among, listed
from booking.storage.tables import agencies, referrals
from booking.storage.tables import referral_figures as sums
from calendars.zones import midnight


async def cells_of_people(tx: Tx, people: Collection[UUID]) -> dict[Cell, str]:
    """The cells in which their referrals count, each with its zone."""
    return await _cells(tx, [among(tx.dialect, referrals.c.job_seeker_id)], {"ids": listed(tx.dialect, people)})


async def cells(tx: Tx, referral_ids: Collection[UUID]) -> dict[Cell, str]:
    """The cells in which these referrals count, each with its zone."""
    return await _cells(tx, [among(tx.dialect, referrals.c.id)], {"ids": listed(tx.dialect, referral_ids)})


async def _cells(tx: Tx, where: list[Any], ids: dict[str, Any]) -> dict[Cell, str]:
    made = select(referrals.c.agency_id, referrals.c.created_at, agencies.c.time_zone)
    made = made.join(agencies, agencies.c.id == referrals.c.agency_id).where(*where)
    rows = await tx.rows(made, ids)
    return {(row.agency_id, slice_of(row.created_at, row.time_zone)): row.time_zone for row in rows}


async def sum_up_agency(tx: Tx, agency_id: UUID) -> None:
    """Every sum of an agency anew."""
    await tx.run(delete(sums).where(sums.c.agency_id == agency_id))
    await sum_up(tx, await _cells(tx, [referrals.c.agency_id == agency_id], {}))


async def sum_up(tx: Tx, found: dict[Cell, str]) -> None:
    """The sums of these cells anew."""
    rows = []
    for (agency_id, on), zone in sorted(found.items()):
        counted = await _count(tx, agency_id, midnight(on, zone), midnight(after_slice(on), zone))
        rows.append({"agency_id": agency_id, "slice_on": on, **counted})
        await tx.run(delete(sums).where(in_cells(sums, [(agency_id, on)])))
    await add(tx, sums, rows)


async def _count(tx: Tx, agency_id: UUID, begins: Any, ends: Any) -> dict[str, int]:
    r = referrals.c
    made = select(r.state, r.outcome, r.sent_at, r.met_on).where(
        # Every state: the index begins with it.
        r.agency_id == agency_id,
        r.state.in_(list(ReferralState)),
        r.created_at >= begins,
        r.created_at < ends,
    )
    counted = dict.fromkeys(REFERRED, 0)
    for row in await tx.rows(made):
        was_met = row.met_on is not None or row.state is ReferralState.MET
        for name in referred(row.state, row.outcome, was_sent=row.sent_at is not None, was_met=was_met):
            counted[name] += 1
    return counted
