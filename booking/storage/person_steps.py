"""How far each person has come: the first time of each step, and how many came how far, by piece of time.

A person counts in the piece of time of his first step, whatever it is. Who was erased counts under somebody without a
name, and staff who learn count nowhere.
"""

from collections import defaultdict
from collections.abc import Collection, Iterable
from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy import delete, func, insert, select

from booking.domain.attendance import Mark
from booking.domain.bookings import NOT_THERE, BookingState
from booking.domain.diagnoses import Verdict
from booking.domain.figures import STEPS
from booking.domain.referrals import ReferralState
from booking.domain.slices import slice_of
from booking.storage import tables as t
from booking.storage.database import Tx
from booking.storage.figures import Cell, in_cells
from booking.storage.many import add, among, listed
from booking.storage.tables import person_steps as steps
from booking.storage.tables import step_figures as sums

TIMES = tuple(f"{name}_at" for name in STEPS[1:])
_PRESENT = [mark for mark in Mark if mark.is_present]
_SEATED = [state for state in BookingState if state.has_seat]
Firsts = dict[UUID, datetime]


async def rewrite(tx: Tx, people: Collection[UUID]) -> set[Cell]:
    """The rows of these people anew; returns the cells in which they count."""
    if not people:
        return set()
    these, ids = among(tx.dialect, steps.c.job_seeker_id), {"ids": listed(tx.dialect, people)}
    before = await tx.rows(select(steps.c.agency_id, steps.c.slice_on).where(these), ids)
    rows = await _rows(tx, ids)
    await tx.run(delete(steps).where(these), ids)
    await add(tx, steps, rows)
    return {(row.agency_id, row.slice_on) for row in before} | {(row["agency_id"], row["slice_on"]) for row in rows}


async def count(tx: Tx, people: Collection[UUID]) -> None:
    """The rows of these people and the sums in which they count, anew."""
    await sum_up(tx, await rewrite(tx, people))


async def sum_up(tx: Tx, cells: Collection[Cell]) -> None:
    """The sums of these cells anew."""
    for cell in sorted(cells):
        await tx.run(delete(sums).where(in_cells(sums, [cell])))
        await _sum(tx, in_cells(steps, [cell]))


async def sum_up_agency(tx: Tx, agency_id: UUID) -> None:
    """Every sum of an agency anew."""
    await tx.run(delete(sums).where(sums.c.agency_id == agency_id))
    await _sum(tx, steps.c.agency_id == agency_id)


async def _sum(tx: Tx, *where: Any) -> None:
    counted = [func.count(), *(func.count(steps.c[name]) for name in TIMES)]
    found = select(steps.c.agency_id, steps.c.slice_on, *counted).where(*where)
    found = found.group_by(steps.c.agency_id, steps.c.slice_on)
    await tx.run(insert(sums).from_select([column.name for column in sums.columns], found))


async def _rows(tx: Tx, ids: dict[str, Any]) -> list[dict[str, Any]]:
    found = [await _diagnosed(tx, ids), await _oriented(tx, ids), *await _taken_part(tx, ids)]
    p = t.job_seekers.c
    known = select(p.id, p.agency_id, t.agencies.c.time_zone).join(t.agencies, t.agencies.c.id == p.agency_id)
    rows = []
    for person in await tx.rows(known.where(among(tx.dialect, p.id), p.staff_id.is_(None)), ids):
        times = dict(zip(TIMES, (firsts.get(person.id) for firsts in found), strict=True))
        if said := [at for at in times.values() if at]:
            on = slice_of(min(said), person.time_zone)
            rows.append({"job_seeker_id": person.id, "agency_id": person.agency_id, "slice_on": on, **times})
    return rows


async def _diagnosed(tx: Tx, ids: dict[str, Any]) -> Firsts:
    d = t.diagnoses.c
    found = select(d.job_seeker_id, func.min(d.answered_at).label("at")).group_by(d.job_seeker_id)
    return _firsts(await tx.rows(found.where(among(tx.dialect, d.job_seeker_id)), ids))


async def _oriented(tx: Tx, ids: dict[str, Any]) -> Firsts:
    """By a referral that was not withdrawn, or a suggestion that the adviser followed."""
    r, d, c = t.referrals.c, t.diagnoses.c, t.diagnosis_choices.c
    sent = select(r.job_seeker_id, func.min(r.created_at).label("at")).group_by(r.job_seeker_id)
    sent = sent.where(r.state != ReferralState.CANCELLED)
    followed = select(d.job_seeker_id, func.min(c.decided_at).label("at")).group_by(d.job_seeker_id)
    followed = followed.join(t.diagnosis_choices, c.diagnosis_id == d.id).where(c.verdict == Verdict.FOLLOWED)
    return _firsts(
        [
            *await tx.rows(sent.where(among(tx.dialect, r.job_seeker_id)), ids),
            *await tx.rows(followed.where(among(tx.dialect, d.job_seeker_id)), ids),
        ]
    )


async def _taken_part(tx: Tx, ids: dict[str, Any]) -> tuple[Firsts, Firsts, Firsts]:
    """When somebody had his first seat, when he first came, and when he had first come to all meetings of a session."""
    b, m = t.bookings.c, t.meetings.c
    booked = select(b.id, b.session_id, b.job_seeker_id, b.state, b.created_at, b.cancelled_because)
    held = list(await tx.rows(booked.where(among(tx.dialect, b.job_seeker_id), b.makes_up_id.is_(None)), ids))
    came = await _came(tx, [row.id for row in held])
    begins = defaultdict(list)
    of = select(m.session_id, m.starts_at, m.ends_at).where(among(tx.dialect, m.session_id))
    for row in await tx.rows(of, {"ids": listed(tx.dialect, {row.session_id for row in held})}):
        begins[row.session_id].append(row)
    seated, attended, finished = [], [], []
    for row in held:
        present = came.get(row.id)
        if row.state in _SEATED or (present is not None and row.cancelled_because != NOT_THERE):
            seated.append((row.job_seeker_id, row.created_at))
        if present and row.cancelled_because != NOT_THERE:
            attended.append((row.job_seeker_id, min(present)))
        later = {one.starts_at for one in begins[row.session_id] if one.starts_at > row.created_at}
        if present and row.state is BookingState.BOOKED and later <= set(present):
            finished.append((row.job_seeker_id, max(one.ends_at for one in begins[row.session_id])))
    return _earliest(seated), _earliest(attended), _earliest(finished)


async def _came(tx: Tx, booking_ids: Collection[UUID]) -> dict[UUID, list[datetime]]:
    """By booking of which presence is known: when the meetings began to which the person came."""
    a, m = t.attendance.c, t.meetings.c
    marked = select(a.booking_id, a.mark, m.starts_at).join(t.meetings, m.id == a.meeting_id)
    found: dict[UUID, list[datetime]] = defaultdict(list)
    for row in await tx.rows(marked.where(among(tx.dialect, a.booking_id)), {"ids": listed(tx.dialect, booking_ids)}):
        found[row.booking_id] += [row.starts_at] if row.mark in _PRESENT else []
    return found


def _firsts(rows: Iterable[Any]) -> Firsts:
    return _earliest((row.job_seeker_id, row.at) for row in rows)


def _earliest(found: Iterable[tuple[UUID, datetime]]) -> Firsts:
    firsts: Firsts = {}
    for person, at in found:
        firsts[person] = min(at, firsts.get(person, at))
    return firsts
