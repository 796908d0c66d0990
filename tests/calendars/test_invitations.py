"""An invitation as a mail carries it: one event, one guest, the same bytes each time."""

from datetime import timedelta
from urllib.parse import unquote

import icalendar
import pytest

from calendars.events import Status
from calendars.invitations import Invitation, Method, written
from tests.calendars.given import BEFORE, a_meeting, lines, utc
from tests.calendars.readers import READERS

ORGANIZER, GUEST = "rappels@ateliers.example", "awa.diallo@example.org"


def an_invitation(guest: str = GUEST, **said) -> Invitation:
    return Invitation(a_meeting(**said), guest)


def said_of(invitation: Invitation) -> list[str]:
    return lines(written(invitation, ORGANIZER).decode())


def test_a_guest_is_asked_to_come():
    said = said_of(an_invitation(sequence=3))

    assert "METHOD:REQUEST" in said
    assert "STATUS:CONFIRMED" in said
    assert "SEQUENCE:3" in said
    assert f"ORGANIZER:mailto:{ORGANIZER}" in said
    assert f"ATTENDEE;CUTYPE=INDIVIDUAL;ROLE=REQ-PARTICIPANT;PARTSTAT=NEEDS-ACTION;RSVP=TRUE:mailto:{GUEST}" in said


def test_a_guest_is_called_off():
    invitation = an_invitation(sequence=4, status=Status.CANCELLED)

    said = said_of(invitation)

    assert invitation.method is Method.CANCEL
    assert {"METHOD:CANCEL", "STATUS:CANCELLED", "SEQUENCE:4", "TRANSP:TRANSPARENT"} <= set(said)
    assert f"ATTENDEE;CUTYPE=INDIVIDUAL;ROLE=REQ-PARTICIPANT:mailto:{GUEST}" in said


@pytest.mark.parametrize("method", ["PUBLISH", "REPLY"])
@pytest.mark.parametrize("status", [Status.CONFIRMED, Status.CANCELLED])
def test_nothing_is_ever_published_by_mail(method, status):
    assert f"METHOD:{method}" not in said_of(an_invitation(status=status))


def test_one_mail_speaks_of_one_event_of_one_guest_in_its_own_zone():
    said = said_of(an_invitation(time_zone="Indian/Reunion"))

    for name in ("BEGIN:VEVENT", "UID", "ORGANIZER", "ATTENDEE", "SEQUENCE", "DTSTAMP", "METHOD", "BEGIN:VTIMEZONE"):
        assert sum(one.startswith(name) for one in said) == 1
    assert "TZID:Indian/Reunion" in said
    assert "DTSTART;TZID=Indian/Reunion:20250318T123000" in said


def test_the_stamp_is_given_and_a_repeat_is_the_same_bytes():
    said = said_of(an_invitation())

    assert f"DTSTAMP:{BEFORE:%Y%m%dT%H%M%SZ}" in said
    assert written(an_invitation(), ORGANIZER) == written(an_invitation(), ORGANIZER)


@pytest.mark.parametrize("guest", ["o'neil+agenda@example.org", "a%b@example.org", "#{x}@example.org"])
def test_every_address_is_read_as_it_was_written(guest):
    (event,) = icalendar.Calendar.from_ical(written(an_invitation(guest), ORGANIZER)).walk("VEVENT")

    assert unquote(event["ATTENDEE"]) == f"mailto:{guest}"


def test_an_address_adds_no_line():
    said = said_of(an_invitation("awa@example.org\r\nATTENDEE:mailto:all@example.org"))

    assert sum(one.startswith("ATTENDEE") for one in said) == 1


@pytest.mark.parametrize("status", [Status.CONFIRMED, Status.CANCELLED])
@pytest.mark.parametrize("read", READERS)
def test_foreign_readers_find_the_meeting_that_was_given(read, status):
    start = utc(2025, 10, 26, 0, 30)
    words = {
        "summary": "Premiers pas; 2, « suite »",
        "description": "é" * 200,
        "location": "1, rue des Alpes\nGrenoble",
    }
    invitation = an_invitation(starts_at=start, ends_at=start + timedelta(hours=3), status=status, sequence=2, **words)

    (found,) = read(written(invitation, ORGANIZER))

    shown = f"ANNULÉ – {words['summary']}" if status is Status.CANCELLED else words["summary"]
    event = invitation.event
    assert found[:7] == (start, start + timedelta(hours=3), event.uid, shown, *list(words.values())[1:], status.value)
