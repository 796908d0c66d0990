"""Which figures an address asks for; what makes no sense asks for what is usual."""

import re
from dataclasses import asdict, dataclass
from datetime import date, datetime
from urllib.parse import urlencode

from booking.domain.agencies import Phase
from booking.domain.periods import Period, Span, from_months, spanning
from booking.services.statistics import ZONE, Wanted
from booking.web.pages.seat_searches import id_of
from calendars.zones import today

_MONTH = re.compile(r"(20\d\d)-(0[1-9]|1[0-2])")


@dataclass(frozen=True, slots=True, kw_only=True)
class StatisticSearch:
    """Words of the address: how long, or from which month to which if one is said; where, of what, in which phase."""

    periode: str = Span.WEEKS_12
    du: str = ""
    au: str = ""
    agence: str = ""
    atelier: str = ""
    etape: str = ""

    def wanted(self, now: datetime) -> Wanted:
        """The same as a question. Raises :class:`InvalidField` for months that are no period."""
        return Wanted(
            period=self._period(today(now, ZONE)),
            agency_id=id_of(self.agence),
            workshop_id=id_of(self.atelier),
            phase=Phase(self.etape) if self.etape in list(Phase) else None,
        )

    def _period(self, on: date) -> Period:
        first, last = _month(self.du), _month(self.au)
        if first or last:
            return from_months(first or last or on, last or on)
        return spanning(Span(self.periode) if self.periode in list(Span) else Span.WEEKS_12, on)

    @property
    def query(self) -> str:
        """As an address says it after its question mark."""
        return urlencode({name: said for name, said in asdict(self).items() if said})


def _month(said: str) -> date | None:
    found = _MONTH.fullmatch(said)
    return date(int(found[1]), int(found[2]), 1) if found else None
