"""What happened, as whoever lived it wrote it down; what it comes to is worked out here from nothing else."""

from collections import Counter, defaultdict
from dataclasses import dataclass, field
from datetime import date, datetime
from uuid import UUID

from booking.domain.attendance import Mark
from booking.domain.bookings import Party

PRESENT = {Mark.ATTENDED, Mark.LATE, Mark.LEFT_EARLY}


@dataclass(slots=True)
class Held:
    """A session: its seats, its meetings as they begin, and by booking who had one and how he was marked; ``walked_in``
    says from which meeting on somebody came without a booking, by its number."""

    agency_id: UUID
    month: date
    starts_at: datetime
    seats: int
    meetings: list[UUID]
    marks: dict[UUID, dict[UUID, Mark]] = field(default_factory=dict)
    walked_in: dict[UUID, int] = field(default_factory=dict)
    cancelled: Counter[Party] = field(default_factory=Counter)
    is_called_off: bool = False

    def comes_to(self) -> Counter[str]:
        """Its figures, each by its definition."""
        found = Counter({f"cancelled_{party}": many for party, many in self.cancelled.items()})
        if self.is_called_off:
            return found + Counter(called_off=1)
        found += Counter(sessions=1, seats=self.seats, seated=len(self.marks), walk_ins=len(self.walked_in))
        for booking_id, marks in self.marks.items():
            present = sum(mark in PRESENT for mark in marks.values())
            found["finished"] += present == len(self.meetings) - self.walked_in.get(booking_id, 0)
            found["came"] += present > 0
            found["unmarked"] += not marks
            found["absent"] += not present and Mark.ABSENT in marks.values()
            found["excused"] += bool(marks) and not present and Mark.ABSENT not in marks.values()
        return +found


@dataclass(slots=True)
class Ledger:
    """Everything that happened to job seekers."""

    held: dict[UUID, Held] = field(default_factory=dict)
    diagnosed: set[UUID] = field(default_factory=set)
    referrals: Counter[UUID] = field(default_factory=Counter)
    trained: int = 0

    def by_month(self, now: datetime) -> dict[tuple[UUID, date], Counter[str]]:
        """The figures of each agency and month, of what had begun by then."""
        sums: dict[tuple[UUID, date], Counter[str]] = defaultdict(Counter)
        for one in self.held.values():
            if one.is_called_off or one.starts_at <= now:
                sums[one.agency_id, one.month].update(one.comes_to())
        return sums
