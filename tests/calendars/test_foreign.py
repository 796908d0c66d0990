"""Files that somebody else wrote: calendars in every dress, and what only says that it is one."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from calendars.foreign import MOST_BYTES, MOST_COMPONENTS, Unreadable, Why, take_apart
from calendars.importing import Imported, busy_times
from tests.calendars.given_foreign import BEGINS, ENDS, HERE, calendar, event

GOOD = calendar(event("SUMMARY:Réunion", "DTSTART:20261020T070000Z", "DTEND:20261020T080000Z"))


def why(body: bytes) -> Why:
    with pytest.raises(Unreadable) as refusal:
        take_apart(body)
    return refusal.value.why


@pytest.mark.parametrize(
    "body",
    [
        GOOD,
        b"\xef\xbb\xbf" + GOOD,
        b"\r\n\r\n" + GOOD,
        GOOD.replace(b"\r\n", b"\n"),
        GOOD.replace(b"\r\n", b"\r"),
        GOOD.lower().replace(b"20261020t0", b"20261020T0").replace(b"00z", b"00Z"),
        GOOD.replace(b"DTSTART:2026", b"DTSTART:20\r\n 26"),
        GOOD.replace(b"DTSTART:2026", b"DTST\r\n\tART:2026"),
        GOOD.replace("é".encode(), b"\xc3\r\n \xa9"),
        GOOD.replace("é".encode(), b"\xe9"),
        GOOD.replace("é".encode(), "\u2028".encode()),
        GOOD.decode().encode("utf-16"),
        GOOD.decode().encode("utf-16-be"),
        GOOD.decode().encode("utf-16-le"),
        GOOD.rstrip(),
    ],
)
def test_a_calendar_is_read_in_every_dress(body: bytes):
    assert len(busy_times(body, HERE, BEGINS, ENDS).times) == 1


@pytest.mark.parametrize(
    ("body", "reason"),
    [
        (b"", Why.NOT_A_CALENDAR),
        (b"PK\x03\x04" + b"\0" * 90, Why.NOT_A_CALENDAR),
        (b"%PDF-1.7", Why.NOT_A_CALENDAR),
        (bytes(range(256)) * 9, Why.NOT_A_CALENDAR),
        (GOOD.replace(b"SUMMARY", b"\0SUMMARY"), Why.NOT_A_CALENDAR),
        (b"BEGIN:VCARD\r\nEND:VCARD\r\n", Why.NOT_A_CALENDAR),
        (b"<!DOCTYPE html><p>BEGIN:VCALENDAR", Why.WEB_PAGE),
        (b"\xef\xbb\xbf\n <html lang=fr>", Why.WEB_PAGE),
        (b"<?xml version='1.0'?>", Why.WEB_PAGE),
        (GOOD[: GOOD.index(b"END:VCALENDAR")], Why.CUT_OFF),
        (GOOD[: GOOD.index(b"END:VEVENT")], Why.CUT_OFF),
        (GOOD + b" " * MOST_BYTES, Why.TOO_LARGE),
        (calendar("BEGIN:VEVENT\r\nEND:VEVENT\r\n" * MOST_COMPONENTS), Why.TOO_MANY_ENTRIES),
        (b"BEGIN:VCALENDAR\n" + b"BEGIN:VEVENT\n" * 2000, Why.TOO_MANY_ENTRIES),
    ],
)
def test_what_is_none_is_refused_by_its_name(body: bytes, reason: Why):
    assert why(body) is reason


def test_a_line_without_end_is_not_read_to_its_end():
    endless = event("DTSTART:20261020T070000Z", "DURATION:PT1H", "EXDATE:" + "20261021T070000Z," * 100_000)

    found = busy_times(calendar(endless, event("DTSTART;VALUE=DATE:20261101")), HERE, BEGINS, ENDS)

    assert (len(found.times), found.problems) == (1, {"unreadable": 1})


def outcome(body: bytes) -> Imported | Why:
    """What is read, or why nothing is; nothing else may happen."""
    try:
        return busy_times(body, HERE, BEGINS, ENDS)
    except Unreadable as refusal:
        return refusal.why


@settings(max_examples=400, deadline=None)
@given(st.binary(max_size=400))
def test_no_bytes_whatever_bring_it_down(body: bytes):
    for one in (body, GOOD[:60] + body + GOOD[60:], calendar(event(body.decode("latin-1")))):
        assert outcome(one)


WORDS = st.sampled_from(
    "BEGIN:VEVENT END:VEVENT BEGIN:VCALENDAR END:VCALENDAR BEGIN:VTIMEZONE END:VTIMEZONE BEGIN:STANDARD END:STANDARD"
    " DTSTART DTEND DURATION RRULE RDATE EXDATE RECURRENCE-ID UID TZID TZOFFSETFROM TZOFFSETTO FREEBUSY : ; = , / - +"
    " 20261020 20261020T070000Z 99991231T235959Z 00010101 P1D PT1H P99999W FREQ=DAILY FREQ=YEARLY BYDAY=-1SU COUNT=9"
    " UNTIL=20270101 INTERVAL=9999999 VALUE=DATE TZID=Europe/Paris TZID=../../etc/passwd X-WR-TIMEZONE +0100"
    " -2359 \\n".split()
)


@settings(max_examples=600, deadline=None)
@given(st.lists(st.tuples(WORDS, st.sampled_from(["", ":", ";", "\r\n", "\n "])), max_size=60))
def test_no_calendar_whatever_brings_it_down(words: list[tuple[str, str]]):
    body = "".join(word + after for word, after in words).encode()

    for one in (body, b"BEGIN:VCALENDAR\n" + body + b"\nEND:VCALENDAR\n", calendar(event(body.decode()))):
        found = outcome(one)
        times = found.times if isinstance(found, Imported) else ()
        assert all(BEGINS <= one.starts_at < one.ends_at <= ENDS for one in times)
