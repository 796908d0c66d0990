"""What has happened since figures were counted last: which sessions, people and referrals it touched.

The audit says so: every deed has its line, written in the same transaction. On PostgreSQL only lines under a seal are
followed, because below a seal none is still under way; a file has one writer, and so no gaps.
"""

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy import Table, and_, func, literal_column, or_, select, union

from booking.domain.diagnoses import UNDO_WITHIN
from booking.storage import seals
from booking.storage.database import Tx
from booking.storage.many import among, listed
from booking.storage.tables import (
    audit,
    bookings,
    diagnoses,
    metadata,
    person_steps,
    referrals,
    session_figures,
)

# Of everything else no deed changes a figure; of people only that two were one, or that somebody was erased.
NOUNS = ("booking", "session", "workshop", "diagnosis", "referral")
OF_PEOPLE = ("merged", "erased")
# What a line names besides: the booking that ended with it, and who is no more.
BOOKING_TOO, PERSON_TOO = "moved_from", "gone"
TAKEN_BACK = "taken-back"
# By what is counted: where its figures are kept.
COUNTED = {"sessions": session_figures.c.session_id, "job_seekers": person_steps.c.job_seeker_id}


@dataclass(frozen=True, slots=True, kw_only=True)
class Touched:
    """Whatever may count otherwise now; ``until`` is the last line that was looked at."""

    until: int
    sessions: frozenset[UUID]
    people: frozenset[UUID]
    referrals: frozenset[UUID]


async def last_line(tx: Tx) -> int:
    """The last line below which nothing is still under way."""
    if tx.dialect == "postgresql":
        return (await seals.head(tx))[1]
    return await tx.value(select(func.max(audit.c.id))) or 0


async def since(tx: Tx, heard_id: int, most: int, now: datetime) -> Touched:
    """What the next lines touched, so many at most; and the sessions that have begun by now."""
    last = await last_line(tx)
    until = min(last, heard_id + most)
    names = "at", "agency_id", "noun", "noun_id", "action", "details"
    found = select(*(audit.c[name] for name in names))
    found = found.where(audit.c.id > heard_id, audit.c.id <= until)
    wanted = audit.c.noun.in_(NOUNS) | ((audit.c.noun == "job_seeker") & audit.c.action.in_(OF_PEOPLE))
    lines = await tx.rows(found.where(wanted))
    named = {noun: {line.noun_id for line in lines if line.noun == noun} for noun in (*NOUNS, "job_seeker")}
    booked = await _rows(tx, bookings, bookings.c.id, named["booking"] | _said(lines, BOOKING_TOO))
    sessions = named["session"] | {row.session_id for row in booked} | await _begun(tx, now)
    sessions |= await _of_workshops(tx, [line.noun_id for line in lines if _is_of_other_people(line)])
    people = named["job_seeker"] | {row.job_seeker_id for row in booked} | _said(lines, PERSON_TOO)
    people |= await _seated(tx, sessions) | await _undiagnosed(tx, lines)
    for table in (diagnoses, referrals):
        noun = "diagnosis" if table is diagnoses else "referral"
        people |= {row.job_seeker_id for row in await _rows(tx, table, table.c.id, named[noun])}
    return Touched(
        until=until, sessions=frozenset(sessions), people=frozenset(people), referrals=frozenset(named["referral"])
    )


def _said(lines: Iterable[Any], name: str) -> set[UUID]:
    return {UUID(line.details[name]) for line in lines if line.details.get(name)}


def _is_of_other_people(line: Any) -> bool:
    changes = line.details.get("changes")
    return line.noun == "workshop" and isinstance(changes, Mapping) and "audience" in changes


async def _rows(tx: Tx, table: Table, column: Any, ids: Collection[UUID], *where: Any) -> list[Any]:
    if not ids:
        return []
    wanted = select(*(table.c[name] for name in ("session_id", "job_seeker_id") if name in table.c))
    return list(await tx.rows(wanted.where(among(tx.dialect, column), *where), {"ids": listed(tx.dialect, ids)}))


async def _seated(tx: Tx, session_ids: Collection[UUID]) -> set[UUID]:
    """Everybody who has or had a place there; the words of the condition are those of the partial indexes."""
    state = bookings.c.state
    which = (state != literal_column("'cancelled'"), state == literal_column("'cancelled'"))
    rows = [row for one in which for row in await _rows(tx, bookings, bookings.c.session_id, session_ids, one)]
    return {row.job_seeker_id for row in rows}


async def _begun(tx: Tx, now: datetime) -> set[UUID]:
    due = (literal_column("NOT is_begun"), session_figures.c.starts_at <= now)
    return {row.session_id for row in await tx.rows(select(session_figures.c.session_id).where(*due))}


async def _undiagnosed(tx: Tx, lines: Iterable[Any]) -> set[UUID]:
    """Whose diagnosis may be the one that was taken back a moment after it was made: it is nowhere to be found."""
    steps = person_steps.c
    found = select(steps.job_seeker_id)
    taken = [line for line in lines if line.noun == "diagnosis" and line.action == TAKEN_BACK]
    whose = [and_(steps.agency_id == line.agency_id, steps.diagnosed_at > line.at - 2 * UNDO_WITHIN) for line in taken]
    return {row.job_seeker_id for row in await tx.rows(found.where(or_(*whose)))} if whose else set()


async def _of_workshops(tx: Tx, workshop_ids: Collection[UUID]) -> set[UUID]:
    if not workshop_ids:
        return set()
    found = select(session_figures.c.session_id).where(session_figures.c.workshop_id.in_(workshop_ids))
    return {row.session_id for row in await tx.rows(found)}


async def next_ids(tx: Tx, table: str, after: UUID | None, most: int) -> list[UUID]:
    """The next rows of a table by their ids, among them those of which figures alone are left."""
    parts = []
    for ids in (metadata.tables[table].c.id, COUNTED[table]):
        some = select(ids.label("id")).where(*([ids > after] if after else [])).order_by(ids).limit(most)
        parts.append(select(some.subquery().c.id))
    return [row.id for row in await tx.rows(union(*parts).order_by("id").limit(most))]
