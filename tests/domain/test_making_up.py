"""Making up for a missed meeting: which one, where, and by whom."""

from dataclasses import replace
from datetime import datetime

import pytest

from booking.domain.attendance import Mark
from booking.domain.bookings import Booking, BookingState, Party
from booking.domain.errors import BookingEnded, InvalidField, NotBooked, SessionClosed
from booking.domain.identifiers import new_id
from booking.domain.making_up import made_up, may_be_made_up, must_hold_a_seat, sister_of
from booking.domain.sessions import Session, SessionState
from tests.given import NOW, in_days
from tests.given_cases import a_booking, a_session

OWN_DAYS, SISTERS_DAYS = (1, 8, 15), (3, 10, 17)


def a_cycle(days: tuple[float, ...] = OWN_DAYS, **known: object) -> Session:
    return a_session(*map(in_days, days), **known)


def a_sister(**known: object) -> Session:
    return a_cycle(SISTERS_DAYS, **known)


def a_seat(**known: object) -> Booking:
    return replace(a_booking(a_cycle()), **known)


class TestWhichMeeting:
    def test_who_was_absent_may_make_up_excused_or_not(self):
        seat, cycle = a_seat(), a_cycle()
        meeting = cycle.meetings[0]

        for mark in (Mark.ABSENT, Mark.EXCUSED):
            assert may_be_made_up(seat, meeting, {meeting.id: mark}, in_days(2))

    @pytest.mark.parametrize("mark", [mark for mark in Mark if mark.is_present])
    def test_who_was_there_has_nothing_to_make_up(self, mark):
        (meeting, *_) = a_cycle().meetings

        assert not may_be_made_up(a_seat(), meeting, {meeting.id: mark}, in_days(2))

    def test_who_knows_that_he_cannot_come_makes_up_beforehand(self):
        (meeting, *_) = a_cycle().meetings

        assert may_be_made_up(a_seat(), meeting, {}, NOW)

    def test_a_meeting_that_has_begun_and_is_not_marked_may_still_be_attended(self):
        (meeting, *_) = a_cycle().meetings

        assert not may_be_made_up(a_seat(), meeting, {}, in_days(1))
        assert not may_be_made_up(a_seat(), meeting, {meeting.id: None}, in_days(2))

    def test_a_mark_of_another_meeting_says_nothing(self):
        first, second, _ = a_cycle().meetings

        assert not may_be_made_up(a_seat(), first, {second.id: Mark.ABSENT}, in_days(2))


class TestWho:
    def test_who_has_a_seat_in_a_cycle_may_make_up(self):
        assert must_hold_a_seat(a_seat()) is None

    @pytest.mark.parametrize("state", [BookingState.HELD, BookingState.WAITLISTED, BookingState.OFFERED])
    def test_who_has_no_seat_of_his_own_yet_may_not(self, state):
        place = a_seat(state=state)

        with pytest.raises(NotBooked) as refused:
            must_hold_a_seat(place)

        assert refused.value.facts == {"booking_id": place.id, "state": state}

    def test_who_makes_up_already_does_not_make_up_for_that(self):
        once = a_seat(only_meeting_id=new_id(NOW))

        with pytest.raises(NotBooked):
            must_hold_a_seat(once)

    def test_whose_place_ended_may_not(self):
        ended = a_seat().cancelled(Party.PERSON, "", NOW)

        with pytest.raises(BookingEnded) as refused:
            must_hold_a_seat(ended)

        assert refused.value.facts == {"booking_id": ended.id}


class TestWhere:
    def test_the_same_meeting_of_a_sister_session_is_the_one_with_the_same_number(self):
        missed, sister = a_cycle().meetings[1], a_sister()

        assert sister_of(missed, sister, NOW) == sister.meetings[1]

    def test_what_has_begun_there_comes_too_late(self):
        missed, sister = a_cycle().meetings[1], a_sister()

        assert sister_of(missed, sister, in_days(10)) is None

    def test_nobody_makes_up_in_his_own_session(self):
        own = a_cycle()

        assert sister_of(own.meetings[1], own, NOW) is None

    @pytest.mark.parametrize("state", [SessionState.DRAFT, SessionState.CANCELLED, SessionState.HELD])
    def test_nobody_makes_up_in_what_is_not_open(self, state):
        assert sister_of(a_cycle().meetings[1], a_sister(state=state), NOW) is None

    def test_a_shorter_sister_may_not_have_that_meeting(self):
        assert sister_of(a_cycle().meetings[2], a_cycle((3, 10)), NOW) is None


class TestTheSeat:
    def wished(self, booking: Booking, sister: Session, n: int = 1, now: datetime = NOW) -> Booking:
        return made_up(booking, a_cycle().meetings[1], sister, sister.meetings[n].id, by=booking.booked_by, now=now)

    def test_who_makes_up_has_a_seat_for_that_one_meeting_and_it_is_known_for_which_other(self):
        seat, missed, sister = a_seat(), a_cycle().meetings[1], a_sister()
        adviser = new_id(NOW)

        wished = made_up(seat, missed, sister, sister.meetings[1].id, by=adviser, now=in_days(2))

        assert (wished.session_id, wished.only_meeting_id) == (sister.id, sister.meetings[1].id)
        assert (wished.makes_up_id, wished.missed_meeting_id) == (seat.id, missed.id)
        assert (wished.job_seeker_id, wished.agency_id) == (seat.job_seeker_id, seat.agency_id)
        assert (wished.booked_by, wished.created_at, wished.state) == (adviser, in_days(2), BookingState.BOOKED)

    def test_what_let_somebody_into_the_cycle_lets_him_in_there_too(self):
        excused = a_seat(overridden_because="Sait déjà le faire")

        assert self.wished(excused, a_sister()).overridden_because == "Sait déjà le faire"

    @pytest.mark.parametrize("n", [0, 2])
    def test_another_meeting_does_not_make_up_for_it(self, n):
        with pytest.raises(InvalidField) as refused:
            self.wished(a_seat(), a_sister(), n)

        assert refused.value.facts["fields"] == {"meeting_id": "not-the-same-meeting"}

    def test_a_meeting_that_has_begun_is_closed(self):
        sister = a_sister()

        with pytest.raises(SessionClosed) as refused:
            self.wished(a_seat(), sister, now=in_days(10))

        assert refused.value.facts == {"session_id": sister.id, "state": SessionState.OPEN}
