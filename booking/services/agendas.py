"""The agenda: every meeting of some days, how full its session is, and what stands in its way."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from typing import Any
from uuid import UUID

from booking.domain.agencies import Agency
from booking.domain.errors import NotFound
from booking.domain.obstacles import Surroundings
from booking.domain.staff import Right, Staff
from booking.storage import agencies, external_times, occupancies, surroundings
from booking.storage import agendas as storage
from booking.storage.agendas import MeetingListed, MeetingsWanted
from booking.storage.database import Database, Tx
from calendars.territories import school_zone_of
from calendars.zones import midnight

DAY = timedelta(days=1)
MOST_MEETINGS = 2000


@dataclass(frozen=True, slots=True, kw_only=True)
class Sought:
    """Which meetings of some agencies; None does not restrict. ``staff_id`` leads or assists."""

    room_id: UUID | None = None
    staff_id: UUID | None = None
    workshop_id: UUID | None = None


ALL = Sought()


@dataclass(frozen=True, slots=True, kw_only=True)
class Agenda:
    """Meetings by start, and by agency what is around them; ``is_cut`` when there were too many to show."""

    meetings: Sequence[MeetingListed]
    around: Mapping[UUID, Surroundings] = field(default_factory=dict)
    is_cut: bool = False


async def agency(db: Database, slug: str) -> Agency:
    """Any agency, own or not: its open sessions may be seen by all who work here. Raises :class:`NotFound`."""
    async with db.reading() as tx:
        found = await agencies.by_slug(tx, slug)
    if found is None:
        raise NotFound(slug=slug)
    return found


async def meetings(
    db: Database,
    *,
    by: Staff,
    agency_ids: Collection[UUID],
    starts_from: datetime,
    starts_before: datetime,
    sought: Sought = ALL,
) -> list[MeetingListed]:
    """The meetings of these agencies that begin in this time, by start; of drafts only where one may plan."""
    async with db.reading() as tx:
        return await _meetings(tx, by, agency_ids, starts_from, starts_before, sought)


async def show(
    db: Database, shown: Sequence[Agency], first: date, last: date, *, by: Staff, sought: Sought = ALL
) -> Agenda:
    """The agenda of these agencies from one day to another, both included, each day by the clock of the place.

    What only concerns who plans (who is away, which room is too small) is known to who may plan there.
    """
    if not shown:
        return Agenda(meetings=[])
    zones = {agency.time_zone for agency in shown}
    begins = min(midnight(first, zone) for zone in zones)
    ends = max(midnight(last + DAY, zone) for zone in zones)
    async with db.reading() as tx:
        found = await _meetings(tx, by, {agency.id for agency in shown}, begins, ends, sought)
        around = await _around(tx, shown, first, last, begins, ends, by)
    return Agenda(meetings=found, around=around, is_cut=len(found) == MOST_MEETINGS)


async def _meetings(
    tx: Tx, by: Staff, agency_ids: Collection[UUID], starts_from: datetime, starts_before: datetime, sought: Sought
) -> list[MeetingListed]:
    wanted = MeetingsWanted(
        agency_ids=agency_ids,
        room_id=sought.room_id,
        staff_id=sought.staff_id,
        attended_too=True,
        workshop_id=sought.workshop_id,
        starts_from=starts_from,
        starts_before=starts_before,
        drafts_of=[id for id in agency_ids if by.may(Right.PLAN, id)],
        most=MOST_MEETINGS,
    )
    return await storage.find(tx, wanted)


async def _around(
    tx: Tx, shown: Sequence[Agency], first: date, last: date, begins: datetime, ends: datetime, by: Staff
) -> dict[UUID, Surroundings]:
    """What is around each agency. Where its rooms are is seen in the agenda; where its staff are elsewhere is not."""
    closed = await storage.closures_of(tx, [agency.id for agency in shown], first, last)
    if len(shown) > 1:
        return {agency.id: _place(agency, closures=closed.get(agency.id, ())) for agency in shown}
    (agency,) = shown
    off = await surroundings.school_holidays_of(tx, school_zone_of(agency.department), first, last)
    known: dict[str, Any] = {"closures": closed.get(agency.id, ()), "school_holidays": off}
    if by.may(Right.PLAN, agency.id):
        known["outages"] = await surroundings.outages_of(tx, agency.id, first, last)
        known["rooms"] = {room.id: room for room in await agencies.rooms_of(tx, [agency.id])}
        known["rooms_busy"] = await external_times.between(tx, known["rooms"], begins, ends)
        known["people"] = await surroundings.people_of(tx, agency.id, begins, ends)
        where = await occupancies.between(tx, list(known["people"]), begins, ends)
        known["occupied"] = [one for one in where if one.agency_id != agency.id]
    return {agency.id: _place(agency, **known)}


def _place(agency: Agency, **known: Any) -> Surroundings:
    return Surroundings(zone=agency.time_zone, territory=agency.holiday_territory, **known)
