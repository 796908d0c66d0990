"""Three parsers nobody here wrote; of each entry they read start, end, uid, summary, description, location, status."""

from datetime import UTC

import icalendar
import vobject
from ical.calendar_stream import IcsCalendarStream

WORDS = ("uid", "summary", "description", "location", "status")


def events(content: bytes) -> list[icalendar.Event]:
    return icalendar.Calendar.from_ical(content).walk("VEVENT")


def by_icalendar(content: bytes) -> list[tuple]:
    return [(utc(e.start), utc(e.end), *(str(e.get(word, "")) for word in WORDS)) for e in events(content)]


def by_vobject(content: bytes) -> list[tuple]:
    entries = vobject.readOne(content.decode()).vevent_list
    return [(utc(e.dtstart.value), utc(e.dtend.value), *(e.getChildValue(w, "") for w in WORDS)) for e in entries]


def by_ical(content: bytes) -> list[tuple]:
    entries = IcsCalendarStream.calendar_from_ics(content.decode()).events
    return [(utc(e.start), utc(e.end), *(getattr(e, word) or "" for word in WORDS)) for e in entries]


def utc(moment):
    return moment.astimezone(UTC)


READERS = (by_icalendar, by_vobject, by_ical)
