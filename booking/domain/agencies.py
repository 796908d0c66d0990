"""An agency hosts workshops or sends people to them; its department decides its time zone and its holidays."""

import math
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from typing import Protocol
from uuid import UUID

from booking.domain.job_seekers import folded

EARTH_RADIUS_KM = 6371.0


class Phase(StrEnum):
    """How far an agency has come in the roll-out."""

    PILOT = "pilot"
    OPEN = "open"
    CLOSED = "closed"


class WaitlistPolicy(StrEnum):
    """What becomes of a freed seat: whoever is first has it, or is asked and answers in time."""

    GIVE = "give"
    OFFER = "offer"


@dataclass(frozen=True, slots=True, kw_only=True)
class Agency:
    """An office. ``code`` is its SAFIR code, ``reference`` its key in the list it was imported from."""

    id: UUID
    slug: str
    name: str
    department: str
    time_zone: str
    holiday_territory: str
    phase: Phase = Phase.OPEN
    hosts: bool = True
    phase_since: datetime | None = None
    publishes: bool = True
    code: str | None = None
    reference: str | None = None
    address: str = ""
    postcode: str = ""
    commune: str = ""
    insee: str = ""
    phone: str = ""
    latitude: float | None = None
    longitude: float | None = None
    directions: str = ""
    hold_minutes: int = 10
    waitlist_policy: WaitlistPolicy = WaitlistPolicy.GIVE
    feed_version: int = 0
    feed_changed_at: datetime | None = None

    @property
    def is_hosting(self) -> bool:
        """Whether sessions are planned here; otherwise it only sends people to others, or is closed."""
        return self.hosts and self.phase is not Phase.CLOSED

    @property
    def search(self) -> str:
        """What a word is looked for in; the name first, because lists are in its order."""
        return folded(" ".join((self.name, self.commune, self.postcode, self.code or "")))

    @property
    def place(self) -> str:
        """The address on one line, as a calendar or a letter says it."""
        town = f"{self.postcode} {self.commune}".strip()
        return ", ".join(part for part in (self.name, self.address, town) if part)


class Placed(Protocol):
    """Whatever lies somewhere, in degrees, as far as it is known."""

    @property
    def latitude(self) -> float | None:
        """North of the equator."""

    @property
    def longitude(self) -> float | None:
        """East of Greenwich."""


def distance_km(one: Placed, other: Placed) -> float:
    """Great-circle distance in kilometres (haversine); infinite where one has no coordinates."""
    if one.latitude is None or one.longitude is None or other.latitude is None or other.longitude is None:
        return math.inf
    lat1, lon1, lat2, lon2 = map(math.radians, (one.latitude, one.longitude, other.latitude, other.longitude))
    half = math.sin((lat2 - lat1) / 2) ** 2 + math.cos(lat1) * math.cos(lat2) * math.sin((lon2 - lon1) / 2) ** 2
    return 2 * EARTH_RADIUS_KM * math.asin(math.sqrt(half))
