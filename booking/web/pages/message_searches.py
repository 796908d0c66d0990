"""What is asked of the journal of messages, kept in its address."""

from dataclasses import dataclass, replace
from datetime import date, datetime, time
from urllib.parse import parse_qsl, urlencode
from uuid import UUID

from booking.domain.job_seekers import Channel
from booking.domain.messages import MessageKind
from booking.domain.rooms import FIRST_YEAR, LAST_YEAR
from booking.services import job_seekers
from booking.storage.journal import Sought
from booking.web.pages.message_words import GROUPS
from booking.web.pages.seat_searches import id_of
from booking.web.pages.visits import Visit
from calendars.zones import resolve

MOST = 100
MOST_PEOPLE = 50
FIELDS = {
    "group": "etat",
    "kind": "genre",
    "channel": "moyen",
    "session": "session",
    "booking": "inscription",
    "person": "personne",
    "agency": "agence",
    "first": "du",
    "last": "au",
    "words": "mots",
    "after": "apres",
}


@dataclass(frozen=True, slots=True, kw_only=True)
class JournalSearch:
    """Words of the address; what makes no sense asks for nothing."""

    group: str = ""
    kind: str = ""
    channel: str = ""
    session: str = ""
    booking: str = ""
    person: str = ""
    agency: str = ""
    first: str = ""
    last: str = ""
    words: str = ""
    after: str = ""

    @classmethod
    def of(cls, said: dict[str, str]) -> "JournalSearch":
        """The search of an address."""
        return cls(**{name: said.get(parameter, "").strip()[:100] for name, parameter in FIELDS.items()})

    @classmethod
    def of_query(cls, query: str) -> "JournalSearch":
        """The search to go back to."""
        return cls.of(dict(parse_qsl(query[:2000])))

    @property
    def said(self) -> dict[str, str]:
        """What an address says."""
        return {parameter: getattr(self, name) for name, parameter in FIELDS.items() if getattr(self, name)}

    @property
    def query(self) -> str:
        """The same as one word."""
        return urlencode(self.said)

    def href(self, **changes: object) -> str:
        """The address of this search with these changes, from its first page unless ``after`` is among them."""
        changed = replace(self, **({"after": ""} | {name: str(value) for name, value in changes.items()}))
        return f"/messages?{changed.query}" if changed.said else "/messages"

    async def sought(self, visit: Visit, zone: str) -> Sought:
        """The same for the service; days are days of this zone."""
        agency = id_of(self.agency)
        return Sought(
            agency_ids=[agency] if agency else None,
            states=GROUPS.get(self.group),
            kind=MessageKind(self.kind) if self.kind in set(MessageKind) else None,
            channel=Channel(self.channel) if self.channel in set(Channel) else None,
            session_id=id_of(self.session),
            booking_id=id_of(self.booking),
            job_seeker_ids=await self._people(visit),
            due_from=_midnight(self.first, zone),
            due_before=_midnight(self.last, zone, days=1),
            after=id_of(self.after),
            most=MOST + 1,
        )

    async def _people(self, visit: Visit) -> list[UUID] | None:
        person = id_of(self.person)
        if person or not self.words:
            return [person] if person else None
        found = await job_seekers.search(visit.db, self.words, by=visit.staff, most=MOST_PEOPLE)
        return [one.id for one in found]


def _midnight(said: str, zone: str, days: int = 0) -> datetime | None:
    """The beginning of a day, or of the day after it; None for no day."""
    try:
        day = date.fromisoformat(said)
    except ValueError:
        return None
    if not FIRST_YEAR <= day.year <= LAST_YEAR:
        return None
    return resolve(date.fromordinal(day.toordinal() + days), time(), zone)
