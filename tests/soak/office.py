"""What clients remember: the desks, who is signed in where, which calendars they hold, and what they were told."""

import random
from dataclasses import dataclass, field
from uuid import UUID

from tests.soak.callers import Caller
from tests.soak.desks import Desk

# In so many agencies somebody works with pages; the others ask by programs.
WITH_PAGES = 60


@dataclass
class Told:
    """Acknowledged: bookings with session and person, those that wait, and those that were cancelled."""

    seats: dict[UUID, tuple[UUID, UUID]] = field(default_factory=dict)
    waiting: set[UUID] = field(default_factory=set)
    ended: set[UUID] = field(default_factory=set)
    cancelled_sessions: set[UUID] = field(default_factory=set)


@dataclass
class Office:
    """Everybody who asks."""

    caller: Caller
    desks: list[Desk]
    told: Told = field(default_factory=Told)
    cookies: dict[str, str] = field(default_factory=dict)
    etags: dict[str, str] = field(default_factory=dict)
    mine: list[tuple[Desk, UUID]] = field(default_factory=list)

    def desk(self) -> Desk:
        """Any agency."""
        return random.choice(self.desks)

    def signed_in(self) -> tuple[Desk, str]:
        """An agency where somebody has a page open, and the cookie."""
        desk = random.choice(self.desks[:WITH_PAGES])
        return desk, self.cookies.get(desk.sign_in_name, "")
