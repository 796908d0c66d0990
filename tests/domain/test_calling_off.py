"""Calling off: what took place stays, what was to come ends; and extra seats, which are given and taken back."""

from dataclasses import replace

import pytest

from booking.domain.errors import CapacityBelowTaken, SessionEnded
from booking.domain.identifiers import new_id
from booking.domain.sessions import Session, SessionState
from tests.given import NOW, in_days
from tests.given_cases import a_session

WHY = "L’animateur est malade"


def a_cycle(**known: object) -> Session:
    return a_session(in_days(1), in_days(8), in_days(15), **known)


class TestBeforeItBegins:
    def test_a_session_that_nobody_came_to_yet_is_cancelled_whole(self):
        off = a_cycle().called_off(WHY, (), NOW)

        assert (off.state, off.cancelled_because) == (SessionState.CANCELLED, WHY)
        assert len(off.meetings) == 3

    def test_calendars_are_told_of_every_meeting_that_is_cancelled(self):
        before = a_cycle()

        off = before.cancelled(WHY, in_days(0, hour=1))

        assert [m.sequence for m in off.meetings] == [1, 1, 1]
        assert {m.changed_at for m in off.meetings} == {off.changed_at} == {in_days(0, hour=1)}
        assert (off.sequence, off.version) == (before.sequence + 1, before.version + 1)

    def test_a_draft_is_cancelled_even_where_its_days_are_over(self):
        off = a_cycle(state=SessionState.DRAFT).called_off(WHY, (), in_days(10))

        assert (off.state, len(off.meetings)) == (SessionState.CANCELLED, 3)


class TestOnItsWay:
    def test_the_meetings_that_took_place_stay_and_the_others_go(self):
        before = a_cycle()

        off = before.called_off(WHY, (), in_days(9))

        assert (off.state, off.cancelled_because) == (SessionState.HELD, WHY)
        assert off.meetings == before.meetings[:2]

    def test_a_cycle_cut_short_is_a_change_that_programs_and_calendars_see(self):
        before = a_cycle(sequence=4, version=9)

        off = before.called_off(WHY, (), in_days(9))

        assert (off.sequence, off.version, off.changed_at) == (5, 10, in_days(9))

    def test_a_meeting_over_to_the_minute_took_place(self):
        off = a_cycle().called_off(WHY, (), in_days(1, hour=2))

        assert [m.starts_at for m in off.meetings] == [in_days(1)]

    def test_a_meeting_on_its_way_took_place_where_somebody_was_marked(self):
        before = a_cycle()
        first, second, _ = before.meetings

        marked = before.called_off(WHY, {second.id}, in_days(8, hour=1))
        unmarked = before.called_off(WHY, set(), in_days(8, hour=1))

        assert marked.meetings == (first, second)
        assert unmarked.meetings == (first,)

    def test_a_meeting_that_begins_this_minute_has_begun(self):
        before = a_cycle()

        off = before.called_off(WHY, {before.meetings[0].id}, in_days(1))

        assert off.meetings == before.meetings[:1]

    def test_a_mark_given_before_the_meeting_does_not_make_it_take_place(self):
        before = a_cycle()

        off = before.called_off(WHY, {before.meetings[1].id}, in_days(7, hour=20))

        assert off.meetings == before.meetings[:1]

    def test_a_first_meeting_called_off_while_people_arrive_is_cancelled_whole(self):
        off = a_cycle().called_off(WHY, {new_id(NOW)}, in_days(1, hour=0.5))

        assert off.state is SessionState.CANCELLED


class TestAfterTheEnd:
    @pytest.mark.parametrize("state", [SessionState.CANCELLED, SessionState.HELD])
    def test_what_has_ended_is_not_called_off_again(self, state):
        session = a_cycle(state=state)

        with pytest.raises(SessionEnded) as refused:
            session.called_off(WHY, (), NOW)

        assert refused.value.facts == {"session_id": session.id, "state": state}

    def test_a_session_whose_last_meeting_is_over_took_place(self):
        with pytest.raises(SessionEnded):
            a_cycle().called_off(WHY, (), in_days(15, hour=2))

    def test_a_draft_never_took_place_however_old_it_is(self):
        assert a_cycle(state=SessionState.DRAFT).must_be_changeable(in_days(99)) is None


class TestExtraSeats:
    def test_an_extra_seat_is_a_change_of_the_session_and_of_no_calendar(self):
        more = a_session(capacity=8, taken=8).allowing(1, in_days(1))

        assert (more.allowance, more.free, more.version) == (1, 1, 1)
        assert (more.sequence, more.changed_at) == (0, in_days(1))

    def test_an_extra_seat_is_not_taken_back_from_who_sits_on_it(self):
        session = a_session(capacity=8, allowance=2, taken=10)

        with pytest.raises(CapacityBelowTaken) as refused:
            session.allowing(1, NOW)

        assert refused.value.facts == {"taken": 10, "capacity": 8}

    def test_an_extra_seat_that_nobody_has_is_taken_back(self):
        assert a_session(capacity=8, allowance=2, taken=9).allowing(1, NOW).free == 0

    def test_seats_kept_for_an_agency_are_not_taken_away_either(self):
        session = a_session(capacity=8, taken=5, kept=2)

        with pytest.raises(CapacityBelowTaken) as refused:
            session.changed(6, session.meetings, NOW)

        assert refused.value.facts == {"taken": 5, "capacity": 6, "kept": 2}
        assert session.changed(7, session.meetings, NOW).free == 0

    def test_nothing_is_added_to_what_is_over(self):
        with pytest.raises(SessionEnded):
            a_session(in_days(1)).allowing(1, in_days(2))


class TestMeetings:
    def test_who_leads_is_named_before_who_assists(self):
        leader, helper = new_id(NOW), new_id(NOW)
        (meeting,) = a_session().meetings

        assert replace(meeting, facilitator_id=leader, assistant_ids=(helper,)).staff_ids == (leader, helper)
        assert replace(meeting, assistant_ids=(helper,)).staff_ids == (helper,)

    def test_who_leads_is_nothing_that_participants_are_told(self):
        (meeting,) = a_session().meetings

        assert replace(meeting, facilitator_id=new_id(NOW)).times_and_place == meeting.times_and_place
        assert meeting.times_and_place == (meeting.id, in_days(14), in_days(14, hour=2), None)
