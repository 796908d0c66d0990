"""Calendars elsewhere that say when people and rooms are busy: managers add them, and people their own."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from uuid import UUID

from booking.domain.errors import InvalidField, NotAllowed, NotFound
from booking.domain.external_calendars import MOST_OF_HOLDER, ExternalCalendar
from booking.domain.fields import Problems
from booking.domain.staff import Right, Staff
from booking.services.calendar_copies import Copier, Copy, NotCopied
from booking.storage import agencies, audit, external_calendars, external_clashes, external_times, rooms, staff
from booking.storage.database import Database, Tx
from booking.storage.external_clashes import ExternalClash


@dataclass(frozen=True, slots=True)
class Outside:
    """The calendars of a room or of somebody, by name, and the meetings to come that they stand against."""

    calendars: Sequence[ExternalCalendar]
    clashes: Sequence[ExternalClash]


async def of_room(db: Database, room_id: UUID, *, by: Staff, now: datetime, agency_id: UUID | None = None) -> Outside:
    """Of a room, in this agency if one is named. Raises :class:`NotFound`, :class:`NotAllowed`."""
    async with db.reading() as tx:
        await _must_hold(tx, None, room_id, by, now, agency_id)
        return await _of(tx, room_id, now)


async def of_person(
    db: Database, staff_id: UUID, *, by: Staff, now: datetime, agency_id: UUID | None = None
) -> Outside:
    """Of somebody who leads or assists, for himself or for who plans there. Raises like :func:`of_room`."""
    async with db.reading() as tx:
        await _must_hold(tx, staff_id, None, by, now, agency_id)
        return await _of(tx, staff_id, now)


async def show(db: Database, calendar_id: UUID, *, by: Staff, now: datetime) -> ExternalCalendar:
    """One calendar. Raises like :func:`of_room`."""
    async with db.reading() as tx:
        return await own(tx, calendar_id, by, now)


async def add(
    db: Database, copier: Copier, calendar: ExternalCalendar, *, by: Staff, now: datetime, content: bytes | None = None
) -> ExternalCalendar:
    """Read a calendar at its address, or a file, and believe it from now on.

    Raises :class:`InvalidField` when it cannot be had or read, :class:`NotFound`, :class:`NotAllowed`.
    """
    wished = calendar.checked(may_be_local=copier.fetcher.are_local)
    async with db.reading() as tx:
        await _must_have_room_for_one(tx, wished, by, now)
        agency = await agencies.load(tx, wished.agency_id)
    try:
        copy = await _first_copy(copier, wished, agency.time_zone, content, now)
    except NotCopied as failure:
        raise InvalidField(fields={"url" if content is None else "file": str(failure)}) from failure
    assert copy.said is not None
    added = replace(wished.copied(copy.said.read, copy.said.problems, now), etag=copy.etag)
    added = replace(added, last_modified=copy.last_modified).due_again(now, 0)
    async with db.transaction() as tx:
        await _must_have_room_for_one(tx, added, by, now)
        await external_calendars.add(tx, added)
        await external_times.replace(tx, added.id, copy.said.times)
        await record(tx, by, "added", added, now)
    return added


async def rename(db: Database, calendar_id: UUID, name: str, *, by: Staff, now: datetime) -> ExternalCalendar:
    """Another name. Raises :class:`InvalidField`, and like :func:`of_room`."""
    async with db.transaction() as tx:
        before = await own(tx, calendar_id, by, now, for_update=True)
        problems = Problems()
        problems.text("name", name, longest=60)
        problems.refuse()
        await external_calendars.rename(tx, calendar_id, name.strip())
        await record(tx, by, "renamed", before, now)
    return replace(before, name=name.strip())


async def remove(db: Database, calendar_id: UUID, *, by: Staff, now: datetime) -> ExternalCalendar:
    """Forget it with all it said. Raises like :func:`of_room`."""
    async with db.transaction() as tx:
        before = await own(tx, calendar_id, by, now, for_update=True)
        await external_calendars.remove(tx, calendar_id)
        await record(tx, by, "removed", before, now)
    return before


async def own(tx: Tx, calendar_id: UUID, by: Staff, now: datetime, *, for_update: bool = False) -> ExternalCalendar:
    """A calendar that somebody may see and change. Raises :class:`NotFound`, :class:`NotAllowed`."""
    found = await external_calendars.load(tx, calendar_id, for_update=for_update)
    await _must_hold(tx, found.staff_id, found.room_id, by, now)
    return found


async def record(tx: Tx, by: Staff | None, action: str, calendar: ExternalCalendar, now: datetime) -> None:
    """Write down what was done with a calendar: never its address."""
    whose = {"room": str(calendar.room_id)} if calendar.room_id else {"staff": str(calendar.staff_id)}
    await audit.record(tx, by, action, "external_calendar", calendar.id, now, calendar.agency_id, **whose)


async def _of(tx: Tx, holder_id: UUID, now: datetime) -> Outside:
    return Outside(await external_calendars.of(tx, [holder_id]), await external_clashes.of_holder(tx, holder_id, now))


async def _first_copy(
    copier: Copier, calendar: ExternalCalendar, zone: str, content: bytes | None, now: datetime
) -> Copy:
    return await copier.copy(calendar, zone, now) if content is None else Copy(await copier.read(content, zone, now))


async def _must_have_room_for_one(tx: Tx, calendar: ExternalCalendar, by: Staff, now: datetime) -> None:
    await _must_hold(tx, calendar.staff_id, calendar.room_id, by, now, calendar.agency_id)
    if await external_calendars.number_of(tx, calendar.holder_id) >= MOST_OF_HOLDER:
        raise InvalidField(fields={"name": "too-many-calendars"})


async def _must_hold(
    tx: Tx, staff_id: UUID | None, room_id: UUID | None, by: Staff, now: datetime, agency_id: UUID | None = None
) -> None:
    """Do nothing for who plans where this room is, or this person is planned: in that agency, if one is named.

    Whoever is planned may do so for himself. Raises :class:`NotFound`, :class:`NotAllowed`.
    """
    if room_id:
        held = frozenset({(await rooms.load(tx, room_id)).agency_id})
    else:
        person = await staff.load(tx, staff_id, now) if staff_id else None
        held = person.leads_at if person else frozenset()
    seen = {one for one in held if by.belongs_to(one) and agency_id in (None, one)}
    if not seen:
        raise NotFound(holder_id=room_id or staff_id)
    if by.id != staff_id and not any(by.may(Right.PLAN, one) for one in seen):
        raise NotAllowed(right=Right.PLAN)
