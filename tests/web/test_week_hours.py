"""Hours of the week in a form: two spans a day, typed, read, and said in short."""

from datetime import time

from booking.domain.hours import Span
from booking.web.forms import Form
from booking.web.pages import week_hours
from booking.web.pages.week_hours import Days

MORNING, AFTERNOON = (time(8, 30), time(12)), (time(13, 30), time(17))


def spans(*days: int, hours=(MORNING, AFTERNOON)) -> list[Span]:
    return [Span(day, *half) for day in days for half in hours]


def form(**said: str) -> Form:
    return Form([(f"hours.{name.replace('_', '.')[1:]}", value) for name, value in said.items()])


class TestRead:
    def test_what_is_written_is_read_again(self):
        week = spans(0, 2, 4)

        sent = Form(list(week_hours.written("hours", reversed(week)).items()))

        assert [span for _, span in week_hours.read(sent, "hours")] == week
        assert sent.problems.found == {}

    def test_each_span_knows_the_field_where_it_begins(self):
        sent = form(_3_2_opens="9:30", _3_2_closes="11h")

        assert week_hours.read(sent, "hours") == [("hours.3.2.opens", Span(3, time(9, 30), time(11)))]

    def test_a_day_without_hours_is_closed(self):
        assert week_hours.read(form(_3_1_opens="", _3_1_closes="  "), "hours") == []

    def test_half_a_span_is_asked_for_its_other_half(self):
        sent = form(_0_1_opens="9:00", _1_1_closes="12:00")

        assert week_hours.read(sent, "hours") == []
        assert sent.problems.found == {"hours.0.1.closes": "required", "hours.1.1.opens": "required"}

    def test_what_is_no_hour_is_told_beside_its_field(self):
        sent = form(_6_1_opens="matin", _6_1_closes="12:00")

        week_hours.read(sent, "hours")

        assert sent.problems.found == {"hours.6.1.opens": "not-an-hour"}

    def test_midnight_is_an_hour(self):
        sent = form(_5_1_opens="0:00", _5_1_closes="2:00")

        assert [span for _, span in week_hours.read(sent, "hours")] == [Span(5, time(0), time(2))]

    def test_what_was_typed_is_shown_again_and_nothing_else(self):
        sent = Form([("hours.0.1.opens", "matin"), ("name", "Vercors"), ("hoursx", "1")])

        assert week_hours.typed(sent, "hours") == {"hours.0.1.opens": "matin"}


def test_a_problem_of_a_span_stands_beside_the_field_it_was_typed_in():
    places = [("hours.0.1.opens", spans(0)[0]), ("hours.3.2.opens", spans(3)[0])]

    found = week_hours.beside({"hours.2": "overlaps", "name": "required"}, "hours", places)

    assert found == {"hours.3.2.opens": "overlaps", "name": "required"}


class TestInShort:
    def test_days_in_a_row_with_the_same_hours_are_said_together(self):
        week = spans(0, 1, 2, 3) + spans(4, hours=(MORNING,))

        assert week_hours.in_short(week) == [Days(0, 3, spans(0)), Days(4, 4, spans(0, hours=(MORNING,)))]

    def test_a_day_between_keeps_them_apart(self):
        assert [(days.first, days.last) for days in week_hours.in_short(spans(0, 1, 3, 4))] == [(0, 1), (3, 4)]

    def test_the_order_in_which_they_are_kept_does_not_matter(self):
        assert week_hours.in_short(reversed(spans(0, 1))) == [Days(0, 1, spans(0))]

    def test_no_hours_are_nothing_to_say(self):
        assert week_hours.in_short([]) == []
