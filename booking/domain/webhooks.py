"""A webhook tells another program what has happened here: that it happened, to what, and when; never to whom."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from typing import Any
from uuid import UUID

from booking.domain.fields import Problems
from booking.domain.receivers import is_callable

LONGEST_URL = 500
TEST = "webhook.test"
# What is told: the noun and the action of a line of the audit, and the name by which programs know it.
EVENTS = {
    ("booking", "booked"): "booking.booked",
    ("booking", "held"): "booking.held",
    ("booking", "waitlisted"): "booking.waitlisted",
    ("booking", "promoted"): "booking.promoted",
    ("booking", "offered"): "booking.offered",
    ("booking", "confirmed"): "booking.confirmed",
    ("booking", "moved"): "booking.moved",
    ("booking", "cancelled"): "booking.cancelled",
    ("booking", "restored"): "booking.restored",
    ("booking", "lapsed"): "booking.lapsed",
    ("booking", "coming"): "booking.coming",
    ("booking", "wishes-other"): "booking.wishes_other",
    ("booking", "marked"): "attendance.marked",
    ("wait", "joined"): "wait.joined",
    ("wait", "left"): "wait.left",
    ("referral", "proposed"): "referral.proposed",
    ("referral", "accepted"): "referral.accepted",
    ("referral", "sent"): "referral.sent",
    ("referral", "met"): "referral.met",
    ("referral", "closed"): "referral.closed",
    ("referral", "cancelled"): "referral.cancelled",
    ("referral", "answered"): "referral.answered",
    ("referral", "undone"): "referral.changed",
    ("session", "published"): "session.published",
    ("session", "changed"): "session.changed",
    ("session", "allowed"): "session.changed",
    ("session", "kept"): "session.changed",
    ("session", "released"): "session.changed",
    ("session", "confirmed"): "session.confirmed",
    ("session", "cancelled"): "session.cancelled",
    ("workshop", "added"): "workshop.added",
    ("workshop", "changed"): "workshop.changed",
    ("webhook", "tested"): TEST,
}
# What somebody may choose, in this order.
CHOICES = tuple(dict.fromkeys(name for name in EVENTS.values() if name != TEST))
# Where the API shows what a noun has become.
PATHS = {
    "booking": "/api/v1/bookings/",
    "referral": "/api/v1/referrals/",
    "session": "/api/v1/sessions/",
    "workshop": "/api/v1/workshops/",
}
# The facts of a line that are told: ids, states and numbers. Reasons are what somebody wrote, and may name somebody.
TOLD = ("state", "party", "mark", "meeting", "moved_from", "capacity", "extra", "into", "outcome")


class DeliveryState(StrEnum):
    """The life of one thing told to one program."""

    PLANNED = "planned"
    SENDING = "sending"
    DELIVERED = "delivered"
    DEAD = "dead"


class Why(StrEnum):
    """Why a receiver is told nothing more: somebody said so, it is gone itself, or it failed for days."""

    BY_HAND = "by-hand"
    GONE = "gone"
    FAILING = "failing"


@dataclass(frozen=True, slots=True, kw_only=True)
class Endpoint:
    """Where another program listens. Without ``agency_id`` it hears of the whole network.

    ``version`` counts its secrets; the one before serves a day longer after ``rotated_at``.
    """

    id: UUID
    agency_id: UUID | None = None
    name: str
    url: str
    events: tuple[str, ...]
    version: int = 0
    created_by: UUID
    created_at: datetime
    rotated_at: datetime | None = None
    failing_since: datetime | None = None
    disabled_at: datetime | None = None
    disabled_because: str | None = None

    def checked(self, *, may_be_local: bool = False) -> "Endpoint":
        """This endpoint, if it can be called; otherwise :class:`InvalidField`."""
        problems = Problems()
        problems.text("name", self.name, longest=60)
        problems.text("url", self.url, longest=LONGEST_URL)
        if not is_callable(self.url, may_be_local=may_be_local):
            problems.add("url", "not-a-receiver")
        if not self.events:
            problems.add("events", "nothing-chosen")
        if not set(self.events) <= set(CHOICES):
            problems.add("events", "unknown-choice")
        problems.refuse()
        return self


@dataclass(frozen=True, slots=True, kw_only=True)
class Delivery:
    """One thing told to one program; its ``id`` stays the same however often it is told."""

    id: UUID
    endpoint_id: UUID
    audit_id: int
    type: str
    payload: Mapping[str, Any]
    state: DeliveryState
    attempts: int = 0
    due_at: datetime
    status: int | None = None
    error: str | None = None
    created_at: datetime
    settled_at: datetime | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Line:
    """A line of the audit, as far as it is told."""

    id: int
    at: datetime
    agency_id: UUID | None
    noun: str
    action: str
    noun_id: UUID
    details: Mapping[str, Any]

    @property
    def type(self) -> str:
        """The name by which programs know it."""
        return EVENTS[self.noun, self.action]

    def payload(self) -> dict[str, Any]:
        """What is said of it (Standard Webhooks, thin payload): whoever may know more asks the API."""
        found = {name: self.details[name] for name in TOLD if self.details.get(name) is not None}
        about: dict[str, Any] = {"id": str(self.noun_id), "agency_id": str(self.agency_id) if self.agency_id else None}
        if self.noun in PATHS:
            about["path"] = f"{PATHS[self.noun]}{self.noun_id}"
        return {"type": self.type, "timestamp": self.at.isoformat(), "data": about | found}


def lines_of(events: tuple[str, ...]) -> list[tuple[str, str]]:
    """The nouns and actions behind these names."""
    return [line for line, name in EVENTS.items() if name in events]
