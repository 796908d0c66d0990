"""The sheet with which somebody goes to a partner: who sends whom, for what, and the partner's answer."""

from collections.abc import Sequence
from dataclasses import asdict, dataclass
from typing import Any


@dataclass(frozen=True, slots=True, kw_only=True)
class Orientation:
    """What the partner needs and no more: no identifier, no note. The rest is ticked and written by hand."""

    name: str
    phone: str
    email: str
    commune: str
    language: str
    needs: Sequence[str]
    sent_by: str
    agency: str
    address: str
    agency_phone: str
    dated: str

    @property
    def data(self) -> dict[str, Any]:
        """As the template reads it."""
        return asdict(self)
