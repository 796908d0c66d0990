"""How much of each point of an opening an agency has, counted for one or for all; and what is not needed there."""

from collections import Counter, defaultdict
from collections.abc import Collection, Mapping, Sequence
from datetime import date, datetime
from typing import Any
from uuid import UUID

from sqlalchemy import ColumnElement, Select, Table, delete, func, insert, literal, null, or_, select, update

from booking.domain.attendance import Mark
from booking.domain.openings import Item, Note
from booking.domain.staff import Role
from booking.domain.subscriptions import FeedKind
from booking.domain.workshops import Audience
from booking.storage.columns import Flag
from booking.storage.database import Tx
from booking.storage.role_times import in_force
from booking.storage.shapes import columns, made, values
from booking.storage.tables import (
    agencies,
    attendance,
    bookings,
    closures,
    job_seekers,
    message_policies,
    message_wordings,
    opening_notes,
    partners,
    rooms,
    sessions,
    staff,
    staff_roles,
    subscriptions,
    workshops,
)
from booking.storage.touched import STANDING

_NOTE = columns(Note, opening_notes)
_ROLES = {Role.MANAGER: Item.MANAGERS, Role.ADVISER: Item.ADVISERS, Role.FACILITATOR: Item.FACILITATORS}
_OF_TEXT = ("agency_id", "kind", "form", "language")
Counts = dict[UUID, Counter[Item]]


async def counts(tx: Tx, agency_ids: Collection[UUID] | None, now: datetime) -> Counts:
    """By agency: so much of each point; of these agencies, or of all. Partners are counted elsewhere."""
    found: Counts = defaultdict(Counter)
    for item, asked in _questions(now.date(), now).items():
        agency_id = next(iter(asked.selected_columns))
        near = asked if agency_ids is None else asked.where(agency_id.in_(list(agency_ids)))
        for row in await tx.rows(near.group_by(agency_id)):
            found[row[0]][item] += row[1]
    of_roles = _of_roles(now) if agency_ids is None else _of_roles(now).where(staff_roles.c.agency_id.in_(agency_ids))
    for row in await tx.rows(of_roles):
        found[row.agency_id][_ROLES[row.role]] += row.people
    return found


def _questions(day: date, now: datetime) -> dict[Item, Select[Any]]:
    open_rooms = rooms.c.archived_at.is_(None)
    ahead = (sessions.c.state.in_(STANDING), sessions.c.ends_at > now)
    own_texts = (message_wordings.c.is_original == literal(False, Flag), _is_newest(message_wordings, _OF_TEXT))
    own_rules = (message_policies.c.facts.is_not(null()), _is_newest(message_policies, ("agency_id", "workshop_id")))
    return {
        Item.ROOMS: _counted(rooms.c.agency_id, open_rooms),
        Item.HOURS: _counted(rooms.c.agency_id, open_rooms, _has_hours(day)),
        Item.DIRECTIONS: _counted(agencies.c.id, agencies.c.directions != ""),
        Item.LETTER: _counted(agencies.c.id, agencies.c.letter_tried_at.is_not(None)),
        Item.TEXTS: _counted(message_wordings.c.agency_id, message_wordings.c.agency_id.is_not(None), *own_texts),
        Item.POLICY: _counted(message_policies.c.agency_id, *own_rules),
        Item.SESSIONS: _counted(sessions.c.agency_id, *ahead),
        Item.CALENDAR: _counted(
            subscriptions.c.agency_id, subscriptions.c.kind == FeedKind.AGENCY, subscriptions.c.revoked_at.is_(None)
        ),
        Item.TRAINED: _trained(now),
    }


def _counted(agency_id: ColumnElement[Any], *which: ColumnElement[bool]) -> Select[Any]:
    return select(agency_id, func.count()).where(*which)


def _is_newest(table: Table, names: Sequence[str]) -> ColumnElement[bool]:
    """Whether nothing was decided after it: what was taken back counts no more."""
    later = table.alias("later")
    same = (later.c[name].is_not_distinct_from(table.c[name]) for name in names)
    return ~select(later.c.id).where(*same, later.c.version > table.c.version).correlate(table).exists()


def _has_hours(day: date) -> ColumnElement[bool]:
    """A room says when it is open, or the agency when it is closed: somebody has thought of it."""
    closed = select(closures.c.id).where(closures.c.agency_id == rooms.c.agency_id, closures.c.last_on >= day)
    return or_(rooms.c.opening_hours != "", closed.exists())


def _trained(now: datetime) -> Select[Any]:
    """Whoever works there and came to a training."""
    present = [mark for mark in Mark if mark.is_present]
    came = (
        select(bookings.c.id)
        .join(job_seekers, job_seekers.c.id == bookings.c.job_seeker_id)
        .join(attendance, attendance.c.booking_id == bookings.c.id)
        .join(sessions, sessions.c.id == bookings.c.session_id)
        .join(workshops, workshops.c.id == sessions.c.workshop_id)
        .where(
            job_seekers.c.staff_id == staff_roles.c.staff_id,
            workshops.c.audience == Audience.STAFF,
            attendance.c.mark.in_(present),
        )
    )
    people = func.count(staff_roles.c.staff_id.distinct())
    return select(staff_roles.c.agency_id, people).where(in_force(now), came.correlate(staff_roles).exists())


def _of_roles(now: datetime) -> Select[Any]:
    c = staff_roles.c
    held = select(c.agency_id, c.role, func.count(c.staff_id.distinct()).label("people"))
    held = held.join(staff, staff.c.id == c.staff_id).group_by(c.agency_id, c.role)
    return held.where(c.agency_id.is_not(None), c.role.in_(_ROLES), staff.c.disabled_at.is_(None), in_force(now))


async def partners_of_codes(tx: Tx) -> list[tuple[str, str]]:
    """INSEE's code and the post code of each partner: the department follows from them."""
    rows = await tx.rows(select(partners.c.insee, partners.c.postcode).where(partners.c.archived_at.is_(None)))
    return [(row.insee, row.postcode) for row in rows]


async def notes(tx: Tx, agency_ids: Collection[UUID] | None = None) -> Mapping[UUID, dict[Item, Note]]:
    """What is not needed, by agency and point; of these agencies, or of all."""
    there = [] if agency_ids is None else [opening_notes.c.agency_id.in_(list(agency_ids))]
    found: dict[UUID, dict[Item, Note]] = defaultdict(dict)
    for row in await tx.rows(select(*_NOTE).where(*there)):
        item = Item(row.item)
        found[row.agency_id][item] = made(Note, row, item=item)
    return found


async def note(tx: Tx, said: Note) -> None:
    """Write what is said of this point, in the place of what was said before."""
    await unnote(tx, said.agency_id, said.item)
    await tx.run(insert(opening_notes).values(values(said, opening_notes)))


async def unnote(tx: Tx, agency_id: UUID, item: Item) -> bool:
    """Forget what was said of this point; whether anything was."""
    mine = (opening_notes.c.agency_id == agency_id, opening_notes.c.item == item)
    return bool(await tx.rows(delete(opening_notes).where(*mine).returning(opening_notes.c.item)))


async def letter_tried(tx: Tx, agency_id: UUID, now: datetime) -> None:
    """Somebody looked how a letter comes out of the printer."""
    await tx.run(update(agencies).where(agencies.c.id == agency_id).values(letter_tried_at=now))
