"""Which bookings an adviser wants to follow: what was asked, kept in the address of the page."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import timedelta
from urllib.parse import urlencode
from uuid import UUID

from booking.domain.followed_bookings import Standing
from booking.storage.followed_bookings import Asked, Place
from booking.web.pages.dates import day_said
from booking.web.pages.seat_searches import id_of
from calendars.zones import midnight

ADDRESS = {"outcome": "etat", "workshop": "atelier", "first": "du", "last": "au", "adviser": "par", "after": "apres"}
PAGE = 50


@dataclass(frozen=True, slots=True, kw_only=True)
class Wish:
    """What was asked, as it was written; whatever cannot be read restricts nothing."""

    outcome: str = ""
    workshop: str = ""
    first: str = ""
    last: str = ""
    adviser: str = ""
    after: str = ""

    @classmethod
    def of(cls, asked: Mapping[str, str]) -> "Wish":
        """The wish behind the parameters of an address."""
        return cls(**{name: asked.get(said, "") for name, said in ADDRESS.items()})

    @property
    def restricts(self) -> bool:
        """Whether anything is left out."""
        return bool(self.outcome or self.workshop or self.first or self.last)

    def href(self, path: str = "/suivi", **changed: object) -> str:
        """The address of the same wish with something changed."""
        wish = replace(self, **{name: str(value) for name, value in changed.items()})
        said = {address: getattr(wish, name) for name, address in ADDRESS.items() if getattr(wish, name)}
        return f"{path}?{urlencode(said)}" if said else path

    def asked(self, own: UUID, zone: str) -> Asked:
        """What to look for, in the days of this zone; one more than a page, to know whether more follows."""
        first, last = day_said(self.first), day_said(self.last)
        return Asked(
            staff_id=id_of(self.adviser) or own,
            outcomes=[Standing(self.outcome)] if self.outcome in set(Standing) else None,
            workshop_id=id_of(self.workshop),
            starts_from=midnight(first, zone) if first else None,
            starts_before=midnight(last + timedelta(days=1), zone) if last else None,
            after=place_of(self.after),
            most=PAGE + 1,
        )


def written(place: Place) -> str:
    """A place in the list, for an address."""
    return "_".join(map(str, place))


def place_of(said: str) -> Place | None:
    """The place in the list behind an address; None for anything else."""
    parts = said.split("_")
    id = id_of(parts[-1])
    try:
        rank, turn = map(int, parts[:-1])
    except ValueError:
        return None
    return (rank, turn, id) if id and abs(rank) < 10 and abs(turn) < 2**62 else None
