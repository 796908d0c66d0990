"""What clients were told, kept by themselves, and what became of it in the database."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from itertools import pairwise
from uuid import UUID

Place = tuple[UUID, UUID]


@dataclass(frozen=True)
class Verdict:
    """Each the number of bookings: acknowledged and not there as acknowledged; there, and nobody was told."""

    lost: int
    doubled: int

    @property
    def is_well(self) -> bool:
        """Nothing is missing, and nothing is too many."""
        return not (self.lost or self.doubled)


@dataclass
class Ledger:
    """Every booking and cancellation that was acknowledged, when, and by which key."""

    places: dict[UUID, Place] = field(default_factory=dict)
    ended: set[UUID] = field(default_factory=set)
    keys: dict[str, tuple[UUID, Place]] = field(default_factory=dict)
    told_at: list[float] = field(default_factory=list)
    slowest: float = 0
    refused: int = 0

    def booked(self, booking: UUID, place: Place, key: str, at: float) -> None:
        """A seat was acknowledged."""
        self.places[booking] = place
        self.keys[key] = booking, place
        self.told_at.append(at)

    def cancelled(self, booking: UUID, at: float) -> None:
        """Its end was acknowledged."""
        self.ended.add(booking)
        self.told_at.append(at)

    def judge(self, rows: Mapping[UUID, tuple[Place, bool]]) -> Verdict:
        """Against every booking there is: its place, and whether it still stands."""
        told = {booking: (place, booking not in self.ended) for booking, place in self.places.items()}
        lost = sum(rows.get(booking) != expected for booking, expected in told.items())
        return Verdict(lost, len(rows.keys() - told.keys()))

    def longest_silence(self, since: float, until: float) -> float:
        """Seconds in which nobody was told of anything."""
        told = [since, *(at for at in self.told_at if since < at < until), until]
        return max(after - before for before, after in pairwise(told))
