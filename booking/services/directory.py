"""Looking into the directory: which partners there are for what, and how far they are from one's agency."""

import math
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID
from zoneinfo import ZoneInfo

from booking.documents.partner_lists import csv_of
from booking.domain.agencies import Agency, distance_km
from booking.domain.errors import NotFound
from booking.domain.job_seekers import folded
from booking.domain.opening_times import Standing, standing
from booking.domain.partner_terms import PartnerKind, Service
from booking.domain.partners import Partner
from booking.domain.staff import Right, Staff
from booking.storage import agencies, partners
from booking.storage.database import Database
from booking.storage.partners import Box, Sought

MOST_WORDS = 8
# More are not read: whoever finds so many says more.
MOST = 1000
KM_OF_A_DEGREE = 111.2


@dataclass(frozen=True, slots=True, kw_only=True)
class Asked:
    """Words of the name or the place, a service, a kind, how far from which agency, and only what is open now."""

    words: str = ""
    kind: PartnerKind | None = None
    service: Service | None = None
    agency_id: UUID | None = None
    within_km: int | None = None
    is_open: bool = False
    is_archived: bool = False


@dataclass(frozen=True, slots=True)
class Listed:
    """A partner, how far it is in kilometres (infinitely where nobody knows), and whether it is open."""

    partner: Partner
    km: float
    standing: Standing


async def find(db: Database, asked: Asked, *, by: Staff, now: datetime) -> list[Listed]:
    """The nearest first; where distances are unknown, by name. Raises :class:`NotFound` for an agency out of sight."""
    async with db.reading() as tx:
        here = await agencies.load(tx, asked.agency_id) if asked.agency_id else None
        if here and not by.belongs_to(here.id):
            raise NotFound(agency_id=here.id)
        found = await partners.find(tx, sought(asked, here, by), MOST)
    listed = [Listed(one, _km(here, one), standing(one, clock(one, now))) for one in found]
    most = asked.within_km or math.inf
    kept = [
        one for one in listed if (one.km <= most or one.km == math.inf) and (one.standing.is_open or not asked.is_open)
    ]
    return sorted(kept, key=lambda one: (one.km, folded(one.partner.name)))


async def page(db: Database, asked: Asked, after: UUID | None, most: int, *, by: Staff) -> list[Partner]:
    """So many that fit by id, from behind this one; distance and hours are not asked."""
    async with db.reading() as tx:
        return await partners.page(tx, sought(asked, None, by), after, most)


async def as_list(db: Database, *, by: Staff) -> str:
    """Those within one's sight in the national schema's CSV, without the archived ones; for who may plan somewhere.

    Raises :class:`NotAllowed`.
    """
    by.must_somewhere(Right.PLAN)
    async with db.reading() as tx:
        every = await partners.every(tx, with_archived=False)
    return csv_of(one for one in every if by.is_network_wide or one.serves(by.agency_ids))


def sought(asked: Asked, here: Agency | None, by: Staff) -> Sought:
    """What to ask of the database, within somebody's sight."""
    return Sought(
        words=folded(asked.words).split()[:MOST_WORDS],
        kind=asked.kind,
        service=asked.service,
        box=_box(here, asked.within_km) if here and asked.within_km else None,
        near=_point(here) if here else None,
        agency_ids=None if by.is_network_wide else by.agency_ids,
        is_archived=asked.is_archived,
    )


def clock(partner: Partner, now: datetime) -> datetime:
    """This moment on the partner's own clock."""
    return now.astimezone(ZoneInfo(partner.time_zone)).replace(tzinfo=None)


def near(partner: Partner, among: Sequence[Agency]) -> list[tuple[Agency, float]]:
    """The agencies whose distance is known, the nearest first."""
    found = [(agency, distance_km(agency, partner)) for agency in among]
    return sorted((one for one in found if one[1] < math.inf), key=lambda one: one[1])


def _km(here: Agency | None, partner: Partner) -> float:
    return distance_km(here, partner) if here else math.inf


def _point(here: Agency) -> tuple[float, float] | None:
    return None if here.latitude is None or here.longitude is None else (here.latitude, here.longitude)


def _box(here: Agency, km: int) -> Box | None:
    if here.latitude is None or here.longitude is None:
        return Box(south=0, north=0, west=0, east=0, department=here.department)
    high = km / KM_OF_A_DEGREE
    wide = high / max(math.cos(math.radians(here.latitude)), 0.1)
    return Box(
        south=here.latitude - high,
        north=here.latitude + high,
        west=here.longitude - wide,
        east=here.longitude + wide,
        department=here.department,
    )
