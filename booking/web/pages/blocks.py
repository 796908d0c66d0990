"""A meeting as a block of the week: its height, its colour, and its share of the width beside others."""

from dataclasses import dataclass
from datetime import datetime

from booking.domain.sessions import SessionState
from booking.services.agendas import Entry

# A day has twelve columns, so that two, three or four meetings share it evenly.
COLUMNS = 12
WIDTHS = {1: 12, 2: 6, 3: 4, 4: 3, 5: 2, 6: 2}


@dataclass(slots=True)
class Block:
    """A meeting in its day: ``row`` and ``span`` in quarters of an hour, ``column`` and ``width`` in twelfths."""

    entry: Entry
    begins: datetime
    ends: datetime
    kind: str
    lane: int = 0
    lanes: int = 1
    row: int = 1

    @property
    def span(self) -> int:
        """How tall, at least as tall as its title."""
        return max(3, round((self.ends - self.begins).total_seconds() / 900))

    @property
    def led_by(self) -> str:
        """Who leads it, in little room: Karim B."""
        first, _, last = (self.entry.facilitator or "").partition(" ")
        return f"{first} {last[:1]}." if last else first

    @property
    def width(self) -> int:
        """How many of the twelve columns."""
        return WIDTHS.get(self.lanes, 1)

    @property
    def column(self) -> int:
        """The first of its columns, from 1."""
        return min(COLUMNS, self.lane * self.width + 1)


def kind_of(entry: Entry, now: datetime) -> str:
    """How it is coloured: ``off`` cancelled, ``draft``, ``past``, ``full``, ``low`` still to be filled, or ``room``."""
    session = entry.session
    if session.state in (SessionState.CANCELLED, SessionState.DRAFT):
        return "off" if session.state is SessionState.CANCELLED else "draft"
    if entry.meeting.ends_at <= now:
        return "past"
    if not session.free:
        return "full"
    return "low" if entry.lacks_people(now) else "room"


def set_side_by_side(blocks: list[Block]) -> None:
    """Give meetings of the same time a lane each; those that touch one another share the width evenly."""
    together: list[Block] = []
    busy_until: datetime | None = None
    for block in sorted(blocks, key=lambda b: (b.begins, b.ends)):
        if busy_until is not None and block.begins >= busy_until:
            together = []
            busy_until = None
        used = {other.lane for other in together if other.ends > block.begins}
        block.lane = next(n for n in range(len(together) + 1) if n not in used)
        together.append(block)
        busy_until = max(busy_until or block.ends, block.ends)
        for other in together:
            other.lanes = 1 + max(member.lane for member in together)
