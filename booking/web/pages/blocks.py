"""A meeting as a block of the agenda: its hours, how full it is, what is the matter, its place beside others."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from uuid import UUID

from booking.domain.obstacles import Surroundings
from booking.domain.sessions import SessionState
from booking.storage.agendas import MeetingListed
from booking.web.pages.signs import Sign, of_meeting
from calendars.zones import wall

# A day has twelve columns, so that two, three or four meetings share it evenly.
COLUMNS = 12
WIDTHS = {1: 12, 2: 6, 3: 4, 4: 3, 5: 2, 6: 2}
TENTHS = 10
QUARTER = timedelta(minutes=15)


@dataclass(slots=True)
class Block:
    """A meeting in its day: ``row`` and ``span`` in quarters of an hour, ``column`` and ``width`` in twelfths."""

    entry: MeetingListed
    begins: datetime
    ends: datetime
    kind: str
    signs: Sequence[Sign] = ()
    may_change: bool = False
    lane: int = 0
    lanes: int = 1
    row: int = 1

    @property
    def on(self) -> date:
        """Its day, there."""
        return self.begins.date()

    @property
    def span(self) -> int:
        """How tall, at least as tall as its title."""
        return max(3, round((self.ends - self.begins) / QUARTER))

    @property
    def is_troubled(self) -> bool:
        """Whether something is left to be seen to."""
        return any(sign.stops for sign in self.signs)

    @property
    def led_by(self) -> str:
        """Who leads it, in little room: Karim B."""
        first, _, last = (self.entry.facilitator_name or "").partition(" ")
        return f"{first} {last[:1]}." if last else first

    @property
    def width(self) -> int:
        """How many of the twelve columns."""
        return WIDTHS.get(self.lanes, 1)

    @property
    def column(self) -> int:
        """The first of its columns, from 1."""
        return min(COLUMNS, self.lane * self.width + 1)

    @property
    def tenths(self) -> int:
        """How full it is, in tenths; nobody is never as much as somebody."""
        if not self.entry.taken:
            return 0
        return min(TENTHS, max(1, TENTHS * self.entry.taken // self.entry.seats))


def kind_of(entry: MeetingListed, now: datetime) -> str:
    """How it is coloured: ``off`` cancelled, ``draft``, ``past``, ``full``, ``low`` still to be filled, or ``room``."""
    if entry.session_state in (SessionState.CANCELLED, SessionState.DRAFT):
        return "off" if entry.session_state is SessionState.CANCELLED else "draft"
    if entry.meeting.ends_at <= now:
        return "past"
    if not entry.free:
        return "full"
    return "low" if entry.lacks_people(now) else "room"


def made(
    entries: Sequence[MeetingListed],
    around: Mapping[UUID, Surroundings],
    now: datetime,
    planned_by_me: Collection[UUID] = (),
) -> list[Block]:
    """These meetings as blocks, by the clock of each place; of agencies where one plans, with a way to change them."""
    blocks = []
    for entry in entries:
        kind = kind_of(entry, now)
        begins, ends = wall(entry.meeting.starts_at, entry.time_zone), wall(entry.meeting.ends_at, entry.time_zone)
        is_to_come = kind not in ("off", "past")
        signs = of_meeting(entry, around.get(entry.agency_id)) if is_to_come else ()
        blocks.append(Block(entry, begins, ends, kind, signs, is_to_come and entry.agency_id in planned_by_me))
    return blocks


def set_side_by_side(blocks: Sequence[Block]) -> None:
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
