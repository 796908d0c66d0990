"""What a mail with an invitation holds, read with the standard library and with parsers nobody here wrote."""

from email.message import EmailMessage, MIMEPart

import icalendar
import vobject
from ical.calendar_stream import IcsCalendarStream


def calendar_part(mail: EmailMessage) -> MIMEPart:
    """The part that a calendar reads."""
    (part,) = (one for one in mail.walk() if one.get_content_type() == "text/calendar")
    return part


def content_of(mail: EmailMessage) -> bytes:
    """The calendar in the mail, which stands there twice."""
    (attached,) = (one for one in mail.walk() if one.get_content_type() == "application/ics")
    content: bytes = calendar_part(mail).get_payload(decode=True)
    assert attached.get_payload(decode=True) == content
    return content


def event_of(mail: EmailMessage) -> icalendar.Event:
    """The one event; three readers agree about it."""
    content = content_of(mail)
    (event,) = icalendar.Calendar.from_ical(content).walk("VEVENT")
    other = vobject.readOne(content.decode()).vevent
    (third,) = IcsCalendarStream.calendar_from_ics(content.decode()).events
    assert event["UID"] == other.uid.value == third.uid
    assert event.start == other.dtstart.value == third.start
    assert int(event["SEQUENCE"]) == int(other.sequence.value) == third.sequence
    return event


def brings_an_entry(mail: EmailMessage) -> bool:
    """Whether there is anything for a calendar in the mail."""
    return any(one.get_content_type() == "text/calendar" for one in mail.walk())
