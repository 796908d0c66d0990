"""What clients heard in a minute: how many answers, how soon, and which were not expected."""

from collections import Counter
from dataclasses import dataclass, field

SHOWN = 90


@dataclass
class Minute:
    """Milliseconds of each request by act, and every answer that nobody could expect, with how often it came."""

    took: dict[str, list[float]] = field(default_factory=dict)
    strange: Counter[str] = field(default_factory=Counter)
    outcomes: Counter[str] = field(default_factory=Counter)

    def heard(self, act: str, status: int, milliseconds: float) -> None:
        """One more answer."""
        self.took.setdefault(act, []).append(milliseconds)
        self.outcomes[f"{act} {status}"] += 1

    def wonder(self, act: str, what: str) -> None:
        """An answer, or none, that is an error."""
        self.strange[f"{act}: {what[:SHOWN]}"] += 1

    @property
    def count(self) -> int:
        """How many answers there were."""
        return sum(map(len, self.took.values()))

    def quantile(self, share: float) -> float:
        """The milliseconds within which this share of them came."""
        all_of_them = sorted(one for some in self.took.values() for one in some)
        return all_of_them[int(share * (len(all_of_them) - 1))] if all_of_them else 0.0
