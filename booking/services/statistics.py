"""Figures for whoever answers for an agency or for the network: now, and the period before to compare with."""

from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from booking.domain.agencies import Agency, Phase
from booking.domain.errors import NotFound
from booking.domain.periods import Period
from booking.domain.staff import Right, Staff
from booking.domain.statistics import NO_COUNTS, Row, Statistics, Totals, totals
from booking.domain.workshops import Audience, Workshop
from booking.services import counting
from booking.services.followed_bookings import agencies_with
from booking.storage import agencies, figure_sums, workshops
from booking.storage.database import Database, Tx
from booking.storage.figure_sums import Asked, Sums

# Periods are those of the mainland; what counts on which day is by the clocks of each agency.
ZONE = "Europe/Paris"


@dataclass(frozen=True, slots=True, kw_only=True)
class Wanted:
    """Which figures; None does not restrict."""

    period: Period
    agency_id: UUID | None = None
    workshop_id: UUID | None = None
    phase: Phase | None = None


@dataclass(frozen=True, slots=True)
class Choices:
    """The agencies whose figures one may see, and the workshops, by name."""

    agencies: list[Agency]
    workshops: list[Workshop]


async def choices(db: Database, *, by: Staff) -> Choices:
    """What one can ask for. Raises :class:`NotAllowed`."""
    async with db.reading() as tx:
        places = await _places(tx, by)
        titles = await workshops.every(tx, with_archived=True)
    for_people = [one for one in titles if one.audience is Audience.JOB_SEEKERS]
    return Choices(sorted(places, key=lambda one: one.name), sorted(for_people, key=lambda one: one.title))


async def show(db: Database, wanted: Wanted, *, by: Staff, now: datetime, leaves: bool = False) -> Statistics:
    """The figures asked for, of one's agencies; without small counts where they leave the house.

    Raises :class:`NotAllowed`, :class:`NotFound` for an agency or a workshop.
    """
    async with db.reading() as tx:
        places = _chosen(await _places(tx, by), wanted)
        if wanted.workshop_id:
            await workshops.load(tx, wanted.workshop_id)
    counted_at = await counting.catch_up(db, now)
    every = agencies_with(by, Right.AUDIT) is None and wanted.agency_id is None and wanted.phase is None
    ids = None if every else [one.id for one in places]
    asked = Asked(period=wanted.period, agency_ids=ids, workshop_id=wanted.workshop_id)
    async with db.reading() as tx:
        found = await _read(tx, asked, places, counted_at)
    return found.outside() if leaves or not _knows_everybody(by, places) else found


def _knows_everybody(by: Staff, places: Collection[Agency]) -> bool:
    """Whether these figures stay in the house: of one agency, or of some, whose people one knows by name anyway."""
    is_near = len(places) == 1 or by.agency_ids.issuperset(one.id for one in places)
    return is_near and all(by.may(Right.SEE_PEOPLE, one.id) for one in places)


async def _places(tx: Tx, by: Staff) -> list[Agency]:
    by.must_somewhere(Right.AUDIT)
    within = agencies_with(by, Right.AUDIT)
    return await agencies.every(tx) if within is None else await agencies.some(tx, within)


def _chosen(places: Collection[Agency], wanted: Wanted) -> list[Agency]:
    found = [one for one in places if wanted.agency_id in (None, one.id) and wanted.phase in (None, one.phase)]
    if wanted.agency_id and not any(one.id == wanted.agency_id for one in places):
        raise NotFound(agency_id=wanted.agency_id)
    return found


async def _read(tx: Tx, asked: Asked, places: Collection[Agency], counted_at: datetime | None) -> Statistics:
    of_agencies = await figure_sums.by_agency(tx, asked)
    titles = {} if asked.workshop_id else await figure_sums.by_workshop(tx, asked, Audience.JOB_SEEKERS)
    rows = _agencies(places, of_agencies)
    return Statistics(
        period=asked.period,
        counted_at=counted_at,
        total=Totals(await figure_sums.total(tx, asked)),
        before=Totals(NO_COUNTS | await figure_sums.total_before(tx, asked)),
        slices=_slices(asked.period, await figure_sums.by_slice(tx, asked)),
        agencies=rows,
        workshops=[Row(id=id, name=title, totals=Totals(NO_COUNTS | sums)) for (id, title), sums in titles.items()],
        phases=_phases(rows),
        trainings=_all((await figure_sums.by_workshop(tx, asked, Audience.STAFF)).values()),
        steps=await figure_sums.steps(tx, asked),
        referrals=await figure_sums.referrals(tx, asked),
    )


def _all(sums: Iterable[Sums]) -> Totals:
    return totals(NO_COUNTS | one for one in sums)


def _agencies(places: Collection[Agency], found: Mapping[UUID, Sums]) -> list[Row]:
    """Those in which something has taken place, by name."""
    return [
        Row(id=one.id, name=one.name, phase=one.phase, totals=Totals(NO_COUNTS | found[one.id]))
        for one in sorted(places, key=lambda one: one.name)
        if one.id in found
    ]


def _phases(rows: Collection[Row]) -> list[Row]:
    """The agencies by their phase, if there is more than one phase to compare."""
    of: dict[Phase, list[Row]] = defaultdict(list)
    for row in rows:
        if row.phase:
            of[row.phase].append(row)
    found = [
        Row(name=phase, phase=phase, agencies=len(of[phase]), totals=_all(row.totals.counts for row in of[phase]))  # type: ignore[misc]
        for phase in Phase
        if phase in of
    ]
    return found if len(found) > 1 else []


def _slices(period: Period, found: Mapping[date, Sums]) -> list[Row]:
    parts: dict[date, list[Sums]] = defaultdict(list)
    for on, sums in found.items():
        parts[period.part_of(on)].append(sums)
    return [Row(name=on.isoformat(), on=on, totals=_all(sums)) for on, sums in sorted(parts.items())]
