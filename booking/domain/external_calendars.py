"""A calendar elsewhere that says when somebody, or a room, is busy: where it is, how good our copy is, when to look."""

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta
from urllib.parse import urlsplit
from uuid import UUID

from booking.domain.fields import Problems
from booking.domain.receivers import is_callable

# How far ahead busy times are of interest, and from when on.
AHEAD, BACK = timedelta(days=396), timedelta(days=1)
USUAL = timedelta(hours=1)
LONGEST_PAUSE = timedelta(hours=24)
# A copy so old is made anew even if nothing changed there: what lies a year ahead comes into sight.
RENEWAL = timedelta(days=1)
# After so long somebody is told what to do.
PATIENCE = timedelta(days=3)
LONGEST_URL = 2000
MOST_OF_HOLDER = 5
WEBCAL = ("webcal://", "webcals://")


@dataclass(frozen=True, slots=True, kw_only=True)
class ExternalCalendar:
    """Of a member of staff or of a room; without ``url`` it was uploaded. ``fetched_at`` is of the last good copy."""

    id: UUID
    agency_id: UUID
    staff_id: UUID | None = None
    room_id: UUID | None = None
    name: str
    # Who knows it reads the whole calendar.
    url: str | None = field(default=None, repr=False)
    created_by: UUID
    created_at: datetime
    etag: str = field(default="", repr=False)
    last_modified: str = ""
    fetched_at: datetime | None = None
    covers_until: datetime | None = None
    read: int = 0
    problems: Mapping[str, int] = field(default_factory=dict)
    tried_at: datetime | None = None
    failures: int = 0
    error: str | None = None
    next_at: datetime | None = None

    @property
    def holder_id(self) -> UUID:
        """Whose it is."""
        found = self.room_id or self.staff_id
        assert found is not None
        return found

    @property
    def where(self) -> str:
        """The host alone: the rest of an address is a secret."""
        return urlsplit(self.url).hostname or "" if self.url else ""

    @property
    def not_understood(self) -> int:
        """How many entries could not be read."""
        return sum(self.problems.values())

    def is_lost(self, now: datetime) -> bool:
        """Whether it has failed for so long that somebody should do something."""
        return self.error is not None and now - (self.fetched_at or self.created_at) >= PATIENCE

    def is_to_renew(self, now: datetime) -> bool:
        """Whether the copy is to be made anew even if nothing changed there."""
        return self.fetched_at is None or now - self.fetched_at >= RENEWAL

    def checked(self, *, may_be_local: bool = False) -> "ExternalCalendar":
        """This calendar as it is kept, if name and address can be; otherwise :class:`InvalidField`."""
        url = self.url if self.url is None else as_https(self.url)
        problems = Problems()
        problems.text("name", self.name, longest=60)
        if url is not None:
            problems.text("url", url, longest=LONGEST_URL)
            if not is_callable(url, may_be_local=may_be_local):
                problems.add("url", "not-a-calendar-address")
        problems.refuse()
        return replace(self, name=self.name.strip(), url=url)

    def copied(self, read: int, problems: Mapping[str, int], now: datetime) -> "ExternalCalendar":
        """With a new good copy."""
        known = {"read": read, "problems": dict(problems), "fetched_at": now, "covers_until": now + AHEAD}
        return replace(self, **known, tried_at=now, failures=0, error=None)

    def unchanged(self, now: datetime) -> "ExternalCalendar":
        """Still what it was."""
        return replace(self, tried_at=now, failures=0, error=None)

    def failed(self, error: str, now: datetime) -> "ExternalCalendar":
        """Not to be had: the last good copy stays."""
        return replace(self, tried_at=now, failures=self.failures + 1, error=error)

    def due_again(self, now: datetime, chance: float) -> "ExternalCalendar":
        """When to look next: after an hour, longer after each failure; ``chance`` between 0 and 1 makes it later."""
        if self.url is None:
            return self
        pause = min(USUAL * 2 ** min(self.failures, 5), LONGEST_PAUSE)
        return replace(self, next_at=now + pause * (1 + chance / 5))


def as_https(url: str) -> str:
    """The address of a calendar: what begins with webcal is https."""
    said = url.strip()
    for scheme in WEBCAL:
        if said.lower().startswith(scheme):
            return f"https://{said[len(scheme) :]}"
    return said
