"""Contingents: seats kept for one agency, until when, and for whom."""

import pytest

from booking.domain.contingents import Contingent, checked
from booking.domain.errors import InvalidField
from booking.domain.identifiers import new_id
from tests.given import HOUR, NOW, in_days
from tests.given_cases import a_session

GRENOBLE, LYON = new_id(NOW), new_id(NOW)


def kept(seats: int = 3, used: int = 0, **known: object) -> Contingent:
    usual = {"session_id": new_id(NOW), "agency_id": GRENOBLE, "until_at": in_days(7)}
    return Contingent(seats=seats, unused=seats - used, **(usual | known))


def problems(contingent: Contingent, before: int = 0, **known: object) -> dict[str, str]:
    with pytest.raises(InvalidField) as refused:
        checked(contingent, before, a_session(in_days(14), **known), NOW)
    return refused.value.facts["fields"]


class TestForWhom:
    def test_its_own_agency_may_have_what_is_left_of_it(self):
        assert kept(3, used=2).serves(GRENOBLE, NOW)

    def test_another_agency_may_not_before_it_is_due(self):
        assert not kept().serves(LYON, in_days(7) - HOUR)

    def test_once_due_anybody_may_have_it_even_before_the_clock_released_it(self):
        assert kept().serves(LYON, in_days(7))

    def test_nobody_has_what_is_used_up(self):
        assert not kept(3, used=3).serves(GRENOBLE, NOW)
        assert not kept(3, used=3).serves(LYON, in_days(7))

    def test_it_is_known_how_many_of_its_seats_are_taken(self):
        assert [kept(3, used=n).used for n in range(4)] == [0, 1, 2, 3]


class TestUntilWhen:
    def test_it_is_due_at_its_moment_and_not_before(self):
        assert not kept().is_due(in_days(7) - HOUR)
        assert kept().is_due(in_days(7))
        assert kept().is_due(in_days(8))

    def test_what_was_released_is_due_no_more(self):
        assert not kept(released_at=in_days(7)).is_due(in_days(8))


class TestWhatCanBeKept:
    def test_every_seat_that_is_free_can_be_kept(self):
        contingent = kept(8)

        assert checked(contingent, 0, a_session(in_days(14), capacity=8), NOW) is contingent

    @pytest.mark.parametrize("seats", [0, -1])
    def test_no_seat_is_no_contingent(self, seats):
        assert problems(kept(seats)) == {"places": "out-of-range"}

    def test_one_seat_is(self):
        assert checked(kept(1), 0, a_session(in_days(14)), NOW).seats == 1

    def test_more_than_is_free_cannot_be_kept(self):
        assert problems(kept(3), capacity=8, taken=6) == {"places": "more-than-free"}

    def test_what_it_kept_before_counts_as_free_for_itself(self):
        session = a_session(in_days(14), capacity=8, taken=4, kept=3)

        assert checked(kept(4), 3, session, NOW).seats == 4
        assert problems(kept(5), before=3, capacity=8, taken=4, kept=3) == {"places": "more-than-free"}

    def test_seats_are_not_taken_back_from_who_sits_on_them(self):
        assert problems(kept(1, used=2)) == {"places": "below-used"}
        assert checked(kept(2, used=2), 0, a_session(in_days(14)), NOW).unused == 0

    def test_it_ends_in_the_future(self):
        assert problems(kept(until_at=NOW)) == {"until_at": "in-the-past"}

    def test_it_ends_with_the_beginning_of_the_session_at_the_latest(self):
        assert checked(kept(until_at=in_days(14)), 0, a_session(in_days(14)), NOW)
        assert problems(kept(until_at=in_days(14) + HOUR)) == {"until_at": "after-the-session"}

    def test_both_problems_are_told_at_once(self):
        assert problems(kept(0, until_at=NOW)) == {"places": "out-of-range", "until_at": "in-the-past"}
