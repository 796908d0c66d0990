"""Which referrals somebody wants to see: what was asked, kept in the address of the page."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from urllib.parse import urlencode
from uuid import UUID

from booking.domain.referrals import ReferralState
from booking.storage.referrals import Wanted

PAGE = 50
MINE = "moi"
TO_LOOK_AT = "a-voir"
ADDRESS = {"state": "etat", "whose": "par", "page": "page"}


@dataclass(frozen=True, slots=True, kw_only=True)
class Wish:
    """As it was written; whatever cannot be read restricts nothing."""

    state: str = ""
    whose: str = ""
    page: str = ""

    @classmethod
    def of(cls, asked: Mapping[str, str]) -> "Wish":
        """The wish behind the parameters of an address."""
        return cls(**{name: asked.get(said, "") for name, said in ADDRESS.items()})

    @property
    def restricts(self) -> bool:
        """Whether anything is left out."""
        return bool(self.state or self.whose)

    @property
    def number(self) -> int:
        """Which page, from 1."""
        return min(int(self.page), 1000) if self.page.isascii() and self.page.isdecimal() and self.page != "0" else 1

    @property
    def offset(self) -> int:
        """How many come before."""
        return (self.number - 1) * PAGE if self.number else 0

    def href(self, **changed: object) -> str:
        """The address of the same wish with something changed."""
        wish = replace(self, **{name: str(value) for name, value in changed.items()})
        said = {address: getattr(wish, name) for name, address in ADDRESS.items() if getattr(wish, name)}
        return f"/orientations?{urlencode(said)}" if said else "/orientations"

    def wanted(self, own: UUID) -> Wanted:
        """What to look for."""
        return Wanted(
            agency_ids=None,
            states=[ReferralState(self.state)] if self.state in set(ReferralState) else (),
            created_by=own if self.whose == MINE else None,
            waits_for_us=self.state == TO_LOOK_AT,
        )
