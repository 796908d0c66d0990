"""What was found where a seat was looked for: day by day, with how far it is and what is recommended."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from itertools import groupby
from uuid import UUID

from booking.domain.bookings import Booking
from booking.domain.job_seekers import JobSeeker, Need
from booking.domain.workshops import Level, Workshop
from booking.services import contingents, neighbours, searches
from booking.services.contingents import Kept
from booking.services.neighbours import Neighbour
from booking.storage.database import Database
from booking.storage.listings import Listed
from booking.web.pages.seat_searches import EVERYWHERE, MINE, Search, id_of
from calendars.zones import wall

ROWS = 25


@dataclass(slots=True, kw_only=True)
class Row:
    """A session as a choice for this person: how far, since when his own, why recommended."""

    listed: Listed
    km: float = 0.0
    is_own_agency: bool = False
    is_step_free: bool = False
    mine: Booking | None = None
    is_best: bool = False
    kept: Sequence[Kept] = ()
    own_kept: int = 0

    @property
    def free(self) -> int:
        """How many seats a person of the own agency can have: those for all, and those kept for the agency."""
        return self.listed.session.free + self.own_kept

    @property
    def day(self) -> date:
        """The day of the first meeting, there."""
        return wall(self.listed.session.starts_at, self.listed.time_zone).date()

    @property
    def order(self) -> tuple[date, datetime, UUID]:
        """By day as it is shown, then by time."""
        return self.day, self.listed.session.starts_at, self.listed.session.id


@dataclass(frozen=True, slots=True, kw_only=True)
class Board:
    """What was found: days with their rows, how to go on, and the agencies one can choose from."""

    days: Sequence[tuple[date, Sequence[Row]]]
    count: int
    last_day: date | None
    next: str
    neighbours: Sequence[Neighbour]


async def look(
    db: Database,
    search: Search,
    *,
    home: UUID | None,
    person: JobSeeker | None,
    mine: Mapping[UUID, Booking],
    done: Listed | None,
    catalogue: Collection[Workshop],
    now: datetime,
) -> Board:
    """The next sessions that fit the search, seen from an agency; what was just booked stays among them."""
    near = await neighbours.of_agency(db, home) if home else []
    found = await searches.next_sessions(
        db,
        now=now,
        workshop_id=id_of(search.workshop),
        agency_ids=_where(search.scope, near),
        with_room=not search.full,
        kept_for=home,
        after=search.last_seen,
        most=ROWS + 1,
    )
    shown = found[:ROWS]
    if done and done.session.id not in {listed.session.id for listed in shown}:
        shown.append(done)
    step_free = await neighbours.with_step_free_rooms(db, {listed.session.agency_id for listed in shown})
    rows = sorted((_row(listed, near, step_free, mine, home) for listed in shown), key=lambda row: row.order)
    await _note_kept(db, rows, home)
    if person and not done:
        _recommend(rows, person, catalogue)
    return Board(
        days=[(day, list(those)) for day, those in groupby(rows, key=lambda row: row.day)],
        count=len(rows),
        last_day=rows[-1].day if rows else None,
        next=_next(search, found),
        neighbours=near,
    )


def _where(scope: str, near: Sequence[Neighbour]) -> list[UUID] | None:
    """The agencies looked at; None is everywhere."""
    if not near or scope == EVERYWHERE:
        return None
    if scope == MINE:
        return [near[0].agency.id]
    chosen = id_of(scope)
    return [chosen] if chosen else neighbours.around(near)


def _row(
    listed: Listed, near: Sequence[Neighbour], step_free: set[UUID], mine: Mapping[UUID, Booking], home: UUID | None
) -> Row:
    session = listed.session
    rooms = {meeting.room_id for meeting in session.meetings}
    return Row(
        listed=listed,
        km=next((n.km for n in near if n.agency.id == session.agency_id), float("inf")),
        is_own_agency=session.agency_id == home,
        is_step_free=bool(rooms) and rooms <= step_free,
        mine=mine.get(session.id),
    )


async def _note_kept(db: Database, rows: Sequence[Row], home: UUID | None) -> None:
    keeping = [row.listed.session.id for row in rows if row.listed.session.kept]
    found = await contingents.of_sessions(db, keeping) if keeping else {}
    for row in rows:
        row.kept = found.get(row.listed.session.id, ())
        row.own_kept = sum(one.contingent.unused for one in row.kept if one.contingent.agency_id == home)


def _recommend(rows: Sequence[Row], person: JobSeeker, catalogue: Collection[Workshop]) -> None:
    """Mark the first seat nearby that suits the person's needs, if there is one."""
    levels = {workshop.id: workshop.level for workshop in catalogue}
    for row in sorted(rows, key=lambda row: (not row.is_own_agency, *row.order)):
        too_hard = Need.NEVER_USED_COMPUTER in person.needs and levels.get(row.listed.session.workshop_id) not in (
            Level.BEGINNER,
            None,
        )
        no_way_in = Need.ACCESSIBLE_PLACE in person.needs and not row.is_step_free
        if row.free and not (too_hard or no_way_in or row.mine):
            row.is_best = True
            return


def _next(search: Search, found: Sequence[Listed]) -> str:
    if len(found) <= ROWS:
        return ""
    last = found[ROWS - 1].session
    return search.href(after=f"{last.starts_at.isoformat()}_{last.id}")
