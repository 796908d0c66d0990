"""What one session comes to: who counts, where, and where not."""

from datetime import UTC, date, datetime, timedelta

import pytest

from booking.domain.attendance import Mark
from booking.domain.bookings import MOVED, BookingState, Party
from booking.domain.figures import Seat, count, count_called_off
from booking.domain.job_seekers import Channel
from booking.domain.slices import after_slice, slice_of

BEGINS = datetime(2026, 11, 3, 8, 30, tzinfo=UTC)


def a_seat(state: BookingState = BookingState.BOOKED, *marks: Mark, days: float = 5, **known: object) -> Seat:
    made = BEGINS - timedelta(days=days)
    return Seat(**{"state": state, "created_at": made, "wished_at": made, "marks": marks} | known)  # type: ignore[arg-type]


def told(*seats: Seat, places: int = 8) -> dict[str, int]:
    return {name: number for name, number in count(seats, places, BEGINS).items() if number}


def test_a_session_counts_its_seats_and_who_sat_in_them():
    seats = [a_seat(BookingState.BOOKED, mark) for mark in (Mark.ATTENDED, Mark.LATE, Mark.EXCUSED, Mark.ABSENT)]

    found = told(*seats, a_seat())

    assert found["sessions"] == 1 and found["seats"] == 8 and found["seated"] == 5
    assert (found["came"], found["excused"], found["absent"], found["unmarked"]) == (2, 1, 1, 1)
    assert found["waited"] == 5 and found["waited_days"] == 25


def test_who_comes_once_to_a_cycle_is_not_absent_and_finishes_with_all_of_it():
    once = a_seat(BookingState.BOOKED, Mark.ATTENDED, Mark.ABSENT, expected=2)
    always = a_seat(BookingState.BOOKED, Mark.ATTENDED, Mark.LATE, expected=2)

    found = told(once, always)

    assert found["came"] == 2 and found["finished"] == 1 and "absent" not in found


def test_a_place_given_up_counts_for_who_gave_it_up_and_a_moved_one_for_nobody():
    ended = a_seat(BookingState.CANCELLED, cancelled_by=Party.PERSON)
    moved = a_seat(BookingState.CANCELLED, cancelled_by=Party.PERSON, cancelled_because=MOVED)

    assert told(ended, moved) == {"sessions": 1, "seats": 8, "cancelled_person": 1}
    assert count_called_off([a_seat(BookingState.CANCELLED, cancelled_by=Party.SERVICE)])["cancelled_service"] == 1


def test_who_came_without_a_booking_waited_for_nothing_and_was_told_nothing():
    found = told(a_seat(BookingState.BOOKED, Mark.ATTENDED, is_walk_in=True, days=0))

    assert found["walk_ins"] == found["came"] == 1
    assert not {"waited", "reminded_none", "noticed_day"} & found.keys()


def test_an_absence_counts_by_the_reminder_and_by_the_notice():
    found = told(
        a_seat(BookingState.BOOKED, Mark.ABSENT, days=1, reminded_by=Channel.SMS, reached_by=Channel.SMS),
        a_seat(BookingState.BOOKED, Mark.ATTENDED, days=20),
    )

    assert found["reminded_sms"] == found["unminded_sms"] == found["noticed_day"] == found["unnoticed_day"] == 1
    assert found["reminded_none"] == found["noticed_longer"] == 1 and "unminded_none" not in found
    assert found["reached_sms"] == found["reached_none"] == 1


def test_who_makes_up_for_a_meeting_takes_no_seat():
    assert told(a_seat(BookingState.BOOKED, Mark.ATTENDED, makes_up=True)) == {"sessions": 1, "seats": 8, "made_up": 1}


@pytest.mark.parametrize(
    ("day", "begins", "next_one"),
    [((2026, 11, 4), (2026, 11, 2), (2026, 11, 9)), ((2026, 10, 31), (2026, 10, 26), (2026, 11, 1)),
     ((2026, 11, 1), (2026, 11, 1), (2026, 11, 2))],
)  # fmt: skip
def test_weeks_are_cut_where_a_month_begins(day: tuple[int, ...], begins: tuple[int, ...], next_one: tuple[int, ...]):
    moment = datetime(*day, 12, tzinfo=UTC)

    assert slice_of(moment, "Europe/Paris") == date(*begins)
    assert after_slice(date(*begins)) == date(*next_one)


def test_the_day_is_that_of_the_clocks_of_the_agency():
    evening = datetime(2026, 11, 1, 23, 30, tzinfo=UTC)

    assert slice_of(evening, "Europe/Paris") == date(2026, 11, 2)
    assert slice_of(evening, "America/Martinique") == date(2026, 11, 1)
