"""Mails to staff: who is to get one, which are due, and what became of them."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any
from uuid import UUID

from sqlalchemy import ColumnElement, Text, and_, delete, or_, select, type_coerce, update

from booking.domain.messages import MessageState
from booking.domain.staff_messages import ROLES_OF, SECOND, StaffMessage, StaffMessageKind
from booking.domain.staff_reports import Recipient
from booking.storage.database import Tx
from booking.storage.idempotency import INSERT
from booking.storage.role_times import in_force
from booking.storage.shapes import columns, made, values
from booking.storage.tables import (
    agencies,
    job_seeker_times,
    meetings,
    occupancies,
    sessions,
    staff,
    staff_messages,
    staff_roles,
)

_MESSAGE = columns(StaffMessage, staff_messages)
_FREED = {"lease_token": None, "lease_until": None}


@dataclass(frozen=True, slots=True)
class Mailed:
    """A mail to staff, with whom it is for and when it was settled."""

    message: StaffMessage
    name: str
    settled_at: datetime | None


def _takes(kind: StaffMessageKind | None = None) -> ColumnElement[bool]:
    """Who can be written to, and wants this kind of mail."""
    there = and_(staff.c.email.is_not(None), staff.c.disabled_at.is_(None))
    return and_(there, ~type_coerce(staff.c.unwanted_mails, Text).contains(kind.value)) if kind else there


def _in_zone(zone: str, territory: str) -> ColumnElement[bool]:
    return and_(agencies.c.time_zone == zone, agencies.c.holiday_territory == territory)


async def clocks(tx: Tx) -> list[tuple[str, str]]:
    """The time zones and territories in which there are agencies."""
    found = select(agencies.c.time_zone, agencies.c.holiday_territory).distinct()
    return [(row.time_zone, row.holiday_territory) for row in await tx.rows(found)]


def _unplanned(kind: StaffMessageKind, about_on: date, *, is_second: bool, each: bool) -> ColumnElement[bool]:
    """No such mail about this day yet; ``each`` agency has one of its own."""
    mine = [staff_messages.c.staff_id == staff.c.id, staff_messages.c.kind == kind]
    mine += [staff_messages.c.agency_id == staff_roles.c.agency_id] if each else []
    key = staff_messages.c.dedupe_key
    which = key.endswith(SECOND) if is_second else ~key.endswith(SECOND)
    planned = select(staff_messages.c.id).where(*mine, staff_messages.c.about_on == about_on, which)
    return ~planned.correlate(staff, staff_roles).exists()


async def by_role(
    tx: Tx, kind: StaffMessageKind, clock: tuple[str, str], about_on: date, now: datetime
) -> list[tuple[UUID, UUID]]:
    """Who is to get this mail by a role held in an agency there, and has none planned yet: staff and agency."""
    found = (
        select(staff.c.id, staff_roles.c.agency_id)
        .join(staff_roles, staff_roles.c.staff_id == staff.c.id)
        .join(agencies, agencies.c.id == staff_roles.c.agency_id)
        .where(_in_zone(*clock), staff_roles.c.role.in_(ROLES_OF[kind]), _takes(kind), in_force(now))
        .where(_unplanned(kind, about_on, is_second=False, each=True))
    )
    return [(row.id, row.agency_id) for row in await tx.rows(found.distinct())]


async def who_lead(
    tx: Tx, clock: tuple[str, str], about_on: date, begins: datetime, ends: datetime, *, is_second: bool
) -> list[tuple[UUID, UUID]]:
    """Who leads or helps at a meeting of these hours to which somebody comes, or was told that he does, and has no
    roster planned yet: staff and one agency."""
    come = select(job_seeker_times.c.booking_id).where(job_seeker_times.c.meeting_id == meetings.c.id).exists()
    told = select(staff_messages.c.id).where(
        staff_messages.c.staff_id == staff.c.id,
        staff_messages.c.kind == StaffMessageKind.ROSTER,
        staff_messages.c.about_on == about_on,
    )
    found = (
        select(staff.c.id, meetings.c.agency_id, meetings.c.starts_at)
        .join(occupancies, occupancies.c.holder_id == staff.c.id)
        .join(meetings, meetings.c.id == occupancies.c.meeting_id)
        .join(sessions, sessions.c.id == meetings.c.session_id)
        .join(agencies, agencies.c.id == meetings.c.agency_id)
        .where(_in_zone(*clock), occupancies.c.starts_at >= begins, occupancies.c.starts_at < ends)
        .where(occupancies.c.booking_id.is_(None))
        .where(or_(come, told.correlate(staff).exists()), _takes(StaffMessageKind.ROSTER))
        .where(or_(staff.c.ends_on.is_(None), staff.c.ends_on >= about_on))
        .where(_unplanned(StaffMessageKind.ROSTER, about_on, is_second=is_second, each=False))
        .order_by(meetings.c.starts_at.desc(), meetings.c.id)
    )
    # The agency of the first meeting of the day stands for all of them.
    return list({row.id: row.agency_id for row in await tx.rows(found)}.items())


async def told_only(tx: Tx, clock: tuple[str, str], about_on: date) -> list[tuple[UUID, UUID]]:
    """Who had a roster of this day and leads nothing on it any more, unless he was told so: staff and agency."""
    first, again = staff_messages, staff_messages.alias("again")
    said = select(again.c.id).where(
        again.c.staff_id == first.c.staff_id, again.c.about_on == about_on, again.c.dedupe_key.endswith(SECOND)
    )
    found = (
        select(first.c.staff_id, first.c.agency_id)
        .join(staff, staff.c.id == first.c.staff_id)
        .join(agencies, agencies.c.id == first.c.agency_id)
        .where(_in_zone(*clock), _takes(StaffMessageKind.ROSTER), first.c.kind == StaffMessageKind.ROSTER)
        .where(first.c.about_on == about_on, first.c.state == MessageState.ACCEPTED)
        .where(~first.c.dedupe_key.endswith(SECOND), ~said.exists())
    )
    return [(row.staff_id, row.agency_id) for row in await tx.rows(found)]


async def plan(tx: Tx, planned: Sequence[StaffMessage]) -> None:
    """Write these; what is planned already stays as it is."""
    if planned:
        new = INSERT[tx.dialect](staff_messages).on_conflict_do_nothing(index_elements=["dedupe_key"])
        await tx.run(new, [values(one, staff_messages) for one in planned])


async def due_since(tx: Tx, now: datetime) -> datetime | None:
    """Since when the longest-waiting one is to leave, if any is; a look costs next to nothing."""
    found = select(staff_messages.c.due_at).where(_due(now)).order_by(staff_messages.c.due_at).limit(1)
    return await tx.value(found)  # type: ignore[no-any-return]


def _due(now: datetime) -> ColumnElement[bool]:
    c = staff_messages.c
    planned = and_(c.state == MessageState.PLANNED, c.due_at <= now)
    # Whose worker vanished leaves again under the same key.
    abandoned = and_(c.state == MessageState.SENDING, c.lease_until <= now)
    return and_(c.state.in_([MessageState.PLANNED, MessageState.SENDING]), or_(planned, abandoned), c.not_after > now)


async def claim(tx: Tx, now: datetime, token: UUID, lease: timedelta, most: int) -> list[StaffMessage]:
    """Begin to send what is due."""
    due = select(staff_messages.c.id).where(_due(now)).order_by(staff_messages.c.due_at, staff_messages.c.id)
    ids = [row.id for row in await tx.rows(due.limit(most).with_for_update(skip_locked=True))]
    if not ids:
        return []
    begun = {"state": MessageState.SENDING, "attempts": staff_messages.c.attempts + 1}
    leased = update(staff_messages).where(staff_messages.c.id.in_(ids))
    leased = leased.values(**begun, lease_token=token, lease_until=now + lease)
    return sorted((made(StaffMessage, row) for row in await tx.rows(leased.returning(*_MESSAGE))), key=lambda x: x.id)


async def settle(tx: Tx, token: UUID, became: Mapping[UUID, Mapping[str, Any]]) -> None:
    """Write what became of these, unless somebody else has taken them meanwhile."""
    for id in sorted(became):
        mine = (staff_messages.c.id == id, staff_messages.c.lease_token == token)
        await tx.run(update(staff_messages).where(*mine).values(**became[id], **_FREED))


async def last_told(
    tx: Tx, message: StaffMessage, *, same_day: bool
) -> tuple[str | None, Mapping[str, Any], datetime] | None:
    """The fingerprint of what somebody was told last by such a mail, its details, and when."""
    c = staff_messages.c
    mine = [c.staff_id == message.staff_id, c.kind == message.kind, c.state == MessageState.ACCEPTED]
    mine += [c.about_on == message.about_on] if same_day else [c.agency_id == message.agency_id]
    found = select(c.content, c.details, c.settled_at).where(*mine).order_by(c.settled_at.desc()).limit(1)
    row = await tx.row(found)
    return (row.content, row.details, row.settled_at) if row else None


async def recipients(tx: Tx, staff_ids: Collection[UUID]) -> dict[UUID, Recipient]:
    """Where these are written to, those who still can be."""
    found = select(staff.c.id, staff.c.name, staff.c.email, staff.c.unwanted_mails).where(staff.c.id.in_(staff_ids))
    rows = await tx.rows(found.where(_takes()))
    return {row.id: Recipient(row.name, row.email, frozenset(row.unwanted_mails)) for row in rows}


async def expire(tx: Tx, now: datetime) -> int:
    """End what came too late to be of use; returns how many."""
    c = staff_messages.c
    abandoned = and_(c.state == MessageState.SENDING, c.lease_until <= now)
    late = update(staff_messages).where(or_(c.state == MessageState.PLANNED, abandoned), c.not_after <= now)
    late = late.where(c.state.in_([MessageState.PLANNED, MessageState.SENDING]))
    return await tx.run(late.values(state=MessageState.EXPIRED, reason="too-late", settled_at=now, **_FREED))


async def forget_silent(tx: Tx, before: date) -> int:
    """Forget mails of older days that had nothing to say; returns how many."""
    silent = (staff_messages.c.state == MessageState.SUPPRESSED, staff_messages.c.about_on < before)
    return await tx.run(delete(staff_messages).where(*silent))


async def dead(tx: Tx, agency_ids: Collection[UUID] | None, since: datetime, most: int) -> list[Mailed]:
    """Those of these agencies that were given up since then, the latest first."""
    c = staff_messages.c
    whose = [] if agency_ids is None else [c.agency_id.in_(agency_ids)]
    found = select(*_MESSAGE, staff.c.name.label("staff_name"), c.settled_at).join(staff, staff.c.id == c.staff_id)
    found = found.where(c.state == MessageState.DEAD, c.created_at >= since, *whose).order_by(c.created_at.desc(), c.id)
    return [Mailed(made(StaffMessage, row), row.staff_name, row.settled_at) for row in await tx.rows(found.limit(most))]


async def load(tx: Tx, message_id: UUID) -> StaffMessage | None:
    """One of them, which nobody changes meanwhile."""
    row = await tx.row(select(*_MESSAGE).where(staff_messages.c.id == message_id).with_for_update())
    return made(StaffMessage, row) if row else None


async def restart(tx: Tx, message_id: UUID, now: datetime) -> None:
    """It is tried again from the beginning."""
    anew = {"state": MessageState.PLANNED, "due_at": now, "attempts": 0, "reason": None, "settled_at": None}
    await tx.run(update(staff_messages).where(staff_messages.c.id == message_id).values(anew))
