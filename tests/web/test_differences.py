"""An edit of an older version beside the version of now: what differs, and nothing else."""

from dataclasses import replace

from booking.web.pages.differences import Difference, differences
from booking.web.pages.schedules import Row, Typed
from booking.web.pages.session_terms import TypedTerms

NAMES = {"r1": "Vercors", "r2": "Belledonne", "p1": "Karim"}
FIRST = Row(1, "2026-11-24", "09:30", "11:30", "r1", "p1", id="m1")
SECOND = Row(2, "2026-12-01", "09:30", "11:30", "r1", "p1", id="m2")
SAID = "2026-11-24 09:30–11:30, Vercors, Karim"


def typed(*rows: Row, **more: object) -> Typed:
    return Typed(capacity="8", rows=rows, **more)


def found(present: Typed, mine: Typed) -> list[Difference]:
    return differences(present, mine, NAMES)


def test_the_same_has_no_difference():
    assert found(typed(FIRST, SECOND), typed(SECOND, FIRST)) == []


def test_a_meeting_that_moved_is_shown_as_it_is_and_as_it_was_typed():
    mine = replace(FIRST, start="10:00", room="r2")

    assert found(typed(FIRST), typed(mine)) == [Difference(1, SAID, "2026-11-24 10:00–11:30, Belledonne, Karim")]


def test_a_meeting_that_somebody_removed_or_added_has_one_side_only():
    assert found(typed(FIRST), typed(FIRST, SECOND))[0].present == ""
    assert found(typed(FIRST, SECOND), typed(FIRST))[0].mine == ""


def test_a_new_meeting_is_new_and_a_blank_row_is_nothing():
    new, blank = Row(3, "2026-12-08", "09:30", "11:30"), Row(4)

    assert found(typed(FIRST), typed(FIRST, new, blank)) == [Difference(3, "", "2026-12-08 09:30–11:30")]


def test_seats_and_terms_are_no_meeting():
    own = TypedTerms(is_own=True, window_days="7")

    seats, terms = found(typed(FIRST), replace(typed(FIRST, terms=own), capacity="9"))

    assert (seats.row, seats.present, seats.mine, seats.is_terms) == (None, "8", "9", False)
    assert (terms.row, terms.present, terms.mine) == (None, "", "window_days 7, cutoff_hours 0, join_until 1")
    assert terms.is_terms


def test_who_is_not_known_here_is_not_named():
    stranger = replace(FIRST, facilitator="p9")

    assert found(typed(FIRST), typed(stranger))[0].mine == "2026-11-24 09:30–11:30, Vercors"
