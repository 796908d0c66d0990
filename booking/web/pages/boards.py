"""What was found where a seat was looked for: by day or by agency, with how far it is and what is recommended."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from itertools import groupby
from uuid import UUID

from booking.domain.job_seekers import JobSeeker
from booking.domain.workshops import Workshop
from booking.services import contingents, nearest_seats, neighbours, searches
from booking.services.neighbours import Neighbour
from booking.services.prerequisites import Prerequisite
from booking.storage.database import Database
from booking.storage.listings import BookingListed, Listed
from booking.web.pages.fits import recommend
from booking.web.pages.rows import Row, already_in, clash_of
from booking.web.pages.seat_searches import DISTANCES, EVERYWHERE, MINE, Search, id_of

# As many as one looks through at a time: a longer page is slower to make and to draw.
ROWS = 15


@dataclass(frozen=True, slots=True, kw_only=True)
class Viewer:
    """From where one looks, and for whom: the person's own places and what workshops ask of him."""

    home: UUID | None
    person: JobSeeker | None
    places: Sequence[BookingListed]
    asked: Mapping[UUID, Sequence[Prerequisite]]
    catalogue: Collection[Workshop]
    now: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class Group:
    """Rows that stand together: those of one day, or those of one agency."""

    rows: Sequence[Row]
    on: date | None = None
    agency: str = ""
    agency_id: UUID | None = None
    km: float = 0.0


@dataclass(frozen=True, slots=True, kw_only=True)
class Board:
    """What was found: groups of rows, how to go on, and the agencies one can choose from."""

    groups: Sequence[Group]
    count: int
    last_day: date | None
    next: str
    neighbours: Sequence[Neighbour]


async def look(db: Database, search: Search, viewer: Viewer, done: Listed | None) -> Board:
    """The next sessions that fit the search, seen from an agency; what was just booked stays among them."""
    near = await neighbours.of_agency(db, viewer.home) if viewer.home else []
    is_by_agency = search.by_distance and bool(near) and not search.only
    find = _nearest if is_by_agency else _this if search.only else _soonest
    shown, next_page = await find(db, search, near, viewer)
    if done and done.session.id not in {listed.session.id for listed in shown}:
        shown.append(done)
    rows = await rows_of(db, shown, near, viewer)
    if viewer.person and not done:
        recommend(rows, viewer.person, viewer.catalogue, search.narrowed)
    return Board(
        groups=_by_agency(rows) if is_by_agency else _by_day(rows),
        count=len(rows),
        last_day=max((row.day for row in rows), default=None),
        next=next_page,
        neighbours=near,
    )


async def _this(db: Database, search: Search, near: Sequence[Neighbour], viewer: Viewer) -> tuple[list[Listed], str]:
    """The one session that the address names."""
    session_id = id_of(search.only)
    found = await searches.one(db, session_id) if session_id else None
    return [found] if found and found.session.takes_bookings(viewer.now) else [], ""


async def _soonest(db: Database, search: Search, near: Sequence[Neighbour], viewer: Viewer) -> tuple[list[Listed], str]:
    found = await searches.next_sessions(
        db,
        now=viewer.now,
        workshop_id=id_of(search.workshop),
        agency_ids=where(search.scope, near),
        with_room=not search.full,
        kept_for=viewer.home,
        narrowed=search.narrowed,
        after=search.last_seen,
        most=ROWS + 1,
    )
    if len(found) <= ROWS:
        return found, ""
    last = found[ROWS - 1].session
    return found[:ROWS], search.href(after=f"{last.starts_at.isoformat()}_{last.id}")


async def _nearest(db: Database, search: Search, near: Sequence[Neighbour], viewer: Viewer) -> tuple[list[Listed], str]:
    chosen = where(search.scope, near)
    found = await nearest_seats.next_sessions(
        db,
        [n.agency.id for n in near if chosen is None or n.agency.id in chosen],
        now=viewer.now,
        workshop_id=id_of(search.workshop),
        with_room=not search.full,
        kept_for=viewer.home,
        narrowed=search.narrowed,
        skip=search.agencies_seen,
    )
    return list(found.found), "" if found.is_all else search.href(after=found.seen)


def where(scope: str, near: Sequence[Neighbour]) -> list[UUID] | None:
    """The agencies looked at; None is everywhere."""
    if not near or scope == EVERYWHERE:
        return None
    if scope == MINE:
        return [near[0].agency.id]
    if scope in DISTANCES:
        return [n.agency.id for n in near if n.km <= int(scope)]
    chosen = id_of(scope)
    return [chosen] if chosen else neighbours.around(near)


async def rows_of(db: Database, found: Sequence[Listed], near: Sequence[Neighbour], viewer: Viewer) -> list[Row]:
    """Sessions as choices for this person, by day."""
    access = await neighbours.access(db, {listed.session.agency_id for listed in found})
    km = {n.agency.id: n.km for n in near}
    mine = {place.session.id: place.booking for place in viewer.places}
    rows = [_row(listed, km, viewer) for listed in found]
    for row in rows:
        rooms = {meeting.room_id for meeting in row.session.meetings}
        row.is_step_free, row.has_loop = (bool(rooms) and rooms <= those for those in access)
        row.mine = mine.get(row.session.id)
    await _note_kept(db, rows, viewer.home)
    return sorted(rows, key=lambda row: row.order)


def _row(listed: Listed, km: Mapping[UUID, float], viewer: Viewer) -> Row:
    session = listed.session
    return Row(
        listed=listed,
        now=viewer.now,
        km=km.get(session.agency_id, float("inf")),
        is_own_agency=session.agency_id == viewer.home,
        clash=clash_of(session, viewer.places, viewer.now),
        is_lacking=_lacks(session.workshop_id, viewer),
        already=already_in(session, viewer.places, viewer.now),
    )


def _lacks(workshop_id: UUID, viewer: Viewer) -> bool:
    """Whether it is known that the person has not what the workshop asks for."""
    return any(one.is_done is False for one in viewer.asked.get(workshop_id, ()))


async def _note_kept(db: Database, rows: Sequence[Row], home: UUID | None) -> None:
    keeping = [row.session.id for row in rows if row.session.kept]
    found = await contingents.of_sessions(db, keeping) if keeping else {}
    for row in rows:
        row.kept = found.get(row.session.id, ())
        row.own_kept = sum(one.contingent.unused for one in row.kept if one.contingent.agency_id == home)


def _by_day(rows: Sequence[Row]) -> list[Group]:
    return [Group(on=day, rows=list(those)) for day, those in groupby(rows, key=lambda row: row.day)]


def _by_agency(rows: Sequence[Row]) -> list[Group]:
    """The nearest first; those whose way nobody knows by name."""
    placed = sorted(rows, key=lambda row: (row.km, row.listed.agency_name, row.session.agency_id, row.order))
    groups = [list(those) for _, those in groupby(placed, key=lambda row: row.session.agency_id)]
    return [
        Group(rows=those, agency=those[0].listed.agency_name, agency_id=those[0].session.agency_id, km=those[0].km)
        for those in groups
    ]
