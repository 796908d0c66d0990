from datetime import date, timedelta

import pytest
from hypothesis import given

from calendars.definitions import DEFINITIONS
from calendars.events import Status, entry
from calendars.feeds import body
from calendars.lines import clean
from tests.calendars.any_meetings import facts, meetings
from tests.calendars.given import a_feed, a_meeting, utc
from tests.calendars.readers import READERS, events

TODAY = date(2025, 3, 10)
EDGES = [utc(2025, *edge) for edge in ((3, 30, 0, 30), (3, 30, 1), (10, 26, 0, 30), (10, 26, 1, 30), (11, 2, 3, 30))]
WORDS = [
    "C:\\Nouveau\\nom",
    "lire, écrire; « compter »",
    "une\ndeux\n\ntrois",
    "é" * 200,
    "e\u0301" * 100,
    "🖥️ " * 40,
    "👩🏽‍💻👨‍👩‍👧‍👦🇫🇷" * 12,
    "مرحبا بكم في الورشة " * 5,
    "\ufeffmarque",
    'dit "oui": http://a.example/?a=1&b=2;c',
    "fin \\",
    "BEGIN:VEVENT",
    "",
]


@pytest.mark.parametrize("read", READERS)
def test_foreign_readers_find_the_meetings_that_were_given(read):
    given = [
        a_meeting(uid=f"{number}@ateliers.example", time_zone=zone, starts_at=start, ends_at=start + timedelta(hours=2))
        for number, (zone, start) in enumerate((zone, start) for zone in sorted(DEFINITIONS) for start in EDGES)
    ]

    found = read(body(a_feed(zones=tuple(DEFINITIONS)), map(entry, given), TODAY))

    assert found == [facts(meeting) for meeting in given]


@pytest.mark.parametrize("words", WORDS)
@pytest.mark.parametrize("read", READERS)
def test_foreign_readers_find_the_words_that_were_given(read, words):
    meeting = a_meeting(summary=f"x{words}", description=words, location=words, status=Status.CANCELLED)

    assert read(body(a_feed(), [entry(meeting)], TODAY)) == [facts(meeting)]


@pytest.mark.parametrize("read", READERS)
@given(meeting=meetings)
def test_a_meeting_is_read_as_it_was_written(read, meeting):
    assert read(body(a_feed(zones=(meeting.time_zone,)), [entry(meeting)], TODAY)) == [facts(meeting)]


@given(meetings)
def test_all_else_of_a_meeting_is_read_as_it_was_written(meeting):
    content = body(a_feed(zones=(meeting.time_zone,)), [entry(meeting)], TODAY)

    (read,) = events(content)
    assert list(read.categories) == [clean(word) for word in meeting.categories if clean(word)]
    assert read["CREATED"].dt == meeting.created_at
    assert read.stamp == read["LAST-MODIFIED"].dt == meeting.changed_at
    assert (read["GEO"].latitude, read["GEO"].longitude) == (round(meeting.latitude, 6), round(meeting.longitude, 6))
