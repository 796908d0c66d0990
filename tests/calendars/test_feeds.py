from datetime import date
from uuid import UUID

import pytest

from calendars.definitions import UnknownZone
from calendars.events import entry
from calendars.feeds import LIMIT, NotAColour, body, notice, window
from tests.calendars.given import a_feed, a_meeting, lines, utc
from tests.calendars.readers import events

TODAY = date(2025, 3, 10)


def said(feed, *entries, today=TODAY):
    return lines(body(feed, entries, today).decode())


def test_a_feed_opens_with_its_header_in_one_order():
    header = said(a_feed(name="Ateliers, Lyon", description="Les ateliers; l'agence"), entry(a_meeting()))[:15]

    assert header == [
        "BEGIN:VCALENDAR",
        "VERSION:2.0",
        "PRODID:-//Ateliers//Ateliers 1//FR",
        "CALSCALE:GREGORIAN",
        r"NAME;LANGUAGE=fr:Ateliers\, Lyon",
        r"X-WR-CALNAME:Ateliers\, Lyon",
        r"DESCRIPTION:Les ateliers\; l'agence",
        r"X-WR-CALDESC:Les ateliers\; l'agence",
        "X-WR-TIMEZONE:Europe/Paris",
        "LAST-MODIFIED:20250301T080000Z",
        "REFRESH-INTERVAL;VALUE=DURATION:PT1H",
        "X-PUBLISHED-TTL:PT1H",
        "URL:https://ateliers.example/agences/grenoble",
        "COLOR:steelblue",
        "X-APPLE-CALENDAR-COLOR:#4682B4",
    ]


def test_a_feed_defines_each_zone_once_and_sorted_before_the_entries():
    feed = a_feed(zones=("Indian/Reunion", "Europe/Paris", "America/Cayenne", "Europe/Paris"))

    content = said(feed, entry(a_meeting()))

    zones = [line for line in content if line.startswith("TZID:")]
    assert zones == ["TZID:America/Cayenne", "TZID:Europe/Paris", "TZID:Indian/Reunion"]
    assert content.index("BEGIN:VEVENT") > max(map(content.index, zones))


def test_a_feed_keeps_its_entries_as_rendered_and_in_order():
    entries = [entry(a_meeting(uid=uid)) for uid in ("b", "a")]

    assert "".join(entries).encode() + b"END:VCALENDAR\r\n" in body(a_feed(), iter(entries), TODAY)


@pytest.mark.parametrize(
    "forbidden", ["METHOD", "UID", "ORGANIZER", "ATTENDEE", "BEGIN:VALARM", "RECURRENCE-ID", "SOURCE", "RDATE"]
)
def test_a_feed_has_no_uid_of_its_own_and_nothing_of_an_invitation(forbidden):
    content = said(a_feed(), entry(a_meeting()))

    before_the_entries = content[: content.index("BEGIN:VEVENT")]
    assert not [line for line in before_the_entries if line.startswith(forbidden)]


def test_a_feed_is_utf_8_without_a_mark_and_ends_every_line_with_cr_lf():
    content = body(a_feed(name="Été"), [entry(a_meeting())], TODAY)

    assert content.startswith(b"BEGIN:VCALENDAR\r\n") and content.endswith(b"END:VCALENDAR\r\n")
    assert "Été".encode() in content
    assert content.count(b"\r\n") == content.count(b"\r") == content.count(b"\n")


def test_an_empty_feed_says_that_no_workshop_is_planned():
    (event,) = events(body(a_feed(zones=()), [], TODAY))

    assert event["SUMMARY"] == "Aucun atelier programmé"
    assert (event.start, event.end, event["TRANSP"]) == (TODAY, date(2025, 3, 11), "TRANSPARENT")


def test_an_empty_feed_keeps_its_entry_from_day_to_day():
    (monday,) = events(body(a_feed(), [], TODAY))
    (tuesday,) = events(body(a_feed(), [], date(2025, 3, 11)))

    assert monday["UID"] == tuesday["UID"]
    assert monday["SEQUENCE"] < tuesday["SEQUENCE"]
    assert monday.stamp < tuesday.stamp


def test_an_empty_feed_is_the_same_all_day():
    assert body(a_feed(), [], TODAY) == body(a_feed(), (), TODAY)
    assert "DTSTAMP:20250309T230000Z" in said(a_feed())


def test_empty_feeds_do_not_share_their_entry():
    elsewhere = a_feed(id=UUID(int=8))

    uids = {line for feed in (a_feed(), elsewhere) for line in said(feed) if line.startswith("UID:")}

    assert len(uids) == 2
    assert all(uid.endswith("@ateliers.example") for uid in uids)


def test_an_empty_feed_keeps_its_entry_when_the_house_moves():
    moved = a_feed(url="https://ailleurs.example/agences/grenoble")

    uids = {line for feed in (a_feed(), moved) for line in said(feed) if line.startswith("UID:")}

    assert len(uids) == 1


def test_a_revoked_feed_can_say_so():
    content = said(a_feed(), notice(a_feed(), "Lien d'agenda révoqué", TODAY))

    assert "SUMMARY:Lien d'agenda révoqué" in content
    assert content.count("BEGIN:VEVENT") == 1


@pytest.mark.parametrize(
    ("name", "number"),
    [("#4682b4", "#4682B4"), ("steelblue", "steelblue"), ("steel blue", "#4682B4"), ("", "")],
)
def test_a_colour_is_a_name_and_a_number(name, number):
    with pytest.raises(NotAColour):
        a_feed(colour_name=name, colour_hex=number)


def test_a_zone_nobody_defined_is_refused():
    with pytest.raises(UnknownZone):
        body(a_feed(zones=("Mars/Olympus",)), [entry(a_meeting())], TODAY)


def test_the_window_lies_between_two_local_midnights():
    assert window(TODAY, "Europe/Paris") == (utc(2025, 2, 7, 23), utc(2026, 4, 13, 22))
    assert window(TODAY, "Indian/Reunion") == (utc(2025, 2, 7, 20), utc(2026, 4, 13, 20))


def test_a_feed_shows_at_most_two_thousand_meetings():
    assert LIMIT == 2000
