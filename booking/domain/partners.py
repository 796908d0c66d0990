"""A partner is a place to which somebody can be sent: what it does, for whom, where, when, and how one comes to it."""

import re
from collections.abc import Collection
from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from booking.domain.departments import of_commune, of_postcode
from booking.domain.fields import Problems
from booking.domain.job_seekers import folded
from booking.domain.partner_terms import Access, Care, Fee, PartnerKind, Public, Roaming, Service, Support
from calendars.territories import MAINLAND, METROPOLE, OVERSEAS, territory_of, zone_of

MAINLAND_ZONE = "Europe/Paris"
_KEPT = MAINLAND | OVERSEAS.keys()
POSTCODE, INSEE = re.compile(r"\d{5}"), re.compile(r"(?:\d\d|2[AB])\d{3}")
# By field: how long it may be.
LINES = {
    "address": 200,
    "address_extra": 200,
    "commune": 80,
    "pivot": 14,
    "phone": 30,
    "emails": 500,
    "referral_email": 254,
    "websites": 1000,
    "hours": 500,
    "typology": 200,
    "parent": 200,
    "programmes": 500,
    "labels": 500,
    "other_labels": 500,
    "access_sheet": 500,
    "booking_url": 500,
    "source": 120,
    "reference": 120,
}
TEXTS = {"directions": 1000, "summary": 280, "detail": 4000}
TERMS = {
    "services": Service,
    "publics": Public,
    "care": Care,
    "fees": Fee,
    "access": Access,
    "support": Support,
    "roaming": Roaming,
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Partner:
    """A place of the network. What may be several in the schema's words (``emails``, ``websites``, ``typology``,
    ``programmes``, ``labels``) is kept as the schema writes it, with ``|`` between.

    ``reference`` is its key in the list of ``source``, where it comes from one; ``hours`` are OpenStreetMap's
    opening_hours, or whatever somebody wrote. Only the agencies named may send people there; without any, all may.
    ``referral_email`` is where they are announced, ``updated_on`` when its source last looked at it.
    """

    id: UUID
    name: str
    kind: PartnerKind = PartnerKind.OTHER
    reference: str | None = None
    source: str = ""
    pivot: str = ""
    typology: str = ""
    parent: str = ""
    address: str = ""
    address_extra: str = ""
    postcode: str = ""
    commune: str = ""
    insee: str = ""
    latitude: float | None = None
    longitude: float | None = None
    phone: str = ""
    emails: str = ""
    referral_email: str = ""
    websites: str = ""
    booking_url: str = ""
    access_sheet: str = ""
    hours: str = ""
    directions: str = ""
    summary: str = ""
    detail: str = ""
    services: tuple[str, ...] = ()
    publics: tuple[str, ...] = ()
    care: tuple[str, ...] = ()
    fees: tuple[str, ...] = ()
    access: tuple[str, ...] = ()
    support: tuple[str, ...] = ()
    roaming: tuple[str, ...] = ()
    programmes: str = ""
    labels: str = ""
    other_labels: str = ""
    updated_on: date | None = None
    agency_ids: tuple[UUID, ...] = ()
    version: int = 0
    created_at: datetime
    archived_at: datetime | None = None

    @property
    def place(self) -> str:
        """Its address on one line."""
        town = f"{self.postcode} {self.commune}".strip()
        return ", ".join(part for part in (self.address, self.address_extra, town) if part)

    @property
    def contact_email(self) -> str:
        """Where a person who is sent there is announced; empty where nobody knows an address."""
        return self.referral_email or next(iter(several(self.emails)), "")

    @property
    def department(self) -> str | None:
        """Where it lies; None where its codes do not tell."""
        return of_commune(self.insee) or of_postcode(self.postcode)

    @property
    def time_zone(self) -> str:
        """The clock its hours are meant by."""
        return zone_of(self.department) if self.department in _KEPT else MAINLAND_ZONE

    @property
    def holiday_territory(self) -> str:
        """The public holidays it keeps."""
        return territory_of(self.department) if self.department in _KEPT else METROPOLE

    @property
    def search(self) -> str:
        """What a word is looked for in."""
        return folded(" ".join((self.name, self.commune, self.postcode, self.address, self.summary)))

    @property
    def found_by(self) -> str:
        """What finds it while somebody types: its name and its place."""
        return folded(" ".join((self.name, self.commune, self.postcode)))

    def serves(self, agency_ids: Collection[UUID]) -> bool:
        """Whether one of these agencies may send people there."""
        return not self.agency_ids or bool(set(self.agency_ids) & set(agency_ids))

    def checked(self) -> "Partner":
        """This partner, if it can stand in the directory; otherwise :class:`InvalidField`."""
        problems = Problems()
        problems.text("name", self.name, longest=160)
        for name, longest in LINES.items():
            problems.text(name, getattr(self, name) or "", longest=longest, required=False)
        for name, longest in TEXTS.items():
            problems.text(name, getattr(self, name), longest=longest, required=False, lines=True)
        for name, kind in TERMS.items():
            if set(getattr(self, name)) - set(kind):
                problems.add(name, "unknown-value")
        _check_place(self, problems)
        problems.refuse()
        return self


def several(said: str) -> list[str]:
    """The values of a field that may hold several."""
    return [part.strip() for part in said.split("|") if part.strip()]


def _check_place(partner: Partner, problems: Problems) -> None:
    for name, shape in (("postcode", POSTCODE), ("insee", INSEE)):
        said = getattr(partner, name)
        if said and not shape.fullmatch(said):
            problems.add(name, f"bad-{name}")
    for name, most in (("latitude", 90), ("longitude", 180)):
        degrees = getattr(partner, name)
        if degrees is not None and not -most <= degrees <= most:
            problems.add(name, "out-of-range")
    if (partner.latitude is None) != (partner.longitude is None):
        problems.add("longitude", "one-without-other")
