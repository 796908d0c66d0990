"""The rows of a session's form, without a server."""

from booking.web.forms import Form
from booking.web.pages import repeating, schedules
from tests.given import an_agency


def form(**said) -> Form:
    return Form([(name.replace("__", "."), value) for name, value in said.items()])


def test_rows_are_planned_by_their_start_whatever_their_order():
    typed = form(
        date__1="2026-11-26", start__1="9:30", end__1="11:30", date__2="2026-11-24", start__2="9h30", end__2="11h30"
    )

    planned = schedules.plans(typed, schedules.typed(typed).rows, an_agency())

    assert [row.n for row, _ in planned] == [2, 1]
    assert schedules.beside_rows({"meetings.1": "in-the-past"}, [row for row, _ in planned]) == {
        "date.2": "in-the-past"
    }


def test_an_hour_that_summer_time_skips_is_told_beside_its_row():
    typed = form(date__3="2027-03-28", start__3="2:30", end__3="4:00")

    schedules.plans(typed, schedules.typed(typed).rows, an_agency())

    assert typed.problems.found == {"start.3": "no-such-hour"}


def test_the_agency_decides_the_zone():
    typed = form(date__1="2026-11-24", start__1="9:30", end__1="11:30")

    ((_, plan),) = schedules.plans(typed, schedules.typed(typed).rows, an_agency(time_zone="Indian/Reunion"))

    assert plan.starts_at.isoformat() == "2026-11-24T05:30:00+00:00"


def test_a_blank_row_says_nothing_beside_a_filled_one():
    typed = form(date__1="2026-11-24", start__1="9:30", end__1="11:30", date__2="", start__2="", end__2="", room__2="")

    assert len(schedules.plans(typed, schedules.typed(typed).rows, an_agency())) == 1
    assert not typed.problems.found


def test_repeating_skips_holidays_and_keeps_the_hours():
    typed = Form(
        [
            ("date.1", ""),
            ("start.1", "9:30"),
            ("end.1", "11:30"),
            ("repeat.first", "2026-11-10"),
            ("repeat.days", "1"),
            ("repeat.days", "2"),
            ("repeat.count", "3"),
            ("repeat.skips_holidays", "1"),
        ]
    )

    rows = repeating.repeated(typed, schedules.typed(typed).rows, "metropole")

    assert [(row.date, row.start) for row in rows] == [
        ("2026-11-10", "9:30"),
        ("2026-11-17", "9:30"),
        ("2026-11-18", "9:30"),
    ]


def test_a_wish_without_a_number_is_told():
    typed = form(date__1="", repeat__first="x")

    rows = repeating.repeated(typed, schedules.typed(typed).rows, "metropole")

    assert typed.problems.found == {
        "repeat.first": "not-a-day",
        "repeat.count": "required",
        "repeat.days": "required",
    }
    assert len(rows) == 1


def test_a_day_of_the_week_that_there_is_not_is_no_day():
    typed = form(date__1="", start__1="9:30", end__1="11:30", repeat__first="2026-11-10", repeat__count="2")
    typed.pairs.append(("repeat.days", "12"))

    repeating.repeated(typed, schedules.typed(typed).rows, "metropole")

    assert typed.problems.found == {"repeat.days": "required"}
