"""The sheet that everybody signs (feuille d'émargement): of one meeting, or of a cycle with a column for each."""

from collections.abc import Sequence
from dataclasses import asdict, dataclass
from datetime import date, datetime, time
from typing import Any

from booking.documents import dates, qr
from booking.domain.codes import spaced
from calendars.zones import wall

FEWEST_BLANK_ROWS, MOST_BLANK_ROWS = 3, 12
# Who stays over noon signs twice.
NOON = time(12, 30)
HALF_DAY_HOURS = 5
# More columns than these have no room for a signature, upright or across.
MOST_UPRIGHT = 3


@dataclass(frozen=True, slots=True)
class Column:
    """What one signature attests: a meeting, or half a day of it; ``led_by`` is empty where nobody is named."""

    day: str
    hours: str
    led_by: str = ""
    half: str = ""


@dataclass(frozen=True, slots=True)
class Signer:
    """Somebody expected; ``here`` says for each column whether there is anything to sign."""

    first_name: str
    last_name: str
    note: str
    here: Sequence[bool]


@dataclass(frozen=True, slots=True, kw_only=True)
class SigningSheet:
    """All that stands on it: no phone, no e-mail, no identifier. ``link`` is the roll's page."""

    workshop: str
    session: str
    place: str
    address: str
    organiser: str
    columns: Sequence[Column]
    people: Sequence[Signer]
    blank_rows: int
    first_on: date
    code: str
    link: str
    short_link: str

    @property
    def data(self) -> dict[str, Any]:
        """As the template reads it."""
        is_across = len(self.columns) > MOST_UPRIGHT
        return asdict(self) | {"is_across": is_across, "code": spaced(self.code), "qr": qr.drawn(self.link)}


def columns_of(starts_at: datetime, ends_at: datetime, zone: str, led_by: str = "") -> list[Column]:
    """One column, or two for a day with a morning and an afternoon."""
    begins, ends = wall(starts_at, zone), wall(ends_at, zone)
    day = dates.day(begins.date())
    hours = f"{dates.hour(begins.time())} – {dates.hour(ends.time())}"
    is_long = (ends_at - starts_at).total_seconds() > HALF_DAY_HOURS * 3600
    if is_long and begins.time() < NOON < ends.time():
        return [Column(day, hours, led_by, half) for half in ("matin", "après-midi")]
    return [Column(day, hours, led_by)]


def blank_rows(free: int) -> int:
    """For who comes without a place: as many as there are free seats, at least a few."""
    return min(max(free, FEWEST_BLANK_ROWS), MOST_BLANK_ROWS)
