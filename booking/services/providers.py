"""How the providers stand, for who watches over an installation: what is out of order, and what is left to spend."""

from dataclasses import dataclass
from datetime import datetime, timedelta

from booking.domain.gates import Gate
from booking.domain.job_seekers import Channel
from booking.storage import gates
from booking.storage.database import Database, Tx

# Of a provider that nobody has called for so long nothing is said: it was given up for another.
FORGOTTEN = timedelta(days=2)


@dataclass(frozen=True, slots=True)
class Provider:
    """One provider. ``is_full`` says that no more letters may leave by it today."""

    gate: Gate
    channel: Channel
    is_full: bool

    @property
    def is_stopped(self) -> bool:
        """Whether nothing leaves by it."""
        return self.gate.is_shut or self.is_full


async def look(db: Database, now: datetime) -> list[Provider]:
    """Every provider that is called, by name."""
    async with db.reading() as tx:
        return await found(tx, now)


async def found(tx: Tx, now: datetime) -> list[Provider]:
    """The same, with a transaction at hand."""
    called = (gate for gate in await gates.everything(tx) if _is_called(gate, now))
    return [Provider(gate, gate.channel, bool(gate.full_until and gate.full_until > now)) for gate in called]


def _is_called(gate: Gate, now: datetime) -> bool:
    times = (gate.filled_at, gate.open_until, gate.asked_at)
    return any(at and at > now - FORGOTTEN for at in times)
