"""A leaflet or poster is a document shown at the right moment: beside a partner, a service, or to everybody."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum
from uuid import UUID

from booking.domain.fields import Problems
from booking.domain.languages import FRENCH, LANGUAGES
from booking.domain.partner_terms import Service


class LeafletKind(StrEnum):
    """What it is."""

    TARIFF = "tariff"
    LEAFLET = "leaflet"
    POSTER = "poster"


@dataclass(frozen=True, slots=True, kw_only=True)
class Leaflet:
    """It holds from ``first_on`` to ``last_on``, both included; without a day there is no limit. It belongs to a
    partner, to a service, to a service of a partner, or to neither. ``hash`` names the bytes of its file.
    """

    id: UUID
    title: str
    kind: LeafletKind = LeafletKind.LEAFLET
    language: str = FRENCH
    partner_id: UUID | None = None
    service: Service | None = None
    first_on: date | None = None
    last_on: date | None = None
    media_type: str
    size: int
    hash: str
    version: int = 0
    created_at: datetime

    def holds_on(self, day: date) -> bool:
        """Whether it may be handed out that day."""
        return (self.first_on is None or self.first_on <= day) and not self.is_over(day)

    def is_over(self, day: date) -> bool:
        """Whether it holds no more."""
        return self.last_on is not None and self.last_on < day

    def fits(self, partner_id: UUID | None, services: Collection[str]) -> bool:
        """Whether it is about this partner, or about one of the services for which somebody is sent there."""
        is_about_service = self.service is None or self.service in services
        if self.partner_id is None:
            return self.service is not None and is_about_service
        return self.partner_id == partner_id and is_about_service

    def checked(self) -> "Leaflet":
        """This leaflet, if it can be kept; otherwise :class:`InvalidField`."""
        problems = Problems()
        problems.text("title", self.title, longest=120)
        if self.language not in (FRENCH, *LANGUAGES):
            problems.add("language", "unknown-choice")
        if self.first_on and self.last_on and self.last_on < self.first_on:
            problems.add("last_on", "ends-before-it-starts")
        problems.refuse()
        return self
