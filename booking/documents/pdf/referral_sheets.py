"""The sheet of a referral: a page for the person, who finds the way by it, and one for the partner, who answers."""

from collections.abc import Sequence
from dataclasses import asdict, dataclass
from typing import Any


@dataclass(frozen=True, slots=True, kw_only=True)
class ReferralSheet:
    """``phone`` and ``email`` are those that the person agreed to pass on; ``qr`` is the address of the answer."""

    name: str
    phone: str
    email: str
    language: str
    aids: Sequence[str]
    service: str
    partner: str
    partner_place: str
    partner_phone: str
    hours: Sequence[tuple[str, str]]
    hours_said: str
    access: Sequence[str]
    directions: str
    fees: Sequence[str]
    leaflets: Sequence[str]
    sent_by: str
    agency: str
    agency_place: str
    agency_phone: str
    dated: str
    link: str
    qr: str

    @property
    def data(self) -> dict[str, Any]:
        """As the template reads it."""
        return asdict(self)
