"""The week as a grid, and the rows of a session's form, without a server."""

from datetime import date

import pytest

from booking.domain.workshops import Workshop
from booking.services.agendas import Entry
from booking.storage.listings import Listed
from booking.web.forms import Form
from booking.web.pages import blocks, repeating, schedules, weeks
from tests.given import NOW, a_workshop, an_agency, in_days
from tests.given_cases import a_session

MONDAY = date(2026, 10, 19)


def entry(start, workshop: Workshop | None = None, **known) -> Entry:
    session = a_session(start, **known)
    listed = Listed(
        session=session, workshop_title="", agency_name="", agency_slug="", time_zone="Europe/Paris", rooms={}
    )
    return Entry(
        listed=listed, meeting=session.meetings[0], workshop=workshop or a_workshop(), facilitator="Inès Moreau"
    )


def grid(*entries, monday=MONDAY, now=NOW):
    return weeks.grid(monday, entries, "Europe/Paris", "metropole", now)


@pytest.mark.parametrize("said", ["", "2026", "2026-W99", "abc-Wx", "2026-W"])
def test_a_week_that_cannot_be_read_is_the_present_one(said):
    assert weeks.monday_of(said, date(2026, 10, 22)) == MONDAY


def test_a_week_has_its_name_and_its_name_its_week():
    assert weeks.name_of(MONDAY) == "2026-W43"
    assert weeks.monday_of("2026-W43", date(2020, 1, 1)) == MONDAY


def test_a_meeting_stands_at_its_hour():
    (block,) = grid(entry(in_days(1, hour=-0.5))).days[1].blocks  # 9:30 in Grenoble

    assert (block.row, block.span, block.column, block.width) == (7, 8, 1, 12)


def test_two_at_once_share_the_day():
    found = grid(entry(in_days(1)), entry(in_days(1, hour=1)), entry(in_days(1, hour=5))).days[1].blocks

    assert [(block.column, block.width) for block in found] == [(1, 6), (7, 6), (1, 12)]


def test_many_at_once_stay_within_the_day():
    found = grid(*(entry(in_days(1)) for _ in range(15))).days[1].blocks

    assert max(block.column + block.width for block in found) <= 13


def test_saturday_is_shown_when_something_happens():
    assert len(grid().days) == 5
    assert [day.on.weekday() for day in grid(entry(in_days(5))).days] == [0, 1, 2, 3, 4, 5]


def test_an_early_meeting_and_a_late_one_widen_the_day():
    shown = grid(entry(in_days(1, hour=-4)), entry(in_days(1, hour=8.5)))

    assert (shown.first_hour, shown.last_hour) == (6, 21)


def test_a_holiday_is_named():
    shown = grid(monday=date(2026, 11, 9))

    assert [day.holiday for day in shown.days] == [None, None, "Armistice", None, None]


def test_now_is_marked_today_only():
    assert grid().now_row == 9  # ten o'clock
    assert grid(monday=date(2026, 10, 26)).now_row is None


def test_how_full_a_session_is_gives_its_colour():
    assert blocks.kind_of(entry(in_days(1), taken=8), NOW) == "full"
    assert blocks.kind_of(entry(in_days(1), taken=3), NOW) == "low"
    assert blocks.kind_of(entry(in_days(1), taken=5), NOW) == "room"
    assert blocks.kind_of(entry(in_days(-1), taken=8), NOW) == "past"


def test_who_leads_needs_little_room():
    (block,) = grid(entry(in_days(1))).days[1].blocks

    assert block.led_by == "Inès M."


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
