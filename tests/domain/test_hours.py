"""Hours of the week: written, read, judged."""

from datetime import datetime, time

import pytest

from booking.domain import hours
from booking.domain.fields import Problems
from booking.domain.hours import Span

MORNING = Span(0, time(8, 30), time(12))
AFTERNOON = Span(0, time(13, 30), time(17))


def on_monday(begins: str, ends: str) -> tuple[datetime, datetime]:
    return datetime.fromisoformat(f"2026-11-23T{begins}"), datetime.fromisoformat(f"2026-11-23T{ends}")


def found(*spans: Span) -> dict[str, str]:
    problems = Problems()
    hours.check(problems, "hours", spans)
    return problems.found


def test_what_was_written_is_read_again_in_the_order_of_the_week():
    tuesday = Span(1, time(9), time(10))

    assert hours.written([tuesday, AFTERNOON, MORNING]) == "0 08:30-12:00; 0 13:30-17:00; 1 09:00-10:00"
    assert hours.read(hours.written([tuesday, AFTERNOON, MORNING])) == (MORNING, AFTERNOON, tuesday)
    assert hours.read("") == ()


@pytest.mark.parametrize(
    ("begins", "ends", "is_covered"),
    [("08:30", "12:00", True), ("09:00", "11:00", True), ("08:00", "10:00", False), ("11:00", "14:00", False)],
)
def test_a_meeting_lies_within_one_span(begins, ends, is_covered):
    assert hours.cover([MORNING, AFTERNOON], *on_monday(begins, ends)) is is_covered


def test_without_any_hours_everything_is_covered_and_a_day_without_is_closed():
    assert hours.cover([], *on_monday("03:00", "04:00"))
    assert not hours.cover([Span(1, time(8), time(18))], *on_monday("09:00", "10:00"))


def test_two_spans_a_day_are_right():
    assert found(MORNING, AFTERNOON, Span(1, time(8), time(9))) == {}


def test_what_is_wrong_is_told_by_the_number_of_the_span():
    assert found(MORNING, Span(1, time(9), time(9))) == {"hours.2": "ends-before-it-starts"}
    assert found(MORNING, AFTERNOON, Span(0, time(11), time(14))) == {"hours.3": "overlaps"}


def test_a_week_has_at_most_two_spans_a_day():
    many = [Span(day, time(hour), time(hour, 30)) for day in range(5) for hour in (8, 9, 10)]

    assert found(*many) == {"hours": "too-many"}
