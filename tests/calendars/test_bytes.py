"""The rules of the bytes, for any meetings whatever (RFC 5545, section 3.1, and what clients were seen to take)."""

import os
import re
import subprocess
import sys
import unicodedata
from datetime import date
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from calendars.events import Event, entry
from calendars.feeds import body
from calendars.freshness import etag
from tests.calendars.any_meetings import meetings, words
from tests.calendars.given import a_feed, a_meeting, lines

TODAY = date(2025, 3, 10)
HEADER = (
    "BEGIN VERSION PRODID CALSCALE NAME X-WR-CALNAME DESCRIPTION X-WR-CALDESC X-WR-TIMEZONE LAST-MODIFIED"
    " REFRESH-INTERVAL X-PUBLISHED-TTL URL COLOR X-APPLE-CALENDAR-COLOR"
).split()
ENTRY = (
    "BEGIN SUMMARY DTSTART DTEND DTSTAMP UID SEQUENCE CATEGORIES CLASS CREATED DESCRIPTION GEO LAST-MODIFIED LOCATION"
    " STATUS TRANSP URL END"
).split()
ALWAYS = "BEGIN DTSTART DTEND DTSTAMP UID SEQUENCE CLASS CREATED LAST-MODIFIED STATUS TRANSP END".split()
any_feed = st.builds(a_feed, name=words, description=words, url=words)
some_meetings = st.lists(meetings, max_size=2)


def written(feed, given: list[Event]) -> bytes:
    zones = tuple({meeting.time_zone for meeting in given})
    return body(
        a_feed(name=feed.name, description=feed.description, url=feed.url, zones=zones), map(entry, given), TODAY
    )


def names(said: list[str]) -> list[str]:
    return [re.split("[:;]", line)[0] for line in said]


@given(any_feed, some_meetings)
def test_every_line_ends_with_cr_lf_and_has_at_most_75_octets(feed, given):
    *said, last = written(feed, given).split(b"\r\n")

    assert last == b""
    assert all(0 < len(line) <= 75 for line in said)
    assert not any({10, 13} & set(line) for line in said)


@given(any_feed, some_meetings)
def test_every_line_is_whole_characters_and_none_that_controls(feed, given):
    said = [line.decode() for line in written(feed, given).split(b"\r\n")]

    assert not any(unicodedata.category(c) in ("Cc", "Cs") for line in said for c in line)


@given(any_feed, some_meetings)
def test_no_words_open_or_close_anything(feed, given):
    said = lines(written(feed, given).decode())

    assert said.count("BEGIN:VEVENT") == said.count("END:VEVENT") == max(1, len(given))
    assert said.count("BEGIN:VCALENDAR") == said.count("END:VCALENDAR") == 1
    assert said.count("BEGIN:VTIMEZONE") == len({meeting.time_zone for meeting in given})


@given(any_feed)
def test_a_header_has_its_properties_in_order_and_no_other(feed):
    found = names(lines(written(feed, [a_meeting()]).decode()))
    header = found[: found.index("BEGIN", 1)]

    optional = {"NAME", "X-WR-CALNAME", "DESCRIPTION", "X-WR-CALDESC", "URL"}
    assert header == [name for name in HEADER if name in header]
    assert set(HEADER) - set(header) <= optional


@given(meetings)
def test_an_entry_has_its_properties_in_order_and_no_other(meeting):
    found = names(lines(entry(meeting)))

    assert found == [name for name in ENTRY if name in found]
    assert set(ALWAYS) <= set(found)


@given(meetings)
def test_an_entry_is_stamped_when_it_was_last_changed(meeting):
    said = dict(line.split(":", 1) for line in lines(entry(meeting)))

    assert said["DTSTAMP"] == said["LAST-MODIFIED"]
    assert (said["TRANSP"] == "TRANSPARENT") == (said["STATUS"] == "CANCELLED")
    assert said.get("SUMMARY", "").startswith("ANNULÉ –") or said["STATUS"] != "CANCELLED"


@given(meetings)
def test_an_entry_says_a_time_on_the_wall_or_in_utc_and_nothing_else(meeting):
    moments = [line for line in lines(entry(meeting)) if line.startswith(("DTSTART", "DTEND"))]

    of_zone = rf"DT(START|END);TZID={meeting.time_zone}:\d{{8}}T\d{{6}}"
    assert all(re.fullmatch(rf"{of_zone}|DT(START|END):\d{{8}}T\d{{6}}Z", moment) for moment in moments)


@pytest.mark.parametrize("coordinates", [(90.0, 180.0), (-90.0, -180.0), (0.0, -0.0), (1e-9, 45.1234567)])
def test_a_position_is_two_numbers_with_six_decimals(coordinates):
    said = entry(a_meeting(latitude=coordinates[0], longitude=coordinates[1]))

    assert re.search(r"\r\nGEO:-?\d{1,2}\.\d{6};-?\d{1,3}\.\d{6}\r\n", said)


def test_a_header_says_its_name_to_old_and_new_readers_alike():
    said = dict(line.split(":", 1) for line in lines(written(a_feed(name="x" * 300), []).decode()))

    assert said["NAME;LANGUAGE=fr"] == said["X-WR-CALNAME"] == "x" * 300
    assert said["DESCRIPTION"] == said["X-WR-CALDESC"]
    assert said["REFRESH-INTERVAL;VALUE=DURATION"] == said["X-PUBLISHED-TTL"]


@pytest.mark.parametrize("seed", ["1", "2"])
def test_another_process_gives_the_same_tag(seed):
    asked = "from datetime import date; from calendars.freshness import etag; print(etag(7, date(2025, 3, 10), 'a', 1))"
    environment = os.environ | {"PYTHONHASHSEED": seed, "PYTHONPATH": str(Path(__file__).parents[2])}

    told = subprocess.check_output([sys.executable, "-c", asked], env=environment, text=True)

    assert told.strip() == etag(7, TODAY, "a", 1)
