"""Which lines of the audit an address asks for."""

from dataclasses import dataclass, replace
from datetime import datetime, time, timedelta
from urllib.parse import urlencode

from booking.storage.audit_lines import Wanted
from booking.web.pages.dates import day_said
from booking.web.pages.seat_searches import id_of
from booking.web.pages.trail_words import NOUNS
from booking.web.pages.visits import Visit
from calendars.zones import resolve

ASKED = {"noun": "genre", "staff": "qui", "agency": "agence", "first": "du", "last": "au", "looks": "vues"}
USUAL_ZONE = "Europe/Paris"
DAY = timedelta(days=1)


@dataclass(frozen=True, slots=True, kw_only=True)
class TrailSearch:
    """Words of the address; what makes no sense asks for nothing."""

    noun: str = ""
    staff: str = ""
    agency: str = ""
    first: str = ""
    last: str = ""
    looks: str = ""

    @classmethod
    def of(cls, visit: Visit) -> "TrailSearch":
        """The search of an address."""
        return cls(**{name: visit.asked(word).strip()[:100] for name, word in ASKED.items()})

    def wanted(self, visit: Visit, most: int) -> Wanted:
        """The same as a question."""
        before = visit.asked("avant")
        agency = id_of(self.agency)
        return Wanted(
            agency_ids=[agency] if agency else None,
            staff_id=id_of(self.staff),
            noun=self.noun if self.noun in NOUNS else None,
            since=_instant(self.first),
            until=_instant(self.last, after=DAY),
            with_looks=bool(self.looks),
            before=int(before) if before.isascii() and before.isdecimal() and len(before) < 16 else None,
            most=most,
        )

    def query(self, **more: str) -> str:
        """The same as an address says it after its question mark."""
        found = {word: getattr(self, name) for name, word in ASKED.items()} | more
        return urlencode({word: said for word, said in found.items() if said})

    def without_looks(self) -> "TrailSearch":
        """The same, or its contrary: with who looked."""
        return replace(self, looks="" if self.looks else "1")


def _instant(said: str, after: timedelta = timedelta()) -> datetime | None:
    day = day_said(said)
    return resolve(day + after, time.min, USUAL_ZONE) if day else None
