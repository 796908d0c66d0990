"""Hours of the week: written, read, and asked."""

from datetime import datetime, time

import pytest

from booking.domain.hours import Span, cover, read, written

MORNING, AFTERNOON = Span(1, time(8, 30), time(12)), Span(1, time(13, 30), time(17))
TUESDAY = datetime(2026, 11, 24)


def test_what_is_written_reads_the_same():
    assert read(written([AFTERNOON, MORNING])) == (MORNING, AFTERNOON)


def test_hours_are_kept_as_a_person_would_note_them():
    assert written([MORNING, AFTERNOON]) == "1 08:30-12:00; 1 13:30-17:00"


def test_no_hours_are_no_text():
    assert (written([]), read("")) == ("", ())


@pytest.mark.parametrize(
    ("begins", "ends", "covered"),
    [
        (time(9, 30), time(11, 30), True),
        (time(8, 30), time(12), True),
        (time(8), time(10), False),
        (time(11), time(14), False),
        (time(13, 30), time(17, 1), False),
    ],
)
def test_a_meeting_lies_within_one_span_or_outside(begins, ends, covered):
    at = datetime.combine(TUESDAY, begins), datetime.combine(TUESDAY, ends)

    assert cover([MORNING, AFTERNOON], *at) is covered


def test_a_day_without_a_span_is_closed():
    wednesday = TUESDAY.replace(day=25)

    assert not cover([MORNING], wednesday.replace(hour=9), wednesday.replace(hour=10))


def test_without_any_hours_everything_is_open():
    assert cover([], TUESDAY.replace(hour=3), TUESDAY.replace(hour=23))


def test_a_meeting_over_midnight_lies_in_no_span():
    assert not cover([Span(1, time(0), time(23, 59))], TUESDAY.replace(hour=9), TUESDAY.replace(day=25, hour=1))
