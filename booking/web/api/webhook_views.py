"""Webhooks, as programs write and read them."""

from datetime import datetime
from typing import Annotated, Any
from uuid import UUID

import msgspec

from booking.domain.webhooks import Delivery, DeliveryState, Endpoint

Events = Annotated[list[str], msgspec.Meta(min_length=1, max_length=100)]


class WebhookChange(msgspec.Struct, forbid_unknown_fields=True, kw_only=True):
    """What a program wants to hear, and where: ``url`` is https on port 443 at a public address."""

    name: str
    url: str
    events: Events


class WebhookBody(WebhookChange, forbid_unknown_fields=True, kw_only=True):
    """The same; without ``agency_id`` it hears of the whole network."""

    agency_id: UUID | None = None


class WebhookView(msgspec.Struct, kw_only=True):
    """A program that is told what happens, unless it was disabled by hand, is gone, or has been failing for days."""

    id: UUID
    agency_id: UUID | None
    name: str
    url: str
    events: tuple[str, ...]
    created_at: datetime
    rotated_at: datetime | None
    failing_since: datetime | None
    disabled_at: datetime | None
    disabled_because: str | None

    @classmethod
    def of(cls, endpoint: Endpoint) -> "WebhookView":
        """The view of this endpoint."""
        return cls(**{name: getattr(endpoint, name) for name in cls.__struct_fields__})


class SecretView(msgspec.Struct):
    """What signs (Standard Webhooks): the newest first; the one before serves for a day after a new one."""

    secrets: list[str]


class DeliveryView(msgspec.Struct, kw_only=True):
    """One thing told; ``id`` is the `webhook-id`, ``status`` and ``error`` are of the last try."""

    id: UUID
    type: str
    payload: dict[str, Any]
    state: DeliveryState
    attempts: int
    due_at: datetime
    status: int | None
    error: str | None
    created_at: datetime
    settled_at: datetime | None

    @classmethod
    def of(cls, delivery: Delivery) -> "DeliveryView":
        """The view of this delivery."""
        own = {name: getattr(delivery, name) for name in cls.__struct_fields__ if name != "payload"}
        return cls(**own, payload=dict(delivery.payload))


class DeliveriesPage(msgspec.Struct):
    """Deliveries, the latest first; ``next`` is the address of the following page."""

    items: list[DeliveryView]
    next: str | None = None
