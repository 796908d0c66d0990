"""Where a meeting stands in its day and its month, without a server."""

from datetime import date, datetime

import pytest

from booking.domain.obstacles import Surroundings
from booking.domain.rooms import Closure, SchoolHoliday
from booking.domain.sessions import SessionState
from booking.web.pages import blocks, days, grids
from booking.web.pages.periods import Period, View
from calendars.zones import wall
from tests.given import NOW, in_days
from tests.web.given_agendas import GRENOBLE, a_block, listed

MONDAY = date(2026, 10, 19)
HERE = Surroundings(zone="Europe/Paris", territory="metropole")


def columns(*found, first=MONDAY, last=None, around=None, today=MONDAY):
    return days.columns(first, last or first + 6 * days.DAY, days.by_day(found), today, around)


def grid(*found, first=MONDAY, now=NOW):
    return grids.grid(days.of_week(columns(*found, first=first)), wall(now, "Europe/Paris"))


def test_a_meeting_stands_at_its_hour():
    (block,) = grid(a_block(in_days(1, hour=-0.5))).columns[1].blocks  # 9:30 in Grenoble

    assert (block.row, block.span, block.column, block.width) == (7, 8, 1, 12)


def test_two_at_once_share_the_day():
    found = grid(a_block(in_days(1)), a_block(in_days(1, hour=1)), a_block(in_days(1, hour=5))).columns[1].blocks

    assert [(block.column, block.width) for block in found] == [(1, 6), (7, 6), (1, 12)]


def test_many_at_once_stay_within_the_day():
    found = grid(*(a_block(in_days(1)) for _ in range(15))).columns[1].blocks

    assert max(block.column + block.width for block in found) <= 13


def test_saturday_is_shown_when_something_happens():
    assert len(grid().columns) == 5
    assert [day.on.weekday() for day in grid(a_block(in_days(5))).columns] == [0, 1, 2, 3, 4, 5]


def test_an_early_meeting_and_a_late_one_widen_the_day():
    shown = grid(a_block(in_days(1, hour=-4)), a_block(in_days(1, hour=8.5)))

    assert (shown.first_hour, shown.last_hour, shown.hours) == (6, 21, 15)


def test_a_meeting_past_midnight_ends_with_its_day():
    shown = grid(a_block(in_days(1, hour=13), hours=3))

    assert shown.last_hour == 24


def test_now_is_marked_today_only():
    assert grid().now_row == 9  # ten o'clock
    assert grid(first=date(2026, 10, 26)).now_row is None
    assert grid(now=in_days(0, hour=12)).now_row is None


@pytest.mark.parametrize(
    ("days_ahead", "known", "kind"),
    [
        (1, {"taken": 8}, "full"),
        (1, {"taken": 5, "kept": 3}, "full"),
        (1, {"taken": 3}, "low"),
        (1, {"taken": 5, "minimum": 6}, "low"),
        (1, {"taken": 5}, "room"),
        (1, {"taken": 3, "session_starts_at": in_days(-7)}, "room"),
        (-1, {"taken": 8}, "past"),
        (1, {"session_state": SessionState.DRAFT}, "draft"),
        (1, {"session_state": SessionState.CANCELLED}, "off"),
    ],
)
def test_how_full_a_session_is_gives_its_look(days_ahead, known, kind):
    assert blocks.kind_of(listed(in_days(days_ahead), **known), NOW) == kind


@pytest.mark.parametrize(("taken", "tenths"), [(0, 0), (1, 1), (4, 5), (7, 8), (8, 10)])
def test_the_bar_is_full_only_when_the_session_is(taken, tenths):
    assert a_block(in_days(1), taken=taken).tenths == tenths


def test_who_leads_needs_little_room():
    assert a_block(in_days(1)).led_by == "Inès M."
    assert a_block(in_days(1), facilitator_name=None).led_by == ""


def test_each_place_has_its_own_day():
    midnight_in_reunion = datetime.fromisoformat("2026-10-20T20:30:00+00:00")

    assert a_block(midnight_in_reunion).on == date(2026, 10, 20)
    assert a_block(midnight_in_reunion, time_zone="Indian/Reunion").on == date(2026, 10, 21)


@pytest.mark.parametrize(
    ("month", "first", "last", "weeks"),
    [
        (date(2026, 11, 1), "2026-10-26", "2026-12-06", 6),
        (date(2027, 2, 1), "2027-02-01", "2027-02-28", 4),
        (date(2028, 2, 1), "2028-01-31", "2028-03-05", 5),
    ],
)
def test_a_month_is_a_leaf_of_whole_weeks(month, first, last, weeks):
    begin, end = days.ends(Period.around(View.MONTH, month))
    leaf = days.leaf(columns(first=begin, last=end))

    assert (str(begin), str(end), len(leaf.weeks), leaf.width) == (first, last, weeks, 5)


def test_one_saturday_opens_all_saturdays_of_the_leaf():
    leaf = days.leaf(columns(a_block(in_days(5)), last=MONDAY + 13 * days.DAY))

    assert [[day.on.weekday() for day in week] for week in leaf.weeks] == [[0, 1, 2, 3, 4, 5]] * 2


def test_a_leaf_is_as_tall_as_its_fullest_days():
    busy = [a_block(in_days(1)) for _ in range(4)] + [a_block(in_days(2)), a_block(in_days(8))]

    assert days.leaf(columns(*busy, last=MONDAY + 13 * days.DAY)).lines == (1 + 4) + (1 + 1)


@pytest.mark.parametrize(("meetings", "print_"), [(1, 1), (36, 1), (37, 2), (45, 3), (53, 4), (60, 5), (99, 5)])
def test_the_more_lines_the_smaller_the_print(meetings, print_):
    leaf = days.leaf(columns(*(a_block(in_days(1)) for _ in range(meetings)), last=MONDAY + 13 * days.DAY))

    assert leaf.print == print_


def test_a_day_says_what_it_is():
    closed = Closure(
        id=GRENOBLE, agency_id=GRENOBLE, first_on=date(2026, 11, 12), last_on=date(2026, 11, 12), because="Travaux"
    )
    off = SchoolHoliday(zone="A", name="Toussaint", first_on=date(2026, 11, 13), last_on=date(2026, 11, 20))
    here = Surroundings(zone="Europe/Paris", territory="metropole", closures=[closed], school_holidays=[off])

    shown = columns(first=date(2026, 11, 10), last=date(2026, 11, 13), around=here)

    assert [[(sign.name, sign.stops) for sign in day.signs] for day in shown] == [
        [],
        [("Armistice", True)],
        [("Travaux", True)],
        [("Toussaint", False)],
    ]


def test_a_meeting_says_what_it_lacks_and_what_stands_in_its_way():
    (block,) = blocks.made([listed(datetime(2026, 11, 11, 9, tzinfo=NOW.tzinfo))], {GRENOBLE: HERE}, NOW)

    assert [(sign.words, sign.name) for sign in block.signs] == [
        ("Sans salle", ""),
        ("Sans animation", ""),
        ("Jour férié", "Armistice"),
    ]


def test_what_is_held_in_spite_of_an_obstacle_says_why_and_needs_nothing_more():
    armistice = datetime(2026, 11, 11, 9, tzinfo=NOW.tzinfo)
    planned = listed(armistice, room_id=GRENOBLE, facilitator_id=GRENOBLE, overridden_because="Portes ouvertes")

    (block,) = blocks.made([planned], {GRENOBLE: HERE}, NOW)

    assert [(sign.words, sign.name) for sign in block.signs] == [
        ("Jour férié", "Armistice"),
        ("Maintenue", "Portes ouvertes"),
    ]
    assert not block.is_troubled


def test_what_is_over_or_cancelled_needs_no_sign_and_no_change():
    over, off = listed(in_days(-1)), listed(in_days(1), session_state=SessionState.CANCELLED)

    made = blocks.made([over, off, listed(in_days(1))], {}, NOW, planned_by_me={GRENOBLE})

    assert [(bool(block.signs), block.may_change) for block in made] == [(False, False), (False, False), (True, True)]
