"""Invitations: what somebody's own calendar was told about a meeting, and what it must be told next.

Whoever is invited gets one entry for each meeting. A later word about it has a higher sequence (RFC 5546, 2.1.4), so
that a mail that comes late changes nothing.
"""

from collections.abc import Mapping
from dataclasses import dataclass, fields, replace
from datetime import datetime
from enum import StrEnum
from typing import Any
from uuid import UUID


class Partstat(StrEnum):
    """What a guest's calendar answered."""

    ACCEPTED = "accepted"
    TENTATIVE = "tentative"
    DECLINED = "declined"


class InvitationState(StrEnum):
    """Whether the last word for a calendar is to leave, leaves, has left, or cannot."""

    PLANNED = "planned"
    SENDING = "sending"
    SENT = "sent"
    FAILED = "failed"


@dataclass(frozen=True, slots=True, kw_only=True)
class Entry:
    """One meeting as a guest's calendar shows it; ``sequence`` is the least that may be said with it."""

    meeting_id: UUID
    sequence: int
    starts_at: datetime
    ends_at: datetime
    zone: str
    title: str
    place: str
    note: str = ""
    is_cancelled: bool = False

    def differs(self, other: "Entry") -> bool:
        """Whether the guest must be told: another start, end, place or state. Another title wakes nobody."""
        mine, others = ((e.starts_at, e.ends_at, e.place, e.is_cancelled) for e in (self, other))
        return mine != others

    @property
    def kept(self) -> dict[str, Any]:
        """The same, as a small structure."""
        said = {one.name: getattr(self, one.name) for one in fields(self)}
        times = {"starts_at": self.starts_at.isoformat(), "ends_at": self.ends_at.isoformat()}
        return said | times | {"meeting_id": str(self.meeting_id)}

    @classmethod
    def read(cls, kept: Mapping[str, Any]) -> "Entry":
        """The entry that was kept; one that an older program kept may say less."""
        said = {one.name: kept[one.name] for one in fields(cls) if one.name in kept}
        times = {name: datetime.fromisoformat(kept[name]) for name in ("starts_at", "ends_at")}
        return cls(**said | times | {"meeting_id": UUID(kept["meeting_id"])})


def next_word(told: Entry | None, wanted: Entry | None, now: datetime) -> Entry | None:
    """What a guest must be told now; None when the calendar is right, or the meeting has begun.

    ``told`` is the last that was said, ``wanted`` what the calendar should show; None is nothing.
    """
    if wanted is None:
        if told is None or told.is_cancelled or told.ends_at <= now:
            return None
        return replace(told, is_cancelled=True, sequence=told.sequence + 1)
    if wanted.starts_at <= now or (told is not None and not wanted.differs(told)):
        return None
    return replace(wanted, sequence=max(wanted.sequence, told.sequence + 1)) if told else wanted


def next_words(told: Mapping[UUID, Entry], wanted: Mapping[UUID, Entry], now: datetime) -> list[Entry]:
    """The same for many meetings: where somebody is to come before where he is not, each by start."""
    found = (next_word(told.get(id), wanted.get(id), now) for id in {**told, **wanted})
    return sorted(filter(None, found), key=lambda one: (one.is_cancelled, one.starts_at, one.meeting_id))
