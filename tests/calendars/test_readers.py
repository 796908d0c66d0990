from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from calendars.definitions import DEFINITIONS
from calendars.events import Event, Status, entry
from calendars.feeds import body
from calendars.lines import clean
from tests.calendars.given import a_feed, a_meeting, utc
from tests.calendars.readers import READERS, by_icalendar, events

TODAY = date(2025, 3, 10)
EDGES = [utc(2025, *edge) for edge in ((3, 30, 0, 30), (3, 30, 1), (10, 26, 0, 30), (10, 26, 1, 30), (11, 2, 3, 30))]
WORDS = ["C:\\Nouveau\\nom", "lire, écrire; « compter »", "une\ndeux", "é" * 200, "🖥️ " * 40, 'dit "oui":', "fin \\", ""]

seconds = st.integers(0, int(timedelta(days=13 * 365).total_seconds()))
instants = seconds.map(lambda count: utc(2024, 1, 1) + timedelta(seconds=count))
words = st.text() | st.text(alphabet="\\nN;,:\r\n\t \x07é🖥")
meetings = st.builds(
    Event,
    uid=st.uuids().map(lambda uuid: f"{uuid}@ateliers.example"),
    sequence=st.integers(0, 2**31 - 1),
    starts_at=instants,
    ends_at=instants,
    time_zone=st.sampled_from(sorted(DEFINITIONS)),
    summary=words,
    description=words,
    location=words,
    categories=st.lists(words).map(tuple),
    latitude=st.floats(-90, 90),
    longitude=st.floats(-180, 180),
    status=st.sampled_from(Status),
    created_at=instants,
    changed_at=instants,
)


def facts(meeting):
    prefix = "ANNULÉ – " if meeting.is_cancelled else ""
    return (
        meeting.starts_at,
        meeting.ends_at,
        meeting.uid,
        clean(prefix + meeting.summary),
        clean(meeting.description),
        clean(meeting.location),
        meeting.status.value,
    )


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


@given(meetings)
def test_a_meeting_is_read_as_it_was_written(meeting):
    content = body(a_feed(zones=(meeting.time_zone,)), [entry(meeting)], TODAY)

    (read,) = events(content)

    assert by_icalendar(content) == [facts(meeting)]
    assert list(read.categories) == [clean(word) for word in meeting.categories if clean(word)]
    assert (read["SEQUENCE"], read["CREATED"].dt) == (meeting.sequence, meeting.created_at)
    assert read.stamp == read["LAST-MODIFIED"].dt == meeting.changed_at
    assert (read["GEO"].latitude, read["GEO"].longitude) == (round(meeting.latitude, 6), round(meeting.longitude, 6))
