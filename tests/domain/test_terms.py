"""Terms of booking: from when to when one may book, until which meeting one may join, and in which languages."""

from datetime import timedelta

import pytest

from booking.domain.errors import InvalidField, SessionClosed
from booking.domain.sessions import Session, SessionState
from booking.domain.terms import Conditions, Terms, conditions_of, on_conditions, on_terms, terms_of
from tests.given import DAY, HOUR, NOW, a_workshop, in_days
from tests.given_cases import a_session

MOMENT = timedelta(seconds=1)
OWN = Terms(window_days=7, cutoff_hours=24, join_until=2)


def problems(said: Terms | Conditions) -> dict[str, str]:
    with pytest.raises(InvalidField) as refused:
        said.checked()
    return refused.value.facts["fields"]


class TestWhenOneMayBook:
    def test_without_a_window_one_may_book_at_any_time(self):
        session = a_session(in_days(300))

        assert session.opens_at is None
        assert session.takes_bookings(NOW)

    def test_a_window_opens_so_many_days_before_the_first_meeting(self):
        session = a_session(in_days(14), in_days(21), window_days=7)

        assert session.opens_at == in_days(7)
        assert not session.takes_bookings(in_days(7) - MOMENT)
        assert session.takes_bookings(in_days(7))

    def test_who_comes_too_early_is_told_when_to_come_again(self):
        session = a_session(in_days(14), window_days=7)

        with pytest.raises(SessionClosed) as refused:
            session.must_take_bookings(NOW)

        assert refused.value.facts == {"session_id": session.id, "state": SessionState.OPEN, "opens_at": in_days(7)}

    @pytest.mark.parametrize("window", [None, 7])
    def test_who_comes_too_late_is_not_told_to_come_again(self, window):
        session = a_session(in_days(14), window_days=window)

        with pytest.raises(SessionClosed) as refused:
            session.must_take_bookings(in_days(14))

        assert refused.value.facts == {"session_id": session.id, "state": SessionState.OPEN}

    def test_bookings_close_so_many_hours_before_the_meeting(self):
        session = a_session(in_days(14), cutoff_hours=24)

        assert session.closes_at == in_days(13)
        assert session.takes_bookings(in_days(13) - MOMENT)
        assert not session.takes_bookings(in_days(13))

    def test_one_joins_a_cycle_before_it_begins_unless_told_otherwise(self):
        session = a_session(in_days(1), in_days(8))

        assert session.closes_at == in_days(1)

    def test_one_may_join_a_cycle_until_a_later_meeting_and_its_hours_count_from_there(self):
        session = a_session(in_days(1), in_days(8), in_days(15), join_until=2, cutoff_hours=3)

        assert session.closes_at == in_days(8) - 3 * HOUR
        assert session.takes_bookings(in_days(5))

    def test_a_cycle_cut_to_fewer_meetings_closes_before_the_last_one_left(self):
        session = a_session(in_days(1), in_days(8), join_until=6)

        assert session.closes_at == in_days(8)

    @pytest.mark.parametrize("state", [state for state in SessionState if state is not SessionState.OPEN])
    def test_only_what_is_published_takes_bookings(self, state):
        session = a_session(in_days(14), state=state)

        assert not session.takes_bookings(NOW)
        with pytest.raises(SessionClosed):
            session.must_take_bookings(NOW)

    def test_a_session_within_its_terms_says_nothing(self):
        assert a_session(in_days(14), window_days=30).must_take_bookings(NOW) is None


class TestWhatIsLeft:
    def test_seats_kept_for_an_agency_are_nobody_elses(self):
        assert a_session(capacity=8, taken=3, kept=2).free == 3

    def test_a_new_session_has_every_seat_free(self):
        assert a_session(capacity=8).free == 8

    def test_more_kept_than_left_is_none_free(self):
        assert a_session(capacity=8, taken=7, kept=3).free == 0

    def test_a_session_begins_with_its_first_meeting(self):
        session = a_session(in_days(1), in_days(8))

        assert not session.has_begun(in_days(1) - MOMENT)
        assert session.has_begun(in_days(1))

    @pytest.mark.parametrize("state", [SessionState.DRAFT, SessionState.CANCELLED, SessionState.HELD])
    def test_what_is_not_open_is_waited_for_by_nobody(self, state):
        session = a_session(in_days(14), state=state)

        assert session.has_begun(NOW)
        assert not session.is_to_come(NOW)

    def test_a_cycle_is_to_come_until_its_last_meeting_is_over(self):
        session = a_session(in_days(1), in_days(8))

        assert session.is_to_come(in_days(8, hour=2) - MOMENT)
        assert not session.is_to_come(in_days(8, hour=2))


class TestTermsThatCanBeKept:
    @pytest.mark.parametrize(
        "terms",
        [
            Terms(),
            Terms(window_days=1),
            Terms(window_days=730, cutoff_hours=14 * 24, join_until=40),
        ],
    )
    def test_a_window_of_a_day_to_two_years_a_fortnight_and_forty_meetings_can_be_kept(self, terms):
        assert terms.checked() is terms

    @pytest.mark.parametrize("days", [0, -1, 731])
    def test_a_window_lasts_from_one_day_to_two_years(self, days):
        assert problems(Terms(window_days=days)) == {"window_days": "out-of-range"}

    @pytest.mark.parametrize("hours", [-1, 14 * 24 + 1])
    def test_bookings_close_at_most_a_fortnight_before_and_never_after_the_beginning(self, hours):
        assert problems(Terms(cutoff_hours=hours)) == {"cutoff_hours": "out-of-range"}

    @pytest.mark.parametrize("meeting", [0, 41])
    def test_one_joins_at_a_meeting_that_there_can_be(self, meeting):
        assert problems(Terms(join_until=meeting)) == {"join_until": "out-of-range"}

    def test_every_problem_is_told_at_once(self):
        assert set(problems(Terms(window_days=0, cutoff_hours=-1, join_until=0))) == {
            "window_days",
            "cutoff_hours",
            "join_until",
        }


class TestConditionsOfASession:
    def test_a_session_on_terms_of_its_own_no_longer_follows_its_workshop(self):
        workshop = a_workshop(window_days=30, cutoff_hours=2)

        session = on_conditions(a_session(), workshop, Conditions(terms=OWN, languages=("ar",)))

        assert terms_of(session) == OWN
        assert conditions_of(session, workshop) == Conditions(terms=OWN, languages=("ar",))

    def test_a_session_without_terms_of_its_own_is_booked_on_those_of_its_workshop(self):
        workshop = a_workshop(window_days=30, cutoff_hours=2, join_until=3)
        before = on_terms(a_session(), OWN)

        session = on_conditions(before, workshop, Conditions())

        assert terms_of(session) == Terms(window_days=30, cutoff_hours=2, join_until=3)
        assert conditions_of(session, workshop).terms is None

    def test_a_planned_session_takes_every_term_of_its_workshop_and_nothing_else(self):
        workshop = a_workshop(window_days=30, cutoff_hours=2, join_until=3)
        before = a_session(languages=("ar",))

        session: Session = before.on_terms_of(workshop)

        assert terms_of(session) == terms_of(workshop)
        assert (session.id, session.languages) == (before.id, ("ar",))

    def test_languages_are_kept_once_each_in_one_order(self):
        said, turned = Conditions(languages=("ar", "en", "ar")), Conditions(languages=("en", "ar"))

        assert said.checked() == turned.checked()
        assert sorted(said.checked().languages) == ["ar", "en"]

    def test_a_language_that_nobody_knows_is_refused(self):
        assert problems(Conditions(languages=("fr-klingon",))) == {"languages": "unknown-value"}

    def test_terms_that_cannot_be_kept_are_refused_with_the_session_too(self):
        conditions = Conditions(terms=Terms(window_days=0))

        assert problems(conditions) == {"window_days": "out-of-range"}
        with pytest.raises(InvalidField):
            on_conditions(a_session(), a_workshop(), conditions)

    def test_a_window_moves_with_the_session(self):
        session = on_terms(a_session(in_days(14)), OWN)
        later = on_terms(a_session(in_days(14) + DAY), OWN)

        assert later.opens_at == session.opens_at + DAY
