"""Leaflets and posters as programs read and write them."""

from datetime import date, datetime
from uuid import UUID

import msgspec

from booking.domain.languages import FRENCH
from booking.domain.leaflets import Leaflet, LeafletKind
from booking.domain.partner_terms import Service
from booking.services.leaflets import LeafletSaid


class LeafletBody(msgspec.Struct, forbid_unknown_fields=True, kw_only=True):
    """A leaflet as it shall be. ``content`` is a PDF, PNG or JPEG file in base64; null keeps the file that is there."""

    title: str
    kind: LeafletKind = LeafletKind.LEAFLET
    language: str = FRENCH
    partner_id: UUID | None = None
    service: Service | None = None
    first_on: date | None = None
    last_on: date | None = None
    content: bytes | None = None

    @property
    def said(self) -> LeafletSaid:
        """What is said of it, without its file."""
        return LeafletSaid(**{name: getattr(self, name) for name in LeafletSaid.__slots__})


class LeafletView(msgspec.Struct, kw_only=True):
    """A leaflet or poster; ``hash`` is the SHA-256 of its file in hexadecimal. Both days are included."""

    id: UUID
    title: str
    kind: LeafletKind
    language: str
    partner_id: UUID | None
    service: Service | None
    first_on: date | None
    last_on: date | None
    media_type: str
    size: int
    hash: str
    version: int
    created_at: datetime

    @classmethod
    def of(cls, leaflet: Leaflet) -> "LeafletView":
        """The view of this leaflet."""
        return cls(**{name: getattr(leaflet, name) for name in cls.__struct_fields__})
