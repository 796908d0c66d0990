"""The list for whoever telephones: whom, about what, until when, and room to note what came of it."""

from collections.abc import Sequence
from dataclasses import asdict, dataclass
from typing import Any


@dataclass(frozen=True, slots=True, kw_only=True)
class Call:
    """Somebody to call; ``script`` is what to say, ``tries`` how often nobody answered."""

    name: str
    phone: str
    about: str
    before: str
    script: str
    tries: int


@dataclass(frozen=True, slots=True)
class CallList:
    """All of them, the most pressing first."""

    day: str
    calls: Sequence[Call]

    @property
    def data(self) -> dict[str, Any]:
        """As the template reads it."""
        return asdict(self)
