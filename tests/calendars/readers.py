"""Three parsers nobody here wrote, and what they must find of each entry."""

from datetime import UTC, datetime
from typing import NamedTuple

import icalendar
import vobject
from ical.calendar_stream import IcsCalendarStream


class Found(NamedTuple):
    """What a reader finds of one entry; instants in UTC."""

    start: datetime
    end: datetime
    uid: str
    summary: str
    description: str
    location: str
    status: str
    sequence: int


WORDS = ("uid", "summary", "description", "location", "status")


def events(content: bytes) -> list[icalendar.Event]:
    return icalendar.Calendar.from_ical(content).walk("VEVENT")


def by_icalendar(content: bytes) -> list[Found]:
    return [
        Found(utc(e.start), utc(e.end), *(str(e.get(word, "")) for word in WORDS), e["SEQUENCE"])
        for e in events(content)
    ]


def by_vobject(content: bytes) -> list[Found]:
    return [
        Found(utc(e.dtstart.value), utc(e.dtend.value), *(e.getChildValue(w, "") for w in WORDS), int(e.sequence.value))
        for e in vobject.readOne(content.decode()).vevent_list
    ]


def by_ical(content: bytes) -> list[Found]:
    return [
        Found(utc(e.start), utc(e.end), *(getattr(e, word) or "" for word in WORDS), e.sequence)
        for e in IcsCalendarStream.calendar_from_ics(content.decode()).events
    ]


def utc(moment: datetime) -> datetime:
    return moment.astimezone(UTC)


READERS = (by_icalendar, by_vobject, by_ical)
