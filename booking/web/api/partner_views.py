"""Partners as programs read and write them."""

from dataclasses import replace
from datetime import date, datetime
from typing import Annotated
from uuid import UUID

import msgspec

from booking.domain.partner_terms import Access, Care, Fee, PartnerKind, Public, Roaming, Service, Support
from booking.domain.partners import Partner

Latitude = Annotated[float, msgspec.Meta(ge=-90, le=90)]
Longitude = Annotated[float, msgspec.Meta(ge=-180, le=180)]
Few = Annotated[list[UUID], msgspec.Meta(max_length=1000)]


class PartnerBody(msgspec.Struct, forbid_unknown_fields=True, kw_only=True):
    """A partner as it shall be, in the vocabulary of the national schema of digital-mediation places 1.0.1.

    ``emails``, ``websites``, ``typology``, ``programmes`` and the labels hold several values with ``|`` between.
    ``hours`` are OpenStreetMap's opening_hours. Only the agencies of ``agency_ids`` may send people there; none is all.
    """

    name: str
    kind: PartnerKind = PartnerKind.OTHER
    address: str = ""
    address_extra: str = ""
    postcode: str = ""
    commune: str = ""
    insee: str = ""
    latitude: Latitude | None = None
    longitude: Longitude | None = None
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
    services: list[Service] = []
    publics: list[Public] = []
    care: list[Care] = []
    fees: list[Fee] = []
    access: list[Access] = []
    support: list[Support] = []
    roaming: list[Roaming] = []
    pivot: str = ""
    typology: str = ""
    parent: str = ""
    programmes: str = ""
    labels: str = ""
    other_labels: str = ""
    agency_ids: Few = []

    def upon(self, before: Partner) -> Partner:
        """The partner with these fields."""
        said = {name: getattr(self, name) for name in PartnerBody.__struct_fields__}
        kept = {name: tuple(value) for name, value in said.items() if isinstance(value, list)}
        return replace(before, **said | kept | {"agency_ids": tuple(sorted(set(self.agency_ids)))})


class NewPartner(PartnerBody, kw_only=True):
    """A new partner; whoever is sure that none of those that look alike is this one says so."""

    is_sure: bool = False


class PartnerView(msgspec.Struct, kw_only=True):
    """An entry of the directory. ``reference`` is its key in the list of ``source``; ``is_open`` is null where nobody
    knows whether it is open now.
    """

    id: UUID
    name: str
    kind: PartnerKind
    reference: str | None
    source: str
    address: str
    address_extra: str
    postcode: str
    commune: str
    insee: str
    latitude: float | None
    longitude: float | None
    time_zone: str
    phone: str
    emails: str
    referral_email: str
    websites: str
    booking_url: str
    access_sheet: str
    hours: str
    is_open: bool | None
    directions: str
    summary: str
    detail: str
    services: list[Service]
    publics: list[Public]
    care: list[Care]
    fees: list[Fee]
    access: list[Access]
    support: list[Support]
    roaming: list[Roaming]
    pivot: str
    typology: str
    parent: str
    programmes: str
    labels: str
    other_labels: str
    updated_on: date | None
    agency_ids: list[UUID]
    version: int
    created_at: datetime
    archived_at: datetime | None

    @classmethod
    def of(cls, partner: Partner, *, is_open: bool | None) -> "PartnerView":
        """The view of this partner."""
        own = {name: getattr(partner, name) for name in cls.__struct_fields__ if name != "is_open"}
        return msgspec.convert(own | {"is_open": is_open}, cls)
