"""Stand-ins for the world outside: a provider that keeps what it is given, and fails when told to."""

from dataclasses import dataclass, field

from booking.delivery.letters import Outgoing, Receipt
from booking.domain.job_seekers import Channel


@dataclass
class Provider:
    """Takes letters; ``failures`` are raised in turn, one a call, before it takes anything."""

    channel: Channel = Channel.EMAIL
    taken: list[Outgoing] = field(default_factory=list)
    failures: list[Exception] = field(default_factory=list)
    calls: int = 0

    async def send(self, letter: Outgoing) -> Receipt:
        self.calls += 1
        if self.failures:
            raise self.failures.pop(0)
        self.taken.append(letter)
        return Receipt(f"taken-{len(self.taken)}")

    async def close(self) -> None:
        """Nothing to close."""

    @property
    def subjects(self) -> list[str]:
        return [letter.subject for letter in self.taken]
