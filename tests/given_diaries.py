"""Calendars elsewhere that keep the people and rooms of a small world busy."""

from datetime import datetime, timedelta
from typing import Any

from booking.delivery.calendar_readers import Reader
from booking.delivery.fetching import Fetched, Fetcher, NotFetched
from booking.domain.external_calendars import ExternalCalendar
from booking.domain.identifiers import new_id
from booking.domain.staff import Staff
from booking.services import external_calendars
from booking.services.calendar_copies import Copier
from calendars.importing import Imported, busy_times
from tests.given import NOW, World

URL = "https://agenda.example.org/karim/secret-4f2a.ics"
HOUR = timedelta(hours=1)


class Shelf(Fetcher):
    """The calendars of the Internet: a body, that nothing changed, or why there is none."""

    def __init__(self, *answers: bytes | str | None) -> None:
        super().__init__(are_local=False)
        self.answers, self.asked = list(answers), []

    async def fetch(self, url: str, etag: str = "", last_modified: str = "") -> Fetched:
        self.asked.append((url, etag, last_modified))
        answer = self.answers.pop(0) if len(self.answers) > 1 else self.answers[0]
        if isinstance(answer, str):
            raise NotFetched(answer)
        return Fetched(answer, '"1"', "")


class Here(Reader):
    """Reads in this process: quicker, and what the calendar says is well known."""

    async def read(self, body: bytes, zone: str, begins: datetime, ends: datetime) -> Imported:
        return busy_times(body, zone, begins, ends)


def copier(*answers: bytes | str | None) -> Copier:
    """Fetches these, in turn; the last one stays."""
    return Copier(Shelf(*answers), Here())


def diary(*spans: tuple[datetime, datetime]) -> bytes:
    """A calendar that is busy then."""
    events = [
        f"BEGIN:VEVENT\r\nUID:{n}\r\nDTSTART:{a:%Y%m%dT%H%M%SZ}\r\nDTEND:{b:%Y%m%dT%H%M%SZ}\r\nEND:VEVENT\r\n"
        for n, (a, b) in enumerate(spans)
    ]
    return f"BEGIN:VCALENDAR\r\n{''.join(events)}END:VCALENDAR\r\n".encode()


def a_diary(world: World, **known: Any) -> ExternalCalendar:
    """Karim's, unless told otherwise, before it is added."""
    whose = {} if "room_id" in known else {"staff_id": world.facilitator.id}
    usual = {"agency_id": world.agency.id, "name": "Agenda Google", "url": URL, "created_by": world.manager.id}
    return ExternalCalendar(id=new_id(NOW), created_at=NOW, **(usual | whose | known))


async def added(
    world: World, *spans: tuple[datetime, datetime], by: Staff | None = None, now: datetime = NOW, **known: Any
) -> ExternalCalendar:
    """A calendar that is busy then."""
    wished = a_diary(world, **known)
    return await external_calendars.add(world.db, copier(diary(*spans)), wished, by=by or world.manager, now=now)
