"""Any meeting whatever, for tests of properties; and what a reader must find of it."""

from datetime import timedelta

from hypothesis import strategies as st

from calendars.definitions import DEFINITIONS
from calendars.events import Event, Status
from calendars.lines import clean
from tests.calendars.given import utc
from tests.calendars.readers import Found

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


def facts(meeting: Event) -> Found:
    """What a reader must find."""
    prefix = "ANNULÉ – " if meeting.is_cancelled else ""
    return Found(
        start=meeting.starts_at,
        end=meeting.ends_at,
        uid=meeting.uid,
        summary=clean(prefix + meeting.summary),
        description=clean(meeting.description),
        location=clean(meeting.location),
        status=meeting.status.value,
        sequence=meeting.sequence,
    )
