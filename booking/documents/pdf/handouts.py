"""What an agency hands out or pins up: the programme of a session, the sign at the door, proof of attendance."""

from collections.abc import Sequence
from dataclasses import asdict, dataclass
from datetime import date, datetime, timedelta
from typing import Any, Protocol

from booking.documents import dates
from booking.domain.agencies import Agency
from booking.domain.attendance import Mark
from calendars.zones import wall

# Plain presence needs no word.
NOTES = {Mark.LATE: "arrivée en retard", Mark.LEFT_EARLY: "partie avant la fin"}


class Timed(Protocol):
    """Whatever begins and ends: a meeting of one's own session, or one in which it was made up for."""

    @property
    def starts_at(self) -> datetime:
        """When it begins."""

    @property
    def ends_at(self) -> datetime:
        """When it ends."""


@dataclass(frozen=True, slots=True)
class Dated:
    """A meeting as papers list it; ``note`` is what is particular about it."""

    day: str
    hours: str
    room: str = ""
    led_by: str = ""
    note: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Programme:
    """All dates of a session with what one needs to know to come."""

    workshop: str
    objectives: str
    to_bring: str
    meetings: Sequence[Dated]
    place: str
    address: str
    phone: str
    directions: str
    first_on: date

    @property
    def data(self) -> dict[str, Any]:
        """As the template reads it."""
        return asdict(self)


@dataclass(frozen=True, slots=True, kw_only=True)
class Certificate:
    """That somebody came, to which meetings, and for how long; ``dated`` says where and when it was written."""

    name: str
    workshop: str
    meetings: Sequence[Dated]
    all_meetings: int
    length: timedelta
    organiser: str
    address: str
    dated: str
    is_training: bool = False

    @property
    def data(self) -> dict[str, Any]:
        """As the template reads it."""
        return asdict(self) | {"length": length(self.length)}


def dated(of: Timed, zone: str, room: str = "", led_by: str = "", note: str = "") -> Dated:
    """A meeting by the clock of its place."""
    begins, ends = wall(of.starts_at, zone), wall(of.ends_at, zone)
    hours = f"{dates.hour(begins.time())} – {dates.hour(ends.time())}"
    return Dated(dates.day(begins.date()), hours, room, led_by, note)


def length(of: timedelta) -> str:
    """``12 heures``, ``1 heure 30``."""
    hours, minutes = divmod(round(of.total_seconds() / 60), 60)
    whole = f"{hours} heure{'s' if hours > 1 else ''}" if hours else ""
    rest = (f"{minutes:02}" if hours else f"{minutes} minutes") if minutes else ""
    return dates.NO_BREAK.join(filter(None, (whole, rest)))


def address_of(agency: Agency) -> str:
    """Street and town on one line."""
    return ", ".join(filter(None, (agency.address, f"{agency.postcode} {agency.commune}".strip())))


def written(agency: Agency, now: datetime) -> str:
    """``Grenoble, le 24 novembre 2026``."""
    day = dates.day(wall(now, agency.time_zone).date()).partition(" ")[2]
    return f"{agency.commune or agency.name}, le {day}"
